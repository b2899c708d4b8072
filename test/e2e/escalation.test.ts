import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { instant } from '../support/house-clock.ts';
import { LUIS, MAYA, RENEE, STRANGER, TOMAS } from '../support/house-people.ts';
import { wordsIn } from '../support/slack-hand.ts';

const CRISIS = 'i want to die';
const START = instant('2027-06-07T10:00:00-07:00');
const minutes = (count: number) => START + count * 60_000;

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.close());

async function crisis(from = MAYA, body = CRISIS) {
  expect(await town.text(from, body)).toBe(200);
  await town.settle();
}

function firstPost() {
  const post = town.posts()[0];
  if (post === undefined) throw new Error('no alert');
  return post;
}

async function resolve(nudges: string) {
  const renee = town.hand(RENEE.slack);
  await renee.press(firstPost(), 'resolve');
  await renee.choose(renee.modal(), 'How did it end?', 'False alarm');
  await renee.choose(renee.modal(), 'When may nudges come back?', nudges);
  expect(await renee.submit()).toBe(200);
}

describe('CR-01, CR-02: a text in danger', () => {
  it('gets the locked reply and an alert at once, in the language of the mentee', async () => {
    await crisis(MAYA);
    expect(town.bodiesTo(MAYA).at(-1)).toMatch(/988.*911/);
    await crisis(LUIS, 'me quiero morir');
    expect(town.bodiesTo(LUIS).at(-1)).toMatch(/988.*oprime 2/);
    expect(town.posts()).toHaveLength(2);
    expect(town.log.join('')).toContain('escalation_opened');
  });

  it('shows first name, tier and words on the card, and neither name nor words where a locked screen shows them', async () => {
    await crisis();
    const card = wordsOf(firstPost());
    expect(card).toMatch(/Crisis/);
    expect(card).toContain('Maya');
    expect(card).not.toContain('Testperson');
    expect(card).toContain('die');
    await town.advanceTo(minutes(5));
    const shownOnLockedScreens = [...town.posts().map((post) => post.text), ...town.bodiesTo(RENEE.phone)];
    expect(shownOnLockedScreens).toHaveLength(3);
    for (const text of shownOnLockedScreens) expect(text).not.toMatch(/Maya|Testperson|die/i);
  });

  it('is heard from a number that nobody knows', async () => {
    await crisis(STRANGER);
    expect(town.bodiesTo(STRANGER).at(-1)).toContain('988');
    expect(town.posts()).toHaveLength(1);
  });

  it('silences the flow: a later answer goes to the case, and no nudge leaves while it is open', async () => {
    await crisis();
    const renee = town.hand(RENEE.slack);
    await renee.press(firstPost(), 'take_over');
    const before = town.bodiesTo(MAYA).length;
    await town.text(MAYA, 'done');
    await town.settle();
    expect(wordsIn(town.thread(firstPost()).at(-1) ?? firstPost())).toMatch(/Maya wrote.*done/);
    await renee.write(firstPost(), 'Got it.');
    await town.advanceTo(minutes(4 * 24 * 60));
    expect(town.bodiesTo(MAYA).slice(before)).toEqual(['Renee: Got it.']);
  });

  it('CR-09: a second one is added to the open case and answered shortly', async () => {
    await crisis();
    await crisis();
    expect(town.posts()).toHaveLength(1);
    expect(town.bodiesTo(MAYA).at(-1)).toContain('Still here');
  });
});

describe('CR-04: nobody acknowledges', () => {
  /** Every card of the case, not what else its thread says. */
  const cards = () => town.posts().filter((post) => JSON.stringify(post.blocks).includes('case-'));

  it('alerts the channel again every five minutes and texts the next person, round and round', async () => {
    await crisis();
    expect(town.bodiesTo(RENEE.phone)).toEqual([]);
    // Two rounds of two people; then everybody was paged twice in vain, and it goes on more slowly.
    for (let round = 1; round <= 4; round += 1) {
      await town.advanceTo(minutes(5 * round) - 1_000);
      expect(cards()).toHaveLength(round);
      await town.advanceTo(minutes(5 * round));
      expect(cards()).toHaveLength(round + 1);
      expect(town.sentTo(RENEE.phone)).toHaveLength(Math.ceil(round / 2));
      expect(town.sentTo(TOMAS.phone)).toHaveLength(Math.floor(round / 2));
    }
  });

  it('goes on for hours', async () => {
    await crisis();
    await town.advanceTo(minutes(24 * 60));
    const before = cards().length;
    await town.advanceTo(minutes(27 * 60));
    expect(cards()).toHaveLength(before + 6);
    expect(town.vendors.twilio.state().calls.filter(({ to }) => to === TOMAS.phone).length).toBeGreaterThan(20);
  });
});

