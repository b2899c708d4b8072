// The case of one mentee in distress: an hour of it as a time line, and what no order of events may break (CR-02 to 05,
// 09). What people do once somebody has it is held in case-deeds.test.ts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asCounselorId, type CounselorId } from '../../../src/core/model/ids.ts';
import type { Tier } from '../../../src/core/model/message.ts';
import { escalate, openEscalation } from '../../../src/core/safety/escalate.ts';
import {
  type Escalation,
  type EscalationEffect,
  type EscalationEvent,
  type EscalationStep,
  type EscalationTier,
  HOLDER_IDLE_MS,
  holderOf,
  isBotSilent,
  isDistressWaiting,
  isOutOfReach,
  isPagedAgain,
  isPaging,
  NEW_TEXT_ALERT_MS,
  QUIET_CASE_MS,
  tierToOpen,
} from '../../../src/core/safety/escalation.ts';
import { DEFAULT_LADDER, type LadderPolicy } from '../../../src/core/safety/ladder-policy.ts';

const MINUTE = 60_000;
const START = Date.parse('2027-07-08T05:00:00Z');
const [ana, ben, cara, dan] = ['ana', 'ben', 'cara', 'dan'].map(asCounselorId) as [
  CounselorId,
  CounselorId,
  CounselorId,
  CounselorId,
];
const LIST = [ana, ben, cara];

/** The lines of these hours are easier to read without calls; those have hours of their own below. */
const NOBODY_PHONED: LadderPolicy = {
  ...DEFAULT_LADDER,
  crisis: { ...DEFAULT_LADDER.crisis, callAfterMs: 0 },
  high: { ...DEFAULT_LADDER.high, callAfterMs: 0 },
};

const opened = (
  tier: EscalationTier = 'crisis',
  onCall: readonly CounselorId[] = LIST,
  policy: LadderPolicy = NOBODY_PHONED,
): EscalationStep => openEscalation({ kind: 'opened', at: START, tier, onCall, policy });
const due = (
  at: number,
  onCall: readonly CounselorId[] = LIST,
  nightEndsAt: number | null = null,
): EscalationEvent => ({
  kind: 'due',
  at,
  onCall,
  nightEndsAt,
});
const text = (at: number, tier: Tier): EscalationEvent => ({ kind: 'new_text', at, tier });
const acknowledged = (at: number, by: CounselorId): EscalationEvent => ({ kind: 'acknowledged', at, by });
const failed = (at: number, nightEndsAt: number | null = null): EscalationEvent => ({
  kind: 'step_failed',
  at,
  nightEndsAt,
});

const resolved = (at: number, by: CounselorId, nudgesResumeAt: number | null = null): EscalationEvent => ({
  kind: 'resolved',
  at,
  by,
  outcome: 'safe',
  nudgesResumeAt,
});

/** An effect in few words: "channel", "sms ana", "card", "ask ana release"; timers are left out. */
const inWords = (effect: EscalationEffect): string[] => {
  switch (effect.kind) {
    case 'alert_channel':
      return ['channel'];
    case 'alert_by_sms':
      return [`sms ${effect.counselorId}`];
    case 'alert_direct':
      return [`direct ${effect.counselorId}`];
    case 'alert_by_call':
      return [`call ${effect.counselorId}`];
    case 'tell_operator':
      return ['operator'];
    case 'update_alert':
      return ['card'];
    case 'raise_alarm':
      return [`alarm ${effect.reason}`];
    case 'ask_holder':
      return [`ask ${effect.counselorId} ${effect.question}`];
    case 'give_back':
      return ['give back'];
    case 'skip_step':
      return [`skip ${effect.counselorId}`];
    case 'tell_mentee_nobody_yet':
      return ['mentee'];
    case 'stop_paging':
    case 'set_alert_timer':
    case 'clear_alert_timer':
      return [];
  }
};
const wordsOf = (step: EscalationStep): string[] => step.effects.flatMap(inWords);

