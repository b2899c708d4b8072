// What people teach the house: verdicts on Resolve and later, texts that a person raised, and examples that the screen
// hears from the next text on.

import { describe, expect, it } from 'vitest';
import type { EscalationId, InboundId } from '../../src/core/model/ids.ts';
import type { CaseVerdict } from '../../src/core/safety/escalation.ts';
import { importRows, SAM } from './import-rows.ts';
import { createWorld, LUIS, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself tonight';
const SEAT = 'after friday nobody has to save me a seat';

async function openCase(world: World, from = MAYA): Promise<EscalationId> {
  await world.text(from, CRISIS);
  const open = await world.database.read((stores) => stores.escalations.openOf(world.database.hashPhone(from)));
  if (open === null) throw new Error('no case');
  return open.id;
}

const caseOf = async (world: World, id: EscalationId) => {
  const found = await world.database.read((stores) => stores.escalations.byId(id));
  if (found === null) throw new Error('no case');
  return found;
};

const end = (escalationId: EscalationId, verdict?: CaseVerdict) => ({
  escalationId,
  outcome: 'safe' as const,
  resumeAfterHours: 0,
  note: '',
  ...(verdict === undefined ? {} : { verdict }),
});

const audited = (world: World, action: string) =>
  world.database.read(async (stores) =>
    (await stores.audit.recent({ limit: 100 })).filter((event) => event.action === action),
  );

describe('a verdict', () => {
  it('is kept with the case and in the audit, with the signals that fired', async () => {
    const world = await createWorld();
    const id = await openCase(world);
    await world.resolve('U0RENEE', end(id, { kind: 'wrong_tier', tier: 'high' }));
    const { state, signals } = await caseOf(world, id);
    expect(state).toMatchObject({ status: 'resolved', verdict: { kind: 'wrong_tier', tier: 'high' } });
    expect(signals?.length).toBeGreaterThan(0);
    expect(await audited(world, 'case_resolved')).toMatchObject([
      { detail: { verdict: 'wrong_tier', shouldBe: 'high', outcome: 'safe' } },
    ]);
  });

  it('that contradicts how it ended is said under its input, and ends nothing', async () => {
    const world = await createWorld();
    const id = await openCase(world);
    const contradiction = { ...end(id, { kind: 'wrong_tier', tier: 'high' }), outcome: 'false_alarm' as const };
    expect(await world.resolve('U0RENEE', contradiction)).toMatchObject({
      kind: 'errors',
      errors: { verdict: expect.stringContaining('false alarm') },
    });
    expect((await caseOf(world, id)).state.status).toBe('open');
  });

  it('of a form of before is none, but the outcome "false alarm" is one', async () => {
    const world = await createWorld();
    const first = await openCase(world);
    await world.resolve('U0RENEE', end(first));
    expect((await caseOf(world, first)).state.verdict).toBeNull();
    const second = await openCase(world, LUIS);
    await world.resolve('U0RENEE', { ...end(second), outcome: 'false_alarm' });
    expect((await caseOf(world, second)).state.verdict).toEqual({ kind: 'false_alarm' });
  });

  it('is changed later in Details, which then shows it', async () => {
    const world = await createWorld();
    const id = await openCase(world);
    await world.resolve('U0RENEE', end(id, { kind: 'real' }));
    const act = { kind: 'give_verdict', escalationId: id, verdict: { kind: 'false_alarm' } } as const;
    expect((await world.act('U0TOMAS', act)).modal).toMatchObject({
      kind: 'case_details',
      verdict: { given: { kind: 'false_alarm' }, tier: 'crisis' },
    });
    expect(await audited(world, 'case_verdict_given')).toMatchObject([{ detail: { verdict: 'false_alarm' } }]);
    expect((await world.act('U0DANI', act)).word).toContain('counselors');
  });

  it('is not asked of a case that goes on', async () => {
    const world = await createWorld();
    const id = await openCase(world);
    expect(await world.openModal('U0RENEE', { kind: 'case_details', escalationId: id })).toMatchObject({
      verdict: null,
    });
    const act = { kind: 'give_verdict', escalationId: id, verdict: { kind: 'real' } } as const;
    expect((await world.act('U0RENEE', act)).modal).toMatchObject({ kind: 'word' });
  });
});

async function textOf(world: World, from: string, body: string): Promise<InboundId> {
  await world.text(from, body);
  const [text] = await world.database.read((stores) => stores.inbox.recent(world.database.hashPhone(from), 0, 1));
  if (text === undefined) throw new Error('no text');
  return text.id;
}

describe('a text that the screen let pass', () => {
  it('pages the counselors by one press, is read with it, and stays known as a miss', async () => {
    const world = await createWorld();
    await importRows(world, SAM);
    const inboundId = await textOf(world, MAYA, SEAT);
    const result = await world.act('U0SAM', { kind: 'needed_page', inboundId });
    expect(result.word).toMatch(/Case [A-Z0-9]{4} is open/);
    const open = await world.database.read((stores) => stores.escalations.openOf(world.database.hashPhone(MAYA)));
    expect(open).toMatchObject({ raisedBy: 'person', words: [SEAT], state: { tier: 'crisis', status: 'open' } });
    expect(world.posts.filter(({ message }) => message.kind === 'alert')).toHaveLength(1);
    expect(world.texts.filter(({ to, body }) => to === MAYA && body.includes('988'))).toEqual([]);
    expect(await audited(world, 'miss_found')).toMatchObject([{ detail: { inboundId, by: 'person' } }]);
  });

  it('is raised once, and not by a mentor', async () => {
    const world = await createWorld();
    const inboundId = await textOf(world, MAYA, SEAT);
    expect((await world.act('U0DANI', { kind: 'needed_page', inboundId })).word).toContain('Only staff');
    await world.act('U0RENEE', { kind: 'needed_page', inboundId });
    expect((await world.act('U0TOMAS', { kind: 'needed_page', inboundId })).word).toContain('already');
    expect(await audited(world, 'miss_found')).toHaveLength(1);
  });

  const worry = (world: World, menteeId: string) =>
    world.database.read(async (stores) => (await stores.people.mentees()).find(({ id }) => id === menteeId));

  it('is known as a miss when a mentor is worried about whoever wrote it', async () => {
    const world = await createWorld();
    const inboundId = await textOf(world, MAYA, SEAT);
    const mentee = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
    if (mentee === null) throw new Error('no mentee');
    expect(await worry(world, mentee.id)).not.toBeUndefined();
    const said = { topics: [], needsStaffNow: false, note: 'She sounds strange to me.' };
    await world.submit('U0DANI', { kind: 'worried', menteeId: mentee.id, worry: said });
    expect(await audited(world, 'miss_found')).toMatchObject([{ detail: { inboundId, by: 'worry' } }]);
  });

  it('is no miss when nothing was written', async () => {
    const world = await createWorld();
    const mentee = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(LUIS)));
    if (mentee === null) throw new Error('no mentee');
    const said = { topics: [], needsStaffNow: false, note: 'He sounds strange to me.' };
    await world.submit('U0DANI', { kind: 'worried', menteeId: mentee.id, worry: said });
    expect(await audited(world, 'miss_found')).toEqual([]);
  });
});

