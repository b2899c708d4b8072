import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startTown, type Town, type TownOptions, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { DANI, LUIS, MAYA, mentee, RENEE, STAFF_ROWS, TOMAS, USUAL_ROWS } from '../support/house-people.ts';
import { type Operator, startOperator } from '../support/operator.ts';

/** Rows of the fault matrix in which people, their phones or the watch over the house fail. */

const CRISIS = 'i want to die';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let town: Town;
let operator: Operator | undefined;
afterEach(async () => {
  await town.close();
  operator?.close();
  operator = undefined;
});

const pass = (ms: number) => town.advanceTo(town.clock.now() + ms);
/** In steps of five minutes: an hour of tries, each when it is due, takes long and shows nothing more. */
async function jump(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5 * MINUTE) {
    town.clock.pass(5 * MINUTE);
    await town.settle();
  }
}

const pagesTo = (who: { readonly phone: string }) => town.bodiesTo(who.phone).filter((body) => body.includes('alert'));
const lines = () => town.thread(card()).map(wordsOf);

function card() {
  const [first] = town.cards();
  if (first === undefined) throw new Error('no card');
  return first;
}

async function crisis(options: TownOptions = {}): Promise<void> {
  town = await startTown(options);
  expect(await town.text(MAYA, CRISIS)).toBe(200);
  await town.settle();
}

async function watched(): Promise<Readonly<Record<string, string>>> {
  operator = await startOperator();
  return { OPERATOR_WEBHOOK_URL: operator.url, HEARTBEAT_URL: `${operator.url}beat` };
}

describe('F34: nobody comes', () => {
  it('nobody is on call: the channel goes on, staff and operator hear that the list is empty', async () => {
    const rows = USUAL_ROWS.map((row) => (row['role'] === 'counselor' ? { ...row, on_call: '' } : row));
    await crisis({ rows, environment: await watched() });
    expect(wordsOf(card())).toContain('not acknowledged');
    await pass(16 * MINUTE);
    expect(town.posts().filter((post) => post.isBroadcast).length).toBeGreaterThanOrEqual(3);
    expect(operator?.heard.join()).toContain('nobody_on_call');
    expect(town.bodiesTo(MAYA).at(-1)).toMatch(/911/);
    await town.importPeople(USUAL_ROWS);
    await pass(5 * MINUTE);
    expect(pagesTo(RENEE)).toHaveLength(1);
  });

  it('all phones are off: each round goes on, each number is an alarm, and the case never rests', async () => {
    town = await startTown({ environment: await watched() });
    for (const { phone } of [RENEE, TOMAS]) {
      town.vendors.twilio.script({ kind: 'reject', code: 21211 }, { to: phone, times: 'always' });
    }
    await town.text(MAYA, CRISIS);
    await pass(31 * MINUTE);
    expect([...pagesTo(RENEE), ...pagesTo(TOMAS)]).toEqual([]);
    expect(town.posts().filter((post) => post.isBroadcast).length).toBeGreaterThanOrEqual(4);
    expect(operator?.heard.join()).toContain('nobody_reachable');
    const alarms = await town.house().database.read((stores) => stores.house.alarms());
    expect(alarms.filter(({ kind }) => kind === 'staff_phone')).toHaveLength(2);
    town.vendors.twilio.clearScripts();
    await pass(31 * MINUTE);
    expect(pagesTo(RENEE).length + pagesTo(TOMAS).length).toBeGreaterThan(0);
  });

  it('CR-05: acknowledged, then silence: whoever has it is asked, and then everybody is paged again', async () => {
    await crisis();
    await town.hand(TOMAS.slack).press(card(), 'acknowledge');
    await pass(30 * MINUTE);
    expect(lines().join()).toContain('are you still on case');
    expect(pagesTo(RENEE)).toEqual([]);
    await pass(6 * MINUTE);
    expect(wordsOf(card())).toContain('not acknowledged');
    await pass(6 * MINUTE);
    expect(pagesTo(RENEE).length).toBeGreaterThan(0);
  });

  it('CR-06: acknowledged by two in the same moment, by press and by text: one has it, the other is told', async () => {
    await crisis();
    await pass(5 * MINUTE);
    const { channel, ts } = card();
    const press = town.vendors.slack.press({ userId: TOMAS.slack, channel, ts, actionId: 'acknowledge' });
    const code = /case ([A-Z0-9]{4})/.exec(pagesTo(RENEE)[0] ?? '')?.[1] ?? '';
    await Promise.all([town.vendors.post(press), town.text(RENEE.phone, `ACK ${code}`)]);
    await town.settle();
    const holders = ['Tomas', 'Renee'].filter((name) => wordsOf(card()).includes(`Acknowledged by ${name}`));
    expect(holders).toHaveLength(1);
    const told = [...town.hand(TOMAS.slack).whispers(), ...town.bodiesTo(RENEE.phone)].join();
    expect(told).toContain(`${holders[0]} Staffperson already has this case`);
  });

  it('a counselor writes after the case was resolved: the words stay, and whoever wrote is told so', async () => {
    await crisis();
    const renee = town.hand(RENEE.slack);
    await renee.press(card(), 'take_over');
    await renee.press(card(), 'resolve');
    await renee.choose(renee.modal(), 'How did it end?', 'Safe now');
    await renee.submit();
    const before = town.bodiesTo(MAYA).length;
    expect(await renee.write(card(), 'Call me when you are home.')).toBe(200);
    await town.settle();
    expect(town.bodiesTo(MAYA)).toHaveLength(before);
    expect(lines().at(-1)).toContain('This case is resolved');
  });
});

