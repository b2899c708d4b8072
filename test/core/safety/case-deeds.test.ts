// Every state of a case with every event, cell by cell, and what people do in it as time lines (CR-05, CR-06, SL-24).

import { describe, expect, it } from 'vitest';
import { asCounselorId, type CounselorId } from '../../../src/core/model/ids.ts';
import type { Tier } from '../../../src/core/model/message.ts';
import { escalate, openEscalation } from '../../../src/core/safety/escalate.ts';
import {
  type Escalation,
  type EscalationEffect,
  type EscalationEvent,
  isBotSilent,
  isDistressWaiting,
  isLookedAt,
  isOutOfReach,
  isPagedAgain,
} from '../../../src/core/safety/escalation.ts';
import { DEFAULT_LADDER } from '../../../src/core/safety/ladder-policy.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2027-07-08T17:00:00Z');
const [ana, ben, cara] = ['ana', 'ben', 'cara'].map(asCounselorId) as [CounselorId, CounselorId, CounselorId];
const LIST = [ana, ben, cara];
const at = (minutes: number) => START + minutes * MINUTE;

const acknowledged = (minutes: number, by: CounselorId): EscalationEvent => ({
  kind: 'acknowledged',
  at: at(minutes),
  by,
});
const takenOver = (minutes: number, by: CounselorId): EscalationEvent => ({ kind: 'handed_off', at: at(minutes), by });
const released = (minutes: number, by: CounselorId): EscalationEvent => ({ kind: 'released', at: at(minutes), by });
const text = (minutes: number, tier: Tier = 'none'): EscalationEvent => ({
  kind: 'new_text',
  at: at(minutes),
  tier,
});
const activity = (minutes: number, by: CounselorId, answersMentee = false): EscalationEvent => ({
  kind: 'activity',
  at: at(minutes),
  by,
  answersMentee,
});
const due = (minutes: number, nightEndsAt: number | null = null): EscalationEvent => ({
  kind: 'due',
  at: at(minutes),
  onCall: LIST,
  nightEndsAt,
});
const gone = (minutes: number, who: CounselorId, onCall?: readonly CounselorId[]): EscalationEvent => ({
  kind: 'holder_gone',
  at: at(minutes),
  who,
  onCall,
});
const nudgesAgain = (minutes: number, by: CounselorId): EscalationEvent => ({
  kind: 'nudges_resumed',
  at: at(minutes),
  by,
});
const failed = (minutes: number): EscalationEvent => ({ kind: 'step_failed', at: at(minutes), nightEndsAt: null });
const notArrived = (minutes: number): EscalationEvent => ({ kind: 'answer_failed', at: at(minutes) });
const resolved = (minutes: number, by: CounselorId): EscalationEvent => ({
  kind: 'resolved',
  at: at(minutes),
  by,
  outcome: 'connected',
  nudgesResumeAt: null,
});
const reopened = (minutes: number, by: CounselorId): EscalationEvent => ({ kind: 'reopened', at: at(minutes), by });

/** Calls have tests of their own (escalation.test.ts): the table is easier to read without. */
const NOBODY_PHONED = {
  ...DEFAULT_LADDER,
  crisis: { ...DEFAULT_LADDER.crisis, callAfterMs: 0 },
  high: { ...DEFAULT_LADDER.high, callAfterMs: 0 },
};

