import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackClients } from '../../src/adapters/slack/clients.ts';
import { createSlackSender } from '../../src/adapters/slack/send.ts';
import { randomIds } from '../../src/adapters/system/clock.ts';
import { createLog } from '../../src/adapters/system/log.ts';
import { type AttemptDeps, attemptSend } from '../../src/app/attempt-send.ts';
import { claimDue } from '../../src/app/claim-due.ts';
import { createContentShelf } from '../../src/app/content.ts';
import { loadContent } from '../../src/app/published-content.ts';
import { createReceiveMessage } from '../../src/app/receive-message.ts';
import { readConfig } from '../../src/config.ts';
import { startTown, type Town } from '../support/house.ts';
import { mentee, PROGRAM_NUMBER, STAFF_ROWS } from '../support/house-people.ts';

const phones = Array.from({ length: 60 }, (_, index) => `+1213555${String(120 + index).padStart(4, '0')}`);

let town: Town;
let begun: { readonly to: string; readonly turn: number }[];
let turn: number;
let deps: AttemptDeps;

beforeEach(async () => {
  const rows = phones.map((phone, index) => mentee(`Mentee${index}`, phone));
  town = await startTown({ rows: [...STAFF_ROWS.filter((row) => row['role'] === 'mentor'), ...rows], settled: false });
  deps = await relayParts();
});
afterEach(() => town.close());

/** What the relay is made of, with a sender that only notes when a call to Twilio began. */
async function relayParts(): Promise<AttemptDeps> {
  const { database } = town.house();
  const config = readConfig(town.environment);
  const content = await loadContent(database);
  if (content === null) throw new Error('nothing is published');
  begun = [];
  turn = 0;
  return {
    database,
    clock: town.clock,
    ids: randomIds,
    content: createContentShelf(content),
    log: createLog('silent'),
    hashPhone: (phone) => database.hashPhone(phone),
    slack: createSlackSender(createSlackClients(config.slack), { counselors: 'C', staff: 'C' }),
    calls: { call: async () => ({ kind: 'accepted', providerId: 'CA1', status: 'queued' }) },
    sms: {
      send: async ({ to }) => {
        turn += 1;
        begun.push({ to, turn });
        return { kind: 'accepted', providerId: `SM${turn}`, status: 'queued' };
      },
      find: async () => ({ kind: 'absent' }),
      statusOf: async () => ({ kind: 'absent' }),
    },
  };
}

/** Plans every mentee's nudge without sending any: the town's own relay does not run. */
async function planAll() {
  const { createRunDue } = await import('../../src/app/run-due.ts');
  await createRunDue({ ...deps, wake: () => {} })();
}

const stop = (from: string) => ({
  source: 'twilio' as const,
  externalId: `SM${crypto.randomUUID().replaceAll('-', '')}`,
  from: { kind: 'phone' as const, address: from },
  body: 'STOP',
  media: [],
  vendorKeyword: null,
});

describe('TX-07, F32: STOP and a nudge that is about to leave', () => {
  it('STOP before the claim: the nudge is never claimed', async () => {
    await planAll();
    const receive = createReceiveMessage({ ...deps, wake: () => {} });
    await receive(stop(phones[0] ?? ''));
    const { claims } = await claimDue(deps, 'normal', 100);
    expect(claims.map((claim) => claim.row.recipient)).not.toContainEqual(
      expect.objectContaining({ phone: phones[0] }),
    );
  });

  it('STOP between claim and call: the call is not made, and the row is dropped', async () => {
    await planAll();
    const { claims } = await claimDue(deps, 'normal', 100);
    const claim = claims.find(({ row }) => row.recipient.kind === 'phone' && row.recipient.phone === phones[1]);
    if (claim === undefined) throw new Error('it was not claimed');
    await createReceiveMessage({ ...deps, wake: () => {} })(stop(phones[1] ?? ''));
    await attemptSend(deps, claim);
    expect(begun).toEqual([]);
    await claimDue(deps, 'normal', 100);
    const rows = await deps.database.read((stores) => stores.outbox.ofPhone(deps.database.hashPhone(phones[1] ?? '')));
    expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['dropped']));
  });

  it('whatever the order of their steps, no call begins after the STOP was committed', async () => {
    await planAll();
    const { claims } = await claimDue(deps, 'normal', 100);
    expect(claims.length).toBe(phones.length);
    const late: string[] = [];
    let sent = 0;
    for (const [index, claim] of claims.entries()) {
      const phone = claim.row.recipient.kind === 'phone' ? claim.row.recipient.phone : '';
      let stoppedAt = Number.POSITIVE_INFINITY;
      const tried = Promise.withResolvers<void>();
      // A transaction on SQLite runs through within one turn of the event loop, so the attempt is made inside that turn.
      const watched = aroundBatch({
        before: () => {
          const sending =
            index % 2 === 0 ? attemptSend(deps, claim) : later(index * 2).then(() => attemptSend(deps, claim));
          void sending.then(() => tried.resolve(), tried.reject);
        },
        after: () => {
          turn += 1;
          stoppedAt = turn;
        },
      });
      await createReceiveMessage({ ...deps, database: watched, wake: () => {} })(stop(phone));
      await tried.promise;
      const call = begun.find(({ to }) => to === phone);
      if (call !== undefined) sent += 1;
      if (call !== undefined && call.turn > stoppedAt) late.push(`${index}`);
    }
    expect(late).toEqual([]);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(phones.length);
  });

  it('over HTTP, with everything running: Twilio is asked for nothing that begins after the STOP was answered', async () => {
    const answered = new Map<string, number>();
    const settling = town.settle();
    await Promise.all(
      phones.map(async (phone, index) => {
        await later(index * 20);
        expect(await town.text(phone, 'please stop texting me')).toBe(200);
        answered.set(phone, town.sentTo(phone).length);
      }),
    );
    await settling;
    await town.settle();
    const { database } = town.house();
    for (const phone of phones) {
      const rows = await database.read((stores) => stores.outbox.ofPhone(database.hashPhone(phone)));
      expect(rows.filter((row) => row.messageClass === 'nudge' && row.status === 'pending')).toEqual([]);
      const texts = town.sentTo(phone).map((message) => message.body);
      expect(
        texts.filter((text) => text.includes('no more texts')),
        PROGRAM_NUMBER,
      ).toHaveLength(1);
    }
  });

  /** Lets so many microtasks pass. */
  async function later(microtasks: number) {
    for (let count = 0; count < microtasks; count += 1) await null;
  }

  /** The same database, with something done when a batch begins and when it was committed. */
  function aroundBatch(around: { before: () => void; after: () => void }): AttemptDeps['database'] {
    const { database } = deps;
    return {
      transact: (work) => database.transact(work),
      read: (work) => database.read(work),
      isTrouble: (error) => database.isTrouble(error),
      hashPhone: (phone) => database.hashPhone(phone),
      close: () => database.close(),
      batch: async (items, work) => {
        around.before();
        const results = await database.batch(items, work);
        around.after();
        return results;
      },
    };
  }
});
