import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { COUNSELORS, LUIS, MAYA, RENEE, TOMAS } from '../support/house-people.ts';

const CRISIS = 'i want to die';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.close());

const cards = () => town.posts().filter((post) => wordsOf(post).includes('Words that fired'));

describe('CR-03: Slack down during a crisis', () => {
  it.each([
    ['is cut off', () => town.vendors.slack.setDown(true), () => town.vendors.slack.setDown(false)],
    [
      'answers 500',
      () => town.vendors.slack.script({ kind: '500' }, { times: 'always' }),
      () => town.vendors.slack.clearScripts(),
    ],
    [
      'is rate limited',
      () => town.vendors.slack.script({ kind: '429', retryAfterSeconds: 30 }, { times: 'always', channel: COUNSELORS }),
      () => town.vendors.slack.clearScripts(),
    ],
    [
      'has the channel archived',
      () => town.vendors.slack.changeChannel(COUNSELORS, { isArchived: true }),
      () => town.vendors.slack.changeChannel(COUNSELORS, { isArchived: false }),
    ],
    [
      'has thrown the bot out of the channel',
      () => town.vendors.slack.changeChannel(COUNSELORS, { isBotMember: false }),
      () => town.vendors.slack.changeChannel(COUNSELORS, { isBotMember: true }),
    ],
    [
      'has revoked the token',
      () => town.vendors.slack.setAuthError('token_revoked'),
      () => town.vendors.slack.setAuthError(null),
    ],
  ])(
    '%s: the first person on call is texted at once, and the channel shows the card when it can',
    async (_, breakIt, mend) => {
      breakIt();
      expect(await town.text(MAYA, CRISIS)).toBe(200);
      await until('the SMS to the first on-call person', () => town.sentTo(RENEE.phone).length > 0);
      expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
      expect(town.sentTo(TOMAS.phone)).toEqual([]);
      expect(cards()).toEqual([]);
      mend();
      await town.settle();
      await town.advanceTo(town.clock.now() + 2 * 60_000);
      expect(cards().length).toBeGreaterThanOrEqual(1);
      expect(cards().length).toBeLessThanOrEqual(2);
    },
  );

  it('SL-20: a post whose answer was lost is found in the channel, and not posted twice', async () => {
    town.vendors.slack.script({ kind: 'accept_then_reset' }, { method: 'chat.postMessage', channel: COUNSELORS });
    await town.text(MAYA, CRISIS);
    await until('the SMS to the first on-call person', () => town.sentTo(RENEE.phone).length > 0);
    await town.advanceTo(town.clock.now() + 4 * 60_000);
    expect(cards()).toHaveLength(1);
    const [card] = cards();
    if (card === undefined) throw new Error('no card');
    await town.press(RENEE.slack, card, 'acknowledge');
    await town.settle();
    expect(wordsOf(cards()[0] ?? card)).toContain('Acknowledged by Renee');
  });

  it('that hangs does not hold back the next student’s reply', async () => {
    town.vendors.slack.script({ kind: 'hang_before_accept' }, { times: 'always' });
    await town.text(MAYA, CRISIS);
    await until('the reply to the first', () => town.bodiesTo(MAYA).at(-1)?.includes('988'));
    const began = Date.now();
    await town.text(LUIS, 'me quiero morir');
    await until('the reply to the second', () => town.bodiesTo(LUIS).at(-1)?.includes('988'));
    expect(Date.now() - began).toBeLessThan(2_000);
    town.vendors.slack.clearScripts();
    town.vendors.slack.setDown(true);
  });
});

describe('Twilio down during a crisis', () => {
  it('does not keep the alert from Slack, and the reply goes out when Twilio is back', async () => {
    town.vendors.twilio.setDown(true);
    await town.text(MAYA, CRISIS);
    await until('the card', () => cards().length > 0);
    town.vendors.twilio.setDown(false);
    await town.advanceTo(town.clock.now() + 60_000);
    expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
  });

  it('TX-02: a crisis reply that met 429 leaves with the first free slot', async () => {
    town.vendors.twilio.script({ kind: '429' }, { to: MAYA, times: 2 });
    await town.text(MAYA, CRISIS);
    await town.settle();
    await town.advanceTo(town.clock.now() + 4_000);
    expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
  });

  it('and Slack down too: both are tried for as long as it lasts', async () => {
    town.vendors.twilio.setDown(true);
    town.vendors.slack.setDown(true);
    await town.text(MAYA, CRISIS);
    await town.advanceTo(town.clock.now() + 6 * 60_000);
    expect([...cards(), ...town.sentTo(RENEE.phone)]).toEqual([]);
    town.vendors.twilio.setDown(false);
    town.vendors.slack.setDown(false);
    await town.advanceTo(town.clock.now() + 6 * 60_000);
    expect(cards().length).toBeGreaterThan(0);
    expect(town.sentTo(RENEE.phone).length + town.sentTo(TOMAS.phone).length).toBeGreaterThan(0);
    expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
  });
});

describe('a nudge whose answer was lost', () => {
  const nudges = () => town.bodiesTo(MAYA).filter((body) => body.includes('LATER'));

  it.each([
    ['accept_then_reset', 1],
    ['500_accepted', 1],
    ['500_not_accepted', 1],
  ] as const)('TX-03, TX-04: %s brings it once', async (kind, count) => {
    await town.advanceTo('2027-06-09T09:30:00-07:00');
    const before = nudges().length;
    town.vendors.twilio.script({ kind }, { to: MAYA });
    await town.advanceTo('2027-06-09T12:00:00-07:00');
    expect(nudges()).toHaveLength(before + count);
  });

  it('CA-02: Twilio stumbles over the very first text: nobody is asked anything before they were told who texts them', async () => {
    const { mentee } = await import('../support/house-people.ts');
    const phone = '+12135550155';
    town.vendors.twilio.script({ kind: '429' }, { to: phone });
    await town.importPeople([mentee('Noa', phone)]);
    await town.settle();
    await town.advanceTo(town.clock.now() + 10 * 60_000);
    expect(town.bodiesTo(phone).map((body) => body.includes('These texts are automated'))).toEqual([true, false]);
  });
});
