// The class table of architecture 2.3, row by row and cell by cell, and what must hold for every text that wants to leave.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageClass } from '../../../src/core/model/message.ts';
import type { ConsentState } from '../../../src/core/model/people.ts';
import {
  ANSWER_FRESH_MS,
  decideSend,
  type GateFacts,
  type GateRequest,
} from '../../../src/core/safety/message-gates.ts';
import { isQuiet, sendWindow } from '../../../src/core/schedule/quiet-hours.ts';

const ZONE = 'America/Los_Angeles';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Wednesday in summer: 13:00 in Los Angeles, and 22:00. */
const DAY = Date.parse('2027-07-07T20:00:00Z');
const NIGHT = Date.parse('2027-07-08T05:00:00Z');
const NEXT_MORNING = Date.parse('2027-07-08T16:00:00Z');

const facts = (change: Partial<GateFacts> = {}): GateFacts => {
  const now = change.now ?? DAY;
  return {
    now,
    consent: 'active',
    window: sendWindow(now, ZONE),
    repliedAt: null,
    handedOff: false,
    pausedUntil: null,
    unaskedThisWeek: 0,
    weeklyCap: 2,
    taskClosed: false,
    deadlinePassed: false,
    overtaken: false,
    numberDead: false,
    mayPassOptOutOnce: true,
    ...change,
  };
};
const request = (messageClass: MessageClass, change: Partial<GateFacts> = {}, isIntroduction = false): GateRequest => ({
  messageClass,
  channel: 'sms',
  isIntroduction,
  facts: facts(change),
});
/** `send`, or `hold: why`, or `drop: why`. */
const verdict = (messageClass: MessageClass, change: Partial<GateFacts> = {}, isIntroduction = false): string => {
  const decision = decideSend(request(messageClass, change, isIntroduction));
  return decision.kind === 'send' ? 'send' : `${decision.kind}: ${decision.reason}`;
};

const CLASSES: readonly MessageClass[] = [
  'nudge',
  'answer',
  'safety_reply',
  'human_text',
  'keyword_answer',
  'alert',
  'case_note',
  'notice',
];
const CONSENTS: readonly ConsentState[] = ['none', 'pending', 'active', 'opted_out'];
const ALL_SEND = { none: 'send', pending: 'send', active: 'send', opted_out: 'send' };
const NOT_OPTED_OUT = { ...ALL_SEND, opted_out: 'drop: opted_out' };

