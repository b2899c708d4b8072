// The part of App Home of whoever runs the program: what is to be done, who has not answered, what did not leave, what
// nobody has read. No case stands in it.

import type { Mentor } from '../core/model/people.ts';
import { missesInARow } from '../core/schedule/weekly-update.ts';
import { failedSends } from './failed-sends.ts';
import { findByHash, firstNameOf, type HashAddress } from './find-sender.ts';
import { fullNameOf, hasLeft } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { StaffHome } from './ports/staff-room.ts';
import { answeredOf, openOf, progressOf } from './prompt-progress.ts';
import { shownWords, showUnread } from './unread-texts.ts';

const TODOS_SHOWN = 100;
/** Texts in distress are left out afterwards, so more are read than a screen has room for; it counts those it hides. */
const UNPROCESSED_READ = 200;
const UNREAD_SHOWN = 20;
/** A mentor's prompts of a quarter say how many were missed one after the other. */
const PROMPTS_READ = 13;
/** A prompt that is older is no more this week's: its mentor is not asked any more, or the house stood still. */
const THIS_WEEK_MS = 7 * 24 * 3_600_000;

export async function staffHome(stores: Stores, hashOf: HashAddress, now: number): Promise<StaffHome> {
  const unread = await showUnread(stores, hashOf, UNREAD_SHOWN);
  const todos = await stores.todos.open(TODOS_SHOWN);
  return {
    todos: todos.map(({ key, title, detail, at }) => ({ todoKey: key, title, detail, at })),
    unanswered: await unansweredUpdates(stores, now),
    ...(await failedSends(stores, now)),
    unprocessed: await unprocessedTexts(stores, hashOf),
    unread: unread.texts,
    unreadTotal: unread.total,
  };
}

/** Whoever has missed most stands first. */
async function unansweredUpdates(stores: Stores, now: number): Promise<StaffHome['unanswered']> {
  const unanswered: StaffHome['unanswered'][number][] = [];
  for (const mentor of await stores.people.mentors()) {
    const update = await unansweredOf(stores, mentor, now);
    if (update !== null) unanswered.push(update);
  }
  return unanswered.toSorted((a, b) => b.missesInARow - a.missesInARow);
}

async function unansweredOf(
  stores: Stores,
  mentor: Mentor,
  now: number,
): Promise<StaffHome['unanswered'][number] | null> {
  const prompts = await stores.prompts.of(mentor.id, PROMPTS_READ);
  const [latest] = prompts;
  if (latest === undefined || latest.promptedAt <= now - THIS_WEEK_MS) return null;
  if (latest.status === 'answered' || latest.status === 'excused' || (await hasLeft(stores, mentor))) return null;
  const progress = await progressOf(stores, latest.id);
  if (progress === null || openOf(progress).length === 0) return null;
  const answered = answeredOf(progress);
  const total = progress.mentees.length;
  return { name: fullNameOf(mentor), answered, total, missesInARow: missesInARow(prompts) };
}

/** A text in distress is with the counselors, in its case: its words are not for staff. */
async function unprocessedTexts(stores: Stores, hashOf: HashAddress): Promise<StaffHome['unprocessed']> {
  const texts: StaffHome['unprocessed'][number][] = [];
  for (const { phoneHash, body, receivedAt, tier } of await stores.inbox.unprocessed(UNPROCESSED_READ)) {
    if (tier === 'crisis' || tier === 'high' || (await stores.escalations.openOf(phoneHash)) !== null) continue;
    const from = firstNameOf(await findByHash(stores, phoneHash, hashOf));
    texts.push({ from, text: shownWords(body), at: receivedAt });
  }
  return texts;
}
