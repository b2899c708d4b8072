// What a mentor who is not in Slack answers to the weekly update by SMS: read, saved and confirmed. A worry alerts in
// the same minute, also one that does not say about whom; what cannot be read is explained once and then read by staff.

import { readUpdate, speaksOfWorry, type TextedUpdate } from '../core/language/read-update.ts';
import type { MenteeId } from '../core/model/ids.ts';
import type { Mentee, Mentor } from '../core/model/people.ts';
import type { Reached, Worry } from '../core/model/weekly-update.ts';
import { hearMentor } from './hear-mentor.ts';
import type { HouseDeps } from './house-deps.ts';
import { answerMentor, hearClearWorries, takeUnclearWorry, takeWorry, worryTaken } from './mentor-worries.ts';
import type { Stores } from './ports/database.ts';
import { promptKey } from './post-prompt.ts';
import { listOf, mentorText } from './prompt-by-sms.ts';
import { openOf, type Progress, progressOf } from './prompt-progress.ts';
import type { Received } from './received.ts';
import { recordUpdates, type Said } from './record-updates.ts';
import { withReached } from './set-reached.ts';
import { nameAmong } from './tell-apart.ts';

const LETTER: Readonly<Record<Reached, string>> = { talked: 'T', message_only: 'M', tried: 'N', not_tried: 'X' };

/** Takes a mentor's text as their weekly update. False when it is none: then a person reads it. */
export async function takeUpdateText(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentor: Mentor,
): Promise<boolean> {
  const progress = await askedBySms(stores, received, mentor);
  if (progress === null) return takeWorry(deps, stores, received, mentor);
  const { body } = received.message;
  const update = readUpdate(body, namesOf(progress));
  if (update !== null) {
    await takeUpdate(deps, stores, received, progress, update);
    return true;
  }
  if (!speaksOfWorry(body)) return explain(deps, stores, received, progress);
  await takeUnclearWorry(deps, stores, received, mentor);
  return true;
}

/**
 * What a mentor's text says of their mentees when it opened a case of their own, or comes while they have one: nothing of
 * it may be lost, and the house answers nothing. A worry about nobody by name stands in that case, where it is read.
 */
export async function keepUpdateOfCase(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentor: Mentor,
): Promise<void> {
  const progress = await askedBySms(stores, received, mentor);
  if (progress === null) {
    await hearClearWorries(deps, stores, received, mentor);
    return;
  }
  const update = readUpdate(received.message.body, namesOf(progress));
  if (update !== null) await keepUpdate(deps, stores, received, progress, update);
}

function namesOf({ prompt, mentees }: Progress): readonly string[] {
  return prompt.menteeIds.map((menteeId) => mentees.find(({ id }) => id === menteeId)?.firstName ?? '');
}

/**
 * The running prompt, when it was asked by SMS and there is somebody to answer for. A text that arrives late answers no
 * prompt that was asked after it was sent.
 */
async function askedBySms(stores: Stores, { late, saidAt }: Received, mentor: Mentor): Promise<Progress | null> {
  const prompt = await stores.prompts.latestOf(mentor.id);
  if (prompt?.channel !== 'sms') return null;
  const asked = await stores.outbox.byKey(promptKey(prompt.id, 'prompted'));
  const wasAsked = asked !== null && (late === null || asked.createdAt <= saidAt);
  const progress = wasAsked ? await progressOf(stores, prompt.id) : null;
  return progress === null || progress.mentees.length === 0 ? null : progress;
}

async function takeUpdate(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  progress: Progress,
  update: TextedUpdate,
): Promise<void> {
  const { worries, after } = await keepUpdate(deps, stores, received, progress, update);
  const { mentor, mentees } = progress;
  const names = [...worries.keys()].map((mentee) => nameAmong(mentee, mentees)).join(', ');
  const taken = worries.size === 0 ? [] : [worryTaken(deps, mentor, names)];
  const isWorryOnly = update.reached.every((one) => one === null);
  const saved = isWorryOnly && worries.size > 0 ? [] : [savedText(deps, after)];
  if (update.hasUnclearWorry) return takeUnclearWorry(deps, stores, received, mentor, saved);
  const key = `saved:${received.inboundId}`;
  await answerMentor(stores, received, mentor, { key, text: [...taken, ...saved].join(' ') });
}

/** Into the ledger, and the worries to the counselors. */
async function keepUpdate(
  deps: HouseDeps,
  stores: Stores,
  { message, now }: Received,
  progress: Progress,
  update: TextedUpdate,
): Promise<{ readonly worries: ReadonlyMap<Mentee, Worry>; readonly after: Progress }> {
  const { mentor } = progress;
  const worries = worriesOf(progress, update);
  const { progress: after } = await recordUpdates(stores, progress, saidIn(progress, update, worries), now);
  const whole = message.body;
  for (const [mentee, worry] of worries)
    await hearMentor(deps, stores, { mentor, mentee, worry, texts: [], whole, now });
  return { worries, after };
}

function menteeAt({ prompt, mentees }: Progress, place: number): Mentee | null {
  return mentees.find(({ id }) => id === prompt.menteeIds[place]) ?? null;
}

function worriesOf(progress: Progress, update: TextedUpdate): ReadonlyMap<Mentee, Worry> {
  const worries = new Map<Mentee, Worry>();
  for (const { places, note } of update.worries) {
    for (const place of places) {
      const mentee = menteeAt(progress, place);
      if (mentee !== null) worries.set(mentee, { topics: [], needsStaffNow: false, note });
    }
  }
  return worries;
}

/** A worry stands in the update where one is: how far they got is never made up for the sake of it. */
function saidIn(progress: Progress, update: TextedUpdate, worries: ReadonlyMap<Mentee, Worry>): readonly Said[] {
  return update.reached.flatMap((reached, place) => {
    const mentee = menteeAt(progress, place);
    if (mentee === null) return [];
    const known = reached ?? progress.updates.get(mentee.id)?.update.reached ?? null;
    if (known === null) return [];
    const said = withReached(progress, mentee.id, known);
    return [{ menteeId: mentee.id, update: { ...said, worry: worries.get(mentee) ?? said.worry } }];
  });
}

function savedText(deps: HouseDeps, progress: Progress): string {
  const open = openOf(progress);
  const answered = progress.mentees.filter((mentee) => !open.includes(mentee));
  const list = listOf(progress, answered, { after: ({ id }) => letterOf(progress, id) });
  if (open.length === 0) return mentorText(deps, progress, 'saved', { list });
  return mentorText(deps, progress, 'saved_part', { list, missing: listOf(progress, open) });
}

function letterOf({ updates }: Progress, menteeId: MenteeId): string {
  const reached = updates.get(menteeId)?.update.reached;
  return reached === undefined ? '' : ` ${LETTER[reached]}`;
}

/** Once a prompt; and a person reads what could not be read, the same day. */
async function explain(deps: HouseDeps, stores: Stores, received: Received, progress: Progress): Promise<boolean> {
  if (openOf(progress).length === 0) return false;
  const text = mentorText(deps, progress, 'not_understood', { list: listOf(progress, progress.mentees) });
  const { prompt, mentor } = progress;
  const isFirst = await answerMentor(stores, received, mentor, { key: `explained:${prompt.id}`, text });
  if (isFirst) await stores.inbox.markUnread(received.inboundId);
  return isFirst;
}
