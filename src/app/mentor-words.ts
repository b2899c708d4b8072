// What a mentor said of somebody in danger, whole, in the thread of the case: its card has room for the beginning only.

import type { Mentor } from '../core/model/people.ts';
import type { Worry } from '../core/model/weekly-update.ts';
import { postInThread } from './case-thread.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Opened } from './open-escalation.ts';
import { fullNameOf } from './person.ts';
import type { Stores } from './ports/database.ts';

/** One text, under who wrote it and about what. */
export interface Whole {
  readonly title: string;
  readonly text: string;
}

/** Who says it, so that nobody takes it for the student's own words. */
export function whoOf(mentor: Mentor): string {
  return `${fullNameOf(mentor)} (mentor)`;
}

/** What the worry is about, after a colon; empty when nothing was chosen. */
export function topicsOf({ topics }: Worry): string {
  return topics.length === 0 ? '' : `: ${topics.join(', ')}`;
}

/** Into the thread of the case, as it was written. */
export async function postWhole(
  deps: HouseDeps,
  stores: Stores,
  { opened, now }: { readonly opened: Opened; readonly now: number },
  said: readonly Whole[],
): Promise<void> {
  const { id: escalationId, caseCode } = opened.escalation;
  for (const { title, text } of said) {
    const message = { kind: 'mentor_words', caseCode, title, text } as const;
    await postInThread(stores, { key: `mentor-words:${deps.ids.next()}`, escalationId, message, now });
  }
}