/** Runs a case: whatever is written down for a minute, and its own timer whenever that is due. */
function runCase(
  minutes: number,
  first: EscalationStep,
  happenings: Readonly<Record<number, EscalationEvent>> = {},
  onCallAt: (minute: number) => readonly CounselorId[] = () => LIST,
  nightEndsAt: number | null = null,
) {
  const line: string[] = [`0 ${wordsOf(first).join(', ')}`];
  let { escalation } = first;
  const take = (minute: number, event: EscalationEvent) => {
    const step = escalate(escalation, event);
    escalation = step.escalation;
    if (wordsOf(step).length > 0) line.push(`${minute} ${wordsOf(step).join(', ')}`);
  };
  for (let minute = 0; minute <= minutes; minute += 1) {
    const at = START + minute * MINUTE;
    const happening = happenings[minute];
    if (happening !== undefined) take(minute, happening);
    const night = nightEndsAt !== null && at < nightEndsAt ? nightEndsAt : null;
    if (escalation.nextAlertAt !== null && escalation.nextAlertAt <= at) take(minute, due(at, onCallAt(minute), night));
  }
  return { line, escalation };
}

describe('an hour that nobody answers', () => {
  it('CR-02, CR-04: the list is texted round and round, every five minutes, and slower after two rounds', () => {
    const { line, escalation } = runCase(60, opened());
    expect(line).toEqual([
      '0 channel, direct ana',
      '5 channel, sms ana',
      '10 channel, sms ben',
      '15 mentee, channel, sms cara',
      '20 channel, sms ana, operator',
      '25 channel, sms ben',
      '30 channel, sms cara',
      '45 channel, sms ana, operator',
      '60 channel, sms ben',
    ]);
    expect(escalation).toMatchObject({ status: 'open', nextAlertAt: START + 75 * MINUTE, round: 2 });
  });

  it('CR-04: after four rounds it pages every half hour, and does so a week later', () => {
    const week = 7 * 24 * 60;
    const { line, escalation } = runCase(week, opened());
    const minutes = line.map((words) => Number.parseInt(words, 10));
    expect(minutes.slice(8, 18)).toEqual([60, 75, 90, 105, 120, 150, 180, 210, 240, 270]);
    expect(line.at(-1)).toMatch(/channel, sms/);
    expect(minutes.at(-1)).toBeGreaterThan(week - 30);
    expect(escalation.status).toBe('open');
  });

  it('CR-09: words of distress make slow paging quick again', () => {
    const { line } = runCase(75, opened(), { 50: text(START + 50 * MINUTE, 'crisis') });
    expect(line.slice(-7)).toEqual([
      '45 channel, sms ana, operator',
      '50 card',
      '55 channel, sms ben',
      '60 channel, sms cara',
      '65 channel, sms ana, operator',
      '70 channel, sms ben',
      '75 channel, sms cara',
    ]);
  });

  it('the mentee is told once that nobody was reached yet, not when somebody acknowledged or reached them', () => {
    const told = (happenings: Readonly<Record<number, EscalationEvent>>) =>
      runCase(240, opened(), happenings).line.filter((words) => words.includes('mentee'));
    expect(told({})).toEqual(['15 mentee, channel, sms cara']);
    expect(told({ 14: acknowledged(START + 14 * MINUTE, ana) })).toEqual([]);
    const called = (answersMentee: boolean): EscalationEvent => ({
      kind: 'activity',
      at: START + 9 * MINUTE,
      by: ana,
      answersMentee,
    });
    expect(told({ 9: called(true) })).toEqual([]);
    expect(told({ 9: called(false) })).toHaveLength(1);
  });

  it('a graver case whose holder lost it to the list counts the quarter of an hour anew, and tells once', () => {
    const { line } = runCase(60, opened('high'), {
      2: acknowledged(START + 2 * MINUTE, cara),
      8: text(START + 8 * MINUTE, 'crisis'),
    });
    expect(line.filter((words) => words.includes('mentee'))).toEqual(['23 mentee, channel, sms cara']);
  });

  it('CR-04: whoever no text can reach is skipped at once, and a round without anybody begins anew', () => {
    const skipping = (unreachable: readonly CounselorId[], steps: number) => {
      let { escalation } = opened();
      return Array.from({ length: steps }, (_, index) => {
        const at = escalation.nextAlertAt ?? START + index;
        const step = escalate(escalation, { kind: 'due', at, onCall: LIST, nightEndsAt: null, unreachable });
        escalation = step.escalation;
        return wordsOf(step)
          .filter((words) => words !== 'channel' && words !== 'mentee')
          .join(', ');
      });
    };
    expect(skipping([ben], 3)).toEqual(['sms ana', 'skip ben, sms cara', 'sms ana, operator']);
    expect(skipping([cara], 4)).toEqual(['sms ana', 'sms ben', 'skip cara, sms ana, operator', 'sms ben']);
    const nobody = 'skip ana, skip ben, skip cara, alarm nobody_on_call';
    expect(skipping(LIST, 2)).toEqual([nobody, `${nobody}, operator`]);
    const climbed = escalate(opened().escalation, {
      kind: 'step_failed',
      at: START,
      nightEndsAt: null,
      unreachable: [ana],
    });
    expect(wordsOf(climbed)).toEqual(['skip ana', 'sms ben']);
  });

  it('CR-04: reads the list again with each round, and keeps to it until that is through', () => {
    const { line } = runCase(34, opened(), {}, (minute) => (minute < 10 ? LIST : [dan]));
    expect(line.slice(1)).toEqual([
      '5 channel, sms ana',
      '10 channel, sms ben',
      '15 mentee, channel, sms cara',
      '20 channel, sms dan, operator',
    ]);
  });

  it('an empty list raises the alarm, goes on, and takes up whoever comes', () => {
    const { line } = runCase(25, opened('crisis', []), {}, (minute) => (minute < 15 ? [] : [dan]));
    expect(line).toEqual([
      '0 channel, alarm nobody_on_call',
      '5 channel, alarm nobody_on_call',
      '10 channel, alarm nobody_on_call',
      '15 mentee, channel, sms dan',
      '20 channel, sms dan, operator',
    ]);
  });

  it('a timer that comes late, or twice, pages once and goes on from there', () => {
    const late = escalate(opened().escalation, due(START + 12 * MINUTE));
    expect(wordsOf(late)).toEqual(['channel', 'sms ana']);
    expect(late.escalation.nextAlertAt).toBe(START + 17 * MINUTE);
    const again = escalate(late.escalation, due(START + 12 * MINUTE));
    expect(wordsOf(again)).toEqual([]);
    expect(again.escalation).toEqual(late.escalation);
  });

  it('a clock that was set back does not lose the timer that rang', () => {
    const { escalation, effects } = escalate(opened().escalation, due(START - MINUTE));
    expect(effects).toEqual([{ kind: 'set_alert_timer', dueAt: START + DEFAULT_LADDER.crisis.pageEveryMs }]);
    expect(escalation.nextAlertAt).toBe(START + DEFAULT_LADDER.crisis.pageEveryMs);
  });
});

