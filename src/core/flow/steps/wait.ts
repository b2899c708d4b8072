// The step `wait`: pauses for a duration, until a date, or until a local hour, and goes on. Days and hours are the
// mentee's own; a moment that is already past goes on at once.

import { z } from 'zod';
import { instantOfClock, isClockTime, isLocalDate, localDateOf, nextClock } from '../../model/local-time.ts';
import { alsoExits, alsoSchema, passOnRest, readAlso } from '../also.ts';
import { addDuration, parseDuration } from '../duration.ts';
import { targetSchema } from '../local-text.ts';
import { didYouMean, type Problem } from '../problem.ts';
import type { FlowOutline, StepContext, StepKind } from '../step-kind.ts';

const schema = z.strictObject({
  type: z.literal('wait'),
  for: z.string().optional().describe('Write how long, like 2 days or 3 hours.'),
  until: z.string().optional().describe('Write a date variable, the word deadline, or a date like 2027-07-01.'),
  at: z.string().optional().describe('Write an hour of the day, like 10:00.'),
  next: targetSchema,
  also: alsoSchema.optional(),
});

/** A `wait` step as written. */
export type WaitStep = z.infer<typeof schema>;

/** The hour at which a wait for a date ends when the author names none. */
const USUAL_HOUR = '10:00';

/** A pause. What the mentee writes meanwhile is nobody's answer, unless `also` says where it leads. */
export const waitKind: StepKind<WaitStep> = {
  type: 'wait',
  schema,
  exits: (step) => [{ path: ['next'], to: step.next }, ...alsoExits(step.also)],
  texts: () => [],
  pauses: (step) => step.until === undefined,
  reads: (step) => (step.until === undefined || isFixed(step.until) ? [] : [{ path: ['until'], variable: step.until }]),
  needsTask: (step) => step.until === 'deadline',
  check: (step, outline) => [...checkKind(step), ...checkFor(step), ...checkUntil(step, outline), ...checkAt(step)],
  enter: (step, context) => {
    const dueAt = dueAtOf(step, context);
    if (dueAt <= context.now) return { kind: 'go', to: step.next };
    return { kind: 'wait', waiting: { kind: 'time', dueAt }, effects: [{ kind: 'set_timer', timer: 'wait', dueAt }] };
  },
  resume: (step, event, { now, waiting, facts, replyBook }) => {
    if (waiting?.kind !== 'time') return { kind: 'stay' };
    if (event.kind === 'resumed') return { kind: 'stay' };
    if (event.kind === 'timer_due') return now < waiting.dueAt ? { kind: 'stay' } : { kind: 'go', to: step.next };
    const said = readAlso(step.also, event.text, replyBook);
    if (said === null) return { kind: 'stay' };
    const rest = passOnRest(said.rest, facts.task?.key ?? null);
    return { kind: 'go', to: said.to, effects: [{ kind: 'clear_timer', timer: 'wait' }, ...rest] };
  },
};

function dueAtOf(step: WaitStep, { now, facts, variables }: StepContext): number {
  const zone = facts.mentee.timeZone;
  if (step.until !== undefined) {
    const named = step.until === 'deadline' ? facts.task?.deadlineOn : variables[step.until];
    return instantOfClock(String(named ?? step.until), step.at ?? USUAL_HOUR, zone);
  }
  const duration = step.for === undefined ? null : parseDuration(step.for);
  if (duration === null) return nextClock(now, step.at ?? USUAL_HOUR, zone);
  const later = addDuration(now, duration, zone);
  return step.at === undefined ? later : Math.max(now, instantOfClock(localDateOf(later, zone), step.at, zone));
}

function isFixed(until: string): boolean {
  return until === 'deadline' || /^\d/.test(until);
}

function checkKind(step: WaitStep): Problem[] {
  if (step.for === undefined && step.until === undefined && step.at === undefined) {
    return [{ path: [], message: 'this wait does not say how long', hint: 'Add "for", "until" or "at".' }];
  }
  if (step.for === undefined || step.until === undefined) return [];
  return [{ path: ['until'], at: 'key', message: 'this wait has both "for" and "until"', hint: 'Keep one of them.' }];
}

function checkFor(step: WaitStep): Problem[] {
  if (step.for === undefined || parseDuration(step.for) !== null) return [];
  const hint = 'Write a number and a unit, like 2 days or 3 hours; a year at most.';
  return [{ path: ['for'], message: `"${step.for}" is not a duration`, hint }];
}

function checkUntil(step: WaitStep, { variables }: FlowOutline): Problem[] {
  const { until } = step;
  if (until === undefined || until === 'deadline' || variables[until] === 'date' || isLocalDate(until)) return [];
  const dates = [...Object.keys(variables).filter((name) => variables[name] === 'date'), 'deadline'];
  const message = isFixed(until) ? `"${until}" is not a date` : `"${until}" is not a date variable of this flow`;
  const hint = isFixed(until) ? 'Write a date like 2027-07-01.' : didYouMean(until, dates);
  return [{ path: ['until'], message, hint }];
}

function checkAt(step: WaitStep): Problem[] {
  if (step.at === undefined || isClockTime(step.at)) return [];
  return [{ path: ['at'], message: `"${step.at}" is not an hour`, hint: 'Write an hour of the day, like 10:00.' }];
}