describe('the class table', () => {
  const byConsent: Record<MessageClass, Record<ConsentState, string>> = {
    nudge: { none: 'drop: no_consent', pending: 'drop: no_consent', active: 'send', opted_out: 'drop: opted_out' },
    answer: NOT_OPTED_OUT,
    safety_reply: NOT_OPTED_OUT,
    human_text: NOT_OPTED_OUT,
    keyword_answer: ALL_SEND,
    alert: ALL_SEND,
    case_note: ALL_SEND,
    notice: ALL_SEND,
  };
  const cells = CLASSES.flatMap((name) =>
    CONSENTS.map((consent) => [name, consent, byConsent[name][consent]] as const),
  );
  it.each(cells)('TC-01: by day, a %s to somebody whose consent is %s: %s', (name, consent, wanted) => {
    expect(verdict(name, { consent, repliedAt: DAY - MINUTE })).toBe(wanted);
  });

  it.each([
    ['nudge', 'hold: quiet_hours'],
    ['answer', 'send'],
    ['safety_reply', 'send'],
    ['human_text', 'send'],
    ['keyword_answer', 'send'],
    ['alert', 'send'],
    ['case_note', 'send'],
    ['notice', 'send'],
  ] as const)('QH-04: at night, a %s to a text of a minute ago: %s', (name, wanted) => {
    expect(verdict(name, { now: NIGHT, repliedAt: NIGHT - MINUTE })).toBe(wanted);
  });

  it.each([
    ['nudge', 'hold: handed_off'],
    ['answer', 'hold: handed_off'],
    ['safety_reply', 'send'],
    ['human_text', 'send'],
    ['keyword_answer', 'send'],
    ['alert', 'send'],
    ['case_note', 'send'],
    ['notice', 'send'],
  ] as const)('while a human holds the conversation, a %s: %s', (name, wanted) => {
    expect(verdict(name, { handedOff: true, repliedAt: DAY - MINUTE })).toBe(wanted);
  });

  it.each(CLASSES.map((name) => [name, name === 'nudge' ? 'hold: paused' : 'send'] as const))(
    'after a case, while nothing unasked is to come, a %s: %s',
    (name, wanted) => expect(verdict(name, { pausedUntil: DAY + HOUR, repliedAt: DAY - MINUTE })).toBe(wanted),
  );

  it.each([
    ['until a moment', DAY + 72 * HOUR, DAY + 72 * HOUR],
    ['until a person ends it', 'for_ever', DAY + 24 * HOUR],
  ] as const)('a pause %s holds a nudge until its end, or is asked about a day later', (_, pausedUntil, until) => {
    expect(decideSend(request('nudge', { pausedUntil }))).toEqual({ kind: 'hold', until, reason: 'paused' });
    expect(verdict('nudge', { pausedUntil }, true)).toBe('hold: paused');
    expect(verdict('nudge', { pausedUntil, handedOff: true })).toBe('hold: handed_off');
    expect(verdict('nudge', { pausedUntil, taskClosed: true })).toBe('drop: task_closed');
  });

  it.each(CLASSES.map((name) => [name, name === 'nudge' ? 'hold: weekly_cap' : 'send'] as const))(
    'with the weekly cap used up, a %s: %s',
    (name, wanted) => expect(verdict(name, { unaskedThisWeek: 2, repliedAt: DAY - MINUTE })).toBe(wanted),
  );

  it.each(CLASSES.map((name) => [name, name === 'nudge' ? 'drop: deadline_passed' : 'send'] as const))(
    'when the deadline is past, a %s: %s',
    (name, wanted) => expect(verdict(name, { deadlinePassed: true, repliedAt: DAY - MINUTE })).toBe(wanted),
  );

  it.each(CLASSES.map((name) => [name, name === 'nudge' ? 'drop: overtaken' : 'send'] as const))(
    'when its conversation has gone on, a %s: %s',
    (name, wanted) => expect(verdict(name, { overtaken: true, repliedAt: DAY - MINUTE })).toBe(wanted),
  );

  it.each(CLASSES.map((name) => [name, name === 'nudge' ? 'drop: task_closed' : 'send'] as const))(
    'when the task was closed meanwhile, a %s: %s',
    (name, wanted) => expect(verdict(name, { taskClosed: true, repliedAt: DAY - MINUTE })).toBe(wanted),
  );

  it('lets the first text ever pass the cap, and nothing else', () => {
    expect(verdict('nudge', { unaskedThisWeek: 9 }, true)).toBe('send');
    expect(verdict('nudge', { unaskedThisWeek: 9, now: NIGHT }, true)).toBe('hold: quiet_hours');
    expect(verdict('nudge', { consent: 'pending' }, true)).toBe('drop: no_consent');
  });

  it.each([
    [0, 'send'],
    [ANSWER_FRESH_MS, 'send'],
    [ANSWER_FRESH_MS + 1, 'hold: quiet_hours'],
    [24 * HOUR, 'hold: quiet_hours'],
    [24 * HOUR + 1, 'drop: too_late'],
    [null, 'hold: quiet_hours'],
  ] as const)('QH-04: at night, an answer to a text %s ms old: %s', (age, wanted) => {
    expect(verdict('answer', { now: NIGHT, repliedAt: age === null ? null : NIGHT - age })).toBe(wanted);
  });
});

describe('TC-08: the one confirmation of an opt-out', () => {
  it.each([
    [0, 'send'],
    [4 * MINUTE, 'send'],
    [5 * MINUTE - 5_000, 'send'],
    [5 * MINUTE - 4_000, 'drop: too_late'],
    [6 * MINUTE, 'drop: too_late'],
    [null, 'drop: too_late'],
  ] as const)('asked for %s ms ago: %s', (age, wanted) => {
    expect(verdict('keyword_answer', { consent: 'opted_out', repliedAt: age === null ? null : DAY - age })).toBe(
      wanted,
    );
  });

  it('goes once', () => {
    const change = { consent: 'opted_out', repliedAt: DAY, mayPassOptOutOnce: false } as const;
    expect(verdict('keyword_answer', change)).toBe('drop: already_answered');
  });

  it('may not wait at the provider beyond its five minutes', () => {
    const decision = decideSend(request('keyword_answer', { consent: 'opted_out', repliedAt: DAY - 2 * MINUTE }));
    expect(decision).toEqual({ kind: 'send', validitySeconds: 180 });
  });

  it('an answer to HELP or START of somebody who takes part has no such limit', () => {
    expect(verdict('keyword_answer', { repliedAt: DAY - HOUR })).toBe('send');
  });
});

describe('TX-08: how long the provider may keep a text', () => {
  const at = (iso: string) => Date.parse(iso);
  it.each([
    ['four hours by day', at('2027-07-07T20:00:00Z'), 4 * 3600],
    ['until a minute before quiet hours', at('2027-07-08T02:00:00Z'), 3600 - 60],
    ['at least five seconds', at('2027-07-08T02:58:55Z'), 5],
  ])('a nudge: %s', (_, now, validitySeconds) => {
    expect(decideSend(request('nudge', { now }))).toEqual({ kind: 'send', validitySeconds });
  });

  it('a nudge in the last minute waits for the next morning', () => {
    const now = at('2027-07-08T02:58:56Z');
    expect(decideSend(request('nudge', { now }))).toEqual({ kind: 'hold', until: NEXT_MORNING, reason: 'quiet_hours' });
  });

  it('an answer at night only as long as it is fresh', () => {
    const decision = decideSend(request('answer', { now: NIGHT, repliedAt: NIGHT - 4 * MINUTE }));
    expect(decision).toEqual({ kind: 'send', validitySeconds: 360 });
  });

  it.each(['safety_reply', 'human_text', 'alert'] as const)('a %s as long as the provider itself likes', (name) => {
    expect(decideSend(request(name, { now: NIGHT }))).toEqual({ kind: 'send', validitySeconds: null });
  });
});

