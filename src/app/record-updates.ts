// Writes what a mentor said of their mentees into the ledger, and draws what follows from it: the prompt's status, its
// posts, the mentor's list. What is the same as before is not written again.

import type { MenteeId } from '../core/model/ids.ts';
import type { MenteeUpdate, Worry } from '../core/model/weekly-update.ts';
import type { Stores } from './ports/database.ts';
import { showProgress } from './post-prompt.ts';
import { openOf, type Progress, progressOf, statusOf } from './prompt-progress.ts';

export interface Said {
  readonly menteeId: MenteeId;
  readonly update: MenteeUpdate;
}

/** Gives the progress after it, and whose update has changed. Of a mentee who is not the mentor's nothing is written. */
export async function recordUpdates(
  stores: Stores,
  progress: Progress,
  said: readonly Said[],
  now: number,
): Promise<{ readonly progress: Progress; readonly changed: readonly MenteeId[] }> {
  const own = new Set(progress.mentees.map(({ id }) => id));
  const changed = said.filter(({ menteeId, update }) => {
    const before = progress.updates.get(menteeId)?.update;
    return own.has(menteeId) && (before === undefined || !isSame(before, update));
  });
  for (const one of changed) await recordOne(stores, progress, one, now);
  if (changed.length === 0) return { progress, changed: [] };
  const after = (await progressOf(stores, progress.prompt.id)) ?? progress;
  const isWhole = openOf(after).length === 0;
  await stores.prompts.setStatus(after.prompt.id, statusOf(after), isWhole ? (after.prompt.answeredAt ?? now) : null);
  await showProgress(stores, after, now);
  return { progress: after, changed: changed.map(({ menteeId }) => menteeId) };
}

async function recordOne(
  stores: Stores,
  { prompt, mentor }: Progress,
  { menteeId, update }: Said,
  now: number,
): Promise<void> {
  const { id: promptId, weekOn } = prompt;
  await stores.prompts.saveUpdate({ promptId, menteeId, mentorId: mentor.id, weekOn, update, at: now });
  // Whoever was reached needs nobody to call them any more.
  if (update.reached === 'talked' || update.reached === 'message_only') {
    await stores.mentorList.closeOfMentee(menteeId, now);
  }
  await stores.audit.add({
    at: now,
    actor: mentor.id,
    action: 'update_saved',
    subjectKind: 'mentor_prompt',
    subject: promptId,
    detail: { menteeId },
  });
}

function isSame(a: MenteeUpdate, b: MenteeUpdate): boolean {
  return signOf(a) === signOf(b);
}

/** Whether a worry says the same as another one: not in which order, and not how a form breaks or trims its lines. */
export function isSameWorry(a: Worry | null, b: Worry | null): boolean {
  return JSON.stringify(signOfWorry(a)) === JSON.stringify(signOfWorry(b));
}

/** Whether these are the same words, however a form breaks or trims its lines. */
export function isSameText(a: string, b: string): boolean {
  return plainLines(a) === plainLines(b);
}

function signOfWorry(worry: Worry | null) {
  return worry === null ? null : [worry.topics.toSorted(), worry.needsStaffNow, plainLines(worry.note)];
}

function plainLines(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Both in the same order of fields, however they came to be. */
function signOf(update: MenteeUpdate): string {
  const { reached, mode, length, topics, wellbeing, worry, nextStep, nextStepOn, needFromStaff, win } = update;
  return JSON.stringify([
    reached,
    mode,
    length,
    topics.toSorted(),
    wellbeing,
    signOfWorry(worry),
    nextStep,
    nextStepOn,
    needFromStaff,
    win === null ? null : [win.text, win.sharing],
  ]);
}
