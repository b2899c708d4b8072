// The mistakes that only a `wait` can have: no moment or two of them, durations, dates, hours and offsets that are none.

import { isClockTime, isLocalDate } from '../model/local-time.ts';
import { parseDuration, toDays } from './duration.ts';
import { didYouMean, type Problem } from './problem.ts';
import type { FlowOutline } from './step-kind.ts';

/** The weekdays as authors write them, Monday first. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The parts of a `wait` that are checked here. */
interface CheckedWait {
  readonly for?: string | undefined;
  readonly until?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly on?: string | undefined;
  readonly at?: string | undefined;
}

/** Whether what stands after `until` is no variable. */
export function isFixedDate(until: string): boolean {
  return until === 'deadline' || /^\d/.test(until);
}

/** All mistakes of one wait, with paths inside the step. */
export function checkWait(step: CheckedWait, outline: FlowOutline): Problem[] {
  return [
    ...checkKind(step),
    ...checkFor(step),
    ...checkUntil(step, outline),
    ...(['before', 'after'] as const).flatMap((key) => checkOffset(step, key)),
    ...checkAt(step),
  ];
}

function checkKind(step: CheckedWait): Problem[] {
  const used = (['for', 'until', 'on'] as const).filter((key) => step[key] !== undefined);
  const [first, second] = used;
  if (first === undefined && step.at === undefined) {
    const hint = 'Add "for", "until", "on" or "at".';
    return [{ path: [], message: 'this wait does not say how long', hint }];
  }
  if (first !== undefined && second !== undefined) {
    const message = `this wait has both "${first}" and "${second}"`;
    return [{ path: [second], at: 'key', message, hint: 'Keep one of them.' }];
  }
  if (step.before === undefined || step.after === undefined) return [];
  const message = 'this wait has both "before" and "after"';
  return [{ path: ['after'], at: 'key', message, hint: 'Keep one of them.' }];
}

function checkFor(step: CheckedWait): Problem[] {
  if (step.for === undefined || parseDuration(step.for) !== null) return [];
  const hint = 'Write a number and a unit, like 2 days or 3 hours; a year at most.';
  return [{ path: ['for'], message: `"${step.for}" is not a duration`, hint }];
}

function checkUntil(step: CheckedWait, { variables }: FlowOutline): Problem[] {
  const { until } = step;
  if (until === undefined || until === 'deadline' || variables[until] === 'date' || isLocalDate(until)) return [];
  const dates = [...Object.keys(variables).filter((name) => variables[name] === 'date'), 'deadline'];
  const message = isFixedDate(until) ? `"${until}" is not a date` : `"${until}" is not a date variable of this flow`;
  const hint = isFixedDate(until) ? 'Write a date like 2027-07-01.' : didYouMean(until, dates);
  return [{ path: ['until'], message, hint }];
}

function checkOffset(step: CheckedWait, key: 'before' | 'after'): Problem[] {
  const written = step[key];
  if (written === undefined) return [];
  if (step.until === undefined) {
    const message = `"${key}" belongs to "until", and this wait has none`;
    return [{ path: [key], at: 'key', message, hint: 'Add "until" with a day, or write "for" with a duration.' }];
  }
  const duration = parseDuration(written);
  if (duration !== null && toDays(duration) !== null) return [];
  const hint = 'Write days or weeks, like 3 days or 1 week; a year at most.';
  return [{ path: [key], message: `"${written}" is not a number of days or weeks`, hint }];
}

function checkAt(step: CheckedWait): Problem[] {
  if (step.at === undefined || isClockTime(step.at)) return [];
  return [{ path: ['at'], message: `"${step.at}" is not an hour`, hint: 'Write an hour of the day, like 10:00.' }];
}
