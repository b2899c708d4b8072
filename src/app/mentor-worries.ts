// A mentor's worry that comes as a text of its own, by SMS or as a direct message: about whom it is when that is certain,
// else the mentor's own case with the whole text, so that a counselor sorts it out. Answered where it was written.

import { readUpdate, speaksOfWorry } from '../core/language/read-update.ts';
import type { Mentee, Mentor } from '../core/model/people.ts';
import type { Worry } from '../core/model/weekly-update.ts';
import { hearMentor } from './hear-mentor.ts';
import type { HouseDeps } from './house-deps.ts';
import { noticeRow, replyRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import { promptKey } from './post-prompt.ts';
import { mentorText } from './prompt-by-sms.ts';
import type { Received } from './received.ts';
import { nameAmong } from './tell-apart.ts';

const SOMEBODY = 'the student you wrote about';
/** Prompts that are looked through for the last list that was texted. */
const PROMPTS_READ = 13;

/** Takes a text that speaks of a worry; false for any other. */
export async function takeWorry(deps: HouseDeps, stores: Stores, received: Received, mentor: Mentor): Promise<boolean> {
  if (!speaksOfWorry(received.message.body)) return false;
  const about = await hearClearWorries(deps, stores, received, mentor);
  if (about.length === 0) {
    await takeUnclearWorry(deps, stores, received, mentor);
    return true;
  }
  const own = await stores.people.menteesOf(mentor.id);
  const text = worryTaken(deps, mentor, about.map((mentee) => nameAmong(mentee, own)).join(', '));
  await answerMentor(stores, received, mentor, { key: `worry:${received.inboundId}`, text });
  return true;
}

/** Alerts the counselors about those whom the text is certainly about, and says who they are. */
export async function hearClearWorries(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentor: Mentor,
): Promise<readonly Mentee[]> {
  const { body: whole } = received.message;
  const { mentees, listed } = await numberedMentees(stores, mentor);
  const names = mentees.map((mentee) => mentee?.firstName ?? '');
  const about = new Map<Mentee, Worry>();
  for (const { places, note } of readUpdate(whole, names, listed)?.worries ?? []) {
    for (const place of places) {
      const mentee = mentees[place] ?? null;
      if (mentee !== null) about.set(mentee, { topics: [], needsStaffNow: false, note });
    }
  }
  const { now } = received;
  for (const [mentee, worry] of about) await hearMentor(deps, stores, { mentor, mentee, worry, texts: [], whole, now });
  return [...about.keys()];
}

/**
 * The mentor's own mentees, those of the last list that was texted first and in its order: only these have a number. Null
 * stands for whoever went to another mentor since.
 */
async function numberedMentees(
  stores: Stores,
  mentor: Mentor,
): Promise<{ readonly mentees: readonly (Mentee | null)[]; readonly listed: number }> {
  const own = await stores.people.menteesOf(mentor.id);
  for (const { id, channel, menteeIds } of await stores.prompts.of(mentor.id, PROMPTS_READ)) {
    if (channel !== 'sms' || (await stores.outbox.byKey(promptKey(id, 'prompted'))) === null) continue;
    const listed = menteeIds.map((menteeId) => own.find((mentee) => mentee.id === menteeId) ?? null);
    const others = own.filter((mentee) => !menteeIds.includes(mentee.id));
    return { mentees: [...listed, ...others], listed: listed.length };
  }
  return { mentees: own, listed: 0 };
}

/** Nobody can say about whom: the counselors ask the mentor. `saved` is what else was taken from the same text. */
export async function takeUnclearWorry(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentor: Mentor,
  saved: readonly string[] = [],
): Promise<void> {
  const { message, inboundId, now } = received;
  const worry: Worry = { topics: [], needsStaffNow: false, note: message.body };
  await hearMentor(deps, stores, { mentor, mentee: null, worry, texts: [], now });
  const text = [worryTaken(deps, mentor, SOMEBODY), ...saved].join(' ');
  // The case is the mentor's own then, and an everyday answer would wait for its end.
  await answerMentor(stores, received, mentor, { key: `worry:${inboundId}`, text, messageClass: 'safety_reply' });
}

/** The sentence that says who knows, in the program's words. */
export function worryTaken(deps: HouseDeps, mentor: Mentor, names: string): string {
  return mentorText(deps, { mentor }, 'worry_taken', { names });
}

/** Answers where they wrote: by SMS, or in Slack. False when this was answered before, or nowhere can be. */
export async function answerMentor(
  stores: Stores,
  received: Received,
  mentor: Mentor,
  reply: { readonly key: string; readonly text: string; readonly messageClass?: 'answer' | 'safety_reply' },
): Promise<boolean> {
  const { message, now } = received;
  const { text, messageClass = 'answer' } = reply;
  const key = `update-${reply.key}`;
  if (message.from.kind === 'slack') {
    const recipient = { kind: 'slack_user', slackUserId: message.from.slackUserId } as const;
    return (await stores.outbox.add(noticeRow({ key, recipient, title: text, lines: [], now }), now)) !== null;
  }
  const phone = received.phone ?? mentor.phone;
  if (phone === null) return false;
  const row = replyRow({ ...received, phone, key, messageClass, text, escalationId: null });
  return (await stores.outbox.add(row, now)) !== null;
}