/** The effects in few words; the timer in minutes since the start. */
function inWords(effect: EscalationEffect): string {
  switch (effect.kind) {
    case 'alert_channel':
      return 'channel';
    case 'alert_by_sms':
      return `sms ${effect.counselorId}`;
    case 'alert_direct':
      return `direct ${effect.counselorId}`;
    case 'alert_by_call':
      return `call ${effect.counselorId}`;
    case 'tell_operator':
      return 'operator';
    case 'update_alert':
      return 'card';
    case 'set_alert_timer':
      return `next ${(effect.dueAt - START) / MINUTE}`;
    case 'clear_alert_timer':
      return 'no timer';
    case 'skip_step':
      return `skip ${effect.counselorId}`;
    case 'tell_mentee_nobody_yet':
      return 'mentee';
    case 'stop_paging':
      return 'stop';
    case 'ask_holder':
      return `ask ${effect.counselorId} ${effect.question}`;
    case 'give_back':
      return effect.at === null ? 'give back by hand' : `give back ${(effect.at - START) / MINUTE}`;
    case 'raise_alarm':
      return `alarm ${effect.reason}`;
  }
}

function run(events: readonly EscalationEvent[], tier: 'crisis' | 'high' = 'crisis') {
  let { escalation } = openEscalation({ kind: 'opened', at: START, tier, onCall: LIST, policy: NOBODY_PHONED });
  let words = '';
  for (const event of events) {
    const step = escalate(escalation, event);
    const changed = step.escalation !== escalation;
    escalation = step.escalation;
    words = step.effects.map(inWords).join(', ') || (changed ? 'noted' : 'nothing');
  }
  return { escalation, words };
}

/** How a case came to stand so, ten minutes after it was opened at the latest. */
const STATES = {
  open: [],
  acknowledged: [acknowledged(10, ana)],
  'acknowledged, asked': [acknowledged(10, ana), due(40)],
  released: [takenOver(9, ana), released(10, ben)],
  'handed off, no word yet': [takenOver(10, ana)],
  'handed off': [takenOver(9, ana), activity(10, ana, true)],
  'handed off, a text waits': [takenOver(9, ana), text(10)],
  'handed off, paged again': [takenOver(9, ana), text(10), due(20)],
  'handed off, looked at': [takenOver(9, ana), text(10), due(20), acknowledged(21, cara)],
  resolved: [acknowledged(9, ana), resolved(10, ana)],
} as const satisfies Record<string, readonly EscalationEvent[]>;
type State = keyof typeof STATES;

