// The weekly drill as data of the program: when it begins by itself, and to which phone its marked reply goes. Checks what
// is written; starts none.

import { z } from 'zod';
import { parsePhone } from '../language/phone.ts';
import { isClockTime } from '../model/local-time.ts';
import type { Problem } from './problem.ts';

/** Weekday 1 (Monday) to 7 and program time; null, or left out: no drill begins by itself. */
export const drillSchema = z
  .strictObject({
    weekday: z.number().int().min(1).max(7).describe('Write the weekday, 1 for Monday to 7 for Sunday.'),
    time: z.string().describe('Write the time, like "10:00".'),
  })
  .nullable()
  .describe('Write weekday and time of the weekly drill, or null.')
  .default(null);

/** A phone of staff, never a student's; null, or left out: the drill answers nobody. */
export const drillPhoneSchema = z
  .string()
  .nullable()
  .describe('Write the phone that gets the reply of a drill, or null.')
  .default(null);

export function checkDrill(program: {
  readonly drill: z.infer<typeof drillSchema>;
  readonly drill_phone: string | null;
}): Problem[] {
  const { drill, drill_phone: written } = program;
  const time: Problem[] =
    drill === null || isClockTime(drill.time)
      ? []
      : [{ path: ['drill', 'time'], message: `"${drill.time}" is not a time`, hint: 'Write one like "10:00".' }];
  const phone = written === null ? null : parsePhone(written);
  if (phone === null || phone.ok) return time;
  return [...time, { path: ['drill_phone'], message: phone.reason, hint: 'Write a phone of staff, or null.' }];
}
