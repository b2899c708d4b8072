// Vendors that fail together: what was texted while Twilio was wholly down is found and paged on whatever way is left,
// and nobody is texted by night for it (fault matrix F06, F10, F13, F14).

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { COUNSELORS, MAYA, mentee, RENEE, TOMAS } from '../support/house-people.ts';

const MINUTE = 60_000;
const CRISIS = 'i want to die';
const NOA = '+12135550155';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.close());

/** The house counts each minute, as it does while it runs. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    town.clock.pass(MINUTE);
    await town.settle();
  }
}

const alarms = async () => (await town.house().database.read(({ house }) => house.alarms())).map(({ kind }) => kind);
const lateCards = () => town.posts().filter((post) => wordsOf(post).includes('arrived late, sent'));
const pages = () => [...town.sentTo(RENEE.phone), ...town.sentTo(TOMAS.phone)];

/** Nothing goes to Twilio, and no webhook of it comes; whoever texts is told by their phone that it was sent. */
function setTwilioDown(isDown: boolean): void {
  town.vendors.twilio.setDown(isDown);
  town.vendors.twilio.setWebhooksLost(isDown);
}

/** A crisis whose webhook is lost, and the reading that finds it. */
async function findLateCrisis(): Promise<void> {
  town.vendors.twilio.setWebhooksLost(true);
  await town.text(MAYA, CRISIS);
  town.vendors.twilio.setWebhooksLost(false);
  await minutes(4);
  town.clock.pass(MINUTE);
  void town.settle();
}

describe('F06: Twilio wholly down for an hour of the evening', () => {
  it('cases go on in Slack, a lost crisis is found at its end, and the backlog waits for the morning', async () => {
    await town.advanceTo('2027-06-07T19:15:00-07:00');
    setTwilioDown(true);
    await town.importPeople([mentee('Noa', NOA)]);
    await minutes(10);
    expect(await town.text(MAYA, CRISIS)).toBe(0);
    await minutes(10);
    expect(await alarms()).toContain('twilio_list_failing');
    expect(town.cards()).toEqual([]);
    await minutes(40);
    expect(town.bodiesTo(NOA)).toEqual([]);
    setTwilioDown(false);
    await minutes(2);
    expect(lateCards().length).toBeGreaterThan(0);
    expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
    expect(await alarms()).not.toContain('twilio_list_failing');
    expect(town.bodiesTo(NOA)).toEqual([]);
    await town.advanceTo('2027-06-08T07:59:00-07:00');
    expect(town.bodiesTo(NOA)).toEqual([]);
    await town.advanceTo('2027-06-08T12:00:00-07:00');
    expect(town.bodiesTo(NOA)[0]).toContain('These texts are automated');
  });

  it('a case of before is paged in Slack all the while, and its next text comes in late', async () => {
    await town.text(MAYA, CRISIS);
    await town.settle();
    setTwilioDown(true);
    const before = town.posts().length;
    await minutes(20);
    expect(town.posts().length).toBeGreaterThan(before);
    await town.text(MAYA, 'please, anybody');
    await minutes(40);
    setTwilioDown(false);
    await minutes(2);
    const [card] = town.cards();
    if (card === undefined) throw new Error('no card');
    expect(JSON.stringify(town.thread(card))).toContain('please, anybody');
    expect(town.cards()).toHaveLength(1);
  });
});

describe('a crisis that is found late, while Slack', () => {
  it.each([
    [
      'F10: is rate limited in the channel',
      () => town.vendors.slack.script({ kind: '429', retryAfterSeconds: 60 }, { times: 'always', channel: COUNSELORS }),
    ],
    [
      'F10: is rate limited altogether',
      () => town.vendors.slack.script({ kind: '429', retryAfterSeconds: 60 }, { times: 'always' }),
    ],
    ['F14: has archived the channel', () => town.vendors.slack.changeChannel(COUNSELORS, { isArchived: true })],
    ['F14: has removed the bot', () => town.vendors.slack.changeChannel(COUNSELORS, { isBotMember: false })],
    ['F14: has revoked the token', () => town.vendors.slack.setAuthError('token_revoked')],
  ])('%s, is texted to the first person on call at once, and answered', async (_, breakIt) => {
    breakIt();
    await findLateCrisis();
    await until('the SMS to the first person on call', () => town.sentTo(RENEE.phone).length > 0);
    await until('the numbers', () => town.bodiesTo(MAYA).at(-1)?.includes('988') === true);
    town.vendors.slack.clearScripts();
    town.vendors.slack.setAuthError(null);
  });

  it('F13: brings no event and no press for hours: the paging goes on until somebody answers by text', async () => {
    await findLateCrisis();
    await until('the card', () => lateCards().length > 0);
    await minutes(30);
    expect(pages().length).toBeGreaterThan(1);
    const toTomas = town.sentTo(TOMAS.phone).length;
    expect(await town.text(RENEE.phone, 'ack')).toBe(200);
    await minutes(10);
    const [card] = town.cards();
    if (card === undefined) throw new Error('no card');
    expect(wordsOf(card)).toContain('Acknowledged by Renee');
    expect(town.sentTo(TOMAS.phone)).toHaveLength(toTomas);
  });
});

describe('TW-15: a photo', () => {
  const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';
  const unread = () => town.house().database.read(({ inbox }) => inbox.countUnread());

  it.each([
    ['that a webhook brings', false],
    ['that is found in the list', true],
  ])(
    '%s is no answer to the question, waits for a person, and staff are shown that there is one',
    async (_, isLost) => {
      const { database } = town.house();
      const versionOf = () =>
        database.read(async ({ people, conversations }) => {
          const maya = await people.menteeByPhone(database.hashPhone(MAYA));
          return maya === null ? null : (await conversations.activeOf(maya.id))?.version;
        });
      const before = await versionOf();
      town.vendors.twilio.setWebhooksLost(isLost);
      await town.vendors.sendText({ from: MAYA, body: '', media: [{ url, contentType: 'image/jpeg' }] });
      town.vendors.twilio.setWebhooksLost(false);
      await minutes(6);
      expect(await unread()).toBe(1);
      expect(await versionOf()).toBe(before);
      expect(town.vendors.slack.state().messages.map(wordsOf).join()).toContain('(1 picture or file)');
    },
  );
});
