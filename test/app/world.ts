// A house without doors for use-case tests: the real stores in memory, a clock that is set by hand, and senders that
// write down what they were given.

import { openDatabase } from '../../src/adapters/db/open-database.ts';
import { readContent } from '../../src/adapters/system/content-files.ts';
import { createAcknowledgeByCall } from '../../src/app/acknowledge-by-call.ts';
import { createAct } from '../../src/app/act.ts';
import { createAnswerCommand } from '../../src/app/answer-command.ts';
import { createCheckUnknown } from '../../src/app/check-unknown.ts';
import { createCommitTurn } from '../../src/app/commit-turn.ts';
import { type Content, compileContent, createContentShelf } from '../../src/app/content.ts';
import { importRoster } from '../../src/app/import-roster.ts';
import { createNoteSlackPerson } from '../../src/app/note-slack-person.ts';
import { createNoteThreadChange } from '../../src/app/note-thread-change.ts';
import { createOfferAgain, createOpenModal } from '../../src/app/open-modal.ts';
import type { Database } from '../../src/app/ports/database.ts';
import type { Log } from '../../src/app/ports/log.ts';
import type { InboundMessage, StaffMessage } from '../../src/app/ports/messages.ts';
import type { Lookup, SendOutcome, SlackSender } from '../../src/app/ports/senders.ts';
import type { ModalAsk, ModalSubmission, StaffAct } from '../../src/app/ports/staff-room.ts';
import { publishContent } from '../../src/app/publish-content.ts';
import { createReceiveMessage } from '../../src/app/receive-message.ts';
import { createReceiveThreadMessage } from '../../src/app/receive-thread-message.ts';
import { createRecordReceipt } from '../../src/app/record-receipt.ts';
import { createRelay } from '../../src/app/relay-outbox.ts';
import { createRunDue } from '../../src/app/run-due.ts';
import { createShowHome } from '../../src/app/show-home.ts';
import { createSubmitModal } from '../../src/app/submit-modal.ts';
import { OWN_FLOWS } from '../../src/config.ts';
import type { OutboundId, Phone } from '../../src/core/model/ids.ts';

export const MAYA = '+12135550121';
export const LUIS = '+12135550122';
export const RENEE = '+12135550101';
export const TOMAS = '+12135550102';
const HEADER =
  'role,first_name,last_name,phone,language,time_zone,college,mentor,consent_basis,consent_on,slack_user_id,on_call';
const ROWS = [
  `counselor,Renee,Okafor,${RENEE},,America/Los_Angeles,,,,,U0RENEE,1`,
  `counselor,Tomas,Aguilar,${TOMAS},,America/Los_Angeles,,,,,U0TOMAS,2`,
  'mentor,Dani,Lopez,+12135550110,,America/Los_Angeles,,,,,U0DANI,',
  `mentee,Maya,Robinson,${MAYA},en,America/Los_Angeles,Cal State LA,+12135550110,web_form,2027-05-03,,`,
  `mentee,Luis,Hernandez,${LUIS},es,America/Los_Angeles,Cal State LA,+12135550110,paper_form,2027-05-03,,`,
];

/** A Monday in June, ten in the morning in California. */
export const MONDAY_10 = Date.parse('2027-06-07T10:00:00-07:00');

/** More due times than this in one wait are a loop. */
const STEP_LIMIT = 2_000;

export interface SentSms {
  readonly outboundId: OutboundId;
  readonly to: Phone;
  readonly body: string;
}

/** A phone that rang. */
export interface Ring {
  readonly outboundId: OutboundId;
  readonly to: Phone;
  readonly words: string;
}

export interface SentPost {
  readonly to: string;
  readonly message: StaffMessage;
  readonly isUpdate: boolean;
  /** `ts` of the post in whose thread it stands; null for a post of its own and for updates. */
  readonly threadTs: string | null;
  readonly broadcast: boolean;
}

