// Monday's review for the counselors, and the report of the staff lead: what a week and a month have come to.

import { describe, expect, it } from 'vitest';
import { armProgramTimers } from '../../src/app/program-timers.ts';
import type { EscalationId } from '../../src/core/model/ids.ts';
import type { CaseVerdict } from '../../src/core/safety/escalation.ts';
import { importRows, SAM } from './import-rows.ts';
import { createWorld, LUIS, MAYA, type World } from './world.ts';

const MINUTE = 60_000;
const CRISIS = 'i want to kill myself tonight';
const MONDAY_9 = Date.parse('2027-06-14T09:00:00-07:00');

async function openCase(world: World, from: string): Promise<EscalationId> {
  await world.text(from, CRISIS);
  const open = await world.database.read((stores) => stores.escalations.openOf(world.database.hashPhone(from)));
  if (open === null) throw new Error('no case');
  return open.id;
}

async function judge(world: World, from: string, verdict: CaseVerdict): Promise<EscalationId> {
  const escalationId = await openCase(world, from);
  const outcome = verdict.kind === 'false_alarm' ? 'false_alarm' : 'safe';
  await world.resolve('U0RENEE', { escalationId, outcome, verdict, resumeAfterHours: 0, note: '' });
  return escalationId;
}

/** Ends the open case of this number without a word about the page. */
async function endCase(world: World, from: string): Promise<void> {
  const open = await world.database.read((stores) => stores.escalations.openOf(world.database.hashPhone(from)));
  if (open === null) throw new Error('no case');
  await world.resolve('U0RENEE', { escalationId: open.id, outcome: 'safe', resumeAfterHours: 0, note: '' });
}

const reviews = (world: World) =>
  world.posts.flatMap(({ to, message }) => (message.kind === 'safety_review' ? [{ to, message }] : []));

async function createWeek(): Promise<World> {
  const world = await createWorld();
  await world.database.transact((stores) => armProgramTimers(world, stores));
  return world;
}

describe('the weekly review', () => {
  it('tells the counselors on Monday at nine of verdicts, of pages that were wrong, and of misses', async () => {
    const world = await createWeek();
    await judge(world, MAYA, { kind: 'real' });
    const wrong = await judge(world, LUIS, { kind: 'false_alarm' });
    await world.text(MAYA, 'after friday nobody has to save me a seat');
    const [text] = await world.database.read((stores) => stores.inbox.recent(world.database.hashPhone(MAYA), 0, 1));
    if (text === undefined) throw new Error('no text');
    await world.act('U0RENEE', { kind: 'needed_page', inboundId: text.id });
    await endCase(world, MAYA);
    await world.pass(MONDAY_9 - MINUTE - world.clock.at);
    expect(reviews(world)).toEqual([]);
    await world.pass(2 * MINUTE);
    expect(reviews(world)).toMatchObject([
      {
        to: 'counselors',
        message: {
          on: '2027-06-14',
          verdicts: { real: 1, falseAlarm: 1, wrongTier: 0, none: 1 },
          judged: [{ escalationId: wrong, shouldBe: null, signals: expect.any(Array), words: ['want to kill myself'] }],
          misses: [{ inboundId: text.id, by: 'person' }],
        },
      },
    ]);
    const [review] = reviews(world);
    expect(review?.message.judged[0]?.signals.length).toBeGreaterThan(0);
    expect(JSON.stringify(review)).not.toMatch(/Maya|Luis|Robinson|Hernandez/);
  });

  it('comes once for a week, and says nothing when the week taught nothing', async () => {
    const world = await createWeek();
    await world.pass(MONDAY_9 + MINUTE - world.clock.at);
    expect(reviews(world)).toEqual([]);
    await judge(world, MAYA, { kind: 'wrong_tier', tier: 'high' });
    await world.pass(14 * 24 * 60 * MINUTE);
    expect(reviews(world)).toMatchObject([
      { message: { on: '2027-06-21', judged: [{ shouldBe: 'high' }], verdicts: { wrongTier: 1 } } },
    ]);
  });

  it('shows no word of a mentor who raised a case', async () => {
    const world = await createWeek();
    const mentee = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
    if (mentee === null) throw new Error('no mentee');
    const worry = { topics: [], needsStaffNow: true, note: 'Maya says odd things' };
    await world.submit('U0DANI', { kind: 'worried', menteeId: mentee.id, worry });
    const open = await world.database.read((stores) => stores.escalations.openOf(mentee.phoneHash));
    if (open === null) throw new Error('no case');
    const end = { escalationId: open.id, outcome: 'false_alarm', resumeAfterHours: 0, note: '' } as const;
    await world.resolve('U0RENEE', end);
    await world.pass(MONDAY_9 + MINUTE - world.clock.at);
    expect(reviews(world)).toMatchObject([{ message: { judged: [{ words: [] }] } }]);
  });
});

describe('/icehouse report safety', () => {
  const ask = (world: World, slackUserId: string) =>
    world.command({ slackUserId, text: 'report safety', actKey: `report-${slackUserId}` });

  it('says the last thirty days in counts, and names nobody', async () => {
    const world = await createWorld();
    await importRows(world, SAM);
    const id = await openCase(world, MAYA);
    await world.pass(2 * MINUTE);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: id });
    await world.resolve('U0RENEE', {
      escalationId: id,
      outcome: 'safe',
      verdict: { kind: 'real' },
      resumeAfterHours: 0,
      note: '',
    });
    await world.act('U0RENEE', { kind: 'reopen', escalationId: id });
    await judge(world, LUIS, { kind: 'false_alarm' });
    for (const who of ['U0RENEE', 'U0SAM']) {
      const answer = await ask(world, who);
      expect(answer.title).toBe('Safety, the last 30 days');
      const said = Object.fromEntries(answer.lines.map(({ label, text }) => [label, text]));
      expect(said).toMatchObject({
        Crisis: '2 cases. Half were acknowledged within 0 s, nine of ten within 2 min. 2 at once, 0 after the text.',
        High: 'no case',
        'Opened again': '1',
        'Misses found later': 'none',
        'False alarms': expect.stringContaining('1 of 1 judged pages'),
      });
      expect(JSON.stringify(answer)).not.toMatch(/Maya|Luis|Renee|Robinson/);
    }
  });

  it('is not for mentors, nor for strangers', async () => {
    const world = await createWorld();
    for (const who of ['U0DANI', 'U0NOBODY']) expect(await ask(world, who)).toMatchObject({ title: 'Not for you' });
  });

  it('leaves older cases out', async () => {
    const world = await createWorld();
    await openCase(world, MAYA);
    world.clock.at += 31 * 24 * 60 * MINUTE;
    expect((await ask(world, 'U0RENEE')).lines[0]).toEqual({ label: 'Crisis', text: 'no case' });
  });
});
