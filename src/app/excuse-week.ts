// Why a mentor's week leaves the denominator: away, an exam week, gone from Slack, or out of reach. Reads the facts; the
// rule is core/schedule's.

import type { Phone, PhoneHash } from '../core/model/ids.ts';
import type { Mentor } from '../core/model/people.ts';
import { excuseOf, excuseOfMiss, type FreeDays, freeOn } from '../core/schedule/weekly-update.ts';
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
  return (await gone(deps, stores, mentor)) ?? excuseOf(weekOn, await freeDays(deps, stores, mentor, weekOn));
}

/** As `excuseFor`, once the week is over and nothing was answered. */
export async function excuseForMiss(
  deps: HouseDeps,
  stores: Stores,
  mentor: Mentor,
  weekOn: string,
): Promise<string | null> {
  return (await gone(deps, stores, mentor)) ?? excuseOfMiss(weekOn, await freeDays(deps, stores, mentor, weekOn));
}

/** Whether this local date is one on which the mentor is asked nothing: away, or an exam week. */
export async function isFreeOn(deps: HouseDeps, stores: Stores, mentor: Mentor, day: string): Promise<boolean> {
  return freeOn(day, await freeDays(deps, stores, mentor, day)) !== null;
}

async function gone(deps: HouseDeps, stores: Stores, mentor: Mentor): Promise<string | null> {
  if (await hasLeft(stores, mentor)) return 'left Slack';
  return (await canBeAsked(deps, stores, mentor)) ? null : 'cannot be reached';
}

async function freeDays(deps: HouseDeps, stores: Stores, mentor: Mentor, from: string): Promise<readonly FreeDays[]> {
  const absences = await stores.prompts.absencesOf(mentor.id, from);
  return [...absences.map((absence) => ({ ...absence, why: AWAY })), ...deps.content.current().program.exam_weeks];
}

/** Why a mentor cannot be asked at all. */
export type NoWay = 'no_agreement' | 'shared_phone' | 'dead_number';

/** Whether there is a way to ask: Slack, or a phone of their own that works and whose owner agreed to be texted (TC-02). */
export async function canBeAsked(deps: HouseDeps, stores: Stores, mentor: Mentor): Promise<boolean> {
  return (await whyNotAsked(deps, stores, mentor)) === null;
}

/** What stands in the way of asking; null when nothing does. */
export async function whyNotAsked(deps: HouseDeps, stores: Stores, mentor: Mentor): Promise<NoWay | null> {
  if (mentor.slackUserId !== null) return null;
  const phoneHash = textedAt(deps, mentor)?.phoneHash ?? null;
  if (phoneHash === null) return 'no_agreement';
  // What is agreed and written from such a number is the other person's: it is read as theirs.
  const isShared =
    (await stores.people.menteeByPhone(phoneHash)) !== null ||
    (await stores.people.counselorByPhone(phoneHash)) !== null;
  if (isShared) return 'shared_phone';
  if ((await stores.consents.state(phoneHash)) !== 'active') return 'no_agreement';
  return (await stores.people.phoneProblem(phoneHash)) === null ? null : 'dead_number';
}

/** The number of a mentor who is not in Slack; null without one. */
export function textedAt(
  deps: HouseDeps,
  mentor: Mentor,
): { readonly phone: Phone; readonly phoneHash: PhoneHash } | null {
  if (mentor.slackUserId !== null || mentor.phone === null) return null;
  return { phone: mentor.phone, phoneHash: deps.hashPhone(mentor.phone) };
}
