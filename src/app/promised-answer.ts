// By when the reply to somebody in distress may say that a person answers: from the program's on-call hours and from who
// is on call at this moment. Without declared hours no time is ever named.

import { calendarOf } from '../core/flow/office-schema.ts';
import { promisedTime } from '../core/language/promised-time.ts';
import type { Mentee } from '../core/model/people.ts';
import type { PromisedTime } from '../core/safety/replies.ts';
import { answerTime } from '../core/schedule/on-call-hours.ts';
import { staffNightEndsAt } from '../core/schedule/quiet-hours.ts';
import type { HouseDeps } from './house-deps.ts';
import { ladderPolicyOf } from './ladder-policy.ts';
import { onCallNow, whySkipped } from './on-call.ts';
import type { Stores } from './ports/database.ts';

/**
 * The words for this mentee, in their language and zone; null when nothing may be promised. `waitsForMorning`: nobody is
 * paged for it by night.
 */
export async function promisedAnswer(
  deps: Pick<HouseDeps, 'content'>,
  stores: Stores,
  { language, timeZone }: Pick<Mentee, 'language' | 'timeZone'>,
  { now, waitsForMorning }: { readonly now: number; readonly waitsForMorning: boolean },
): Promise<PromisedTime | null> {
  const { program } = deps.content.current();
  const calendar = calendarOf(program.on_call_hours);
  if (calendar.days.size === 0) return null;
  const isSomebodyOnCall = await canAnybodyBeReached(stores, now);
  // By night the on-call hours alone page nobody for a case that can wait.
  const morning = waitsForMorning ? staffNightEndsAt(now, program.time_zone, ladderPolicyOf(program).high) : null;
  const given = { timeZone: program.time_zone, isSomebodyOnCall, pagedFrom: morning ?? now };
  const promised = answerTime(calendar, now, given);
  if (promised === null) return null;
  return { kind: promised.kind, words: promisedTime(promised, { now, timeZone, language }) };
}

async function canAnybodyBeReached(stores: Stores, now: number): Promise<boolean> {
  for (const { id } of await onCallNow(stores, now)) if ((await whySkipped(stores, id)) === null) return true;
  return false;
}
