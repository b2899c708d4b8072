// Why a mentor's week leaves the denominator: away, an exam week, gone from Slack, or out of reach. Reads the facts; the
// rule is core/schedule's.

import type { Phone, PhoneHash } from '../core/model/ids.ts';
import type { Mentor } from '../core/model/people.ts';
import { excuseOf } from '../core/schedule/weekly-update.ts';
import type { HouseDeps } from './house-deps.ts';
import { hasLeft } from './person.ts';
import type { Stores } from './ports/database.ts';

const AWAY = 'away';

/** The excuse of a mentor for the week that begins with the prompt of `weekOn`; null when there is none. */
export async function excuseFor(
  deps: HouseDeps,
  stores: Stores,
  mentor: Mentor,
  weekOn: string,
): Promise<string | null> {
  if (await hasLeft(stores, mentor)) return 'left Slack';
  if (!(await canBeAsked(deps, stores, mentor))) return 'cannot be reached';
  const absences = await stores.prompts.absencesOf(mentor.id, weekOn);
  const exams = deps.content.current().program.exam_weeks;
  return excuseOf(weekOn, [...absences.map((absence) => ({ ...absence, why: AWAY })), ...exams]);
}

/** Whether there is a way to ask: Slack, or a phone whose owner agreed to be texted (TC-02). */
export async function canBeAsked(deps: HouseDeps, stores: Stores, mentor: Mentor): Promise<boolean> {
  if (mentor.slackUserId !== null) return true;
  const texted = textedAt(deps, mentor);
  return texted !== null && (await stores.consents.state(texted.phoneHash)) === 'active';
}

/** The number of a mentor who is not in Slack; null without one. */
export function textedAt(
  deps: HouseDeps,
  mentor: Mentor,
): { readonly phone: Phone; readonly phoneHash: PhoneHash } | null {
  if (mentor.slackUserId !== null || mentor.phone === null) return null;
  return { phone: mentor.phone, phoneHash: deps.hashPhone(mentor.phone) };
}
