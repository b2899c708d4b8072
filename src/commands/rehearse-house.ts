// The house of a rehearsed year: the real use cases on a real store in memory, put together as main.ts does it, without
// sockets, timers and a metronome. Its senders take everything, and show it to whoever watches.

import { openDatabase } from '../adapters/db/open-database.ts';
import { createAct } from '../app/act.ts';
import { createCheckUnknown } from '../app/check-unknown.ts';
import { createCommitTurn } from '../app/commit-turn.ts';
import { type Content, type ContentFiles, createContentShelf } from '../app/content.ts';
import { createOpenModal } from '../app/open-modal.ts';
import type { Clock, Ids } from '../app/ports/clock.ts';
import type { Database } from '../app/ports/database.ts';
import type { Log } from '../app/ports/log.ts';
import type { StaffMessage } from '../app/ports/messages.ts';
import type { Receipt, SendOutcome, SlackSender, SlackTarget } from '../app/ports/senders.ts';
import { armProgramTimers } from '../app/program-timers.ts';
import { publishContent } from '../app/publish-content.ts';
import { createReceiveMessage } from '../app/receive-message.ts';
import { createReceiveThreadMessage } from '../app/receive-thread-message.ts';
import { createRecordReceipt } from '../app/record-receipt.ts';
import { createRelay } from '../app/relay-outbox.ts';
import { createRunDue } from '../app/run-due.ts';
import { createSubmitModal } from '../app/submit-modal.ts';
import { createTick } from '../app/tick.ts';
import type { OutboundId, Phone } from '../core/model/ids.ts';

/** A text that the vendor is handed. */
export interface HandedSms {
  readonly outboundId: OutboundId;
  readonly to: Phone;
  readonly body: string;
}

/** A post that stands in Slack. `providerId` is `channel:ts`. */
export interface Posted {
  readonly to: SlackTarget;
  readonly message: StaffMessage;
  readonly providerId: string;
}

/** Who watches the vendors, and what the carrier does with a number. */
export interface Watch {
  /** Before the vendor takes it. */
  onText(text: HandedSms): Promise<void>;
  onPost(post: Posted): void;
  onCall(to: Phone): void;
  /** Whether the number is out of use. */
  isDead(phone: string): boolean;
  /** Whether the carrier holds a STOP of this number. */
  isBlocked(phone: string): boolean;
}

export type RehearsedHouse = Awaited<ReturnType<typeof openRehearsedHouse>>;

/** Nothing is kept, and nobody's data is in it: a key that everybody knows. */
const DATA_KEY = Buffer.alloc(32, 1).toString('base64');

/** Opens an empty house in which `files` are published. `clock` is moved by the caller alone. */
export async function openRehearsedHouse(ground: {
  readonly files: ContentFiles;
  /** The same files, compiled. */
  readonly content: Content;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly watch: Watch;
  readonly log: Log;
}) {
  const { files, clock, ids, watch, log } = ground;
  const database: Database = await openDatabase({
    url: 'file::memory:',
    dataKey: DATA_KEY,
    purpose: 'command',
    ids,
    migrate: {},
  });
  await publishContent({ database, clock }, { files, by: 'rehearsal', why: 'a rehearsed year' });
  const content = createContentShelf(ground.content);
  const receipts: Receipt[] = [];
  const senders = createSenders(watch, receipts);
  const { sms, slack, calls } = senders;
  const shared = { database, clock, ids, content, log, hashPhone: (phone: Phone) => database.hashPhone(phone) };
  const relay = createRelay({ ...shared, sms, slack, calls });
  const deps = { ...shared, wake: () => {} };
  const runDue = createRunDue(deps);
  const recordReceipt = createRecordReceipt(deps);
  const checkUnknown = createCheckUnknown({ ...deps, sms, slack, calls });
  const commit = createCommitTurn(database);
  const tick = createTick({
    ...shared,
    sms,
    recordReceipt,
    relay,
    runDue,
    checkUnknown,
    pollThreads: async () => {},
    checkSlackPeople: async () => {},
    storeWatch: { failed: () => {}, succeeded: () => {}, tick: async () => {} },
    tellOperator: null,
    heartbeat: null,
  });
  await database.transact((stores) => armProgramTimers(deps, stores));
  let hasCase = false;
  const settle = async (): Promise<void> => {
    await relay.drain();
    // A receipt comes a moment after its text; here in the same moment. That a text has arrived leads to something new only
    // where its author waits for that, in the thread of a case; that it has not, always may.
    while (receipts.length > 0) {
      const batch = receipts.splice(0);
      await Promise.all(batch.map(recordReceipt));
      if (hasCase || batch.some(({ problem }) => problem !== null)) await relay.drain();
    }
  };
  return {
    ...shared,
    /** Everything that is due at this moment, sends included. */
    runDue: async () => {
      await runDue();
      await settle();
    },
    /** The whole minute: cases, doubtful sends, the day's looks. */
    tick: async () => {
      await tick();
      await settle();
    },
    receive: createReceiveMessage(deps),
    act: createAct(deps, commit),
    openModal: createOpenModal(deps, commit),
    submit: createSubmitModal(deps, commit),
    hearThread: createReceiveThreadMessage(deps, commit),
    /** When the next row after this moment falls due (null: none does), and whether any case is not resolved. */
    outlook: (after: number) =>
      database.read(async (stores) => {
        const times = [await stores.timers.nextDueAt(after), await stores.outbox.nextDueAt(after)];
        const known = times.filter((time) => time !== null);
        hasCase = (await stores.escalations.unresolved()).length > 0;
        return { dueAt: known.length === 0 ? null : Math.min(...known), hasCase };
      }),
  };
}

function createSenders(watch: Watch, receipts: Receipt[]) {
  let taken = 0;
  const next = (prefix: string) => {
    taken += 1;
    return `${prefix}${String(taken).padStart(8, '0')}`;
  };
  const accept = (providerId: string): SendOutcome => ({ kind: 'accepted', providerId, status: 'queued' });
  const post = async ({ to, message }: Parameters<SlackSender['post']>[0]): Promise<SendOutcome> => {
    const providerId = `${to.kind === 'channel' ? to.channel : to.slackUserId}:${next('')}`;
    watch.onPost({ to, message, providerId });
    return accept(providerId);
  };
  return {
    sms: {
      send: async ({ outboundId, to, body }: HandedSms): Promise<SendOutcome> => {
        await watch.onText({ outboundId, to, body });
        if (watch.isBlocked(to)) return { kind: 'rejected', problem: 'opted_out', code: '21610' };
        const providerId = next('SM');
        receipts.push(
          watch.isDead(to)
            ? { outboundId, providerId, status: 'undelivered', problem: 'bad_number', code: '30005' }
            : { outboundId, providerId, status: 'delivered', problem: null, code: null },
        );
        return accept(providerId);
      },
      find: async () => ({ kind: 'absent' }) as const,
      statusOf: async () => ({ kind: 'absent' }) as const,
    },
    slack: {
      post,
      update: async ({ providerId }: { readonly providerId: string }) => accept(providerId),
      find: async () => ({ kind: 'absent' }) as const,
    },
    calls: {
      call: async ({ to }: { readonly to: Phone }): Promise<SendOutcome> => {
        watch.onCall(to);
        return accept(next('CA'));
      },
    },
  };
}
