import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readContent } from '../../src/adapters/system/content-files.ts';
import { publishContent } from '../../src/app/publish-content.ts';
import { advance } from '../../src/core/conversation/advance.ts';
import { startConversation } from '../../src/core/conversation/start-conversation.ts';
import { restoreFlow } from '../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../src/core/flow/compiled-flow.ts';
import type { Conversation } from '../../src/core/model/conversation.ts';
import type { StructureHash } from '../../src/core/model/ids.ts';
import { startTown, type Town } from '../support/house.ts';
import { copyFlows, type FlowsCopy } from '../support/house-flows.ts';
import { LUIS, MAYA } from '../support/house-people.ts';

/** One summer of two mentees in one conversation, while its file is edited three times and the house starts twice anew. */

const FLOW = 'nudge-housing-form';
const say = (en: string, es: string, next: string) => ({ type: 'say', text: { en, es }, next });
const patient = {
  invalid: { text: { en: 'Please answer with a letter.', es: 'Responde con una letra.' }, tries: 2, next: 'call' },
  no_reply: { after: '150 days', next: 'call' },
};
const DORM = { value: 'dorm', label: { en: 'In the dorms', es: 'En el campus' } };
const HOME = { value: 'home', label: { en: 'At home', es: 'En casa' } };
const where = (options: object[], next: string) => ({
  type: 'ask',
  text: { en: 'Hi {first_name}, where will you live?', es: 'Hola {first_name}, donde vas a vivir?' },
  answer: 'choice',
  options,
  save_as: 'place',
  next,
  ...patient,
});
const FORM = { en: 'Did you send the form?', es: 'Ya mandaste el formulario?' };
const sent = (next: string, text = FORM) => ({
  type: 'ask',
  text,
  answer: 'yes_no',
  on: { yes: next, no: 'call' },
  ...patient,
});
const ending = {
  done: { type: 'task', status: 'done', next: 'over' },
  call: { type: 'tell_mentor', reason: 'Does not answer about the housing form.', next: 'over' },
  over: { type: 'end' },
};
const about = { flow: FLOW, about: 'Where they will live.', variables: { place: 'text' } };

/** As it is written in May. `thanks` are the words of the text after the first answer. */
const may = (thanks: { en: string; es: string }) => ({
  ...about,
  start: 'ask_where',
  steps: {
    ask_where: where([DORM, HOME], 'thanks'),
    thanks: say(thanks.en, thanks.es, 'pause'),
    pause: { type: 'wait', for: '60 days', next: 'ask_sent' },
    ask_sent: sent('done'),
    ...ending,
  },
});
const OLD_THANKS = { en: 'Thanks.', es: 'Gracias.' };
const WARM_THANKS = { en: 'Thank you so much, {first_name}!', es: 'Mil gracias, {first_name}!' };

/** June: another step before the second question. */
function june() {
  const file = may(WARM_THANKS);
  return {
    ...file,
    steps: {
      ...file.steps,
      pause: { type: 'wait', for: '60 days', next: 'news' },
      news: say('The office has moved.', 'La oficina se mudo.', 'ask_sent'),
    },
  };
}

/** August: every step has another name, the options another order, and all of it ends in September. */
const august = (migrate?: object) => ({
  ...about,
  ...(migrate === undefined ? {} : { migrate }),
  start: 'ask_place',
  steps: {
    ask_place: where([HOME, DORM], 'warm'),
    warm: say('Noted, {first_name}.', 'Anotado, {first_name}.', 'ask_ready'),
    ask_ready: sent('rest'),
    rest: { type: 'wait', until: '2027-09-06', at: '10:00', next: 'ask_moved' },
    ask_moved: sent('which', { en: 'Have you moved in?', es: 'Ya te mudaste?' }),
    which: { type: 'branch', on: 'place', cases: [{ is: 'home', next: 'at_home' }], else: 'in_dorm' },
    at_home: say('Enjoy living at home!', 'Que disfrutes en casa!', 'done'),
    in_dorm: say('Enjoy the dorms!', 'Que disfrutes el campus!', 'done'),
    ...ending,
  },
});

let flows: FlowsCopy;
let town: Town;
beforeAll(async () => {
  flows = copyFlows({ housing_form: '2027-09-20' });
  const tasks = join(flows.folder, 'tasks.yaml');
  const written = readFileSync(tasks, 'utf8');
  writeFileSync(tasks, written.replace(/(housing_form:[\s\S]*?lead_days: )\d+/, '$1140'));
  write(may(OLD_THANKS));
  town = await startTown({ startAt: '2027-05-10T10:00:00-07:00', flowsDir: flows.folder });
});
afterAll(async () => {
  await town.close();
  flows.remove();
});

function write(file: object): void {
  writeFileSync(join(flows.folder, `${FLOW}.yaml`), JSON.stringify(file, null, 2));
}

/** Publishes the folder as it stands on disk, as the command does. */
async function publish(file: object) {
  write(file);
  const read = readContent(flows.folder, { runExamples: false });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { database } = town.house();
  const published = await publishContent({ database, clock: town.clock }, { files: read.files, by: 'Renee', why: 'x' });
  await town.settle();
  return published.plan.standings.map(({ step, becomes, to, conversations }) => [
    step,
    becomes,
    to,
    conversations.length,
  ]);
}

/** The house stops and another one opens on the same file; what lies in its folder was never published. */
async function restart(lying: string): Promise<void> {
  writeFileSync(join(flows.folder, `${FLOW}.yaml`), lying);
  await town.house().stop();
  await town.startAgain();
  await town.settle();
}