describe('acknowledge, hand off, resolve', () => {
  it('an hour in which somebody takes the case: paging stops, and what comes after is shown and told', () => {
    const { line, escalation } = runCase(60, opened(), {
      12: acknowledged(START + 12 * MINUTE, ben),
      13: acknowledged(START + 13 * MINUTE, ana),
      15: text(START + 15 * MINUTE, 'crisis'),
      30: text(START + 30 * MINUTE, 'high'),
      45: resolved(START + 45 * MINUTE, ben),
      50: text(START + 50 * MINUTE, 'crisis'),
    });
    expect(line).toEqual([
      '0 channel, direct ana',
      '5 channel, sms ana',
      '10 channel, sms ben',
      '12 card',
      '15 card',
      '30 card, channel',
      '42 ask ben still_on_it',
      '45 card, give back',
    ]);
    expect(escalation).toMatchObject({ status: 'resolved', acknowledgedBy: ben, resolvedBy: ben, nextAlertAt: null });
  });

  it('moves its timer with the acknowledge, takes it away with the end, and calls off what was not texted yet', () => {
    const taken = escalate(opened().escalation, acknowledged(START + MINUTE, ana));
    expect(taken.effects).toEqual([
      { kind: 'update_alert' },
      { kind: 'stop_paging' },
      { kind: 'set_alert_timer', dueAt: START + MINUTE + HOLDER_IDLE_MS },
    ]);
    const ended = escalate(taken.escalation, resolved(START + 2 * MINUTE, ana, START + QUIET_CASE_MS));
    expect(ended.effects).toEqual([
      { kind: 'update_alert' },
      { kind: 'clear_alert_timer' },
      { kind: 'give_back', at: START + QUIET_CASE_MS },
    ]);
  });

  it('a handoff without an acknowledge counts as one', () => {
    const { escalation } = escalate(opened().escalation, { kind: 'handed_off', at: START + MINUTE, by: cara });
    expect(escalation).toMatchObject({ status: 'handed_off', acknowledgedBy: cara, heldBy: cara });
  });

  it('an acknowledge after the handoff changes nothing', () => {
    const { escalation } = escalate(opened().escalation, { kind: 'handed_off', at: START + MINUTE, by: cara });
    expect(escalate(escalation, acknowledged(START + 2 * MINUTE, ana))).toEqual({ escalation, effects: [] });
  });
});

