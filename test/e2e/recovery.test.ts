// What was texted while the house was down, or while Twilio's webhooks were lost, is found by asking Twilio (TW-13, F09).

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { LUIS, MAYA, PROGRAM_NUMBER, RENEE } from '../support/house-people.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CRISIS = 'i want to die';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.close());

/** Time goes on, and the house counts the minute after it; a longer step is a time in which it stood still. */
async function pass(ms: number): Promise<void> {
  town.clock.pass(ms);
  await town.settle();
}
/** The house counts each minute, as it does while it runs. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) await pass(MINUTE);
}
const consentOf = (phone: string) =>
  town.house().database.read(({ consents }) => consents.state(town.house().database.hashPhone(phone)));
const textsOf = (phone: string) =>
  town.house().database.read(({ inbox }) => inbox.recent(town.house().database.hashPhone(phone), 0, 50));
const alarms = async () =>
  (await town.house().database.read(({ house }) => house.alarms())).map(({ kind, subject }) => `${kind}:${subject}`);

/** A house that nobody can reach, for so long; `meanwhile` is what happens in its middle. */
async function downFor(ms: number, meanwhile: () => Promise<void>): Promise<void> {
  await town.house().stop();
  town.clock.pass(ms / 2);
  await meanwhile();
  town.clock.pass(ms / 2);
  await town.startAgain();
}

describe.each([
  ['for six minutes', 6 * MINUTE],
  ['for an hour', HOUR],
  ['for 25 hours', 25 * HOUR],
])('TW-13, F09: down %s', (_, ms) => {
  it('takes in once what was texted, and alarms for a crisis at once', async () => {
    await downFor(ms, async () => {
      expect(await town.text(MAYA, CRISIS)).toBe(0);
      expect(await town.text(LUIS, 'STOP')).toBe(0);
    });
    // The start alone takes them in; nobody has counted a minute yet.
    await until('the STOP is in', async () => (await consentOf(LUIS)) === 'opted_out');
    await town.settle();
    const [card] = town.cards();
    if (card === undefined) throw new Error('no card');
    expect(wordsOf(card)).toContain('arrived late, sent');
    expect(JSON.stringify(town.thread(card))).toContain('arrived late, sent');
    expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
    await pass(6 * MINUTE);
    expect((await textsOf(MAYA)).map(({ body }) => body)).toEqual([CRISIS]);
    expect(await textsOf(LUIS)).toHaveLength(1);
    expect((await textsOf(LUIS))[0]?.sentAt).not.toBeNull();
  });
});

