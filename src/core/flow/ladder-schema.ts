// How the team is paged about a case, as a program may set it in `flows/program.yaml`. Every value has a default, so that
// what was published before goes on, and bounds, so that no file can make the ladder slow or silent.

import { z } from 'zod';
import type { Problem } from './problem.ts';

const minutes = (least: number, most: number, what: string) =>
  z.number().int().min(least).max(most).describe(`Write ${what}, ${least} to ${most} minutes.`);

const pace = (slowest: number) => ({
  page_every_minutes: minutes(2, slowest, 'how long each person of the on-call list has before the next one').default(
    5,
  ),
  call_after_minutes: minutes(0, slowest, 'how long after the text the phone rings (0: nobody is phoned)').default(2),
  tell_mentee_after_minutes: minutes(5, 60, 'after how long the mentee is told that nobody has answered').default(15),
});

const hour = (least: number, most: number, what: string) =>
  z.number().int().min(least).max(most).describe(`Write the ${what} as a whole hour, ${least} to ${most}.`);

/** Part of the schema of the program: minutes and hours as a person writes them. */
export const ladderSchema = z
  .strictObject({
    crisis: z
      .strictObject(pace(10))
      .prefault({})
      .describe('Write how a crisis is paged: page_every_minutes, call_after_minutes, tell_mentee_after_minutes.'),
    high: z
      .strictObject({
        ...pace(30),
        from_hour: hour(5, 11, 'hour from which it pages').default(8),
        until_hour: hour(17, 23, 'hour until which it pages').default(22),
      })
      .prefault({})
      .describe('Write how a high case is paged: the minutes, from_hour and until_hour.'),
    after_two_rounds_every_minutes: minutes(5, 30, 'how often it pages after two rounds in vain').default(15),
    after_four_rounds_every_minutes: minutes(15, 60, 'how often it pages after four rounds in vain').default(30),
  })
  .prefault({})
  .describe('Write how the team is paged about a case: crisis, high and the two slower intervals.');

export type Ladder = z.infer<typeof ladderSchema>;

/** A call has its place between the text to one person and the text to the next. */
export function checkLadder(ladder: Ladder): Problem[] {
  return (['crisis', 'high'] as const).flatMap((tier) => {
    const { page_every_minutes: every, call_after_minutes: call } = ladder[tier];
    if (call < every) return [];
    const path = ['ladder', tier, 'call_after_minutes'];
    return [
      { path, message: `the call would come after the next person is texted`, hint: `Write less than ${every}.` },
    ];
  });
}