describe('more texts of the same mentee', () => {
  it.each([
    [1, 'crisis', ['card']],
    [9, 'high', ['card']],
    [10, 'crisis', ['card', 'channel']],
    [10, 'high', ['card', 'channel']],
  ] as const)('CR-09: %i minutes after the last alert, a %s text: %j', (minutes, tier, wanted) => {
    const { escalation } = escalate(opened().escalation, acknowledged(START + 1000, ana));
    const step = escalate(escalation, text(START + minutes * MINUTE, tier));
    expect(wordsOf(step)).toEqual(wanted);
    expect(step.escalation).toMatchObject({
      tier: 'crisis',
      status: 'acknowledged',
      lastSignalAt: START + minutes * MINUTE,
    });
  });

  it.each(['moderate', 'none'] as const)('a %s text alerts nobody and changes nothing on the card', (tier) => {
    for (const { escalation } of [opened(), escalate(opened().escalation, acknowledged(START + 1000, ana))])
      expect(escalate(escalation, text(START + 20 * MINUTE, tier))).toEqual({ escalation, effects: [] });
  });

  it('a high case that becomes a crisis is opened again: whoever had it is texted, and paging begins anew', () => {
    const { line, escalation } = runCase(20, opened('high'), {
      2: acknowledged(START + 2 * MINUTE, cara),
      8: text(START + 8 * MINUTE, 'crisis'),
    });
    expect(line).toEqual([
      '0 channel, direct ana',
      '2 card',
      '8 card, channel, sms cara',
      '13 channel, sms ana',
      '18 channel, sms ben',
    ]);
    expect(escalation).toMatchObject({ tier: 'crisis', status: 'open', acknowledgedBy: null });
  });

  it('when a human already holds the conversation, that human is texted and stays', () => {
    const { escalation } = escalate(opened('high').escalation, { kind: 'handed_off', at: START + MINUTE, by: ben });
    const step = escalate(escalation, text(START + 2 * MINUTE, 'crisis'));
    expect(wordsOf(step)).toEqual(['card', 'channel', 'sms ben']);
    expect(step.escalation).toMatchObject({
      status: 'handed_off',
      tier: 'crisis',
      heldBy: ben,
      unansweredSince: START + 2 * MINUTE,
      nextAlertAt: START + 12 * MINUTE,
    });
  });
});

describe('CR-03: a channel or a phone refuses', () => {
  it('the next person is texted at once, the timer stays, and after the last the operator hears of it', () => {
    const { line, escalation } = runCase(10, opened(), {
      1: failed(START + MINUTE),
      2: failed(START + 2 * MINUTE),
      3: failed(START + 3 * MINUTE),
      4: failed(START + 4 * MINUTE),
    });
    expect(line).toEqual([
      '0 channel, direct ana',
      '1 sms ana',
      '2 sms ben',
      '3 sms cara',
      '4 alarm nobody_reachable',
      '5 channel, sms ana, operator',
      '10 channel, sms ben',
    ]);
    expect(escalation.nextAlertAt).toBe(START + 15 * MINUTE);
  });

  it('does nothing once somebody has the case', () => {
    const { escalation } = escalate(opened().escalation, acknowledged(START + MINUTE, ana));
    expect(escalate(escalation, failed(START + 2 * MINUTE)).effects).toEqual([]);
  });
});