async function answer(phone: string, body: string): Promise<string> {
  expect(await town.text(phone, body)).toBe(200);
  await town.settle();
  return town.bodiesTo(phone).at(-1) ?? '';
}

const counts = () => [town.bodiesTo(MAYA).length, town.bodiesTo(LUIS).length];

const conversationOf = (phone: string) => {
  const { database } = town.house();
  return database.read(async (stores) => {
    const mentee = await stores.people.menteeByPhone(database.hashPhone(phone));
    if (mentee === null) throw new Error('nobody has this number');
    const running = await stores.conversations.activeOf(mentee.id);
    const task = (await stores.tasks.of(mentee.id)).find((one) => one.task === 'housing_form');
    return { mentee, running, task };
  });
};

/** What the recorded events make of a conversation, told again from the structures that it pinned. */
async function toldAgain(first: Conversation): Promise<readonly [Conversation, Conversation]> {
  return town.house().database.read(async (stores) => {
    const flowOf = async (hash: StructureHash): Promise<CompiledFlow> => {
      const flow = restoreFlow((await stores.content.structure(hash))?.definition);
      if (flow === null) throw new Error('the structure is not kept');
      return flow;
    };
    const { id, menteeId, task, structureHash } = first;
    let told = startConversation({ id, menteeId, task, flow: await flowOf(structureHash) });
    for (const { event, facts, at } of await stores.conversations.events(id)) {
      const flow = await flowOf(event.kind === 'moved' ? event.structureHash : told.structureHash);
      const result = advance(told, event, { flow, wording: flow, facts, now: at });
      if (!result.ok) throw new Error(result.failure.reason);
      told = result.conversation;
    }
    const stored = await stores.conversations.byId(id);
    if (stored === null) throw new Error('the conversation is gone');
    return [told, stored] as const;
  });
}

it('a conversation of May ends in September through three edits, two restarts and in both languages', async () => {
  expect(town.bodiesTo(MAYA).at(-1)).toContain('where will you live?\nA) In the dorms\nB) At home');
  expect(town.bodiesTo(LUIS).at(-1)).toContain('donde vas a vivir?\nA) En el campus\nB) En casa');
  const begun = [(await conversationOf(MAYA)).running, (await conversationOf(LUIS)).running];

  // Edit one, in May: words. They reach inside at once; a restart stands on them and not on the folder.
  await town.advanceTo('2027-05-12T10:00:00-07:00');
  expect(await publish(may(WARM_THANKS))).toEqual([['ask_where', 'same', null, 2]]);
  await restart('this: is: no flow');
  await town.advanceTo('2027-05-13T10:00:00-07:00');
  expect(await answer(MAYA, 'B')).toBe('Thank you so much, Maya!');

  // Edit two, in June: structure. Nobody inside sees it.
  await town.advanceTo('2027-06-15T10:00:00-07:00');
  expect(await publish(june())).toEqual([
    ['ask_where', 'stays', null, 1],
    ['pause', 'stays', null, 1],
  ]);
  await town.advanceTo('2027-07-13T12:00:00-07:00');
  expect(town.bodiesTo(MAYA).at(-1)).toBe('Did you send the form?');
  expect(town.bodiesTo(MAYA).join(' ')).not.toContain('The office has moved');
  await town.advanceTo('2027-07-20T10:00:00-07:00');
  await restart(JSON.stringify(may(OLD_THANKS)));

  // Edit three, in August: nothing has its old name. Without a word about those inside it is refused.
  await town.advanceTo('2027-08-01T10:00:00-07:00');
  const before = counts();
  await expect(publish(august())).rejects.toThrow('2 conversations are in the way');
  expect(await publish(august({ ask_where: 'ask_place', ask_sent: 'ask_ready' }))).toEqual([
    ['ask_sent', 'stands', 'ask_ready', 1],
    ['ask_where', 'stands', 'ask_place', 1],
  ]);
  await town.advanceTo('2027-08-03T10:00:00-07:00');
  expect(counts()).toEqual(before);

  // B is what it was in May, though it is another line of the file by now.
  await answer(LUIS, 'B');
  expect(town.bodiesTo(LUIS).slice(-2)).toEqual(['Anotado, Luis.', 'Ya mandaste el formulario?']);
  expect((await conversationOf(LUIS)).running).toMatchObject({ step: 'ask_ready', variables: { place: 'home' } });
  await answer(LUIS, 'sí');
  await answer(MAYA, 'yes');
  expect((await conversationOf(MAYA)).running).toMatchObject({ step: 'rest', variables: { place: 'home' } });

  await town.advanceTo('2027-09-07T12:00:00-07:00');
  expect(town.bodiesTo(MAYA).at(-1)).toBe('Have you moved in?');
  expect(town.bodiesTo(LUIS).at(-1)).toBe('Ya te mudaste?');
  expect(await answer(MAYA, 'yes')).toBe('Enjoy living at home!');
  expect(await answer(LUIS, 'sí')).toBe('Que disfrutes en casa!');
  for (const phone of [MAYA, LUIS]) {
    const { running, task } = await conversationOf(phone);
    expect([running, task?.status]).toEqual([null, 'done']);
  }
  for (const first of begun) {
    if (first === null) throw new Error('nobody was asked');
    const [told, stored] = await toldAgain(first);
    expect(told).toEqual(stored);
    expect(stored).toMatchObject({ status: 'ended', step: 'over' });
    expect(stored.structureHash).not.toBe(first.structureHash);
  }
}, 120_000);
