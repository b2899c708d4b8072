import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HouseRequest } from '../../src/rehearsal/wire/exchange.ts';
import { startTown, statusOf, type Town, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { COUNSELORS, DANI, MAYA, RENEE, TOMAS } from '../support/house-people.ts';
import { type Hand, wordsIn } from '../support/slack-hand.ts';

const CRISIS = 'i want to die';
const MINUTE = 60_000;

let town: Town;
let renee: Hand;
let tomas: Hand;
beforeEach(async () => {
  town = await startTown();
  renee = town.hand(RENEE.slack);
  tomas = town.hand(TOMAS.slack);
});
afterEach(() => town.close());

function card() {
  const [first] = town.cards();
  if (first === undefined) throw new Error('no card');
  return first;
}

const lines = () => town.thread(card()).map(wordsOf);
const pass = (ms: number) => town.advanceTo(town.clock.now() + ms);
const pages = () => [...town.sentTo(RENEE.phone), ...town.sentTo(TOMAS.phone)];

async function hear(body: string): Promise<void> {
  expect(await town.text(MAYA, body)).toBe(200);
  await town.settle();
}

/** How often each deed stands in the audit. */
async function deeds(): Promise<Record<string, number>> {
  const { database } = town.house();
  const counts: Record<string, number> = {};
  for (const { action } of await database.read((stores) => stores.audit.recent({ limit: 200 }))) {
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

/** All at once, as two fingers or a nervous network do it. */
async function all(requests: readonly HouseRequest[]): Promise<void> {
  const answers = await Promise.all(requests.map((request) => town.vendors.post(request)));
  expect(new Set(answers.map(statusOf))).toEqual(new Set([200]));
  await town.settle();
}

describe('the same thing twice', () => {
  it('SL-03, SL-08, SL-09: a message in the thread that Slack delivers five times is one text', async () => {
    await hear(CRISIS);
    await renee.press(card(), 'take_over');
    const before = town.bodiesTo(MAYA).length;
    const { channel, ts: threadTs } = card();
    const said = town.vendors.slack.writeThread({ userId: RENEE.slack, channel, threadTs, text: 'Are you safe?' });
    const again = (number: number) =>
      town.vendors.slack.sign({ type: 'json', body: said.body }, { retry: { number, reason: 'http_timeout' } });
    await all([said, again(0), again(1)]);
    await all([again(2), again(3)]);
    expect(town.bodiesTo(MAYA).slice(before)).toEqual(['Renee: Are you safe?']);
    expect(await deeds()).toMatchObject({ text_relayed: 1 });
  });

  it('SL-03, SL-15: a double click on any button of the card is one deed, and opens one modal', async () => {
    await hear(CRISIS);
    const { channel, ts } = card();
    const press = (actionId: string) => town.vendors.slack.press({ userId: RENEE.slack, channel, ts, actionId });
    for (const actionId of ['acknowledge', 'take_over', 'release', 'take_over']) {
      const [one, two] = [press(actionId), press(actionId)];
      await all([one, two, one]);
    }
    expect(await deeds()).toMatchObject({ case_acknowledged: 1, case_taken_over: 2, case_released: 1 });
    for (const actionId of ['case_call', 'case_details', 'resolve']) {
      await untilNoBucketEnds();
      const [one, two] = [press(actionId), press(actionId)];
      await all([one, two, one]);
      const open = town.vendors.slack.state().views.filter((view) => view.userId === RENEE.slack);
      expect(open.map((view) => view.view['callback_id'])).toEqual([
        actionId === 'resolve' ? 'resolve_case' : actionId,
      ]);
      if (actionId !== 'resolve') renee.closeModals();
    }
    await renee.choose(renee.modal(), 'How did it end?', 'False alarm');
    const submit = town.vendors.slack.submit(renee.modal().id);
    await all([submit, submit]);
    expect(renee.hasModal()).toBe(false);
    await all([press('reopen'), press('reopen')]);
    expect(await deeds()).toMatchObject({ case_resolved: 1, case_reopened: 1 });
    expect(wordsOf(card())).not.toContain('resolved');
  });

  it('CR-06: two who press in the same moment: one has the case, and the other is told who', async () => {
    await hear(CRISIS);
    const { channel, ts } = card();
    const press = (userId: string) => town.vendors.slack.press({ userId, channel, ts, actionId: 'take_over' });
    await all([press(RENEE.slack), press(TOMAS.slack)]);
    const holder = wordsOf(card()).includes('Renee Staffperson writes with the student') ? renee : tomas;
    const other = holder === renee ? tomas : renee;
    expect(holder.whispers()).toEqual([]);
    await until('the other is told', () => other.whispers().length > 0);
    expect(other.whispers().join()).toContain(holder === renee ? 'Renee Staffperson' : 'Tomas Staffperson');
    expect(await deeds()).toMatchObject({ case_taken_over: 1 });
  });

  it('a button of a card as it was long ago does no harm: who presses hears how it stands', async () => {
    await hear(CRISIS);
    const { channel, ts } = card();
    const stale = town.vendors.slack.press({ userId: TOMAS.slack, channel, ts, actionId: 'take_over' });
    await renee.press(card(), 'resolve');
    await renee.choose(renee.modal(), 'How did it end?', 'Safe now');
    await renee.submit();
    await all([stale]);
    expect(wordsOf(card())).toContain('Resolved by Renee Staffperson');
    await until('he is told', () => tomas.whispers().length > 0);
    expect(tomas.whispers().join()).toMatch(/resolved/i);
  });
});

/** Clicks of five seconds share a name: two that are meant as one double click shall not fall on both sides of an end. */
async function untilNoBucketEnds(): Promise<void> {
  await until('a bucket has begun', () => Date.now() % 5_000 < 4_500);
}

describe('SL-14: a trigger that has expired', () => {
  it('is made good by a direct message with a button, which opens the modal', async () => {
    await hear(CRISIS);
    town.vendors.slack.script({ kind: 'error', error: 'expired_trigger_id' }, { method: 'views.open' });
    expect(await renee.press(card(), 'resolve')).toBe(200);
    expect(renee.hasModal()).toBe(false);
    const offer = town.directsTo(RENEE.slack).find((post) => wordsOf(post).includes('open_again'));
    if (offer === undefined) throw new Error('nothing was offered');
    expect(wordsOf(offer)).toContain('One press opens it now');
    await renee.press(offer, 'open_again');
    await renee.choose(renee.modal(), 'How did it end?', 'Safe now');
    expect(await renee.submit()).toBe(200);
    expect(wordsOf(card())).toContain('Resolved by Renee Staffperson');
  });
});

describe('people and channels that go', () => {
  it('SL-24: a counselor is deactivated who holds a case: the team is paged at once, and somebody else can take it', async () => {
    await hear(CRISIS);
    await renee.press(card(), 'take_over');
    expect(pages()).toEqual([]);
    await town.vendors.post(town.vendors.slack.changeUser(RENEE.slack, { isDeleted: true }));
    await town.settle();
    expect(wordsOf(card())).toContain('not acknowledged');
    expect(town.posts().filter((post) => post.isBroadcast)).toHaveLength(1);
    expect(town.sentTo(TOMAS.phone)).toHaveLength(1);
    expect(town.sentTo(RENEE.phone)).toEqual([]);
    await tomas.press(card(), 'take_over');
    const before = town.bodiesTo(MAYA).length;
    await tomas.write(card(), 'I am Tomas.');
    expect(town.bodiesTo(MAYA).slice(before)).toEqual(['Tomas: I am Tomas.']);
  });

  it('the channel is archived in the middle of a hand-off: a text that cannot be shown there reaches phones', async () => {
    await hear(CRISIS);
    await renee.press(card(), 'take_over');
    town.vendors.slack.changeChannel(COUNSELORS, { isArchived: true });
    await hear('are you there?');
    await pass(10 * MINUTE);
    expect(pages().length).toBeGreaterThan(0);
    await town.text(TOMAS.phone, 'ACK');
    await town.settle();
    const texted = pages().length;
    town.vendors.slack.changeChannel(COUNSELORS, { isArchived: false });
    await pass(2 * MINUTE);
    expect(lines().join()).toContain('are you there?');
    expect(wordsOf(card())).toContain('A text has waited for an answer since');
    expect(pages()).toHaveLength(texted);
  });

  it.each([
    [
      'is shared with another workspace',
      () => town.vendors.slack.changeChannel(COUNSELORS, { isExtShared: true }),
      () => town.vendors.slack.changeChannel(COUNSELORS, { isExtShared: false }),
    ],
    [
      'has a guest',
      () => {
        town.vendors.slack.changeUser(DANI.slack, { isRestricted: true });
        const memberIds = [RENEE.slack, TOMAS.slack, DANI.slack];
        return town.vendors.slack.changeChannel(COUNSELORS, { memberIds });
      },
      () => town.vendors.slack.changeChannel(COUNSELORS, { memberIds: [RENEE.slack, TOMAS.slack] }),
    ],
  ])('SL-25: a channel that %s: nothing is posted there, and the ladder begins at once', async (_, spoil, mend) => {
    // What was posted before it came to that stays; the answer of Slack that the house remembers is of before.
    await hear(CRISIS);
    await renee.press(card(), 'take_over');
    const posted = () => town.vendors.slack.state().messages.filter((one) => one.channel === COUNSELORS).length;
    const before = posted();
    for (const request of spoil()) await town.vendors.post(request);
    await hear('i will kill myself tonight');
    expect(await town.text('+12135550188', CRISIS)).toBe(200);
    await until('the first on call is texted', () => town.sentTo(RENEE.phone).length > 0);
    await hear('are you there?');
    await pass(4 * MINUTE);
    expect(posted()).toBe(before);
    // The card that stands there already takes no new words either.
    expect(wordsOf(card())).not.toMatch(/kill|tonight/);
    for (const request of mend()) await town.vendors.post(request);
    // Slack tells nothing of a guest who leaves: a minute later it is asked anew.
    town.clock.pass(MINUTE);
    await pass(6 * MINUTE);
    expect(town.cards()).toHaveLength(2);
    expect(lines().join()).toContain('are you there?');
    expect(wordsOf(card())).toContain('kill myself');
  });
});

describe('SL-12: Slack tells nothing', () => {
  it('events are dropped: a word in the thread is found within five minutes, and staff hear that events are missing', async () => {
    await hear(CRISIS);
    town.vendors.slack.setEventsDown(true);
    town.vendors.slack.setButtonsDown(true);
    await pass(MINUTE);
    expect(await tomas.write(card(), 'ack')).toBe(0);
    await pass(5 * MINUTE);
    expect(wordsOf(card())).toContain('Acknowledged by Tomas Staffperson');
    expect(lines().join()).toContain('Acknowledged: paging has stopped.');
    const texted = pages().length;
    expect(texted).toBeLessThanOrEqual(1);
    await tomas.write(card(), 'take over');
    await pass(5 * MINUTE);
    const before = town.bodiesTo(MAYA).length;
    await tomas.write(card(), 'Are you safe?');
    await pass(5 * MINUTE);
    expect(town.bodiesTo(MAYA).slice(before)).toEqual(['Tomas: Are you safe?']);
    expect(pages()).toHaveLength(texted);
    expect(town.log.join('')).toContain('slack_events_missing');
  });

  it('buttons are dead: no harm, the ladder goes on, and an ACK by SMS takes the case', async () => {
    await hear(CRISIS);
    town.vendors.slack.setButtonsDown(true);
    expect(await renee.press(card(), 'acknowledge')).toBe(0);
    expect(wordsOf(card())).toContain('Buttons dead? Write ack');
    await pass(5 * MINUTE);
    expect(town.sentTo(RENEE.phone)).toHaveLength(1);
    await town.text(RENEE.phone, 'ACK');
    await town.settle();
    expect(wordsOf(card())).toContain('Acknowledged by Renee Staffperson');
    town.vendors.slack.setButtonsDown(false);
    await renee.press(card(), 'case_details');
    expect(wordsIn(renee.modal())).toContain(CRISIS);
  });
});