const files = readContent(OWN_FLOWS, { runExamples: false });
if (!files.ok) throw new Error(JSON.stringify(files.problems));
const ownFiles = files.files;
/** Compiled once: the screen's patterns take a second. */
const ownContent: Content = compileContent(1, ownFiles);

/** How a person ends a case, without what the form says of itself. */
export type CaseEnd = Omit<Extract<ModalSubmission, { kind: 'resolve_case' }>, 'kind' | 'seen'>;

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Makes one; `change` edits the parsed content files before they are published. */
export async function createWorld(change?: (given: Record<string, unknown>) => void) {
  const clock = { at: MONDAY_10, now: () => clock.at, realNow: () => clock.at };
  let count = 0;
  const ids = {
    next: () => {
      count += 1;
      return `id${String(count).padStart(6, '0')}`;
    },
  };
  const logged: { readonly event: string; readonly fields: object }[] = [];
  const write = (event: string, fields: object = {}) => void logged.push({ event, fields });
  const log: Log = { info: write, warn: write, error: write };
  const contentFiles = structuredClone(ownFiles) as Record<string, unknown>;
  change?.(contentFiles);
  const isChanged = change !== undefined;
  const database: Database = await openDatabase({
    url: 'file::memory:',
    dataKey: Buffer.alloc(32, 7).toString('base64'),
    purpose: 'server',
    ids,
    migrate: {},
  });
  if (isChanged) await publishContent({ database, clock }, { files: contentFiles, by: 'test', why: 'test' });
  else await publishOwn(database);
  const compiled: Content = isChanged ? compileContent(1, contentFiles) : ownContent;
  const content = createContentShelf(compiled);
  const senders = createSenders();
  const shared = { database, clock, ids, content, log, hashPhone: (phone: Phone) => database.hashPhone(phone) };
  const relay = createRelay({ ...shared, sms: senders.sms, slack: senders.slack, calls: senders.calls });
  const deps = { ...shared, wake: () => {} };
  const receive = createReceiveMessage(deps);
  const runDue = createRunDue(deps);
  const checkUnknown = createCheckUnknown({ ...deps, sms: senders.sms, slack: senders.slack, calls: senders.calls });
  const acknowledgeByCall = createAcknowledgeByCall(deps);
  const commit = createCommitTurn(database);
  const acts = createAct(deps, commit);
  const modals = createOpenModal(deps, commit);
  const submissions = createSubmitModal(deps, commit);
  const key = () => {
    count += 1;
    return `act${count}`;
  };
  const settle = async () => {
    await runDue();
    await checkUnknown();
    await relay.drain();
  };
  await importRoster({ database, clock, ids, tasks: [...content.current().tasks.keys()] }, roster(), false);
  return {
    ...shared,
    ...senders,
    logged,
    relay,
    receive,
    runDue,
    checkUnknown,
    commit,
    /** A press in Slack, and everything that follows at this moment. The same `actKey` is the same press. */
    act: async (slackUserId: string, act: StaffAct, actKey: string = key()) => {
      const result = await acts(act, { slackUserId, actKey });
      await relay.drain();
      return result;
    },
    openModal: (slackUserId: string, ask: ModalAsk) => modals(ask, { slackUserId, actKey: key() }),
    offerAgain: createOfferAgain(deps, commit),
    submit: async (slackUserId: string, submission: ModalSubmission, actKey: string = key()) => {
      const answer = await submissions(submission, { slackUserId, actKey });
      await relay.drain();
      return answer;
    },
    /** Opens the form that ends a case and submits it as it was shown. */
    resolve: async (slackUserId: string, end: CaseEnd, actKey: string = key()) => {
      const actor = { slackUserId, actKey };
      const form = await modals({ kind: 'resolve_case', escalationId: end.escalationId }, actor);
      const seen = form.kind === 'resolve_case' ? form.seen : undefined;
      const answer = await submissions({ kind: 'resolve_case', ...end, seen }, actor);
      await relay.drain();
      return answer;
    },
    showHome: createShowHome(deps),
    command: createAnswerCommand(deps, commit),
    receiveThreadMessage: createReceiveThreadMessage(deps, commit),
    noteThreadChange: createNoteThreadChange(deps, commit),
    noteSlackPerson: createNoteSlackPerson(deps),
    recordReceipt: createRecordReceipt(deps),
    /** A key is pressed in the call that was made last, and everything that follows at this moment. */
    pressKey: async (digits: string) => {
      const outboundId = senders.rings.at(-1)?.outboundId;
      if (outboundId === undefined) throw new Error('nobody was phoned');
      const answer = await acknowledgeByCall({ outboundId, digits });
      await relay.drain();
      return answer;
    },
    /** One text from a phone, and everything that follows at this moment. */
    text: async (from: string, body: string, extra: Partial<InboundMessage> = {}) => {
      count += 1;
      await receive({ ...inbound(from, body, `SM${count}`), ...extra });
      await relay.drain();
    },
    /** Moves time on, minute by minute as far as anything is due. */
    pass: async (ms: number) => {
      const target = clock.at + ms;
      await settle();
      for (let step = 0; step < STEP_LIMIT; step += 1) {
        const times = await database.read(async (stores) => [
          await stores.timers.nextDueAt(clock.at),
          await stores.outbox.nextDueAt(clock.at),
        ]);
        const next = Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
        if (next > target) break;
        clock.at = next;
        await settle();
      }
      clock.at = target;
      await settle();
    },
  };
}

