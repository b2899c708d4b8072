import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/adapters/system/log.ts';
import { readConfig } from '../../src/config.ts';
import { type House, startHouse } from '../../src/main.ts';
import type { SlackMessage } from '../../src/rehearsal/slack/state.ts';
import { repliesOf } from '../../src/rehearsal/slack/thread.ts';
import { wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { MAYA, RENEE } from '../support/house-people.ts';
import { type Street, startStreet } from '../support/house-vendors.ts';
import { handOf } from '../support/slack-hand.ts';

let street: Street;
let house: House | undefined;
afterEach(async () => {
  await house?.stop();
  house = undefined;
  await street.close();
});

/** The house that comes after a killed process, on the same file, on a clock that need not be waited for. */
async function startAfter(): Promise<House> {
  const log = createLog('silent');
  house = await startHouse(readConfig(street.environment), { clock: street.clock, log, ticking: false });
  street.address.baseUrl = `http://127.0.0.1:${house.port}`;
  return house;
}

/** A port on which nobody listens. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 9));
    });
  });
}

const questions = () => street.bodiesTo(MAYA).filter((body) => body.includes('example.edu/housing'));

describe('kill -9 between commit and send', () => {
  it('F01: the nudge goes out once, by the next process, when Twilio can be reached again', async () => {
    street = await startStreet();
    const first = await street.serve({ TWILIO_API_BASE_URL: `http://127.0.0.1:${await closedPort()}` });
    // Not the list of texts, which is refused at the same address a moment earlier.
    await until('a send was refused', () => /ECONNREFUSED[^\n]*"send_attempted"/.test(first.output()));
    await first.kill();
    expect(street.bodiesTo(MAYA)).toEqual([]);
    const next = await startAfter();
    // Killed a moment later, it had claimed the text again, or told the question to wait for the introduction.
    for (let minute = 0; minute < 3; minute += 1) {
      await next.settle();
      street.clock.pass(60_000);
    }
    expect(street.bodiesTo(MAYA)).toHaveLength(2);
    expect(questions()).toHaveLength(1);
  });

  it('DB-08: of a claimed one, only after its lease and when Twilio’s list does not have it after ten minutes', async () => {
    street = await startStreet();
    street.vendors.twilio.script({ kind: 'hang_before_accept' }, { to: MAYA, times: 'always' });
    const first = await street.serve();
    await until('it is claimed', () =>
      street.look((db) =>
        db.read(async (stores) =>
          (await stores.outbox.ofPhone(db.hashPhone(MAYA))).some((row) => row.status === 'claimed'),
        ),
      ),
    );
    await first.kill();
    street.vendors.twilio.clearScripts();
    const next = await startAfter();
    await next.settle();
    street.clock.pass(31_000);
    await next.settle();
    street.clock.pass(60_000);
    await next.settle();
    expect(street.bodiesTo(MAYA)).toEqual([]);
    for (let minute = 0; minute < 14; minute += 1) {
      street.clock.pass(60_000);
      await next.settle();
    }
    expect(street.bodiesTo(MAYA)).toHaveLength(2);
    expect(street.bodiesTo(MAYA)[0]).toContain('These texts are automated');
    expect(questions()).toHaveLength(1);
  });
});

describe('kill -9 between send and record', () => {
  it('TX-05: a nudge that Twilio has is found in its list and not sent again', async () => {
    street = await startStreet();
    street.vendors.twilio.script({ kind: 'callbacks', how: 'lost' }, { times: 'always' });
    street.vendors.twilio.script({ kind: 'accept_then_hang' }, { to: MAYA, times: 'always' });
    const first = await street.serve();
    await until('Twilio has it', () => street.bodiesTo(MAYA).length === 1);
    await first.kill();
    street.vendors.twilio.clearScripts();
    const next = await startAfter();
    for (let minute = 0; minute < 15; minute += 1) {
      street.clock.pass(60_000);
      await next.settle();
    }
    const bodies = street.bodiesTo(MAYA);
    expect(bodies).toHaveLength(2);
    expect(new Set(bodies).size).toBe(2);
  });

  it('ST-05: a callback that comes meanwhile is proof enough: the row adopts the message it names', async () => {
    street = await startStreet();
    street.vendors.twilio.script({ kind: 'callbacks', how: 'late', lateMs: 1_500 }, { to: MAYA });
    street.vendors.twilio.script({ kind: 'accept_then_hang' }, { to: MAYA });
    const first = await street.serve();
    await until('Twilio has it', () => street.bodiesTo(MAYA).length === 1);
    await first.kill();
    const next = await startAfter();
    const id =
      new URL(street.vendors.twilio.state().messages.at(-1)?.statusCallback ?? '').searchParams.get('outbound') ?? '';
    const row = () =>
      next.database.read(async (stores) => {
        const rows = await stores.outbox.ofPhone(next.database.hashPhone(MAYA));
        return rows.find((one) => one.id === id);
      });
    await until('the callback was taken', async () => (await row())?.receiptStatus === 'delivered');
    street.clock.pass(31_000);
    for (let minute = 0; minute < 3; minute += 1) {
      street.clock.pass(60_000);
      await next.settle();
    }
    expect(await row()).toMatchObject({ status: 'sent', providerId: expect.stringMatching(/^SM/) });
    expect(street.bodiesTo(MAYA)).toHaveLength(2);
  });

  it('TX-04: a crisis reply goes out at least once, and its alert too', async () => {
    street = await startStreet();
    const first = await street.serve();
    await until('the nudge', () => questions().length > 0);
    const before = street.bodiesTo(MAYA).length;
    street.vendors.twilio.script({ kind: 'hang_before_accept' }, { to: MAYA, times: 'always' });
    street.vendors.slack.script({ kind: 'hang_before_accept' }, { times: 'always' });
    expect(await street.vendors.sendText({ from: MAYA, body: 'i want to die' })).toMatchObject({ status: 200 });
    await first.kill();
    street.vendors.twilio.clearScripts();
    street.vendors.slack.clearScripts();
    const next = await startAfter();
    street.clock.pass(31_000);
    await next.settle();
    street.clock.pass(6_000);
    await next.settle();
    expect(street.bodiesTo(MAYA).slice(before).join()).toContain('988');
    expect(
      street.vendors.slack
        .state()
        .messages.map((post) => post.text)
        .join(),
    ).toContain('Crisis alert');
  });
});

describe('kill -9 between commit and send of a text that a counselor wrote in the thread', () => {
  const WORDS = 'Renee: I am here.';
  const relayed = () => street.bodiesTo(MAYA).filter((body) => body === WORDS);

  /** A case that Renee has taken over, in a process of its own. */
  async function takeOver(running: { output(): string }) {
    expect(await street.vendors.sendText({ from: MAYA, body: 'i want to die' })).toMatchObject({ status: 200 });
    const card = await until('the card', () =>
      street.vendors.slack.state().messages.find((post) => wordsOf(post).includes('Words that fired')),
    );
    const renee = handOf({ vendors: street.vendors, settle: async () => {} }, RENEE.slack);
    await renee.press(card, 'take_over');
    await until('it is hers', () => running.output().includes('"handed_off"'));
    return { card, renee };
  }

  const threadOf = (card: SlackMessage) =>
    repliesOf(street.vendors.slack.state(), card)
      .map((reply) => wordsOf(reply))
      .filter((words) => words.includes(`“${WORDS}”`));

  /** The first line beneath the text, which tells how it fared. */
  function shownOf(card: SlackMessage): SlackMessage {
    const shown = repliesOf(street.vendors.slack.state(), card).find((reply) => wordsOf(reply).includes(`“${WORDS}”`));
    if (shown === undefined) throw new Error('nothing tells how it fared');
    return shown;
  }

  async function passMinutes(house: House, count: number): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) {
      street.clock.pass(60_000);
      await house.settle();
    }
  }

  it('F01: one that no relay had taken goes out once, by the next process', async () => {
    street = await startStreet();
    const first = await street.serve({ TWILIO_API_BASE_URL: `http://127.0.0.1:${await closedPort()}` });
    const { card, renee } = await takeOver(first);
    expect(await renee.write(card, 'I am here.')).toBe(200);
    await first.kill();
    expect(relayed()).toEqual([]);
    const next = await startAfter();
    await passMinutes(next, 3);
    expect(relayed()).toHaveLength(1);
    await until('it is shown as delivered', async () => {
      await next.settle();
      return threadOf(card).join().includes('Delivered');
    });
    expect(threadOf(card)).toHaveLength(1);
    expect(relayed()).toHaveLength(1);
  });

  it('TX-05: one that Twilio has is found there, shown as delivered, and not sent again', async () => {
    street = await startStreet();
    const first = await street.serve();
    const { card, renee } = await takeOver(first);
    street.vendors.twilio.script({ kind: 'callbacks', how: 'lost' }, { times: 'always' });
    street.vendors.twilio.script({ kind: 'accept_then_hang' }, { to: MAYA });
    expect(await renee.write(card, 'I am here.')).toBe(200);
    await until('Twilio has it', () => relayed().length === 1);
    await first.kill();
    street.vendors.twilio.clearScripts();
    const next = await startAfter();
    await passMinutes(next, 15);
    expect(relayed()).toHaveLength(1);
    expect(threadOf(card)).toEqual([expect.stringContaining('Delivered')]);
  });

  it('TX-04: one that Twilio never got is shown as such to the one who wrote it, who sends it again', async () => {
    street = await startStreet();
    const first = await street.serve();
    const { card, renee } = await takeOver(first);
    street.vendors.twilio.script({ kind: 'hang_before_accept' }, { to: MAYA, times: 'always' });
    expect(await renee.write(card, 'I am here.')).toBe(200);
    await until('it is claimed', () =>
      street.look((db) =>
        db.read(async (stores) =>
          (await stores.outbox.ofPhone(db.hashPhone(MAYA))).some(
            (row) => row.messageClass === 'human_text' && row.status === 'claimed',
          ),
        ),
      ),
    );
    await first.kill();
    street.vendors.twilio.clearScripts();
    const next = await startAfter();
    street.clock.pass(31_000);
    await passMinutes(next, 2);
    expect(relayed()).toEqual([]);
    expect(threadOf(card)).toEqual([expect.stringContaining('Nobody can say whether it arrived')]);
    const button = shownOf(card);
    await Promise.all([renee.press(button, 'resend'), renee.press(button, 'resend')]);
    await passMinutes(next, 12);
    expect(relayed()).toHaveLength(1);
    expect(wordsOf(shownOf(card))).toContain('Sent again by Renee Staffperson');
  });
});
