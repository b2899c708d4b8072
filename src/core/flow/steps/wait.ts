// The step `wait`: pauses for a duration, until a date (or some days before or after it), a weekday or a local hour, and
// goes on. Days and hours are the mentee's own; a moment that is already past goes on at once. Mistakes: ../check-wait.ts.

import { z } from 'zod';
import { addDays, instantOfClock, localDateOf, nextClock, weekdayOf } from '../../model/local-time.ts';
import { alsoExits, alsoSchema, passOnRest, readAlso } from '../also.ts';
import { checkWait, isFixedDate, WEEKDAYS } from '../check-wait.ts';
import { addDuration, LONGEST_DAYS, parseDuration, toDays } from '../duration.ts';
import { targetSchema } from '../local-text.ts';
import type { StepContext, StepKind } from '../step-kind.ts';

const schema = z.strictObject({
  type: z.literal('wait'),
  for: z.string().optional().describe('Write how long, like 2 days or 3 hours.'),
  until: z.string().optional().describe('Write a date variable, the word deadline, or a date like 2027-07-01.'),
  before: z.string().optional().describe('Write how long before that day, like 3 days or 1 week.'),
  after: z.string().optional().describe('Write how long after that day, like 3 days or 1 week.'),
  on: z
    .enum(WEEKDAYS)
    .optional()
    .describe(`Write a weekday: ${WEEKDAYS.join(', ')}.`),
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
  reads: (step) =>
    step.until === undefined || isFixedDate(step.until) ? [] : [{ path: ['until'], variable: step.until }],
  needsTask: (step) => step.until === 'deadline',
  check: checkWait,
  enter: (step, context) => {
    const dueAt = dueAtOf(step, context);
    if (dueAt <= context.now) return { kind: 'go', to: step.next };
    return { kind: 'wait', waiting: { kind: 'time', dueAt }, effects: [{ kind: 'set_timer', timer: 'wait', dueAt }] };
  },
  resume: (step, event, { now, waiting, facts, replyBook }) => {
    if (waiting?.kind !== 'time') return { kind: 'stay' };
    if (event.kind === 'resumed' || event.kind === 'returned') return { kind: 'stay' };
    if (event.kind === 'timer_due') return now < waiting.dueAt ? { kind: 'stay' } : { kind: 'go', to: step.next };
    const said = readAlso(step.also, event.text, replyBook);
    if (said === null) return { kind: 'stay' };
    const rest = passOnRest(said.rest, facts.task?.key ?? null);
    return { kind: 'go', to: said.to, effects: [{ kind: 'clear_timer', timer: 'wait' }, ...rest] };
  },
};

/** Never later than a year from now, whatever date somebody gave. */
function dueAtOf(step: WaitStep, context: StepContext): number {
  const { now, facts } = context;
  const latest = addDuration(now, { count: LONGEST_DAYS, unit: 'days' }, facts.mentee.timeZone);
  return Math.min(latest, endOf(step, context));
}

function endOf(step: WaitStep, context: StepContext): number {
  const { now, facts } = context;
  const zone = facts.mentee.timeZone;
  if (step.until !== undefined) return instantOfClock(dayOf(step, step.until, context), step.at ?? USUAL_HOUR, zone);
  if (step.on !== undefined) return nextWeekday(now, step.on, step.at ?? USUAL_HOUR, zone);
  const duration = step.for === undefined ? null : parseDuration(step.for);
  if (duration === null) return nextClock(now, step.at ?? USUAL_HOUR, zone);
  const later = addDuration(now, duration, zone);
  return step.at === undefined ? later : Math.max(now, instantOfClock(localDateOf(later, zone), step.at, zone));
}

/** The local date of a wait with `until`, moved by its offset. */
function dayOf(step: WaitStep, until: string, { facts, variables }: StepContext): string {
  const named = until === 'deadline' ? facts.task?.deadlineOn : variables[until];
  return addDays(String(named ?? until), offsetOf(step.after) - offsetOf(step.before));
}

function offsetOf(written: string | undefined): number {
  const duration = written === undefined ? null : parseDuration(written);
  return duration === null ? 0 : (toDays(duration) ?? 0);
}

/** The next such day at that hour; today when the hour is still to come. */
function nextWeekday(now: number, name: (typeof WEEKDAYS)[number], clockTime: string, zone: string): number {
  const today = localDateOf(now, zone);
  const ahead = (WEEKDAYS.indexOf(name) + 1 - weekdayOf(today) + 7) % 7;
  const first = instantOfClock(addDays(today, ahead), clockTime, zone);
  return first > now ? first : instantOfClock(addDays(today, ahead + 7), clockTime, zone);
}
