// Fixed dates in a flow that lie before today: a wait for one would be over at once, and a branch or a set with one is
// most likely last year's. Today comes in as a value.

import { addDays, isLocalDate } from '../model/local-time.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { parseDuration, toDays } from './duration.ts';
import { ownSteps } from './own-texts.ts';
import { type Path, type Problem, under } from './problem.ts';
import type { Step } from './steps/index.ts';

/** Every date of a flow that is past. `today` is the program's local date (ISO). */
export function checkDates(flow: CompiledFlow, today: string): Problem[] {
  return ownSteps(flow).flatMap(([name, step]) => under(['steps', name], checkStep(step, today)));
}

function checkStep(step: Step, today: string): Problem[] {
  if (step.type !== 'wait') {
    return datesIn(step, [])
      .filter(({ day }) => day < today)
      .map(({ path, day }) => warning(path, day));
  }
  if (step.until === undefined || !isLocalDate(step.until)) return [];
  const end = addDays(step.until, daysOf(step.after) - daysOf(step.before));
  if (end >= today) return [];
  const moved = step.before === undefined ? step.after : step.before;
  const day = moved === undefined ? end : `${moved} ${step.before === undefined ? 'after' : 'before'} ${step.until}`;
  const message = `${day} is past: nobody would wait here`;
  return [{ path: ['until'], message, hint: 'Write a day to come, or "deadline" for the day of the task.' }];
}

function warning(path: Path, day: string): Problem {
  return {
    path,
    message: `${day} is past`,
    hint: 'Write a day to come, if it is meant to be one.',
    severity: 'warning',
  };
}

/** Every date that is written as a value, wherever a step has one; texts are sentences and so never one. */
function datesIn(value: unknown, path: Path): { readonly path: Path; readonly day: string }[] {
  if (typeof value === 'string') return isLocalDate(value) ? [{ path, day: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => datesIn(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) => datesIn(item, [...path, key]));
}

function daysOf(written: string | undefined): number {
  const duration = written === undefined ? null : parseDuration(written);
  return duration === null ? 0 : (toDays(duration) ?? 0);
}