describe('calls', () => {
  const phoned = (tier: EscalationTier = 'crisis') => opened(tier, LIST, DEFAULT_LADDER);

  it('CR-02: channel and direct message, text, call, and only then the next person; the operator after the last', () => {
    const { line } = runCase(22, phoned());
    expect(line).toEqual([
      '0 channel, direct ana',
      '5 channel, sms ana',
      '7 call ana',
      '10 channel, sms ben',
      '12 call ben',
      '15 mentee, channel, sms cara',
      '17 call cara',
      '20 channel, sms ana, operator',
      '22 call ana',
    ]);
  });

  it('put nobody off: slow paging calls two minutes after each text as well', () => {
    const { line } = runCase(62, phoned());
    expect(line.slice(-4)).toEqual([
      '45 channel, sms ana, operator',
      '47 call ana',
      '60 channel, sms ben',
      '62 call ben',
    ]);
  });

  it('nobody is phoned who has acknowledged, or whose phone is gone, or who has left', () => {
    expect(runCase(30, phoned(), { 6: acknowledged(START + 6 * MINUTE, ana) }).line.join()).not.toContain('call');
    const texted = escalate(phoned().escalation, due(START + 5 * MINUTE)).escalation;
    expect(wordsOf(escalate(texted, { ...due(START + 7 * MINUTE), kind: 'due', unreachable: [ana] } as never))).toEqual(
      ['channel', 'sms ben'],
    );
    const left = escalate(texted, { kind: 'holder_gone', at: START + 6 * MINUTE, who: ana }).escalation;
    expect(left.callNext?.who).toBe(ben);
  });

  it('CR-03: whoever is texted because another one refused is phoned as well, and puts off no page', () => {
    const early = runCase(10, phoned(), { 6: failed(START + 6 * MINUTE) }).line;
    expect(early.slice(1)).toEqual(['5 channel, sms ana', '6 sms ben', '8 call ben', '10 channel, sms cara']);
    const late = runCase(12, phoned(), { 9: failed(START + 9 * MINUTE) }).line;
    expect(late.slice(2)).toEqual(['7 call ana', '9 sms ben', '10 channel, sms cara', '12 call cara']);
    const atOnce = runCase(7, phoned(), { 0: failed(START) }).line;
    expect(atOnce).toEqual(['0 channel, direct ana', '0 sms ana', '2 call ana', '5 channel, sms ben', '7 call ben']);
  });

  it('a text that waits in a hand-off rings too, and taking it over ends that', () => {
    const { escalation } = runCase(2, phoned(), { 1: { kind: 'handed_off', at: START + MINUTE, by: cara } });
    const waits = escalate(escalation, text(START + 3 * MINUTE, 'none')).escalation;
    const paged = escalate(waits, due(START + 13 * MINUTE));
    expect(wordsOf(paged)).toEqual(['card', 'channel', 'sms ana']);
    expect(wordsOf(escalate(paged.escalation, due(START + 15 * MINUTE)))).toEqual(['call ana']);
    const taken = escalate(paged.escalation, { kind: 'handed_off', at: START + 14 * MINUTE, by: ben }).escalation;
    expect(taken.callNext).toBeNull();
  });
});

describe('the policy of a program', () => {
  const slower: LadderPolicy = {
    crisis: { pageEveryMs: 3 * MINUTE, callAfterMs: MINUTE, tellMenteeAfterMs: 6 * MINUTE },
    high: { ...DEFAULT_LADDER.high, pageEveryMs: 20 * MINUTE, callAfterMs: 0 },
    slowMs: 10 * MINUTE,
    slowestMs: 20 * MINUTE,
  };

  it('says each interval, by tier, for the whole life of the case', () => {
    expect(runCase(15, opened('crisis', LIST, slower)).line).toEqual([
      '0 channel, direct ana',
      '3 channel, sms ana',
      '4 call ana',
      '6 mentee, channel, sms ben',
      '7 call ben',
      '9 channel, sms cara',
      '10 call cara',
      '12 channel, sms ana, operator',
      '13 call ana',
      '15 channel, sms ben',
    ]);
    expect(runCase(40, opened('high', LIST, slower)).line).toEqual([
      '0 channel, direct ana',
      '20 mentee, channel, sms ana',
      '40 channel, sms ben',
    ]);
  });

  it('one of before stands on the values that always were', () => {
    expect(openEscalation({ kind: 'opened', at: START, tier: 'crisis', onCall: LIST }).escalation.policy).toEqual(
      DEFAULT_LADDER,
    );
  });
});

