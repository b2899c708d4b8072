// A called flow that is changed while a mentee stands inside it: its words reach them, its structure does not.

import { describe, expect, it } from 'vitest';
import { compileContent } from '../../src/app/content.ts';
import { publishContent } from '../../src/app/publish-content.ts';
import { followPublished } from '../../src/app/published-content.ts';
import { askAmount } from '../core/flow/sub-flows.ts';
import { createWorld, MAYA, type World } from './world.ts';

const text = (en: string) => ({ en, es: `${en} (es)` });

function caller(words = 'Noted: {rent}.') {
  return {
    flow: 'nudge-housing-form',
    about: 'Asks what is left to pay.',
    start: 'ask',
    variables: { rent: 'number' },
    steps: {
      ask: {
        type: 'call',
        flow: 'ask-amount',
        with: { label: 'housing' },
        save: { rent: 'amount' },
        on: { large: 'noted', small: 'noted' },
        next: 'over',
      },
      noted: { type: 'say', text: text(words), next: 'done' },
      done: { type: 'task', status: 'done', next: 'over' },
      over: { type: 'end' },
    },
  };
}

/** Maya was asked for an amount by the flow that her task's flow calls. */
async function insideCalled(): Promise<World> {
  const world = await createWorld((files) => {
    files['nudge-housing-form.yaml'] = caller();
    files['money/ask-amount.yaml'] = askAmount();
  });
  await world.pass(3_600_000);
  expect(last(world)).toContain('How much is left for housing?');
  return world;
}

function last(world: World): string {
  return world.texts.filter(({ to }) => to === MAYA).at(-1)?.body ?? '';
}

async function publish(world: World, changed: Record<string, unknown>): Promise<void> {
  const latest = await world.database.read((stores) => stores.content.latest());
  await publishContent(world, { files: { ...latest?.files, ...changed }, by: 'Renee', why: 'test' });
  await followPublished(world);
}

describe('a called flow in the house', () => {
  it('stands in a folder of its own, and is answered', async () => {
    const world = await insideCalled();
    await world.text(MAYA, '430');
    expect(last(world)).toBe('Noted: 430.');
  });

  it('speaks its new words to whoever is inside', async () => {
    const world = await insideCalled();
    const changed = askAmount();
    changed.steps.ask.invalid.text = text('Just the number for {label}, please.');
    await publish(world, { 'money/ask-amount.yaml': changed });
    await world.text(MAYA, 'purple');
    expect(last(world)).toBe('Just the number for housing, please.');
  });

  it('lets whoever is inside finish on its old structure, also when it is gone altogether', async () => {
    const world = await insideCalled();
    const other = { ...caller('Nobody hears this.'), variables: {}, start: 'over', steps: { over: { type: 'end' } } };
    const latest = await world.database.read((stores) => stores.content.latest());
    const { 'money/ask-amount.yaml': _, ...files } = { ...latest?.files };
    await expect(publishContent(world, { files, by: 'Renee', why: 'test' })).rejects.toThrow(
      'nudge-housing-form.yaml: there is no flow "ask-amount"',
    );
    const stay = { ...other, migrate: { 'ask.ask': 'stay' } };
    await publishContent(world, { files: { ...files, 'nudge-housing-form.yaml': stay }, by: 'Renee', why: 'test' });
    await followPublished(world);
    await world.text(MAYA, '1500');
    expect(last(world)).toBe('Noted: 1500.');
  });

  it('keeps its old ways for whoever is inside, and speaks the new words of flows that did not change', async () => {
    const world = await insideCalled();
    const changed = JSON.parse(JSON.stringify(askAmount()).replace('"at_least":1000', '"at_least":100'));
    await publish(world, { 'money/ask-amount.yaml': changed, 'nudge-housing-form.yaml': caller('Thank you: {rent}.') });
    await world.text(MAYA, '430');
    expect(last(world)).toBe('Thank you: 430.');
  });
});

describe('content', () => {
  it('refuses a flow that calls itself by way of another', async () => {
    const world = await insideCalled();
    const latest = await world.database.read((stores) => stores.content.latest());
    const back = {
      ...askAmount(),
      steps: { ...askAmount().steps, big: { type: 'call', flow: 'nudge-housing-form', next: 'small' } },
    };
    expect(() => compileContent(1, { ...latest?.files, 'money/ask-amount.yaml': back })).toThrow(
      'nudge-housing-form.yaml: "nudge-housing-form" calls itself by way of ask-amount',
    );
  });
});