const CELLS: readonly (readonly [State, EscalationEvent, Escalation['status'], string])[] = [
  ['open', text(11), 'open', 'nothing'],
  ['open', text(9, 'crisis'), 'open', 'card'],
  ['open', text(11, 'high'), 'open', 'card, channel'],
  ['open', due(5), 'open', 'channel, sms ana, next 10'],
  ['open', failed(1), 'open', 'sms ana'],
  ['open', acknowledged(11, ben), 'acknowledged', 'card, stop, next 41'],
  ['open', takenOver(11, ben), 'handed_off', 'card, stop, next 41'],
  ['open', released(11, ben), 'open', 'nothing'],
  ['open', activity(11, ben), 'open', 'noted'],
  ['open', notArrived(11), 'open', 'nothing'],
  ['open', gone(11, ana), 'open', 'card'],
  ['open', nudgesAgain(11, ana), 'open', 'nothing'],
  ['open', resolved(11, ben), 'resolved', 'card, no timer, give back by hand'],
  ['open', reopened(11, ben), 'open', 'nothing'],

  ['acknowledged', text(50), 'acknowledged', 'nothing'],
  ['acknowledged', text(50, 'moderate'), 'acknowledged', 'nothing'],
  ['acknowledged', text(9, 'crisis'), 'acknowledged', 'card'],
  ['acknowledged', text(50, 'crisis'), 'acknowledged', 'card, channel'],
  ['acknowledged', due(20), 'acknowledged', 'next 40'],
  ['acknowledged', due(40), 'acknowledged', 'ask ana still_on_it, next 45'],
  ['acknowledged', failed(11), 'acknowledged', 'nothing'],
  ['acknowledged', acknowledged(11, ben), 'acknowledged', 'nothing'],
  ['acknowledged', takenOver(11, ben), 'handed_off', 'card, stop, next 41'],
  ['acknowledged', released(11, ben), 'acknowledged', 'card, stop, next 1451, give back 11'],
  ['acknowledged', activity(20, ben), 'acknowledged', 'next 50'],
  ['acknowledged', notArrived(11), 'acknowledged', 'nothing'],
  ['acknowledged', gone(11, ana), 'open', 'card, channel, sms ben, next 16'],
  ['acknowledged', gone(11, ben), 'acknowledged', 'noted'],
  ['acknowledged', nudgesAgain(11, ana), 'acknowledged', 'nothing'],
  ['acknowledged', resolved(11, ben), 'resolved', 'card, no timer, give back by hand'],
  ['acknowledged', reopened(11, ben), 'acknowledged', 'nothing'],

  ['acknowledged, asked', due(45), 'open', 'card, channel, sms ana, next 50'],
  ['acknowledged, asked', activity(42, ana), 'acknowledged', 'stop, next 72'],

  ['released', text(60), 'acknowledged', 'nothing'],
  ['released', text(60, 'moderate'), 'acknowledged', 'nothing'],
  ['released', text(11, 'high'), 'open', 'card, channel, sms ana, next 16'],
  ['released', due(1450), 'acknowledged', 'ask ana release, next 2890'],
  ['released', failed(11), 'acknowledged', 'nothing'],
  ['released', acknowledged(11, ben), 'acknowledged', 'nothing'],
  ['released', takenOver(11, ben), 'handed_off', 'card, stop, next 41'],
  ['released', released(11, ben), 'acknowledged', 'nothing'],
  ['released', activity(11, ben), 'acknowledged', 'next 1451'],
  ['released', notArrived(11), 'acknowledged', 'nothing'],
  ['released', gone(11, ana), 'open', 'card, channel, sms ben, next 16'],
  ['released', resolved(11, ben), 'resolved', 'card, no timer, give back by hand'],
  ['released', reopened(11, ben), 'acknowledged', 'nothing'],
  ['released', nudgesAgain(11, ana), 'acknowledged', 'nothing'],

  ['handed off, no word yet', notArrived(11), 'handed_off', 'next 21'],
  ['handed off, no word yet', due(40), 'handed_off', 'ask ana still_on_it, next 45'],

  ['handed off', text(20), 'handed_off', 'next 30'],
  ['handed off', text(20, 'crisis'), 'handed_off', 'card, channel, next 30'],
  ['handed off', due(1450), 'handed_off', 'ask ana release, next 2890'],
  ['handed off', failed(11), 'handed_off', 'nothing'],
  ['handed off', acknowledged(11, ben), 'handed_off', 'nothing'],
  ['handed off', takenOver(11, ben), 'handed_off', 'nothing'],
  ['handed off', released(11, ben), 'acknowledged', 'card, stop, next 1451, give back 11'],
  ['handed off', activity(11, ben), 'handed_off', 'next 1451'],
  ['handed off', notArrived(11), 'handed_off', 'next 21'],
  ['handed off', gone(11, ana), 'open', 'card, channel, sms ben, next 16'],
  ['handed off', resolved(11, ben), 'resolved', 'card, no timer, give back by hand'],
  ['handed off', reopened(11, ben), 'handed_off', 'nothing'],
  ['handed off', nudgesAgain(11, ana), 'handed_off', 'nothing'],

  ['handed off, a text waits', text(15), 'handed_off', 'nothing'],
  ['handed off, a text waits', due(20), 'handed_off', 'card, channel, sms ana, next 25'],
  ['handed off, a text waits', notArrived(15), 'handed_off', 'nothing'],
  ['handed off, a text waits', acknowledged(15, ben), 'handed_off', 'nothing'],
  ['handed off, a text waits', takenOver(15, ben), 'handed_off', 'nothing'],
  ['handed off, a text waits', activity(15, ana), 'handed_off', 'noted'],
  ['handed off, a text waits', activity(15, ben, true), 'handed_off', 'next 1455'],

  ['handed off, paged again', due(25), 'handed_off', 'channel, sms ben, next 30'],
  ['handed off, paged again', notArrived(21), 'handed_off', 'nothing'],
  ['handed off, paged again', failed(21), 'handed_off', 'sms ben'],
  ['handed off, paged again', acknowledged(21, ben), 'handed_off', 'card, stop, next 31'],
  ['handed off, paged again', takenOver(21, ana), 'handed_off', 'nothing'],
  ['handed off, paged again', takenOver(21, ben), 'handed_off', 'card, stop, next 31'],
  ['handed off, paged again', activity(21, ana, true), 'handed_off', 'card, stop, next 1461'],
  ['handed off, paged again', released(21, ana), 'acknowledged', 'card, stop, next 1461, give back 21'],

  ['handed off, looked at', acknowledged(22, ben), 'handed_off', 'nothing'],
  ['handed off, looked at', takenOver(22, cara), 'handed_off', 'card, stop, next 32'],
  ['handed off, looked at', due(31), 'handed_off', 'channel, sms ben, next 36'],

  ['resolved', text(11, 'crisis'), 'resolved', 'nothing'],
  ['resolved', due(11), 'resolved', 'nothing'],
  ['resolved', failed(11), 'resolved', 'nothing'],
  ['resolved', acknowledged(11, ben), 'resolved', 'nothing'],
  ['resolved', takenOver(11, ben), 'resolved', 'nothing'],
  ['resolved', released(11, ben), 'resolved', 'nothing'],
  ['resolved', activity(11, ben), 'resolved', 'nothing'],
  ['resolved', notArrived(11), 'resolved', 'nothing'],
  ['resolved', gone(11, ana), 'resolved', 'nothing'],
  ['resolved', resolved(11, ben), 'resolved', 'nothing'],
  ['resolved', reopened(11, ben), 'acknowledged', 'card, next 41'],
  ['resolved', nudgesAgain(11, ben), 'resolved', 'card, give back 11'],
];

