// What program.yaml says of the people behind the bot: by when a counselor on call answers, where reports of abuse are
// made, and how long the words of a case that is for counselors alone are kept.

import { z } from 'zod';
import { isClockTime } from '../model/local-time.ts';
import type { OnCallHours, OpenHours } from '../model/on-call-hours.ts';
import type { Problem } from './problem.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const HOURS = /^\s*(\d{1,2}:\d{2})\s*(?:-|–|to)\s*(\d{1,2}:\d{2})\s*$/;

const day = z
  .string()
  .describe('Write the hours as "9:00-17:00", or leave the day out: then nobody is on call.')
  .optional();

/** Schema of `on_call_hours`. Without a day the replies name no time. */
export const onCallHoursSchema = z
  .strictObject({
    answer_within_minutes: z
      .number()
      .int()
      .min(15)
      .max(1_440)
      .describe('Write within how many minutes a counselor on call answers, 15 to 1440.')
      .default(120),
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: day,
    sunday: day,
  })
  .describe('Write the hours of each weekday, like monday: "9:00-17:00".')
  .default({ answer_within_minutes: 120 });

/** Schema of `mandated_reports`: where a report of abuse of somebody under 18 is made (MR-01). */
export const mandatedReportsSchema = z
  .strictObject({
    agency: z.string().trim().min(1).max(120).describe('Write the name of the agency, as people know it.'),
    phone: z.string().trim().min(3).max(40).describe('Write the number of its hotline.'),
    written: z.string().trim().max(200).describe('Write where the written report goes, or leave it out.').optional(),
  })
  .nullable()
  .describe('Write agency and phone of the place where abuse of a child is reported.')
  .default(null);

/** Schema of `forget_immigration_after_days`. */
export const forgetAfterSchema = z
  .number()
  .int()
  .min(0)
  .max(365)
  .describe('Write how many days after its end the words of an immigration case are kept, 0 to 365.')
  .default(0);

type HoursSource = z.infer<typeof onCallHoursSchema>;

/** The calendar of a program that was checked. */
export function calendarOf(source: HoursSource): OnCallHours {
  const days = WEEKDAYS.flatMap((name, index): [number, OpenHours][] => {
    const hours = readHours(source[name]);
    return hours === null ? [] : [[index + 1, hours]];
  });
  return { days: new Map(days), answerWithinMinutes: source.answer_within_minutes };
}

/** Hours that cannot be read, or end before they begin. */
export function checkHours(source: HoursSource): Problem[] {
  return WEEKDAYS.flatMap((name) => {
    const given = source[name];
    if (given === undefined || readHours(given) !== null) return [];
    const message = `"${given}" are no hours of a day`;
    return [{ path: ['on_call_hours', name], message, hint: 'Write them as "9:00-17:00", the earlier time first.' }];
  });
}

function readHours(given: string | undefined): OpenHours | null {
  const [, from = '', until = ''] = HOURS.exec(given ?? '') ?? [];
  if (!isClockTime(from) || !isClockTime(until)) return null;
  return minutesOf(from) < minutesOf(until) ? { from, until } : null;
}

function minutesOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}