/** What publishContent stores, without compiling the same files again for every test. */
async function publishOwn(database: Database): Promise<void> {
  await database.transact(async (stores) => {
    for (const [id, flow] of ownContent.flows) await stores.content.saveStructure(flow.structureHash, id, flow.source);
    await stores.content.publish({ files: ownFiles, publishedBy: 'test', why: 'test', publishedAt: MONDAY_10 });
  });
}

export function inbound(from: string, body: string, externalId: string): InboundMessage {
  return { source: 'twilio', externalId, from: { kind: 'phone', address: from }, body, media: [], vendorKeyword: null };
}

function roster() {
  const header = HEADER.split(',');
  const rows = ROWS.map((row, index) => {
    const cells = row.split(',');
    return { line: index + 2, cells: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])) };
  });
  return { header, rows };
}

function createSenders() {
  const texts: SentSms[] = [];
  const posts: SentPost[] = [];
  const rings: Ring[] = [];
  const plan = {
    sms: [] as SendOutcome[],
    slack: [] as SendOutcome[],
    calls: [] as SendOutcome[],
    find: { kind: 'absent' } as Lookup,
    always: new Map<string, SendOutcome>(),
  };
  let sent = 0;
  const accepted = (prefix: string): SendOutcome => {
    sent += 1;
    return { kind: 'accepted', providerId: `${prefix}${sent}`, status: 'queued' };
  };
  return {
    texts,
    posts,
    rings,
    /** Outcomes of the next sends, in order, or of every text to a number; `accepted` when none is planned. */
    plan,
    sms: {
      send: async (text: SentSms & { readonly validitySeconds: number | null }) => {
        texts.push(text);
        return plan.always.get(text.to) ?? plan.sms.shift() ?? accepted('SM');
      },
      find: async () => plan.find,
      statusOf: async () => plan.find,
    },
    calls: {
      call: async (ring: Ring) => {
        rings.push(ring);
        return plan.calls.shift() ?? accepted('CA');
      },
    },
    slack: {
      post: async ({ to, message, thread }: Parameters<SlackSender['post']>[0]) => {
        posts.push({
          to: to.kind === 'channel' ? to.channel : to.slackUserId,
          message,
          isUpdate: false,
          threadTs: thread?.ts ?? null,
          broadcast: thread?.broadcast ?? false,
        });
        return plan.slack.shift() ?? accepted('C0:');
      },
      update: async ({ providerId, message }: { readonly providerId: string; readonly message: StaffMessage }) => {
        posts.push({ to: providerId, message, isUpdate: true, threadTs: null, broadcast: false });
        return accepted('C0:');
      },
      find: async () => plan.find,
    },
  };
}
