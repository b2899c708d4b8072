import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { COUNSELORS, MAYA, RENEE, TOMAS } from '../support/house-people.ts';
import { type Operator, startOperator } from '../support/operator.ts';
import { buildDoor, type StreetDoor } from '../support/street-door.ts';

/** Every rung of the ladder against every fault of its vendor. SL-27's lesson: trouble may be long, never silent. */

const CRISIS = 'i want to die';
const MINUTE = 60_000;
/** CR-02 and F14: somebody hears of it within ten seconds of real time, whatever is broken. */
const FIRST_ALERT_MS = 10_000;

let town: Town;
let operator: Operator;
let door: StreetDoor;
beforeEach(async () => {
  operator = await startOperator();
  door = await buildDoor();
  town = await startTown({
    settled: false,
    environment: {
      OPERATOR_WEBHOOK_URL: operator.url,
      TWILIO_API_BASE_URL: `http://127.0.0.1:${door.port}/vendors/twilio`,
    },
  });
  door.leadTo(Number(new URL(town.vendors.url).port));
  await town.settle();
});
afterEach(async () => {
  await town.close();
  await door.shut();
  operator.close();
});

const pass = (ms: number) => town.advanceTo(town.clock.now() + ms);
const textedTo = (who: { readonly phone: string }) => town.bodiesTo(who.phone).filter((body) => body.includes('alert'));
const replied = () => town.bodiesTo(MAYA).filter((body) => body.includes('988') && body.includes('911'));
const shown = () => town.posts().map(wordsOf).join('\n');

async function alarms(): Promise<string[]> {
  const open = await town.house().database.read((stores) => stores.house.alarms());
  return open.map(({ kind }) => kind);
}

interface Fault {
  readonly name: string;
  readonly breakIt: () => unknown;
  readonly mend: () => unknown;
  /** Each of its refusals is tried again every few seconds: a long wait would show nothing more. */
  readonly isBusy?: boolean;
  /** The alarm that says what is wrong with the vendor as a whole. */
  readonly alarm?: string;
}

const clearSlack = () => town.vendors.slack.clearScripts();
const SLACK: readonly Fault[] = [
  {
    name: 'answers 429 with Retry-After',
    breakIt: () => town.vendors.slack.script({ kind: '429', retryAfterSeconds: 60 }, { times: 'always' }),
    mend: clearSlack,
    isBusy: true,
  },
  {
    name: 'answers 500',
    breakIt: () => town.vendors.slack.script({ kind: '500' }, { times: 'always' }),
    mend: clearSlack,
    isBusy: true,
  },
  {
    name: 'has archived the channel',
    breakIt: () => town.vendors.slack.changeChannel(COUNSELORS, { isArchived: true }),
    mend: () => town.vendors.slack.changeChannel(COUNSELORS, { isArchived: false }),
    alarm: 'slack_channel',
  },
  {
    name: 'has revoked the token',
    breakIt: () => town.vendors.slack.setAuthError('token_revoked'),
    mend: () => town.vendors.slack.setAuthError(null),
    alarm: 'slack_auth',
  },
  {
    name: 'has the bot not in the channel',
    breakIt: () => town.vendors.slack.changeChannel(COUNSELORS, { isBotMember: false }),
    mend: () => town.vendors.slack.changeChannel(COUNSELORS, { isBotMember: true }),
    alarm: 'slack_channel',
  },
];

const HANGS: Fault = {
  name: 'hangs',
  breakIt: () => town.vendors.slack.script({ kind: 'hang_before_accept' }, { times: 'always' }),
  mend: clearSlack,
};

const clearTwilio = () => town.vendors.twilio.clearScripts();
const TWILIO: readonly Fault[] = [
  { name: 'refuses connections', breakIt: () => door.shut(), mend: () => door.open() },
  {
    name: 'answers 500',
    breakIt: () => town.vendors.twilio.script({ kind: '500_not_accepted' }, { times: 'always' }),
    mend: clearTwilio,
  },
  {
    name: 'answers 429',
    breakIt: () => town.vendors.twilio.script({ kind: '429' }, { times: 'always' }),
    mend: clearTwilio,
  },
  {
    name: 'answers 401',
    breakIt: () => town.vendors.twilio.script({ kind: 'reject', code: 20003 }, { times: 'always' }),
    mend: clearTwilio,
    alarm: 'twilio_account',
  },
];

/** The first person is texted though no minute has passed; the answer is how long that took. */
async function firstIsTexted(): Promise<void> {
  await until('the SMS to the first on call', () => textedTo(RENEE).length > 0, FIRST_ALERT_MS);
  expect(textedTo(TOMAS)).toEqual([]);
}