describe('a high case that cannot wait', () => {
  const NIGHT = START + 9 * 60 * MINUTE;
  const atNight = (isUrgent: boolean) =>
    openEscalation({
      kind: 'opened',
      at: START,
      tier: 'high',
      onCall: LIST,
      nightEndsAt: NIGHT,
      isUrgent,
      policy: NOBODY_PHONED,
    });
  const anHour = (isUrgent: boolean, happenings: Readonly<Record<number, EscalationEvent>> = {}) =>
    runCase(60, atNight(isUrgent), happenings, () => LIST, NIGHT).line;

  it('pages one person by night, always the first, and slower with time', () => {
    expect(anHour(true)).toEqual([
      '0 channel, direct ana',
      '5 channel, sms ana',
      '10 channel, sms ana, operator',
      '15 mentee, channel, sms ana, operator',
      '30 channel, sms ana, operator',
      '45 channel, sms ana, operator',
    ]);
    expect(anHour(false)).toEqual(['0 channel', '15 mentee']);
  });

  it('goes to the next person when the first refuses, and comes back to the first', () => {
    expect(anHour(true, { 6: failed(START + 6 * MINUTE, NIGHT) }).slice(1, 4)).toEqual([
      '5 channel, sms ana',
      '6 sms ben',
      '10 channel, sms ana, operator',
    ]);
  });

  it('a text of the night that cannot wait wakes a case that rested', () => {
    const urgent: EscalationEvent = { kind: 'new_text', at: START + 20 * MINUTE, tier: 'high', isUrgent: true };
    expect(anHour(false, { 20: urgent }).slice(1, 4)).toEqual(['15 mentee', '20 card, channel', '25 channel, sms ana']);
  });

  it('has the whole list again in the morning', () => {
    const { escalation } = runCase(60, atNight(true), {}, () => LIST, NIGHT);
    const first = escalate(escalation, due(NIGHT));
    expect(wordsOf(first)).toContain('sms ben');
  });
});

describe('the night', () => {
  const morning = START + 30 * MINUTE;
  it('a high case is told once and pages again when the night is over', () => {
    const { line } = runCase(40, opened('high'), { 7: failed(START + 7 * MINUTE, morning) }, () => LIST, morning);
    expect(line).toEqual([
      '0 channel, direct ana',
      '15 mentee',
      '30 channel, sms ana',
      '35 channel, sms ben',
      '40 channel, sms cara',
    ]);
  });

  it('a crisis pages all night', () => {
    const { line } = runCase(10, opened(), {}, () => LIST, morning);
    expect(line).toEqual(['0 channel, direct ana', '5 channel, sms ana', '10 channel, sms ben']);
  });

  it('a high case that becomes a crisis at night pages from then on', () => {
    const { line } = runCase(20, opened('high'), { 8: text(START + 8 * MINUTE, 'crisis') }, () => LIST, morning);
    expect(line).toEqual(['0 channel, direct ana', '8 card, channel', '13 channel, sms ana', '18 channel, sms ben']);
  });
});

describe('what a case is opened for', () => {
  it.each([
    ['crisis', false, 'crisis'],
    ['high', false, 'high'],
    ['moderate', false, null],
    ['moderate', true, 'high'],
    ['none', false, null],
    ['none', true, null],
  ] as const)('%s, asked for by a flow: %s → %s', (tier, askedByFlow, wanted) => {
    expect(tierToOpen(tier, askedByFlow)).toBe(wanted);
  });
});

