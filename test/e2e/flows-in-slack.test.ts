import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { copyFlows, type FlowsCopy } from '../support/house-flows.ts';
import { MAYA, RENEE, SAM, SAM_IN_SLACK, SAM_ROW, SLACK_STAFF, USUAL_ROWS } from '../support/house-people.ts';
import { type Hand, wordsIn } from '../support/slack-hand.ts';

/** Staff publish from Slack, over real requests: each test continues where the one before ended. */

const FLOW = 'nudge-housing-form.yaml';

let flows: FlowsCopy;
let town: Town;
let sam: Hand;
beforeAll(async () => {
  flows = copyFlows({ housing_form: '2027-06-15' });
  town = await startTown({
    rows: [...USUAL_ROWS, SAM_ROW],
    slackStaff: [...SLACK_STAFF, SAM_IN_SLACK],
    flowsDir: flows.folder,
  });
  sam = town.hand(SAM.slack);
});
afterAll(async () => {
  await town.close();
  flows.remove();
});

const path = () => join(flows.folder, FLOW);
const edit = (change: (text: string) => string) => writeFileSync(path(), change(readFileSync(path(), 'utf8')));
const told = () => town.directsTo(SAM.slack).map(wordsOf).at(-1) ?? '';

/** A press on a button of the answer that only Sam sees. */
async function pressInAnswer(actionId: string): Promise<void> {
  const seen = town.vendors.slack
    .state()
    .ephemerals.filter(({ userId }) => userId === SAM.slack)
    .at(-1);
  if (seen === undefined) throw new Error('Sam was answered nothing');
  await town.vendors.post(
    town.vendors.slack.press({ userId: SAM.slack, channel: seen.channel, ts: seen.id, actionId }),
  );
  await town.settle();
}

async function submitWhy(why: string): Promise<void> {
  await sam.type(sam.modal(), 'Why?', why);
  expect(await sam.submit()).toBe(200);
  expect(wordsIn(sam.modal())).toContain('direct message');
  // What came of it was written when the work behind the form was done.
  await town.settle();
  sam.closeModals();
}

describe('staff publish from Slack', () => {
  it('look first, and see what a publish does', async () => {
    expect(await sam.command('flows')).toContain('revision 1');
    expect(await town.hand(RENEE.slack).command('flows')).toContain('Publishing is for the staff');
    await sam.command('flows');
    await pressInAnswer('open_again');
    expect(wordsIn(sam.modal())).toContain('none since revision 1');
    sam.closeModals();
  });

  it('are shown a mistake with its place, and can publish nothing', async () => {
    const good = readFileSync(path(), 'utf8');
    writeFileSync(path(), `${good}\nsteps_too: []\n`);
    await sam.command('flows');
    await pressInAnswer('open_again');
    expect(wordsIn(sam.modal())).toMatch(/nudge-housing-form\.yaml:\d+:1/);
    expect(sam.modal().view).not.toHaveProperty('submit');
    sam.closeModals();
    writeFileSync(path(), good);
  });

  it('are refused when somebody would be left behind', async () => {
    const good = readFileSync(path(), 'utf8');
    writeFileSync(path(), good.replaceAll('ask_status', 'ask_how'));
    await sam.command('flows');
    await pressInAnswer('open_again');
    expect(wordsIn(sam.modal())).toContain('IN THE WAY');
    expect(wordsIn(sam.modal())).not.toMatch(/Maya|Luis/);
    expect(sam.modal().view).not.toHaveProperty('submit');
    sam.closeModals();
    writeFileSync(path(), good);
  });

  it('publish new words, which reach those inside with their next text', async () => {
    edit((text) => text.replace(/(say_done:[\s\S]*?en: ).*/, '$1Wonderful, {first_name}! That one is finished.'));
    await sam.command('flows');
    await pressInAnswer('open_again');
    expect(wordsIn(sam.modal())).toContain('words changed');
    await submitWhy('warmer words');
    expect(told()).toContain('Published as revision 2');
    expect(await town.text(MAYA, 'done')).toBe(200);
    await town.settle();
    expect(town.bodiesTo(MAYA).at(-1)).toBe('Wonderful, Maya! That one is finished.');
  });

  it('go back to an earlier revision', async () => {
    expect(await sam.command('flows')).toContain('warmer words');
    await pressInAnswer('flows_roll_back');
    await sam.choose(sam.modal(), 'Which revision?', '1, ');
    await submitWhy('too warm');
    expect(told()).toContain('Revision 1 is published again, as revision 3');
    expect(await sam.command('flows')).toContain('revision 3');
  });
});