describe('the table of a case', () => {
  it.each(CELLS.map(([state, event, status, words]) => ({ state, event, kind: event.kind, status, words })))(
    '$state + $kind → $status: $words',
    ({ state, event, status, words }) => {
      const after = run([...STATES[state], event]);
      expect({ status: after.escalation.status, words: after.words }).toEqual({ status, words });
    },
  );

  it('has a cell for every event in every state', () => {
    const KINDS = [
      'new_text',
      'due',
      'step_failed',
      'acknowledged',
      'handed_off',
      'released',
      'activity',
      'holder_gone',
      'resolved',
      'reopened',
      'nudges_resumed',
    ];
    for (const state of ['open', 'acknowledged', 'released', 'handed off', 'resolved'])
      for (const kind of KINDS)
        expect(
          CELLS.some(([from, event]) => from === state && event.kind === kind),
          `${state} + ${kind}`,
        ).toBe(true);
  });

  it('takes no second opening', () => {
    const { escalation } = run([]);
    expect(() => escalate(escalation, { kind: 'opened', at: at(1), tier: 'crisis', onCall: LIST })).toThrow(/once/);
  });
});

describe('CR-05: acknowledged, and then silence', () => {
  it('asks whoever has it after 30 minutes, pages from the first after 35, and anybody may have it then', () => {
    const asked = run([...STATES.acknowledged, due(40)]).escalation;
    expect(asked).toMatchObject({ status: 'acknowledged', acknowledgedBy: ana, askedAt: at(40) });
    const { escalation, words } = run([...STATES.acknowledged, due(40), due(45)]);
    expect(words).toBe('card, channel, sms ana, next 50');
    expect(escalation).toMatchObject({ status: 'open', acknowledgedBy: null, askedAt: null, step: 1 });
    expect(run([...STATES.acknowledged, due(40), due(45), due(50)]).words).toBe('channel, sms ben, next 55');
    expect(run([...STATES.acknowledged, due(40), due(45), acknowledged(46, cara)]).escalation).toMatchObject({
      status: 'acknowledged',
      acknowledgedBy: cara,
    });
  });

  it('a word of anybody of the team moves it by 30 minutes, and answers the question', () => {
    const { escalation } = run([...STATES.acknowledged, due(40), activity(43, ben)]);
    expect(escalation).toMatchObject({ status: 'acknowledged', askedAt: null, nextAlertAt: at(73) });
    expect(run([...STATES.acknowledged, due(40), activity(43, ben), due(45)]).words).toBe('next 73');
  });

  it('by night a high case neither asks nor pages, a crisis does both', () => {
    const morning = at(8 * 60);
    expect(run([acknowledged(10, ana), due(40, morning)], 'high').words).toBe('next 480');
    expect(run([acknowledged(10, ana), due(40), due(45, morning)], 'high').words).toBe('next 480');
    expect(run([acknowledged(10, ana), due(40, morning)], 'crisis').words).toBe('ask ana still_on_it, next 45');
    expect(run([acknowledged(10, ana), due(40), due(45, morning)], 'crisis').escalation.status).toBe('open');
  });

  it('a hand-off without a single deed is asked the same, and then the team is paged while the holder keeps it', () => {
    const { escalation, words } = run([takenOver(10, ana), due(40), due(45)]);
    expect(words).toBe('card, channel, sms ana, next 50');
    expect(escalation).toMatchObject({ status: 'handed_off', heldBy: ana, unansweredSince: at(10) });
    expect(isPagedAgain(escalation)).toBe(true);
    expect(run([takenOver(10, ana), activity(20, ana), due(40)]).words).toBe('next 1460');
  });
});