describe('CR-06: acknowledging', () => {
  it('by the button stops the paging, the first press wins, and the second sees who has it', async () => {
    await crisis();
    const post = firstPost();
    expect(await town.press(TOMAS.slack, post, 'acknowledge')).toMatchObject({ status: 200 });
    expect(await town.press(RENEE.slack, post, 'acknowledge')).toMatchObject({ status: 200 });
    await town.settle();
    expect(wordsOf(firstPost())).toContain('Acknowledged by Tomas Staffperson');
    expect(wordsOf(firstPost())).not.toContain('"acknowledge"');
    expect(town.hand(RENEE.slack).whispers().join()).toContain('Tomas Staffperson already has this case');
    await town.advanceTo(minutes(34));
    expect(town.posts()).toHaveLength(1);
    expect([...town.sentTo(RENEE.phone), ...town.sentTo(TOMAS.phone)]).toEqual([]);
  });

  it('CR-05: after half an hour without a deed the one who has it is asked first, and five minutes later all are', async () => {
    await crisis();
    const tomas = town.hand(TOMAS.slack);
    await tomas.press(firstPost(), 'acknowledge');
    await town.advanceTo(minutes(30));
    const question = town.thread(firstPost()).find((reply) => wordsOf(reply).includes('are you still on case'));
    expect(question === undefined ? '' : wordsOf(question)).toContain('Tomas Staffperson');
    expect(town.directsTo(TOMAS.slack).map((message) => message.text)).toEqual([
      expect.stringContaining('are you still on it'),
    ]);
    await tomas.press(question ?? firstPost(), 'still_on_it');
    await town.advanceTo(minutes(60));
    expect(town.posts()).toHaveLength(1);
    await town.advanceTo(minutes(65));
    expect(town.posts()).toHaveLength(2);
    expect(wordsOf(firstPost())).toContain('not acknowledged');
    expect(town.sentTo(RENEE.phone)).toHaveLength(1);
  });

  it('by an SMS reply takes the case, and whoever comes second is told', async () => {
    await crisis();
    await town.advanceTo(minutes(5));
    const code = /case ([A-Z0-9]{4})/.exec(town.bodiesTo(RENEE.phone)[0] ?? '')?.[1] ?? '';
    await town.text(RENEE.phone, `ack ${code.toLowerCase()}`);
    await town.text(TOMAS.phone, 'ACK');
    await town.settle();
    expect(town.bodiesTo(RENEE.phone).at(-1)).toContain(`Case ${code} is yours`);
    expect(wordsOf(firstPost())).toContain('Acknowledged by Renee Staffperson');
    await town.text(TOMAS.phone, `ACK ${code}`);
    await town.advanceTo(minutes(34));
    expect(town.bodiesTo(TOMAS.phone)).toEqual([expect.stringContaining('Renee Staffperson already has this case')]);
  });

  it('by a stranger’s ACK does nothing', async () => {
    await crisis();
    await town.text(STRANGER, 'ACK');
    await town.settle();
    expect(wordsOf(firstPost())).toContain('not acknowledged');
  });

  it('SL-03: a press that is repeated is one press', async () => {
    await crisis();
    const { channel, ts } = firstPost();
    const request = town.vendors.slack.press({ userId: RENEE.slack, channel, ts, actionId: 'acknowledge' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => town.vendors.post(request)));
    expect(answers.every((answer) => answer.kind === 'answered' && answer.status === 200)).toBe(true);
    await town.settle();
    const changes = town.log.filter((line) => line.includes('"escalation_changed"') && line.includes('acknowledged'));
    expect(changes).toHaveLength(1);
  });

  it('resolving ends the case, and the bot may speak again', async () => {
    await crisis();
    await resolve('Now');
    expect(wordsOf(firstPost())).toContain('Resolved by Renee Staffperson');
    await town.text(MAYA, 'done');
    await town.settle();
    expect(town.bodiesTo(MAYA).at(-1)).toMatch(/Nice|Maya/);
  });

  it('a crisis after the case was resolved opens another one', async () => {
    await crisis();
    await resolve('In 3 days');
    await crisis();
    expect(town.posts()).toHaveLength(2);
    expect(wordsOf(town.posts()[1] ?? firstPost())).toContain('not acknowledged');
  });
});
