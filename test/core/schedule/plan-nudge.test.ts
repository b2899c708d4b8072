// Which task is asked about next, and when: lead windows, deadlines, the cap, and everything that keeps the bot silent.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NudgeFacts, type NudgePlan, type PlannedTask, planNudge } from '../../../src/core/schedule/plan-nudge.ts';
import { isQuiet } from '../../../src/core/schedule/quiet-hours.ts';

const ZONE = 'America/Los_Angeles';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (iso: string) => Date.parse(iso);
/** Wednesday 2027-07-07, 13:00 in Los Angeles. */
const NOON = at('2027-07-07T20:00:00Z');

const task = (change: Partial<PlannedTask> = {}): PlannedTask => ({
  key: 'housing-form',
  status: 'not_started',
  deadlineOn: '2027-07-20',
  leadDays: 21,
  askedAt: null,
  againOn: null,
  ...change,
});
const facts = (change: Partial<NudgeFacts> = {}): NudgeFacts => ({
  now: NOON,
  timeZone: ZONE,
  consent: 'active',
  hasActiveConversation: false,
  escalationOpen: false,
  tasks: [task()],
  unaskedSentAt: [],
  weeklyCap: 2,
  ...change,
});
const inWords = (plan: NudgePlan): string => {
  const when = (instant: number | null) =>
    instant === null ? 'until something changes' : new Date(instant).toISOString().slice(0, 16);
  return plan.kind === 'nudge'
    ? `${plan.task} at ${when(plan.sendAt)}`
    : `nothing: ${plan.reason}, ${when(plan.lookAgainAt)}`;
};
const plan = (change: Partial<NudgeFacts> = {}): string => inWords(planNudge(facts(change)));
const NOW = 'housing-form at 2027-07-07T20:00';

describe('what keeps the bot silent', () => {
  it.each([
    ['consent never given', { consent: 'none' }, 'no_consent'],
    ['consent asked for', { consent: 'pending' }, 'no_consent'],
    ['TC-07: an opt-out', { consent: 'opted_out' }, 'no_consent'],
    ['an open case', { escalationOpen: true }, 'escalation_open'],
    ['a running conversation', { hasActiveConversation: true }, 'conversation_active'],
    ['no task at all', { tasks: [] }, 'no_open_task'],
    ['a weekly cap of none', { weeklyCap: 0 }, 'weekly_cap'],
    ['an opt-out and an open case', { consent: 'opted_out', escalationOpen: true }, 'no_consent'],
  ] as const)('%s', (_, change, reason) => expect(plan(change)).toBe(`nothing: ${reason}, until something changes`));

  it.each(['done', 'not_applicable', 'stuck'] as const)('a task that is %s', (status) => {
    expect(plan({ tasks: [task({ status })] })).toBe('nothing: no_open_task, until something changes');
  });

  it('a task that was asked about already: its flow follows up', () => {
    expect(plan({ tasks: [task({ askedAt: NOON - DAY })] })).toBe('nothing: no_open_task, until something changes');
  });
});

describe('the lead window', () => {
  it.each([
    ['opened long ago', { deadlineOn: '2027-07-10' }, NOW],
    ['opens today', { deadlineOn: '2027-07-28' }, NOW],
    ['opens tomorrow', { deadlineOn: '2027-07-29' }, 'nothing: not_yet, 2027-07-08T16:00'],
    ['opens on a Sunday', { deadlineOn: '2027-08-01' }, 'nothing: not_yet, 2027-07-11T19:00'],
    ['opens after the clocks change', { deadlineOn: '2027-11-29' }, 'nothing: not_yet, 2027-11-08T17:00'],
    ['of no days opens on the deadline', { deadlineOn: '2027-07-07', leadDays: 0 }, NOW],
  ])('%s', (_, change, wanted) => expect(plan({ tasks: [task(change)] })).toBe(wanted));
});

describe('the deadline', () => {
  it.each([
    ['is today: still asked', '2027-07-07', NOON, NOW],
    ['was yesterday: not asked', '2027-07-06', NOON, 'nothing: no_open_task, until something changes'],
    [
      'is today, and the day is over: not asked tomorrow',
      '2027-07-07',
      at('2027-07-08T04:00:00Z'),
      'nothing: no_open_task, until something changes',
    ],
    [
      'is today, and the day has not begun: asked at nine',
      '2027-07-07',
      at('2027-07-07T10:00:00Z'),
      'housing-form at 2027-07-07T16:00',
    ],
    [
      'is today here, though tomorrow has begun in London',
      '2027-07-07',
      at('2027-07-08T02:30:00Z'),
      'housing-form at 2027-07-08T02:30',
    ],
  ])('%s', (_, deadlineOn, now, wanted) => expect(plan({ now, tasks: [task({ deadlineOn })] })).toBe(wanted));
});

describe('the hour', () => {
  it.each([
    ['at night: the next morning', '2027-07-08T05:00:00Z', 'housing-form at 2027-07-08T16:00'],
    ['on Saturday at 20:30: Sunday at noon', '2027-07-11T03:30:00Z', 'housing-form at 2027-07-11T19:00'],
    ['F16: in the hour that comes twice', '2026-11-01T09:30:00Z', 'housing-form at 2026-11-01T20:00'],
    ['F16: around the hour that is left out', '2027-03-14T10:00:00Z', 'housing-form at 2027-03-14T19:00'],
  ])('%s', (_, now, wanted) => {
    expect(plan({ now: at(now), tasks: [task({ leadDays: 400 })] })).toBe(wanted);
  });

  it.each([null, 'Nowhere/Unknown'])('QH-02: zone %j waits for the hours of all zones', (timeZone) => {
    expect(plan({ timeZone, now: at('2027-07-07T14:00:00Z') })).toBe('housing-form at 2027-07-07T16:00');
    expect(plan({ timeZone, now: at('2027-07-08T00:30:00Z') })).toBe('housing-form at 2027-07-08T16:00');
  });
});

