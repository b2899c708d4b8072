// Who is alerted first: the on-call list as it stands at a moment, with an override in front, without those who left.

import type { CounselorId } from '../core/model/ids.ts';
import type { Counselor } from '../core/model/people.ts';
import { fullNameOf, hasLeft } from './person.ts';
import type { Stores } from './ports/database.ts';

/**
 * Everybody who is paged, first one first: who stands in until a moment, then the list by place. A counselor whose Slack
 * account was deactivated is left out (SL-24). A guest stays: one person too many is paged rather than one too few, and
 * staff are asked to look at it when somebody becomes one.
 */
export async function onCallNow(stores: Stores, now: number): Promise<Counselor[]> {
  const override = await stores.slackPeople.override(now);
  const standIn = override === null ? null : await stores.people.counselor(override.counselorId);
  const list = (await stores.people.onCall()).filter(({ id }) => id !== standIn?.id);
  const here: Counselor[] = [];
  for (const counselor of standIn === null ? list : [standIn, ...list]) {
    if (!(await hasLeft(stores, counselor))) here.push(counselor);
  }
  return here;
}

/** Why nobody of the list can be texted. */
export type WhySkipped = 'no_phone' | 'left';

/** Why this person cannot be paged by a text; null when they can. Whoever is not on the roster any more has left. */
export async function whySkipped(stores: Stores, counselorId: CounselorId): Promise<WhySkipped | null> {
  const counselor = await stores.people.counselor(counselorId);
  if (counselor === null || (await hasLeft(stores, counselor))) return 'left';
  return counselor.phone === null ? 'no_phone' : null;
}

/** Those of them whom no text can reach: their step is skipped at once. */
export async function unreachableOf(stores: Stores, ids: readonly CounselorId[]): Promise<CounselorId[]> {
  const unreachable: CounselorId[] = [];
  for (const id of new Set(ids)) if ((await whySkipped(stores, id)) !== null) unreachable.push(id);
  return unreachable;
}

/** Their names, first one first. */
export async function onCallNames(stores: Stores, now: number): Promise<string[]> {
  return (await onCallNow(stores, now)).map(fullNameOf);
}

/** Who stands in and until when; null when nobody does, or when whoever did has left. */
export async function standInNow(
  stores: Stores,
  now: number,
): Promise<{ readonly name: string; readonly until: number } | null> {
  const override = await stores.slackPeople.override(now);
  const counselor = override === null ? null : await stores.people.counselor(override.counselorId);
  if (override === null || counselor === null || (await hasLeft(stores, counselor))) return null;
  return { name: fullNameOf(counselor), until: override.until };
}
