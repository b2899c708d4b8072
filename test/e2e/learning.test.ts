import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../src/rehearsal/slack/state.ts';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { LUIS, MAYA, RENEE, USUAL_ROWS } from '../support/house-people.ts';
import { type Hand, wordsIn } from '../support/slack-hand.ts';

/** What counselors teach, over real requests: each test continues where the one before ended. */

const SEAT = 'after friday nobody has to save me a seat';

let town: Town;
let renee: Hand;
beforeAll(async () => {
  town = await startTown({ rows: USUAL_ROWS });
  renee = town.hand(RENEE.slack);
});
afterAll(() => town.close());

function newestCard(): SlackMessage {
  const card = town.cards().at(-1);
  if (card === undefined) throw new Error('no card');
  return card;
}

async function hear(from: string, body: string): Promise<void> {
  expect(await town.text(from, body)).toBe(200);
  await town.settle();
}

describe('a counselor teaches the screen in Slack', () => {
  it('says on Resolve that a page was of a wrong tier, and changes it later in Details', async () => {
    await hear(MAYA, 'i want to die');
    await renee.press(newestCard(), 'resolve');
    await renee.choose(renee.modal(), 'How did it end?', 'Safe now');
    await renee.choose(renee.modal(), 'Was the page right?', 'it was high');
    expect(await renee.submit()).toBe(200);
    expect(renee.hasModal()).toBe(false);
    await renee.press(newestCard(), 'case_details');
    expect(wordsIn(renee.modal())).toContain('Wrong tier: it was high, no crisis');
    await renee.press(renee.modal(), 'verdict_real');
    expect(wordsIn(renee.modal())).toContain('Real: the page was right');
    renee.closeModals();
  });

  it('writes an example from Details: the words above, an empty field, a copy refused', async () => {
    await renee.press(newestCard(), 'case_details');
    await renee.press(renee.modal(), 'safety_example');
    expect(wordsIn(renee.modal())).toContain('i want to die');
    expect(JSON.stringify(renee.modal().view)).not.toContain('initial_value');
    await renee.type(renee.modal(), 'In other words', 'I want to die!');
    await renee.submit();
    expect(renee.hasModal()).toBe(true);
    await renee.type(renee.modal(), 'In other words', SEAT);
    expect(await renee.submit()).toBe(200);
    expect(wordsIn(renee.modal())).toContain('Added as ex-1');
    renee.closeModals();
  });

  it('and the very next text like it pages', async () => {
    const before = town.cards().length;
    await hear(LUIS, 'after friday nobody really has to save me a seat');
    expect(town.cards()).toHaveLength(before + 1);
    expect(wordsOf(newestCard())).toMatch(/Crisis.*not acknowledged/);
    expect(town.bodiesTo(LUIS).at(-1)).toMatch(/988/);
  });

  it('starts a drill, whose card says so, and reads the report', async () => {
    expect(await renee.command('drill')).toContain('marked as a drill');
    await town.settle();
    expect(wordsOf(newestCard())).toMatch(/DRILL · Crisis/);
    await renee.press(newestCard(), 'acknowledge');
    town.clock.pass(60_000);
    await town.settle();
    const thread = town.thread(newestCard()).map(wordsOf).join(' ');
    expect(thread).toContain('The drill was acknowledged');
    expect(thread).toContain('in Slack 0 s');
    const report = await renee.command('report safety');
    expect(report).toContain('2 cases');
    expect(report).toContain('Drill of');
    expect(report).not.toMatch(/Maya|Luis/);
  });
});
