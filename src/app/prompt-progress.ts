// One weekly prompt as it stands: whose it is, about whom, what was said so far, and whether it can still be answered.
// Reads only.

import type { MenteeId, MentorPromptId } from '../core/model/ids.ts';
import type { Mentee, Mentor } from '../core/model/people.ts';
import type { MentorPrompt, PromptStatus } from '../core/model/weekly-update.ts';
import type { Stores } from './ports/database.ts';
import type { MentorUpdate } from './ports/staff-stores.ts';

export interface Progress {
  readonly prompt: MentorPrompt;
  readonly mentor: Mentor;
  /** Those it asks about who are still the mentor's own, in the prompt's order: nobody reads of another's mentee. */
  readonly mentees: readonly Mentee[];
  /** What counts of each: the newest. */
  readonly updates: ReadonlyMap<MenteeId, MentorUpdate>;
  /** A newer prompt has come: shown, and not changed any more. */
  readonly isClosed: boolean;
}

/** The progress of a prompt; null when it or its mentor is gone. */
export async function progressOf(stores: Stores, promptId: MentorPromptId): Promise<Progress | null> {
  const prompt = await stores.prompts.byId(promptId);
  const mentor = prompt === null ? null : await stores.people.mentor(prompt.mentorId);
  if (prompt === null || mentor === null) return null;
  const own = new Map((await stores.people.menteesOf(mentor.id)).map((mentee) => [mentee.id, mentee]));
  const mentees = prompt.menteeIds.flatMap((menteeId) => own.get(menteeId) ?? []);
  const updates = new Map((await stores.prompts.updatesOf(promptId)).map((update) => [update.menteeId, update]));
  const latest = await stores.prompts.latestOf(mentor.id);
  return { prompt, mentor, mentees, updates, isClosed: latest?.id !== prompt.id };
}

/** How many of its mentees were answered for. */
export function answeredOf({ mentees, updates }: Pick<Progress, 'mentees' | 'updates'>): number {
  return mentees.filter(({ id }) => updates.has(id)).length;
}

/** The mentees of whom nothing was said yet. */
export function openOf({ mentees, updates }: Pick<Progress, 'mentees' | 'updates'>): readonly Mentee[] {
  return mentees.filter(({ id }) => !updates.has(id));
}

/** What its answers make of a prompt; without any it stays what it is. */
export function statusOf(progress: Progress): PromptStatus {
  const answered = answeredOf(progress);
  if (answered === 0) return progress.prompt.status;
  return answered === progress.mentees.length ? 'answered' : 'partial';
}
