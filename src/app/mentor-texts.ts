// What a mentor who is not in Slack answers to the weekly update by SMS: read, saved and confirmed. A worry alerts in
// the same minute, also one that does not say about whom; what cannot be read is explained once and then read by staff.

import { readUpdate, speaksOfWorry, type TextedUpdate } from '../core/language/read-update.ts';
import type { MenteeId } from '../core/model/ids.ts';
import type { Mentee, Mentor } from '../core/model/people.ts';
import type { Reached, Worry } from '../core/model/weekly-update.ts';
import { type Heard, hearMentor } from './hear-mentor.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import { promptKey } from './post-prompt.ts';
import { listOf, mentorText } from './prompt-by-sms.ts';
import { openOf, type Progress, progressOf } from './prompt-progress.ts';
import type { Received } from './received.ts';
import { recordUpdates, type Said } from './record-updates.ts';
import { withReached } from './set-reached.ts';

const LETTER: Readonly<Record<Reached, string>> = { talked: 'T', message_only: 'M', tried: 'N', not_tried: 'X' };
const SOMEBODY = 'the student you wrote about';

/** Takes a mentor's text as their weekly update. False when it is none: then a person reads it. */
export async function takeUpdateText(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentor: Mentor,
): Promise<boolean> {
  const progress = await askedBySms(stores, mentor);
  if (progress === null) return false;
  const { body } = received.message;
  const update = readUpdate(body, namesOf(progress));
  if (update !== null) {
    await takeUpdate(deps, stores, received, progress, update);
    return true;
  }
  return speaksOfWorry(body)
    ? takeUnclearWorry(deps, stores, received, progress)
    : explain(deps, stores, received, progress);
}

/**
 * What a mentor's text says of their mentees when it opened a case of their own by its words: nothing of it may be lost,
 * and the locked reply is the only answer.
 */
export async function keepUpdateOfCase(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentor: Mentor,
): Promise<void> {
  const progress = await askedBySms(stores, mentor);
  const update = progress === null ? null : readUpdate(received.message.body, namesOf(progress));
  if (progress !== null && update !== null) await keepUpdate(deps, stores, progress, update, received.now);
}

function namesOf({ prompt, mentees }: Progress): readonly string[] {
  return prompt.menteeIds.map((menteeId) => mentees.find(({ id }) => id === menteeId)?.firstName ?? '');
}

/** The running prompt, when it was asked by SMS and there is somebody to answer for. */
async function askedBySms(stores: Stores, mentor: Mentor): Promise<Progress | null> {
  const prompt = await stores.prompts.latestOf(mentor.id);
  if (prompt?.channel !== 'sms') return null;
  const wasAsked = (await stores.outbox.byKey(promptKey(prompt.id, 'prompted'))) !== null;
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
  const { worries, after } = await keepUpdate(deps, stores, progress, update, received.now);
  const names = [...worries.keys()].map(({ firstName }) => firstName).join(', ');
  const taken = worries.size === 0 ? [] : [mentorText(deps, progress, 'worry_taken', { names })];
  const isWorryOnly = update.reached.every((one) => one === null);
  const saved = isWorryOnly && worries.size > 0 ? [] : [savedText(deps, after)];
  await answer(stores, received, progress, { key: 'saved', text: [...taken, ...saved].join(' ') });
}

/** Into the ledger, and the worries to the counselors. */
async function keepUpdate(
  deps: HouseDeps,
  stores: Stores,
  progress: Progress,
  update: TextedUpdate,
  now: number,
): Promise<{ readonly worries: ReadonlyMap<Mentee, Worry>; readonly after: Progress }> {
  const { mentor } = progress;
  const worries = worriesOf(progress, update);
  const { progress: after } = await recordUpdates(stores, progress, saidIn(progress, update, worries), now);
  for (const [mentee, worry] of worries) await hearMentor(deps, stores, { mentor, mentee, worry, texts: [], now });
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

/** Nobody can say about whom: the counselors ask the mentor. */
async function takeUnclearWorry(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  progress: Progress,
): Promise<boolean> {
  const worry: Worry = { topics: [], needsStaffNow: false, note: received.message.body };
  const { mentor } = progress;
  const heard: Heard = await hearMentor(deps, stores, { mentor, mentee: null, worry, texts: [], now: received.now });
  const text = mentorText(deps, progress, 'worry_taken', { names: SOMEBODY });
  // The case is the mentor's own then, and an everyday answer would wait for its end.
  if (heard.alerted) await answer(stores, received, progress, { key: 'worry', text, messageClass: 'safety_reply' });
  return true;
}

/** Once a prompt; and a person reads what could not be read, the same day. */
async function explain(deps: HouseDeps, stores: Stores, received: Received, progress: Progress): Promise<boolean> {
  if (openOf(progress).length === 0) return false;
  const text = mentorText(deps, progress, 'not_understood', { list: listOf(progress, progress.mentees) });
  const isFirst = await answer(stores, received, progress, { key: 'explained', text, oncePerPrompt: true });
  if (isFirst) await stores.inbox.markUnread(received.inboundId);
  return isFirst;
}

async function answer(
  stores: Stores,
  received: Received,
  { prompt, mentor }: Progress,
  reply: {
    readonly key: string;
    readonly text: string;
    readonly messageClass?: 'answer' | 'safety_reply';
    readonly oncePerPrompt?: boolean;
  },
): Promise<boolean> {
  const phone = received.phone ?? mentor.phone;
  if (phone === null) return false;
  const key = `update-${reply.key}:${reply.oncePerPrompt === true ? prompt.id : received.inboundId}`;
  const { text, messageClass = 'answer' } = reply;
  const row = replyRow({ ...received, phone, key, messageClass, text, escalationId: null });
  return (await stores.outbox.add(row, received.now)) !== null;
}