describe('a hand-off', () => {
  it('counts from the first text that waits, not from the last', () => {
    const { escalation } = run([...STATES['handed off'], text(20), text(28)]);
    expect(escalation).toMatchObject({ unansweredSince: at(20), nextAlertAt: at(30) });
  });

  it('an unanswered text pages the chain from its start every five minutes, also by night', () => {
    const waits = [...STATES['handed off'], text(20)];
    const night = at(600);
    expect(run([...waits, due(30, night)], 'high').words).toBe('card, channel, sms ana, next 35');
    expect(run([...waits, due(30), due(35)]).words).toBe('channel, sms ben, next 40');
    expect(run([...waits, due(30), due(35), due(40), due(45)]).words).toBe('channel, sms ana, operator, next 50');
  });

  it("the holder's late words end the paging, and the next text that waits pages from the first again", () => {
    const late = [...STATES['handed off'], text(20), due(30), due(35), activity(36, ana, true)];
    const { escalation } = run(late);
    expect(escalation).toMatchObject({ status: 'handed_off', heldBy: ana, unansweredSince: null });
    expect(run([...late, text(40), due(50)]).words).toBe('card, channel, sms ana, next 55');
  });

  it('"I look at it" rests the paging for ten minutes while the text still waits', () => {
    const { escalation } = run(STATES['handed off, looked at']);
    expect(escalation).toMatchObject({ heldBy: ana, acknowledgedBy: cara, unansweredSince: at(10) });
    expect(isLookedAt(escalation)).toBe(true);
    expect(isLookedAt(run([...STATES['handed off, looked at'], due(31)]).escalation)).toBe(false);
  });

  it('CR-06: who takes it over while it is paged has it alone, and ten minutes for the text', () => {
    const taken = run([...STATES['handed off, paged again'], takenOver(21, ben)]).escalation;
    expect(taken).toMatchObject({ heldBy: ben, heldAt: at(21), unansweredSince: at(10), nextAlertAt: at(31) });
    const second = run([...STATES['handed off, paged again'], takenOver(21, ben), takenOver(21, cara)]);
    expect(second).toMatchObject({ words: 'nothing', escalation: { heldBy: ben } });
    expect(run([...STATES['handed off, paged again'], takenOver(21, ben), due(31)]).words).toBe(
      'card, channel, sms ana, next 36',
    );
  });

  it('after a quiet day it asks for the release, again each day, never by night, and pages nobody', () => {
    expect(run([...STATES['handed off'], due(1450), due(2890)]).words).toBe('ask ana release, next 4330');
    expect(run([...STATES['handed off'], due(1450, at(1700))]).words).toBe('next 1700');
  });

  it('who acknowledged it and left, while another one writes, is forgotten without a page', () => {
    const { escalation, words } = run([acknowledged(5, ben), ...STATES['handed off'], gone(11, ben)]);
    expect(words).toBe('noted');
    expect(escalation).toMatchObject({ status: 'handed_off', heldBy: ana, acknowledgedBy: ana });
  });
});

