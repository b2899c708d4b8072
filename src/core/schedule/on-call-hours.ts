// By when a person answers, from the program's on-call calendar and from nothing else: a reply that promises a time the
// calendar does not hold would be a lie to somebody in distress. Knows the hours, not who is on call.

import { addDays, instantOfClock, localDateOf, weekdayOf } from '../model/local-time.ts';
import type { OnCallHours } from '../model/on-call-hours.ts';

/** `by`: somebody on call answers until then. `office`: nobody is on call before the office opens at that moment. */
export interface AnswerTime {
  readonly kind: 'by' | 'office';
  readonly at: number;
}

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;
const DAYS_LOOKED = 8;

/**
 * What may be promised at `now` (epoch milliseconds); null when the calendar is empty. `isSomebodyOnCall`: whether the
 * on-call list has anybody who can be reached at this moment; `pagedFrom`: they are paged from then on, left out: now.
 */
export function answerTime(
  hours: OnCallHours,
  now: number,
  given: { readonly timeZone: string; readonly isSomebodyOnCall: boolean; readonly pagedFrom?: number | undefined },
): AnswerTime | null {
  const windows = windowsFrom(hours, now, given.timeZone);
  const open = windows.find(({ from, until }) => now >= from && now < until);
  if (open !== undefined && given.isSomebodyOnCall) {
    const from = Math.max(now, given.pagedFrom ?? now);
    const at = Math.ceil((from + hours.answerWithinMinutes * MINUTE_MS) / HALF_HOUR_MS) * HALF_HOUR_MS;
    if (at <= open.until) return { kind: 'by', at };
  }
  const next = windows.find(({ from }) => from > now);
  return next === undefined ? null : { kind: 'office', at: next.from };
}

/** The open hours of today and of the week after it, earliest first. */
function windowsFrom(
  { days }: OnCallHours,
  now: number,
  timeZone: string,
): readonly { readonly from: number; readonly until: number }[] {
  const today = localDateOf(now, timeZone);
  return Array.from({ length: DAYS_LOOKED }, (_, day) => addDays(today, day)).flatMap((on) => {
    const open = days.get(weekdayOf(on));
    if (open === undefined) return [];
    return [{ from: instantOfClock(on, open.from, timeZone), until: instantOfClock(on, open.until, timeZone) }];
  });
}