const OWN = { kind: 'own' } as const;
const example = (words: string, changes: object = {}) => ({
  kind: 'safety_example' as const,
  source: OWN,
  words,
  was: 'missed' as const,
  tier: 'crisis' as const,
  about: 'self' as const,
  ...changes,
});

describe('an example', () => {
  it('is heard in the next text, and published with who and why', async () => {
    const world = await createWorld();
    const answer = await world.submit('U0RENEE', example(SEAT));
    expect(answer).toMatchObject({ kind: 'show', modal: { text: expect.stringContaining('ex-1') } });
    await world.text(LUIS, 'ok so after friday, nobody really has to save me a seat');
    const open = await world.database.read((stores) => stores.escalations.openOf(world.database.hashPhone(LUIS)));
    expect(open).toMatchObject({ signals: ['ex-1'], state: { tier: 'crisis' } });
    const latest = await world.database.read((stores) => stores.content.latest());
    expect(latest).toMatchObject({ why: 'example ex-1 (missed), added in Slack' });
    expect(latest?.publishedBy).not.toContain('Renee');
    expect(await audited(world, 'example_added')).toMatchObject([{ subject: 'ex-1', detail: { was: 'missed' } }]);
  });

  it('after a case starts empty with the original above, and refuses a copy of it', async () => {
    const world = await createWorld();
    const id = await openCase(world);
    const source = { kind: 'case', escalationId: id } as const;
    expect(await world.openModal('U0RENEE', { kind: 'safety_example', source })).toMatchObject({
      kind: 'safety_example',
      originals: [CRISIS],
      was: 'missed',
    });
    for (const copy of [CRISIS, `${CRISIS.toUpperCase()}!!`, `hey. ${CRISIS}, ok`, 'want to kill myself tonight']) {
      expect(await world.submit('U0RENEE', example(copy, { source }))).toMatchObject({
        kind: 'errors',
        errors: { words: expect.stringContaining('own words') },
      });
    }
    expect(await audited(world, 'example_added')).toEqual([]);
  });

  it('that would page everyday texts is refused with one of them', async () => {
    const world = await createWorld();
    const answer = await world.submit('U0RENEE', example('i am going to the store'));
    expect(answer).toMatchObject({ kind: 'errors', errors: { words: expect.stringContaining('every day') } });
  });

  it('offers a false page after a case that was judged as one', async () => {
    const world = await createWorld();
    const id = await openCase(world);
    await world.resolve('U0RENEE', { ...end(id), outcome: 'false_alarm' });
    const source = { kind: 'case', escalationId: id } as const;
    expect(await world.openModal('U0RENEE', { kind: 'safety_example', source })).toMatchObject({ was: 'false_page' });
  });

  it('is for counselors of the roster alone, in the form, in its submission and in the command', async () => {
    const world = await createWorld();
    await importRows(world, SAM);
    for (const who of ['U0SAM', 'U0DANI', 'U0NOBODY']) {
      expect(await world.openModal(who, { kind: 'safety_example', source: OWN })).toMatchObject({ kind: 'word' });
      expect(await world.submit(who, example(SEAT))).toMatchObject({ kind: 'show', modal: { kind: 'word' } });
      const asked = { slackUserId: who, text: 'example', actKey: `k-${who}` };
      expect((await world.command(asked)).form).toBeUndefined();
    }
    const asked = { slackUserId: 'U0RENEE', text: 'example', actKey: 'k' };
    expect((await world.command(asked)).form).toMatchObject({ ask: { kind: 'safety_example', source: OWN } });
    expect(await audited(world, 'example_added')).toEqual([]);
  });
});