describe('SL-24: whoever has it leaves', () => {
  it('pages the others at once, and a list of nobody else raises the alarm', () => {
    const { escalation } = run([...STATES['handed off'], gone(11, ana)]);
    expect(escalation).toMatchObject({ status: 'open', heldBy: null, acknowledgedBy: null, chain: [ben, cara] });
    const alone = escalate({ ...run(STATES.acknowledged).escalation, chain: [ana] }, gone(11, ana));
    expect(alone.effects.map(inWords)).toEqual(['card', 'channel', 'alarm nobody_on_call', 'next 16']);
    expect(escalate(alone.escalation, due(16)).effects.map(inWords)).toEqual(['channel', 'sms ana', 'next 21']);
  });
});

describe('SL-24: somebody of the list leaves', () => {
  it('the team is paged by the list as it stands now, not by the one of the round', () => {
    const { escalation, words } = run([...STATES.acknowledged, gone(11, ana, [cara, ben])]);
    expect(words).toBe('card, channel, sms cara, next 16');
    expect(escalation).toMatchObject({ chain: [cara, ben], step: 1 });
  });

  it('whoever comes later in the round is not texted any more', () => {
    expect(run([due(5), gone(6, ben), due(10)]).words).toBe('channel, sms cara, next 15');
  });

  it('whoever was texted last leaves the next one to be texted at once; a high case waits for its timer', () => {
    expect(run([due(5), gone(6, ana)]).words).toBe('card, sms ben');
    expect(run([due(5), gone(6, ana), due(10)]).words).toBe('channel, sms cara, next 15');
    expect(run([due(5), gone(6, ana)], 'high').words).toBe('nothing');
    const again = run([...STATES['handed off, paged again'], gone(21, cara)]);
    expect(again).toMatchObject({ words: 'card', escalation: { heldBy: ana, chain: [ana, ben] } });
  });
});

describe('words of distress that wait', () => {
  it.each([
    ['in a hand-off', [...STATES['handed off'], text(20, 'crisis')], 'nothing', activity(21, ana, true)],
    [
      'after an everyday text',
      [...STATES['handed off'], text(20), text(21, 'high')],
      'nothing',
      activity(22, ana, true),
    ],
    ['while it is acknowledged', [...STATES.acknowledged, text(11, 'crisis')], 'nothing', activity(12, ben)],
  ] as const)('%s keep the case from being released until somebody was at it', (_, events, words, deed) => {
    expect(isDistressWaiting(run(events).escalation)).toBe(true);
    expect(run([...events, released(25, ana)]).words).toBe(words);
    expect(isDistressWaiting(run([...events, deed]).escalation)).toBe(false);
    expect(run([...events, deed, released(25, ana)]).escalation.released).toBe(true);
  });

  it('an everyday text that waits keeps nobody from releasing it', () => {
    const { escalation } = run([...STATES['handed off'], text(20), released(21, ana)]);
    expect(escalation).toMatchObject({ released: true, unansweredSince: null });
  });
});