describe('TW-13, TW-14: down', () => {
  it('whoever stopped meanwhile gets no text that fell due meanwhile, and the others do', async () => {
    const before = { luis: town.bodiesTo(LUIS).length, maya: town.bodiesTo(MAYA).length };
    // The follow-up to silence falls due after two days.
    await downFor(3 * 24 * HOUR, async () => void (await town.text(LUIS, 'please stop texting me')));
    await pass(5 * HOUR);
    expect(await consentOf(LUIS)).toBe('opted_out');
    expect(town.bodiesTo(MAYA).length).toBeGreaterThan(before.maya);
    // Nor the confirmation, which is for the first five minutes (TC-08).
    expect(town.bodiesTo(LUIS)).toHaveLength(before.luis);
  });

  it('an answer moves the flow before the timer that waited for it rings', async () => {
    await until('the nudge', () => town.bodiesTo(MAYA).some((body) => body.includes('Reply')));
    const asked = town.bodiesTo(MAYA).length;
    await downFor(3 * 24 * HOUR, async () => void (await town.text(MAYA, 'done')));
    await town.settle();
    const { database } = town.house();
    const tasks = await database.read(async ({ people, tasks: store }) => {
      const mentee = await people.menteeByPhone(database.hashPhone(MAYA));
      return mentee === null ? [] : store.of(mentee.id);
    });
    expect(tasks.map(({ status }) => status)).toContain('done');
    // The follow-up to silence would have come after two days.
    expect(town.bodiesTo(MAYA).slice(asked).join(' ')).not.toMatch(/haven't heard|still/i);
  });

  it('an answer that the flow has gone past goes to a person and rewinds nothing', async () => {
    const { database } = town.house();
    const stateOf = () =>
      database.read(async ({ people, conversations }) => {
        const mentee = await people.menteeByPhone(database.hashPhone(MAYA));
        return mentee === null ? null : conversations.activeOf(mentee.id);
      });
    town.vendors.twilio.setWebhooksLost(true);
    await minutes(1);
    await town.text(MAYA, 'done');
    town.vendors.twilio.setWebhooksLost(false);
    await minutes(3);
    await town.text(MAYA, 'later');
    const gone = await stateOf();
    expect(gone?.version).toBeGreaterThan(1);
    await pass(5 * MINUTE);
    expect((await textsOf(MAYA)).map(({ body }) => body).toSorted()).toEqual(['done', 'later']);
    expect((await stateOf())?.version).toBe(gone?.version);
  });

  it('a START that was sent before a STOP does not undo it', async () => {
    town.vendors.twilio.setWebhooksLost(true);
    await town.text(LUIS, 'START');
    town.vendors.twilio.setWebhooksLost(false);
    await minutes(3);
    await town.text(LUIS, 'please stop texting me');
    expect(await textsOf(LUIS)).toHaveLength(1);
    await pass(5 * MINUTE);
    expect(await textsOf(LUIS)).toHaveLength(2);
    expect(await consentOf(LUIS)).toBe('opted_out');
  });

  it('a late “ACK” of a counselor does not stop the paging for a case of since', async () => {
    await downFor(HOUR, async () => {
      await town.text(RENEE.phone, 'ack');
      await town.text(MAYA, CRISIS);
    });
    await town.settle();
    const cases = await town.house().database.read(({ escalations }) => escalations.unresolved());
    expect(cases.map(({ state }) => state.status)).toEqual(['open']);
  });

  it('a picture is kept with its address and kind', async () => {
    const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';
    await downFor(HOUR, async () => {
      await town.vendors.sendText({ from: MAYA, body: '', media: [{ url, contentType: 'image/jpeg' }] });
    });
    await town.settle();
    expect(await textsOf(MAYA)).toHaveLength(1);
    const unread = await town.house().database.read(({ inbox }) => inbox.countUnread());
    expect(unread).toBe(1);
  });
});

describe('TW-13: webhooks lost while the house runs', () => {
  it('a crisis is found within five minutes, operator and staff hear of it, and it is over when webhooks come', async () => {
    await pass(MINUTE);
    town.vendors.twilio.setWebhooksLost(true);
    expect(await town.text(MAYA, CRISIS)).toBe(0);
    const sentAt = town.clock.now();
    for (let minute = 0; minute < 5; minute += 1) {
      town.clock.pass(MINUTE);
      await town.settle();
    }
    expect(town.cards()).toHaveLength(1);
    expect((await textsOf(MAYA))[0]).toMatchObject({ sentAt, tier: 'crisis' });
    expect(await alarms()).toContain('twilio_webhooks_missing:webhooks');
    town.vendors.twilio.setWebhooksLost(false);
    town.clock.pass(MINUTE);
    await town.text(MAYA, 'hello?');
    await pass(5 * MINUTE);
    expect(await alarms()).not.toContain('twilio_webhooks_missing:webhooks');
    expect(await textsOf(MAYA)).toHaveLength(2);
  });

  it('what a webhook brought is not taken in twice, however often the list is read, and raises nothing', async () => {
    await town.text(MAYA, 'hello there');
    await town.settle();
    const { length } = town.bodiesTo(MAYA);
    for (let round = 0; round < 4; round += 1) await pass(6 * MINUTE);
    expect(await textsOf(MAYA)).toHaveLength(1);
    expect(town.bodiesTo(MAYA)).toHaveLength(length);
    expect(await alarms()).toEqual([]);
  });

  it('a webhook that comes after the list was read changes nothing', async () => {
    const request = town.vendors.twilio.receive({ from: MAYA, body: CRISIS });
    await pass(6 * MINUTE);
    expect(town.cards()).toHaveLength(1);
    expect(await town.vendors.post(request)).toMatchObject({ kind: 'answered', status: 200 });
    await town.settle();
    expect(await textsOf(MAYA)).toHaveLength(1);
    expect(town.cards()).toHaveLength(1);
  });

  it('a Twilio that cannot be asked is asked again the next minute, from where it was', async () => {
    town.vendors.twilio.setWebhooksLost(true);
    await town.text(MAYA, CRISIS);
    town.vendors.twilio.setDown(true);
    await pass(20 * MINUTE);
    expect(town.cards()).toEqual([]);
    town.vendors.twilio.setDown(false);
    town.clock.pass(MINUTE);
    await town.settle();
    expect(town.cards()).toHaveLength(1);
  });
});

describe('TW-13: the first start', () => {
  it('with a new database takes in nothing of before', async () => {
    const other = await startTown({ settled: false });
    try {
      other.vendors.twilio.setWebhooksLost(true);
      await other.house().stop();
      other.clock.pass(-HOUR);
      await other.text(MAYA, CRISIS);
      other.clock.pass(HOUR + 10 * MINUTE);
      await other.startAgain();
      await other.settle();
      expect(other.cards()).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('our own number in the list is nobody whom the house answers', async () => {
    town.vendors.twilio.setWebhooksLost(true);
    await town.text(PROGRAM_NUMBER, 'hello');
    await pass(6 * MINUTE);
    expect(town.bodiesTo(PROGRAM_NUMBER)).toEqual([]);
  });
});
