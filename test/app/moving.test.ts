// Publishing while people are inside: who is taken along, who is left in peace, and what is in the way.

import { describe, expect, it } from 'vitest';
import { planPublication, publishContent } from '../../src/app/publish-content.ts';
import { followPublished } from '../../src/app/published-content.ts';
import { RollBackError, rollBackContent } from '../../src/app/roll-back.ts';
import { createWorld, LUIS, MAYA, type World } from './world.ts';

const HOUR = 3_600_000;
const FLOW = 'nudge-housing-form.yaml';

type Files = Record<string, unknown>;
interface FlowFile {
  start: string;
  steps: Record<string, Record<string, unknown>>;
  migrate?: Record<string, string>;
}

async function filesOf(world: World): Promise<Files> {
  const latest = await world.database.read((stores) => stores.content.latest());
  return structuredClone(latest?.files ?? {}) as Files;
}

const flowIn = (files: Files): FlowFile => files[FLOW] as FlowFile;

/** The first question of the flow bears another name; nothing else is changed. */
async function renamed(world: World, migrate?: Record<string, string>): Promise<Files> {
  const files = await filesOf(world);
  const flow = flowIn(files);
  const text = JSON.stringify(flow).replaceAll('"ask_status"', '"ask_how_it_is"');
  files[FLOW] = { ...(JSON.parse(text) as FlowFile), ...(migrate === undefined ? {} : { migrate }) };
  return files;
}

/** Both mentees were asked about the housing form this morning. */
async function asked(): Promise<World> {
  const world = await createWorld();
  await world.pass(HOUR);
  return world;
}

const running = (world: World) => world.database.read((stores) => stores.conversations.running());

const publish = async (world: World, files: Files) => {
  const published = await publishContent(world, { files, by: 'Renee', why: 'a test', actor: 'command' });
  await followPublished(world);
  return published;
};

describe('a publish of another structure', () => {
  it('is refused with everybody who stands at a step that is gone, and stores nothing', async () => {
    const world = await asked();
    const inside = await running(world);
    expect(inside.map(({ step }) => step)).toEqual(['ask_status', 'ask_status']);
    const files = await renamed(world);
    const refused = publish(world, files);
    await expect(refused).rejects.toThrow('2 conversations are in the way of this publish.');
    const why = 'the new flow has no step "ask_status"';
    const conversations = inside.map(({ id }) => id).sort();
    await expect(refused).rejects.toMatchObject({
      plan: { isBlocked: true, standings: [{ step: 'ask_status', becomes: 'blocked', why }] },
    });
    const plan = await planPublication(world, files);
    expect([...(plan.standings[0]?.conversations ?? [])].sort()).toEqual(conversations);
    expect(JSON.stringify(plan)).not.toMatch(/Maya|Luis|555/);
    expect(await running(world)).toEqual(inside);
    expect(await world.database.read((stores) => stores.content.latestRevision())).toBe(1);
  });

  it('lets those whom the file names stay finish as they began', async () => {
    const world = await asked();
    await publish(world, await renamed(world, { ask_status: 'stay' }));
    await world.text(MAYA, 'done');
    expect(world.texts.at(-1)).toMatchObject({ to: MAYA, body: expect.stringContaining('housing form') });
    expect((await running(world)).map(({ menteeId }) => menteeId)).toHaveLength(1);
  });

  it('takes those who wait for the same answer along without a text', async () => {
    const world = await asked();
    const before = world.texts.length;
    await publish(world, await renamed(world, { ask_status: 'ask_how_it_is' }));
    await world.pass(HOUR);
    expect(world.texts).toHaveLength(before);
    expect((await running(world)).map(({ step }) => step)).toEqual(['ask_how_it_is', 'ask_how_it_is']);
    await world.text(LUIS, 'ya lo hice');
    await world.text(MAYA, 'done');
    expect(await running(world)).toEqual([]);
    const tasks = await world.database.read(async (stores) => {
      const mentees = await stores.people.mentees();
      return Promise.all(mentees.map(({ id }) => stores.tasks.of(id)));
    });
    expect(tasks.map((of) => of.find(({ task }) => task === 'housing_form')?.status)).toEqual(['done', 'done']);
  });

  it('asks those anew who begin, and only them who may be texted', async () => {
    const world = await asked();
    await world.text(LUIS, 'STOP');
    const before = world.texts.length;
    await publish(world, await renamed(world, { ask_status: 'restart' }));
    await world.pass(HOUR);
    expect(world.texts.slice(before).map(({ to }) => to)).toEqual([MAYA]);
    await world.text(LUIS, 'START');
    const after = world.texts.length;
    await world.pass(HOUR);
    expect(world.texts.slice(after).map(({ to }) => to)).toEqual([LUIS]);
    expect((await running(world)).map(({ step }) => step)).toEqual(['ask_how_it_is', 'ask_how_it_is']);
  });

  it('keeps what it says out of the night', async () => {
    const world = await asked();
    await world.pass(12 * HOUR);
    const before = world.texts.length;
    await publish(world, await renamed(world, { ask_status: 'restart' }));
    await world.pass(HOUR);
    expect(world.texts).toHaveLength(before);
    await world.pass(12 * HOUR);
    expect(world.texts.slice(before).map(({ to }) => to)).toEqual([MAYA, LUIS]);
  });

  it('ends those quietly whom it finishes, and their task stays', async () => {
    const world = await asked();
    const before = world.texts.length;
    await publish(world, await renamed(world, { ask_status: 'finish' }));
    expect(await running(world)).toEqual([]);
    await world.pass(HOUR);
    expect(world.texts).toHaveLength(before);
    const [first] = await world.database.read((stores) => stores.people.mentees());
    if (first === undefined) throw new Error('nobody is on the roster');
    const tasks = await world.database.read((stores) => stores.tasks.of(first.id));
    expect(tasks.find(({ task }) => task === 'housing_form')?.status).not.toBe('done');
  });

  it('writes who was moved into the audit, by counts and ids', async () => {
    const world = await asked();
    await publish(world, await renamed(world, { ask_status: 'ask_how_it_is' }));
    const [row] = await world.database.read((stores) => stores.audit.recent({ limit: 1 }));
    expect(row).toMatchObject({
      actor: 'command',
      action: 'flows_published',
      subjectKind: 'revision',
      subject: '2',
      detail: { replaced: 1, moved: 2, stay: 0, called_off: 0 },
    });
  });
});