describe('what no order of events may break', () => {
  type Draw = {
    readonly gap: number;
    readonly kind: Exclude<EscalationEvent['kind'], 'opened'> | 'timer';
    readonly who: CounselorId;
    readonly tier: Tier;
    readonly list: readonly CounselorId[];
    readonly night: boolean;
    readonly answers: boolean;
  };
  const anyList = fc.subarray([ana, ben, cara, dan], { minLength: 0 });
  const anyDraw: fc.Arbitrary<Draw> = fc.record({
    gap: fc.oneof(fc.integer({ min: 0, max: 20 * MINUTE }), fc.integer({ min: 0, max: QUIET_CASE_MS })),
    kind: fc.constantFrom(
      'new_text',
      'due',
      'timer',
      'timer',
      'timer',
      'step_failed',
      'acknowledged',
      'handed_off',
      'released',
      'activity',
      'holder_gone',
      'resolved',
      'reopened',
      'nudges_resumed',
    ),
    who: fc.constantFrom(ana, ben, cara, dan),
    tier: fc.constantFrom<Tier>('crisis', 'high', 'moderate', 'none'),
    list: anyList,
    night: fc.boolean(),
    answers: fc.boolean(),
  });
  const anyCase = fc.record({
    tier: fc.constantFrom<EscalationTier>('crisis', 'high'),
    list: anyList,
    draws: fc.array(anyDraw, { maxLength: 30 }),
  });

  const eventOf = (draw: Draw, at: number): EscalationEvent => {
    const nightEndsAt = draw.night ? at + 3_600_000 : null;
    switch (draw.kind) {
      case 'new_text':
        return { kind: 'new_text', at, tier: draw.tier };
      case 'step_failed':
        return { kind: 'step_failed', at, nightEndsAt };
      case 'acknowledged':
      case 'handed_off':
      case 'released':
      case 'reopened':
      case 'nudges_resumed':
        return { kind: draw.kind, at, by: draw.who };
      case 'activity':
        return { kind: 'activity', at, by: draw.who, answersMentee: draw.answers };
      case 'holder_gone':
        return { kind: 'holder_gone', at, who: draw.who, onCall: draw.list };
      case 'resolved':
        return resolved(at, draw.who, draw.answers ? at + QUIET_CASE_MS : null);
      default:
        return { kind: 'due', at, onCall: draw.list, nightEndsAt };
    }
  };

  /** Walks a drawn case and shows each step: before, event, after. */
  const walk = (see: (before: Escalation, event: EscalationEvent, step: EscalationStep) => void) =>
    fc.assert(
      fc.property(anyCase, ({ tier, list, draws }) => {
        let { escalation } = openEscalation({ kind: 'opened', at: START, tier, onCall: list });
        let at = START;
        for (const draw of draws) {
          const timerAt = escalation.nextAlertAt;
          at = draw.kind === 'timer' && timerAt !== null ? Math.max(at, timerAt) : at + draw.gap;
          const event = eventOf(draw, at);
          const step = escalate(escalation, event);
          see(escalation, event, step);
          escalation = step.escalation;
        }
      }),
      { numRuns: 600 },
    );

  it('never ends without a person who resolves it, and then only a person opens it again', () => {
    walk((before, event, { escalation, effects }) => {
      if (escalation.status === 'resolved')
        expect(before.status === 'resolved' || event.kind === 'resolved').toBe(true);
      const isWordOfAPerson = event.kind === 'reopened' || event.kind === 'nudges_resumed';
      if (before.status === 'resolved' && !isWordOfAPerson)
        expect({ escalation, effects }).toEqual({ escalation: before, effects: [] });
      expect(escalation.resolvedBy !== null && escalation.outcome !== null).toBe(escalation.status === 'resolved');
    });
  });

  it('CR-04, CR-05: until it is resolved there is a next step, and its timer says the same moment', () => {
    walk((before, event, { escalation, effects }) => {
      expect(escalation.nextAlertAt === null).toBe(escalation.status === 'resolved');
      const timers = effects.filter((effect) => effect.kind === 'set_alert_timer');
      for (const timer of timers) expect(timer.dueAt).toBe(escalation.nextAlertAt);
      if (escalation.nextAlertAt !== before.nextAlertAt && escalation.nextAlertAt !== null)
        expect(timers).toHaveLength(1);
      // A timer that rang is gone: an unresolved case always sets the next one, and in the future.
      if (event.kind !== 'due' || escalation.status === 'resolved') return;
      expect(timers).toHaveLength(1);
      expect(escalation.nextAlertAt).toBeGreaterThan(event.at);
      expect(isOutOfReach(escalation, event.at)).toBe(false);
    });
  });

  it('whoever has it is known: nobody while it is open, somebody until it is resolved, a writer in a hand-off alone', () => {
    walk((_, __, { escalation }) => {
      const { status, acknowledgedBy, heldBy, heldAt, released, unansweredSince, askedAt } = escalation;
      if (status !== 'resolved') {
        expect(acknowledgedBy === null).toBe(status === 'open');
        expect(holderOf(escalation) === null).toBe(status === 'open');
      }
      expect(heldBy !== null).toBe(status === 'handed_off');
      expect(heldAt !== null).toBe(status === 'handed_off');
      if (status !== 'handed_off') expect(unansweredSince).toBeNull();
      if (status === 'open' || status === 'resolved') expect(askedAt).toBeNull();
      if (released) expect(status).toBe('acknowledged');
    });
  });

  it('the bot is silent until people release or resolve it, and gets it back by one effect', () => {
    walk((before, event, { escalation, effects }) => {
      const givesBack = effects.some((effect) => effect.kind === 'give_back');
      expect(isBotSilent(escalation)).toBe(escalation.status !== 'resolved' && !escalation.released);
      if (isBotSilent(before) && !isBotSilent(escalation)) expect(['released', 'resolved']).toContain(event.kind);
      if (isBotSilent(before) !== isBotSilent(escalation) && !isBotSilent(escalation)) expect(givesBack).toBe(true);
      if (givesBack) expect(isBotSilent(escalation)).toBe(false);
    });
  });

  it('words of distress that wait are never left to the bot by a release', () => {
    walk((before, event, { escalation }) => {
      if (event.kind === 'released' && isDistressWaiting(before)) expect(escalation).toEqual(before);
    });
  });

  it('CR-06: only the first acknowledge counts until the team is paged again', () => {
    walk((before, event, { escalation }) => {
      if (event.kind !== 'acknowledged' || isPaging(before)) return;
      expect(escalation).toEqual(before);
    });
  });

  it('CR-06: only one person writes with the mentee, and nobody takes them over unless a text waits too long', () => {
    walk((before, event, { escalation }) => {
      if (before.status !== 'handed_off' || escalation.status !== 'handed_off') return;
      if (escalation.heldBy === before.heldBy) return;
      expect(event.kind).toBe('handed_off');
      expect(isPagedAgain(before)).toBe(true);
    });
  });

  it('staff are texted while it pages, and else only a holder whose case became graver', () => {
    walk((before, event, { escalation, effects }) => {
      for (const effect of effects) {
        if (effect.kind !== 'alert_by_sms' || isPaging(escalation)) continue;
        expect(event.kind).toBe('new_text');
        expect(effect.counselorId).toBe(before.heldBy);
      }
    });
  });

  it('its tier only rises', () => {
    walk((before, event, { escalation }) => {
      if (before.tier === 'crisis') expect(escalation.tier).toBe('crisis');
      if (escalation.tier !== before.tier) expect(event).toMatchObject({ kind: 'new_text', tier: 'crisis' });
    });
  });

  it('CR-09: distress never pages again within ten minutes unless the tier rises, and is always shown on the card', () => {
    walk((before, event, { escalation, effects }) => {
      if (event.kind !== 'new_text' || before.status === 'resolved') return;
      const pages = effects.some((effect) => effect.kind === 'alert_channel');
      const isDistress = tierToOpen(event.tier, false) !== null;
      expect(effects.some((effect) => effect.kind === 'update_alert')).toBe(isDistress);
      if (before.released) return expect(pages).toBe(isDistress);
      const raised = escalation.tier !== before.tier;
      expect(pages).toBe(isDistress && (raised || event.at - before.lastAlertAt >= NEW_TEXT_ALERT_MS));
    });
  });

  it('CR-05: left alone, every unresolved case comes to a page, or is released or in a hand-off without a text that waits', () => {
    fc.assert(
      fc.property(anyCase, ({ tier, list, draws }) => {
        let { escalation } = openEscalation({ kind: 'opened', at: START, tier, onCall: list });
        let at = START;
        for (const draw of draws) {
          at += draw.gap;
          escalation = escalate(escalation, eventOf(draw, at)).escalation;
        }
        let isPaged = false;
        // By day three steps are enough: the question, the page, and one that was set before.
        for (let step = 0; step < 3 && escalation.nextAlertAt !== null; step += 1) {
          at = Math.max(at, escalation.nextAlertAt);
          const after = escalate(escalation, { kind: 'due', at, onCall: LIST, nightEndsAt: null });
          isPaged ||= after.effects.some((effect) => effect.kind === 'alert_by_sms');
          escalation = after.escalation;
        }
        const mayRest = escalation.status === 'handed_off' || escalation.released || escalation.status === 'resolved';
        expect(isPaged || mayRest).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('an unanswered crisis reaches everybody on its list within as many rounds of five minutes', () => {
    fc.assert(
      fc.property(fc.subarray([ana, ben, cara, dan], { minLength: 1 }), (list) => {
        const { line } = runCase(list.length * 5, opened('crisis', list), {}, () => list);
        const minute = (place: number) => (place + 1) * 5;
        const told = (place: number) => (minute(place) === 15 ? 'mentee, ' : '');
        expect(line.slice(1)).toEqual(list.map((who, place) => `${minute(place)} ${told(place)}channel, sms ${who}`));
      }),
    );
  });

  it('is plain JSON at every step', () => {
    walk((_, __, { escalation }) => expect(JSON.parse(JSON.stringify(escalation))).toEqual(escalation));
  });
});
