// Real processes that are killed, or that start beside a Twilio in trouble: what was texted meanwhile is taken in, and
// nothing that somebody in danger needs waits for it (TW-13, F09).

import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { LUIS, MAYA, mentee, STAFF_ROWS } from '../support/house-people.ts';
import { afternoonZone } from '../support/house-today.ts';
import { type Street, startStreet } from '../support/house-vendors.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CRISIS = 'i want to die';

let street: Street;
beforeEach(async () => {
  const zone = { time_zone: afternoonZone() };
  street = await startStreet([...STAFF_ROWS, mentee('Maya', MAYA, zone), mentee('Luis', LUIS, zone)]);
});
afterEach(() => street.close());

const cards = () => street.vendors.slack.state().messages.filter((post) => wordsOf(post).includes('Words that fired'));
const textsOf = (phone: string) =>
  street.look((db) => db.read(({ inbox }) => inbox.recent(db.hashPhone(phone), 0, 50)));
const consentOf = (phone: string) =>
  street.look((db) => db.read(async ({ consents }) => consents.state(db.hashPhone(phone))));

/** The file of a house that has been running since yesterday, and read Twilio's list two hours ago for the last time. */
async function sinceYesterday(): Promise<void> {
  await street.look((db) =>
    db.transact(async ({ house }) => {
      await house.put('twilio_inbound_begins', String(Date.now() - 24 * HOUR));
      await house.put('twilio_inbound_read_until', String(Date.now() - 2 * HOUR));
    }),
  );
}

/** A text of a while ago, whose webhook met nobody. */
async function textOfBefore(ms: number, from: string, body: string, media: readonly string[] = []): Promise<void> {
  street.clock.pass(-ms);
  await street.vendors.sendText({
    from,
    body,
    media: media.map((url) => ({ url, contentType: 'image/jpeg' })),
  });
  street.clock.pass(ms);
}

describe('TW-13, F09: a process that was killed', () => {
  it('finds what was texted meanwhile at its next start: each once, older first, marked late, the crisis paged', async () => {
    await sinceYesterday();
    const first = await street.serve();
    await first.kill();
    await textOfBefore(90 * MINUTE, LUIS, 'please stop texting me');
    await textOfBefore(80 * MINUTE, MAYA, 'hello? are you there');
    await textOfBefore(70 * MINUTE, MAYA, CRISIS);
    const second = await street.serve();
    await until('the card', () => cards().length > 0);
    expect(cards().map(wordsOf).join()).toContain('arrived late, sent');
    await until('the numbers', () => street.bodiesTo(MAYA).some((body) => body.includes('988')));
    expect((await textsOf(MAYA)).map(({ body, tier }) => [body, tier])).toEqual([
      ['hello? are you there', 'none'],
      [CRISIS, 'crisis'],
    ]);
    expect(await consentOf(LUIS)).toBe('opted_out');
    expect(street.bodiesTo(LUIS)).toEqual([]);
    await second.kill();
    await street.serve();
    await until('the list is read again', async () => {
      const value = await street.look((db) => db.read(({ house }) => house.get('twilio_inbound_read_until')));
      return Number(value) > Date.now() - 5_000;
    });
    expect(await textsOf(MAYA)).toHaveLength(2);
    expect(cards()).toHaveLength(1);
  });

  it('TW-15: a late photo without words is kept, answers no question, and waits for a person', async () => {
    await sinceYesterday();
    await textOfBefore(HOUR, MAYA, '', ['https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1']);
    await street.serve();
    await until('a person is asked', () =>
      street.look((db) => db.read(async ({ inbox }) => (await inbox.countUnread()) === 1)),
    );
    expect((await textsOf(MAYA)).map(({ status }) => status)).toEqual(['done']);
    expect(street.bodiesTo(MAYA).join()).not.toMatch(/didn't understand|sorry/i);
  });
});

describe('a process that starts while Twilio’s list', () => {
  it.each([
    ['hangs', { kind: 'hang_before_accept' }],
    ['is refused', { kind: '503' }],
  ] as const)('%s opens its doors at once, and a crisis is answered and paged', async (_, fault) => {
    street.vendors.twilio.script(fault, { on: 'list', times: 'always' });
    await street.serve();
    const began = Date.now();
    expect(await street.vendors.sendText({ from: MAYA, body: CRISIS })).toMatchObject({ status: 200 });
    await until('the card', () => cards().length > 0);
    await until('the numbers', () => street.bodiesTo(MAYA).some((body) => body.includes('988')));
    expect(Date.now() - began).toBeLessThan(6_000);
    await until('the first nudge', () => street.bodiesTo(LUIS).length > 0, 30_000);
  });

  it('hangs stops in good order all the same', async () => {
    street.vendors.twilio.script({ kind: 'hang_before_accept' }, { on: 'list', times: 'always' });
    const running = await street.serve();
    const began = Date.now();
    expect(await running.terminate()).toBe(0);
    expect(Date.now() - began).toBeLessThan(20_000);
  });
});

describe('TW-11, DB-03: a text that a house could not store', () => {
  it('F17: is answered 503, and found in the list when Twilio has given up', async () => {
    await sinceYesterday();
    const running = await street.serve();
    await until('the first minute', () => street.bodiesTo(LUIS).length > 0);
    const unlock = lockFile();
    expect(await street.vendors.sendText({ from: MAYA, body: CRISIS })).toMatchObject({ status: 503 });
    unlock();
    await running.kill();
    expect(cards()).toEqual([]);
    await street.serve();
    await until('the card', () => cards().length > 0);
    expect((await textsOf(MAYA)).map(({ body }) => body)).toEqual([CRISIS]);
  });
});

/** Another process holds the file's write lock until this is called. */
function lockFile(): () => void {
  const other = new BetterSqlite3(street.databasePath);
  other.exec('begin immediate');
  return () => {
    other.exec('rollback');
    other.close();
  };
}