describe('nudges that wait for a word', () => {
  it('come back with it once, and only in a case that is over', () => {
    const { escalation } = run([...STATES.resolved, nudgesAgain(20, ben)]);
    expect(escalation).toMatchObject({ status: 'resolved', nudgesResumeAt: at(20) });
    expect(run([...STATES.resolved, nudgesAgain(20, ben), nudgesAgain(21, ana)]).words).toBe('nothing');
  });
});

describe('release, resolve, re-open', () => {
  it('a release leaves the case with its holder, and lets the bot speak', () => {
    const { escalation } = run(STATES.released);
    expect(escalation).toMatchObject({ status: 'acknowledged', released: true, acknowledgedBy: ana, heldBy: null });
    expect(isBotSilent(escalation)).toBe(false);
  });

  it("distress in a released case is nobody's: it is open again, at once, and the bot is silent", () => {
    const { escalation } = run([...STATES.released, text(11, 'high')]);
    expect(escalation).toMatchObject({ status: 'open', released: false, acknowledgedBy: null, tier: 'crisis' });
    expect(isBotSilent(escalation)).toBe(true);
    expect(run([...STATES.released, text(11, 'high'), due(16)]).words).toBe('channel, sms ana, next 21');
  });

  it('high distress in a released high case tells the channel; its holder is texted by day as the list says', () => {
    expect(run([acknowledged(9, ana), released(10, ana), text(11, 'high')], 'high').words).toBe(
      'card, channel, next 16',
    );
  });

  it('keeps how it ended until somebody opens it again', () => {
    expect(run(STATES.resolved).escalation).toMatchObject({
      outcome: 'connected',
      resolvedBy: ana,
      resolvedAt: at(10),
    });
    const { escalation } = run([...STATES.resolved, reopened(20, cara)]);
    expect(escalation).toMatchObject({
      status: 'acknowledged',
      acknowledgedBy: cara,
      outcome: null,
      resolvedBy: null,
      resolvedAt: null,
      nextAlertAt: at(50),
    });
  });
});

describe('CR-07: a clock that was set back loses no step', () => {
  const reach = (state: State, minutes: number) => isOutOfReach(run(STATES[state]).escalation, at(minutes));
  it.each([
    ['open', 5],
    ['acknowledged', 40],
    ['acknowledged, asked', 45],
    ['released', 1450],
    ['handed off', 1450],
    ['handed off, a text waits', 20],
  ] as const)('%s, next step at minute %i: two hours back it is out of reach, at its time it is not', (state, next) => {
    const longest = { open: 5, acknowledged: 30, 'acknowledged, asked': 30, released: 1440, 'handed off': 1440 };
    const far = state in longest ? longest[state as keyof typeof longest] : 10;
    expect(reach(state, next)).toBe(false);
    expect(reach(state, next - far - 1)).toBe(false);
    expect(reach(state, next - far - 2)).toBe(true);
    const { escalation } = run(STATES[state]);
    expect(
      escalate(escalation, due(next - far - 120))
        .effects.map(inWords)
        .join(),
    ).toMatch(/channel|ask/);
  });

  it('a case of before, acknowledged without a next step, is due now', () => {
    const old = { ...run(STATES.acknowledged).escalation, nextAlertAt: null };
    expect(isOutOfReach(old, at(11))).toBe(true);
    expect(escalate(old, due(11)).effects.map(inWords)).toEqual(['ask ana still_on_it', 'next 16']);
    expect(isOutOfReach(run(STATES.resolved).escalation, at(11))).toBe(false);
  });

  it('a high case may wait for the morning', () => {
    const { escalation } = run([due(5, START + 10 * HOUR), due(15, START + 10 * HOUR)], 'high');
    expect(isOutOfReach(escalation, at(6))).toBe(false);
    expect(isOutOfReach(escalation, at(6) - 2 * HOUR)).toBe(true);
  });
});