describe('F35: the watch over the house fails', () => {
  it('a step that does not come about: the monitor outside is told no more, and the auditor gets the case going', async () => {
    await crisis({ environment: await watched() });
    const { database } = town.house();
    await town.settle();
    const beaten = operator?.beats() ?? 0;
    expect(beaten).toBeGreaterThan(0);
    const [open] = await database.read((stores) => stores.escalations.unresolved());
    if (open === undefined) throw new Error('no case');
    await database.transact((stores) => stores.timers.clear('escalation', open.id, 'alert'));
    town.clock.pass(11 * MINUTE);
    await town.settle();
    expect(operator?.beats()).toBe(beaten);
    expect(operator?.heard.join()).toContain('case_stalled');
    await pass(2 * MINUTE);
    expect(pagesTo(RENEE)).toHaveLength(1);
    expect(operator?.beats()).toBeGreaterThan(beaten);
  });

  it('the monitor itself is dead: the ladder goes on', async () => {
    await crisis({ environment: { HEARTBEAT_URL: `http://127.0.0.1:${await closedPort()}/` } });
    await pass(11 * MINUTE);
    expect(pagesTo(RENEE)).toHaveLength(1);
    expect(town.log.join('')).toContain('heartbeat');
  });

  it.each([-24 * HOUR, -HOUR, 24 * HOUR])(
    'the clock jumps by %d ms in the middle of a case: nobody waits for it',
    async (ms) => {
      await crisis();
      await pass(5 * MINUTE);
      const before = pagesTo(RENEE).length + pagesTo(TOMAS).length;
      town.clock.set(town.clock.now() + ms);
      await town.settle();
      await pass(6 * MINUTE);
      expect(pagesTo(RENEE).length + pagesTo(TOMAS).length).toBeGreaterThan(before);
      expect(town.cards()).toHaveLength(1);
    },
  );
});

describe('F13: Slack drops all events for 16 hours, and its buttons are dead', () => {
  it('an ack in the thread is found by reading, an answer reaches the mentee, and nobody is paged any more', async () => {
    await crisis();
    town.vendors.slack.setEventsDown(true);
    town.vendors.slack.setButtonsDown(true);
    await pass(6 * MINUTE);
    expect(pagesTo(RENEE)).toHaveLength(1);
    const tomas = town.hand(TOMAS.slack);
    expect(await tomas.write(card(), 'take over')).toBe(0);
    await pass(6 * MINUTE);
    expect(wordsOf(card())).toContain('Tomas Staffperson writes with the student');
    const paged = pagesTo(RENEE).length + pagesTo(TOMAS).length;
    for (let hours = 0; hours < 16; hours += 4) {
      await tomas.write(card(), `I am here, ${hours}.`);
      await pass(4 * HOUR);
    }
    expect(town.bodiesTo(MAYA).filter((body) => body.startsWith('Tomas: I am here'))).toHaveLength(4);
    expect(pagesTo(RENEE).length + pagesTo(TOMAS).length).toBe(paged);
  });
});

describe('F06: Twilio is wholly down for an hour, over the end of the day', () => {
  it('the ladder goes by Slack, and what waited leaves by night only as far as it may', async () => {
    town = await startTown({ startAt: '2027-06-07T19:30:00-07:00', rows: [...STAFF_ROWS, mentee('Maya', MAYA)] });
    town.vendors.twilio.setDown(true);
    await town.importPeople(USUAL_ROWS);
    await town.text(MAYA, CRISIS);
    await until('the card', () => town.cards().length > 0);
    await jump(HOUR);
    expect(town.cards()).toHaveLength(1);
    town.vendors.twilio.setDown(false);
    await jump(10 * MINUTE);
    expect(town.bodiesTo(MAYA).join()).toContain('988');
    expect(pagesTo(RENEE).length + pagesTo(TOMAS).length).toBeGreaterThan(0);
    expect(town.bodiesTo(LUIS)).toEqual([]);
    town.clock.set('2027-06-08T12:00:00-07:00');
    await jump(10 * MINUTE);
    expect(town.bodiesTo(LUIS).length).toBeGreaterThan(0);
  });
});

describe('F31: reserved words that are more than a word', () => {
  it.each(['HELP i want to die', 'STOP i cant do this anymore i want to die', 'END my life'])(
    '“%s” is screened before anything is done with it',
    async (words) => {
      town = await startTown();
      expect(await town.text(MAYA, words)).toBe(200);
      await town.settle();
      expect(wordsOf(card())).toMatch(/Crisis/);
      expect(town.directsTo(DANI.slack).map(wordsOf).join()).not.toContain(words);
    },
  );
});

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 9));
    });
  });
}

it('F10: a crisis card that met 429 with 60 seconds is posted when they are over, and no sooner is Slack asked again', async () => {
  town = await startTown();
  town.vendors.slack.script({ kind: '429', retryAfterSeconds: 60 }, { method: 'chat.postMessage', times: 'always' });
  await town.text(MAYA, CRISIS);
  await until('the SMS', () => pagesTo(RENEE).length > 0);
  town.vendors.slack.clearScripts();
  await pass(55_000);
  expect(town.cards()).toEqual([]);
  await pass(10_000);
  expect(town.cards()).toHaveLength(1);
});