describe('the way back', () => {
  it('is never blocked, moves nobody, and says how many stay', async () => {
    const world = await asked();
    await publish(world, await renamed(world, { ask_status: 'ask_how_it_is' }));
    const done = await rollBackContent(world, { to: null, by: 'Renee', why: 'it confused people' });
    await followPublished(world);
    expect(done).toMatchObject({ revision: 3, of: 1, isNew: true });
    expect(done.plan.standings).toMatchObject([{ step: 'ask_how_it_is', becomes: 'stays' }]);
    expect(done.plan.standings[0]?.conversations).toHaveLength(2);
    await world.text(MAYA, 'done');
    expect(await running(world)).toHaveLength(1);
    const heads = await world.database.read((stores) => stores.content.history(2));
    expect(heads).toMatchObject([
      { revision: 3, publishedBy: 'Renee', why: 'it confused people' },
      { revision: 2, publishedBy: 'Renee', why: 'a test' },
    ]);
  });

  it('is refused where there is none, or where it leads nowhere', async () => {
    const world = await createWorld();
    const back = (to: number | null) => rollBackContent(world, { to, by: 'Renee', why: 'a test' });
    await expect(back(null)).rejects.toThrow('There is nothing older than revision 1 to go back to.');
    await expect(back(9)).rejects.toThrow(RollBackError);
    await expect(back(1)).rejects.toThrow('says the same as revision 1');
  });

  it('is refused to a revision that this version cannot use', async () => {
    const world = await createWorld();
    const files = await filesOf(world);
    await world.database.transact((stores) =>
      stores.content.publish({
        files: { ...files, [FLOW]: {} },
        publishedBy: 'x',
        why: 'of another age',
        publishedAt: 1,
      }),
    );
    await world.database.transact((stores) =>
      stores.content.publish({ files, publishedBy: 'x', why: 'again', publishedAt: 2 }),
    );
    await expect(rollBackContent(world, { to: 2, by: 'Renee', why: 'a test' })).rejects.toThrow(
      /^Revision 2 does not compile with this version of Icehouse, and nothing was changed\. nudge-housing-form\.yaml/,
    );
    expect(await world.database.read((stores) => stores.content.latestRevision())).toBe(3);
  });
});