describe('several tasks', () => {
  const fafsa = task({ key: 'fafsa', deadlineOn: '2027-07-12' });
  const transcript = task({ key: 'transcript', deadlineOn: '2027-07-12' });
  it.each([
    ['the earlier deadline first', [task(), fafsa], 'fafsa'],
    ['on one day, by name', [transcript, fafsa], 'fafsa'],
    ['not one that is closed', [task(), { ...fafsa, status: 'done' as const }], 'housing-form'],
    ['not one that was asked', [task(), { ...fafsa, askedAt: NOON - DAY }], 'housing-form'],
    ['not one that is past', [task(), { ...fafsa, deadlineOn: '2027-07-01' }], 'housing-form'],
    ['not one whose window is shut', [task(), { ...fafsa, againOn: '2027-07-09' }], 'housing-form'],
  ])('%s', (_, tasks, key) => expect(plan({ tasks })).toBe(`${key} at 2027-07-07T20:00`));

  it('all shut: looks again when the first opens', () => {
    const tasks = [task({ deadlineOn: '2027-09-01' }), task({ key: 'fafsa', deadlineOn: '2027-08-15' })];
    expect(plan({ tasks })).toBe('nothing: not_yet, 2027-07-25T19:00');
  });
});

describe('a day that the mentee chose', () => {
  const asked = { askedAt: NOON - 3 * DAY, status: 'in_progress' } as const;
  it.each([
    ['today', '2027-07-07', NOW],
    ['in the past', '2027-07-05', NOW],
    ['tomorrow', '2027-07-08', 'nothing: not_yet, 2027-07-08T16:00'],
    ['after the deadline: there is nothing left to ask', '2027-07-21', 'nothing: not_yet, 2027-07-21T16:00'],
  ])('%s', (_, againOn, wanted) => expect(plan({ tasks: [task({ ...asked, againOn })] })).toBe(wanted));

  it('counts although the lead window has not opened', () => {
    expect(plan({ tasks: [task({ ...asked, deadlineOn: '2027-12-01', againOn: '2027-07-07' })] })).toBe(NOW);
  });
});

describe('the weekly cap', () => {
  it.each([
    ['one of two used', [NOON - DAY], NOW],
    ['both used', [NOON - DAY, NOON - 2 * DAY], 'nothing: weekly_cap, 2027-07-12T20:00'],
    ['in any order', [NOON - 2 * DAY, NOON - DAY], 'nothing: weekly_cap, 2027-07-12T20:00'],
    ['the older one a week ago to the millisecond', [NOON - DAY, NOON - 7 * DAY], NOW],
    [
      'the older one a week ago all but a millisecond',
      [NOON - DAY, NOON - 7 * DAY + 1],
      'nothing: weekly_cap, 2027-07-07T20:00',
    ],
    ['more than the cap', [NOON - DAY, NOON - 2 * DAY, NOON - 3 * DAY], 'nothing: weekly_cap, 2027-07-12T20:00'],
    [
      'free again at night: looks in the morning',
      [NOON - 9 * HOUR, NOON - 15 * HOUR],
      'nothing: weekly_cap, 2027-07-14T16:00',
    ],
  ])('%s', (_, unaskedSentAt, wanted) => expect(plan({ unaskedSentAt })).toBe(wanted));
});

describe('what holds for every plan', () => {
  const anyTask = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    status: fc.constantFrom('not_started', 'unknown', 'in_progress', 'stuck', 'done', 'not_applicable'),
    deadlineOn: fc.constantFrom('2027-03-10', '2027-03-14', '2027-03-15', '2027-03-20', '2027-04-30'),
    leadDays: fc.integer({ min: 0, max: 40 }),
    askedAt: fc.constantFrom(null, at('2027-03-01')),
    againOn: fc.constantFrom(null, null, '2027-03-13', '2027-03-16'),
  }) as fc.Arbitrary<PlannedTask>;
  const anyFacts = fc.record({
    now: fc.integer({ min: at('2027-03-08'), max: at('2027-03-22') }),
    timeZone: fc.constantFrom(ZONE, 'America/New_York', 'Pacific/Honolulu', null),
    consent: fc.constantFrom('none', 'pending', 'active', 'active', 'opted_out'),
    hasActiveConversation: fc.boolean(),
    escalationOpen: fc.boolean(),
    tasks: fc.array(anyTask, { maxLength: 4 }),
    unaskedSentAt: fc.array(fc.integer({ min: at('2027-02-25'), max: at('2027-03-08') }), { maxLength: 4 }),
    weeklyCap: fc.integer({ min: 0, max: 3 }),
  }) as fc.Arbitrary<NudgeFacts>;

  it('a nudge needs consent and a silent bot, and leaves in allowed hours; a look again lies ahead in them', () => {
    fc.assert(
      fc.property(anyFacts, (known) => {
        const result = planNudge(known);
        const moment = result.kind === 'nudge' ? result.sendAt : result.lookAgainAt;
        if (moment !== null) expect(isQuiet(moment, known.timeZone)).toBe(false);
        if (result.kind === 'nudge') {
          expect(known).toMatchObject({ consent: 'active', hasActiveConversation: false, escalationOpen: false });
          expect(result.sendAt).toBeGreaterThanOrEqual(known.now);
          const recent = known.unaskedSentAt.filter((sent) => sent > known.now - 7 * DAY);
          expect(recent.length).toBeLessThan(known.weeklyCap);
        } else if (moment !== null) expect(moment).toBeGreaterThan(known.now);
      }),
      { numRuns: 400 },
    );
  });
});
