import { describe, expect, it } from 'vitest';
import { publishContent } from '../../src/app/publish-content.ts';
import { followPublished, loadContent } from '../../src/app/published-content.ts';
import { createWorld, MAYA, type World } from './world.ts';

async function filesOf(world: World): Promise<Record<string, unknown>> {
  const latest = await world.database.read((stores) => stores.content.latest());
  return structuredClone(latest?.files ?? {}) as Record<string, unknown>;
}

interface Steps {
  steps: Record<string, { text?: { en: string } }>;
}

describe('publishing', () => {
  it('is one revision for the same files, however often they are published', async () => {
    const world = await createWorld();
    const files = await filesOf(world);
    expect(await publishContent(world, { files, by: 'Renee', why: 'again' })).toMatchObject({
      revision: 1,
      isNew: false,
    });
  });

  it('reaches the people inside at once when only the wording has changed', async () => {
    const world = await createWorld();
    await world.pass(3_600_000);
    const files = await filesOf(world);
    const flow = files['nudge-housing-form.yaml'] as Steps;
    const done = flow.steps['say_done']?.text;
    if (done === undefined) throw new Error('no such text');
    done.en = 'Wonderful, {first_name}! That one is finished.';
    await publishContent(world, { files, by: 'Renee', why: 'warmer' });
    await followPublished(world);
    await world.text(MAYA, 'done');
    expect(world.texts.at(-1)?.body).toBe('Wonderful, Maya! That one is finished.');
  });

  it('lets the people inside finish on the structure they began with', async () => {
    const world = await createWorld();
    await world.pass(3_600_000);
    const files = await filesOf(world);
    const flow = files['nudge-housing-form.yaml'] as { steps: Record<string, Record<string, unknown>> };
    const say = flow.steps['say_done'];
    if (say === undefined) throw new Error('no such step');
    flow.steps['say_more'] = { ...say, text: { en: 'One more thing.', es: 'Una cosa mas.' } };
    say['next'] = 'say_more';
    await publishContent(world, { files, by: 'Renee', why: 'one more step' });
    await followPublished(world);
    await world.text(MAYA, 'done');
    expect(world.texts.filter((text) => text.to === MAYA).at(-1)?.body).toContain('housing form is in');
  });

  it('refuses files with a mistake before anything is stored', async () => {
    const world = await createWorld();
    const files = await filesOf(world);
    (files['program.yaml'] as Record<string, unknown>)['name'] = '';
    await expect(publishContent(world, { files, by: 'x', why: 'x' })).rejects.toThrow('program.yaml');
    expect((await loadContent(world.database))?.revision).toBe(1);
  });
});
