// `/icehouse flows`: staff look, publish and go back; everybody else is told that it is not theirs.

import { beforeEach, describe, expect, it } from 'vitest';
import { createOpenModal } from '../../src/app/open-modal.ts';
import type { FlowsFolderRead } from '../../src/app/ports/flows-folder.ts';
import type { ModalSubmission } from '../../src/app/ports/staff-room.ts';
import { createSubmitModal } from '../../src/app/submit-modal.ts';
import { importRows, SAM } from './import-rows.ts';
import { createWorld, type World } from './world.ts';

const HOUR = 3_600_000;
const SAMS = 'U0SAM';
const FLOW = 'nudge-housing-form.yaml';

let world: World;
let folder: FlowsFolderRead;
beforeEach(async () => {
  world = await createWorld();
  await importRows(world, SAM);
  const latest = await world.database.read((stores) => stores.content.latest());
  folder = { ok: true, files: structuredClone(latest?.files ?? {}) };
});

const deps = () => ({ ...world, wake: () => {}, flows: { read: async () => folder } });
const look = (who = SAMS) =>
  createOpenModal(deps(), world.commit)({ kind: 'flows_publish' }, { slackUserId: who, actKey: 'look' });

/** Submits the form and does what takes longer; gives what the person is told in the end. */
async function submit(submission: ModalSubmission, { who = SAMS, actKey = 'submit' } = {}) {
  const answer = await createSubmitModal(deps(), world.commit)(submission, { slackUserId: who, actKey });
  if (answer.kind === 'later') await answer.work();
  await world.relay.drain();
  const told = world.posts.filter(({ to }) => to === who).at(-1)?.message;
  return { answer, told };
}

const newest = async () => (await world.database.read((stores) => stores.content.history(1)))[0];

function change(edit: (flow: string) => string): void {
  if (!folder.ok) throw new Error('the folder has mistakes');
  const flow: unknown = JSON.parse(edit(JSON.stringify(folder.files[FLOW])));
  folder = { ok: true, files: { ...folder.files, [FLOW]: flow } };
}

describe('/icehouse flows', () => {
  it('says what is published, by whom and why, to staff alone', async () => {
    const ask = (slackUserId: string) => world.command({ slackUserId, text: 'flows', actKey: slackUserId });
    const answer = await ask(SAMS);
    expect(answer.lines[0]).toMatchObject({
      label: 'Published',
      text: expect.stringMatching(/^revision 1, .*by test$/),
    });
    expect(answer).toMatchObject({
      form: { ask: { kind: 'flows_publish' } },
      second: { ask: { kind: 'flows_roll_back' } },
    });
    for (const other of ['U0RENEE', 'U0DANI', 'U0NOBODY']) expect(await ask(other)).not.toHaveProperty('form');
  });
});

describe('Publish…', () => {
  it('has nothing to do when nothing differs', async () => {
    expect(await look()).toMatchObject({ canPublish: false, lines: [{ text: 'none since revision 1' }, {}] });
  });

  it('shows every mistake as file and line, and no button', async () => {
    folder = { ok: false, mistakes: ['flows/a.yaml:3:5 there is no step "x". Did you mean "y"?'] };
    const modal = await look();
    expect(modal).toMatchObject({ canPublish: false });
    expect(JSON.stringify(modal)).toContain('flows/a.yaml:3:5');
    const { told } = await submit({ kind: 'flows_publish', why: 'a test' });
    expect(told).toMatchObject({ title: 'Nothing was published' });
    expect(await newest()).toMatchObject({ revision: 1 });
  });

  it('publishes with who and why, is in use at once, and stands in the audit', async () => {
    change((flow) => flow.replace('{first_name}', 'dear {first_name}'));
    expect(await look()).toMatchObject({ canPublish: true });
    const { answer, told } = await submit({ kind: 'flows_publish', why: 'warmer' });
    expect(answer).toMatchObject({ kind: 'later', modal: { kind: 'word' } });
    expect(told).toMatchObject({ title: 'Published as revision 2' });
    expect(world.content.current().revision).toBe(2);
    const sam = await world.database.read((stores) => stores.people.staffBySlackUser(SAMS));
    expect(await newest()).toMatchObject({ why: 'warmer', publishedBy: sam?.id });
    const [row] = await world.database.read((stores) => stores.audit.recent({ limit: 1 }));
    expect(row).toMatchObject({ actor: sam?.id, action: 'flows_published', subject: '2' });
    const again = await submit({ kind: 'flows_publish', why: 'warmer' });
    expect(again.answer).toEqual({ kind: 'close' });
  });

  it('refuses what leaves somebody behind, with ids and without names', async () => {
    await world.pass(HOUR);
    change((flow) => flow.replaceAll('"ask_status"', '"ask_how"'));
    const modal = await look();
    expect(modal).toMatchObject({ canPublish: false });
    const { told } = await submit({ kind: 'flows_publish', why: 'a test' });
    expect(told).toMatchObject({ title: 'Nothing was published' });
    for (const shown of [modal, told]) {
      expect(JSON.stringify(shown)).toContain('IN THE WAY');
      expect(JSON.stringify(shown)).not.toMatch(/Maya|Luis|555-01/);
    }
    expect(await newest()).toMatchObject({ revision: 1 });
  });

  it('is not for counselors, mentors and strangers, and asks why', async () => {
    change((flow) => flow.replace('{first_name}', 'dear {first_name}'));
    for (const who of ['U0RENEE', 'U0DANI', 'U0NOBODY']) {
      expect(await look(who)).toMatchObject({ kind: 'word' });
      const { answer } = await submit({ kind: 'flows_publish', why: 'a test' }, { who, actKey: who });
      expect(answer).toMatchObject({ kind: 'show' });
    }
    const { answer } = await submit({ kind: 'flows_publish', why: ' ' });
    expect(answer).toMatchObject({ kind: 'errors', errors: { why: expect.any(String) } });
    expect(await newest()).toMatchObject({ revision: 1 });
  });
});

describe('Roll back…', () => {
  it('offers what came before, and publishes it again', async () => {
    const ask = () => world.openModal(SAMS, { kind: 'flows_roll_back' });
    expect(await ask()).toMatchObject({ kind: 'word' });
    change((flow) => flow.replace('{first_name}', 'dear {first_name}'));
    await submit({ kind: 'flows_publish', why: 'warmer' });
    expect(await ask()).toMatchObject({ kind: 'flows_roll_back', revisions: [{ revision: 1 }] });
    const { told } = await submit({ kind: 'flows_roll_back', to: 1, why: 'too warm' }, { actKey: 'back' });
    expect(told).toMatchObject({ title: 'Revision 1 is published again, as revision 3' });
    expect(await newest()).toMatchObject({ revision: 3, why: 'too warm' });
    const [row] = await world.database.read((stores) => stores.audit.recent({ limit: 1 }));
    expect(row).toMatchObject({ action: 'flows_rolled_back', subject: '3' });
  });

  it('tells why it cannot', async () => {
    const { told } = await submit({ kind: 'flows_roll_back', to: 7, why: 'a test' });
    expect(told).toMatchObject({
      title: 'Nothing was published',
      lines: [{ text: expect.stringContaining('no revision 7') }],
    });
  });
});
