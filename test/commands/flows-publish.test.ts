// `icehouse flows plan | publish | history | rollback` as real processes on a real database, with somebody inside.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/db/open-database.ts';
import { loadContent } from '../../src/app/published-content.ts';
import { startConversation } from '../../src/core/conversation/start-conversation.ts';
import { asConversationId } from '../../src/core/model/ids.ts';
import { sampleMentee } from '../contract/samples.ts';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

/** Each test continues where the one before ended. */
const FLOW = 'nudge-housing-form';
let scratch: string;
let folder: string;
let env: Record<string, string>;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'icehouse-publish-'));
  folder = join(scratch, 'flows');
  cpSync(join(ROOT, 'flows'), folder, { recursive: true });
  env = { DATABASE_URL: `file:${join(scratch, 'icehouse.sqlite')}`, DATA_KEY: TEST_DATA_KEY };
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const run = (...args: string[]) => icehouse(['flows', ...args], { env });
const publish = () => run('publish', folder, '--why', 'a test', '--by', 'Renee');

function edit(change: (text: string) => string): void {
  const path = join(folder, `${FLOW}.yaml`);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Somebody who was asked, and has not answered. */
async function stepInside(): Promise<void> {
  const url = env['DATABASE_URL'] ?? '';
  const database = await openDatabase({ url, dataKey: TEST_DATA_KEY, purpose: 'command' });
  const flow = (await loadContent(database))?.flows.get(FLOW);
  if (flow === undefined) throw new Error('nothing was published');
  const mentee = sampleMentee(1);
  const begun = startConversation({ id: asConversationId('talk-1'), menteeId: mentee.id, flow, task: 'housing_form' });
  const waiting = { kind: 'reply', askedAt: 1, invalidReplies: 0, options: [] } as const;
  await database.transact(async ({ people, conversations }) => {
    await people.saveMentee(mentee, 1);
    await conversations.insert({ ...begun, version: 1, step: 'ask_status', waiting }, 1);
  });
  await database.close();
}

describe('icehouse flows', () => {
  it('publishes a first time, and the same files no second time', async () => {
    const first = await publish();
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('Published as revision 1.');
    expect((await publish()).out).toContain('Nothing has changed since revision 1.');
    await stepInside();
  }, 60_000);

  it('plans what is in the way with ids and without names, and ends with 1', async () => {
    edit((text) => text.replaceAll('ask_status', 'ask_how'));
    const [words, json] = await Promise.all([run('plan', folder), run('plan', folder, '--json')]);
    expect([words.code, json.code]).toEqual([1, 1]);
    expect(words.out).toContain(`${FLOW}: structure changed`);
    expect(words.out).toMatch(/step ask_status .*IN THE WAY.*talk-1/);
    const plan: unknown = JSON.parse(json.out);
    const standing = { flow: FLOW, step: 'ask_status', becomes: 'blocked', conversations: ['talk-1'] };
    expect(plan).toMatchObject({ ok: false, plan: { revision: 1, isBlocked: true, standings: [standing] } });
    expect(words.out + json.out).not.toContain(sampleMentee(1).firstName);
  }, 60_000);

  it('refuses to publish it, and stores nothing', async () => {
    const refused = await publish();
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('Nothing was published. In the way: 1, at 1 steps.');
    expect(JSON.parse((await run('history', '--json')).out)).toMatchObject({ revisions: [{ revision: 1 }] });
  }, 60_000);

  it('publishes it when the file says where they go', async () => {
    edit((text) => text.replace(/^start:/m, 'migrate: { ask_status: ask_how }\nstart:'));
    const plan = await run('plan', folder);
    expect([plan.code, plan.out]).toEqual([0, expect.stringContaining('It can be published.')]);
    expect((await publish()).out).toContain('Published as revision 2.');
  }, 60_000);

  it('goes back, says who stays, and lists it', async () => {
    const back = await run('rollback', '--why', 'it confused people', '--by', 'Renee');
    expect([back.code, back.err]).toEqual([0, '']);
    expect(back.out).toContain('Revision 1 is published again, as revision 3.');
    expect(back.out).toContain('1 conversation finishes on the structure they stand on.');
    const history = await run('history');
    expect(history.out.split('\n')[0]).toMatch(/^ +3 {2}\S+Z {2}Renee: it confused people$/);
    const wrong = await run('rollback', '--to', '9', '--why', 'x');
    expect([wrong.code, wrong.err]).toEqual([1, 'icehouse: There is no revision 9; the newest is 3.\n']);
  }, 60_000);
});