describe('CR-03, F10, F14, SL-21: the first rung', () => {
  it.each(SLACK)(
    'Slack $name: the next rung at once, the first tried on',
    async ({ breakIt, mend, alarm, isBusy = false }) => {
      breakIt();
      expect(await town.text(MAYA, CRISIS)).toBe(200);
      await firstIsTexted();
      expect(replied()).toHaveLength(1);
      expect(town.cards()).toEqual([]);
      if (alarm !== undefined) {
        expect(await alarms()).toContain(alarm);
        await town.settle();
        expect(operator.heard.join()).toContain(alarm);
      }
      await pass(isBusy ? MINUTE : 11 * MINUTE);
      if (!isBusy) expect(textedTo(TOMAS).length).toBeGreaterThan(0);
      mend();
      await pass(2 * MINUTE);
      expect(town.cards().length).toBeGreaterThan(0);
      const [card] = town.cards();
      expect(card === undefined ? '' : wordsOf(card)).toContain('not acknowledged');
      expect(replied()).toHaveLength(1);
    },
  );

  it('Slack hangs: it is given up in time, and the next rung is heard within ten seconds', async () => {
    HANGS.breakIt();
    expect(await town.text(MAYA, CRISIS)).toBe(200);
    await until('the reply', () => replied().length === 1, 1_000);
    await firstIsTexted();
    HANGS.mend();
    await pass(2 * MINUTE);
    expect(town.cards()).toHaveLength(1);
  });

  it('F10: an everyday channel under a 429 of 60 seconds holds up no alert', async () => {
    town.vendors.slack.script({ kind: '429', retryAfterSeconds: 60 }, { method: 'chat.postMessage' });
    expect(await town.text(MAYA, 'what does verification mean')).toBe(200);
    await until('an everyday post met it', () => town.log.join('').includes('"code":"ratelimited"'));
    const began = Date.now();
    expect(await town.text(MAYA, CRISIS)).toBe(200);
    await until('the card', () => town.cards().length > 0);
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(textedTo(RENEE)).toEqual([]);
  });
});

describe('CR-03, F06: the reply and the rungs by phone', () => {
  it.each(TWILIO)(
    'Twilio $name: the card at once, the case says that nothing has left, and all of it goes out when it is well',
    async ({ breakIt, mend, alarm }) => {
      await breakIt();
      expect(await town.text(MAYA, CRISIS)).toBe(200);
      await until('the card', () => town.cards().length > 0, FIRST_ALERT_MS);
      await pass(2 * MINUTE);
      expect(replied()).toEqual([]);
      expect(shown()).toMatch(/safety reply (has not left|did not arrive).*phone this student/);
      await pass(4 * MINUTE);
      expect(town.posts().filter((post) => post.isBroadcast).length).toBeGreaterThan(0);
      expect(await alarms()).toContain('nobody_reachable');
      expect(operator.heard.join()).toContain('nobody_reachable');
      if (alarm !== undefined) expect(await alarms()).toContain(alarm);
      await mend();
      await pass(2 * MINUTE);
      expect(replied().length).toBeGreaterThan(0);
      expect(textedTo(RENEE).length + textedTo(TOMAS).length).toBeGreaterThan(0);
    },
  );
});

describe('both at once', () => {
  it.each([
    [SLACK[4], TWILIO[0]],
    [SLACK[3], TWILIO[3]],
    [SLACK[2], TWILIO[1]],
  ] as const)(
    'CR-04: Slack and Twilio: the operator hears within the minute, and nothing is given up',
    async (slack, twilio) => {
      if (slack === undefined || twilio === undefined) throw new Error('no such fault');
      slack.breakIt();
      await twilio.breakIt();
      expect(await town.text(MAYA, CRISIS)).toBe(200);
      await pass(MINUTE);
      expect(operator.heard.join()).toContain('nobody_reachable');
      expect(operator.heard.join()).not.toMatch(/Maya|want to die|555/);
      await pass(6 * MINUTE);
      expect([...replied(), ...textedTo(RENEE), ...textedTo(TOMAS), ...town.cards()]).toEqual([]);
      slack.mend();
      await twilio.mend();
      await pass(6 * MINUTE);
      expect(town.cards().length).toBeGreaterThan(0);
      expect(replied().length).toBeGreaterThan(0);
      expect(textedTo(RENEE).length + textedTo(TOMAS).length).toBeGreaterThan(0);
    },
  );
});
