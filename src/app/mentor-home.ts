// A mentor's part of App Home: a card for each mentee, this week's update, absence and slot. Nothing in it tells that a
// case exists: no pause, no silence of the bot, no word that fired.

import { localDateOf } from '../core/model/local-time.ts';
import type { Mentee, Mentor } from '../core/model/people.ts';
import { DEFAULT_SLOT } from '../core/schedule/weekly-update.ts';
import type { Content } from './content.ts';
import { openTaskWords } from './open-tasks.ts';
import type { Stores } from './ports/database.ts';
import type { MenteeCard, MentorHome } from './ports/staff-room.ts';
import { answeredOf, progressOf } from './prompt-progress.ts';
import { whyNotTexted } from './reachable.ts';

export async function mentorHome(stores: Stores, content: Content, mentor: Mentor, now: number): Promise<MentorHome> {
  const mentees: MenteeCard[] = [];
  for (const mentee of await stores.people.menteesOf(mentor.id)) {
    mentees.push(await menteeCard(stores, content, mentee, now));
  }
  const [away] = await stores.prompts.absencesOf(mentor.id, localDateOf(now, mentor.timeZone));
  return {
    firstName: mentor.firstName,
    update: await weekOf(stores, mentor),
    mentees,
    away: away === undefined ? null : { from: away.from, until: away.until },
    slot: (await stores.prompts.slotOf(mentor.id)) ?? DEFAULT_SLOT,
  };
}

async function menteeCard(stores: Stores, content: Content, mentee: Mentee, now: number): Promise<MenteeCard> {
  const last = await stores.prompts.lastOf(mentee.id);
  const items = await stores.mentorList.openOfMentee(mentee.id);
  const [lastText] = await stores.inbox.recent(mentee.phoneHash, 0, 1);
  const reasons = items.map(({ reason, task }) => {
    const title = task === null ? undefined : content.tasks.get(task)?.title.en;
    return title === undefined ? reason : `${reason} (${title})`;
  });
  return {
    menteeId: mentee.id,
    name: `${mentee.firstName} ${mentee.lastName}`.trim(),
    college: mentee.college,
    openTasks: await openTaskWords(stores, content, mentee, now),
    callToday: [...new Set(reasons)],
    lastTextAt: lastText?.receivedAt ?? null,
    lastUpdate: last === null ? null : { on: last.weekOn, reached: last.update.reached },
    note: await whyNotTexted(stores, mentee),
  };
}

/** The update that can still be given: the newest one, until the next prompt comes. An excused week asks nothing. */
async function weekOf(stores: Stores, mentor: Mentor): Promise<MentorHome['update']> {
  const latest = await stores.prompts.latestOf(mentor.id);
  const progress = latest === null || latest.status === 'excused' ? null : await progressOf(stores, latest.id);
  if (progress === null || progress.mentees.length === 0) return null;
  const { id: promptId, weekOn } = progress.prompt;
  return { promptId, weekOn, answered: answeredOf(progress), total: progress.mentees.length };
}