describe('what holds for every text', () => {
  const zones = [
    'America/Los_Angeles',
    'America/Phoenix',
    'America/New_York',
    'Pacific/Honolulu',
    'Nowhere/Unknown',
    null,
  ];
  const anyRequest = fc
    .record({
      messageClass: fc.constantFrom(...CLASSES),
      isIntroduction: fc.boolean(),
      now: fc.integer({ min: Date.parse('2026-10-25'), max: Date.parse('2027-11-10') }),
      zone: fc.constantFrom(...zones),
      consent: fc.constantFrom(...CONSENTS),
      age: fc.option(fc.integer({ min: -MINUTE, max: 30 * HOUR })),
      handedOff: fc.boolean(),
      pausedUntil: fc.constantFrom<GateFacts['pausedUntil']>(null, 'for_ever', Date.parse('2028-01-01')),
      unaskedThisWeek: fc.integer({ min: 0, max: 4 }),
      weeklyCap: fc.integer({ min: 0, max: 3 }),
      taskClosed: fc.boolean(),
      deadlinePassed: fc.boolean(),
      overtaken: fc.boolean(),
      numberDead: fc.boolean(),
      mayPassOptOutOnce: fc.boolean(),
    })
    .map(({ messageClass, isIntroduction, zone, age, now, ...rest }) => {
      const repliedAt = age === null ? null : now - age;
      const gateFacts: GateFacts = { now, repliedAt, window: sendWindow(now, zone), ...rest };
      const asked: GateRequest = { messageClass, channel: 'sms', isIntroduction, facts: gateFacts };
      return { zone, asked, facts: gateFacts, decision: decideSend(asked) };
    });
  const always = (holds: (drawn: typeof anyRequest extends fc.Arbitrary<infer T> ? T : never) => void) =>
    fc.assert(fc.property(anyRequest, holds), { numRuns: 600 });

  it('F30: nothing but the one keyword answer and what is for staff leaves to somebody who opted out', () => {
    always(({ asked, facts: known, decision }) => {
      if (known.consent !== 'opted_out' || decision.kind !== 'send') return;
      expect(['keyword_answer', 'alert', 'case_note', 'notice']).toContain(asked.messageClass);
      if (asked.messageClass === 'keyword_answer') expect(known.mayPassOptOutOnce).toBe(true);
    });
  });

  it('no nudge leaves in quiet hours, during a handoff or a pause, over the cap, for a closed task or without active consent', () => {
    always(({ asked, facts: known, zone, decision }) => {
      if (asked.messageClass !== 'nudge' || decision.kind !== 'send') return;
      expect(isQuiet(known.now, zone)).toBe(false);
      expect(known).toMatchObject({ handedOff: false, pausedUntil: null, taskClosed: false, consent: 'active' });
      expect(known).toMatchObject({ deadlinePassed: false, overtaken: false });
      expect(asked.isIntroduction || known.unaskedThisWeek < known.weeklyCap).toBe(true);
    });
  });

  it('TX-08: a validity is 5 to 36000 seconds, and never reaches into quiet hours', () => {
    always(({ asked, facts: known, zone, decision }) => {
      if (decision.kind !== 'send' || decision.validitySeconds === null) return;
      expect(decision.validitySeconds).toBeGreaterThanOrEqual(5);
      expect(decision.validitySeconds).toBeLessThanOrEqual(36_000);
      expect(Number.isInteger(decision.validitySeconds)).toBe(true);
      const endsAt = known.now + decision.validitySeconds * 1000;
      const { openUntil } = sendWindow(known.now, zone);
      if (asked.messageClass === 'nudge') expect(endsAt).toBeLessThanOrEqual((openUntil ?? 0) - MINUTE);
      if (asked.messageClass !== 'answer') return;
      const freshUntil = known.repliedAt === null ? 0 : Math.min(known.repliedAt, known.now) + ANSWER_FRESH_MS;
      expect(endsAt).toBeLessThanOrEqual(Math.max((openUntil ?? 0) - MINUTE, freshUntil + 5_000));
    });
  });

  it('a hold ends later than now, at an hour at which a nudge may leave', () => {
    always(({ facts: known, zone, decision }) => {
      if (decision.kind !== 'hold') return;
      expect(decision.until).toBeGreaterThan(known.now);
      // The end of a pause is a person's choice; the hours are asked about then.
      if (decision.reason !== 'paused') expect(isQuiet(decision.until, zone)).toBe(false);
    });
  });

  it('the same facts always give the same decision', () => {
    always(({ asked, decision }) => {
      expect(decideSend(asked)).toEqual(decision);
    });
  });
});
