// Puts a mentee on their mentor's list, and tells the mentor in Slack. Without a mentor who is there the staff are told
// instead.

import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import { isDeceased } from './is-deceased.ts';
import { noticeRow } from './outbound-rows.ts';
import { hasLeft } from './person.ts';
import type { Stores } from './ports/database.ts';
import { nameForMentor } from './tell-apart.ts';

export interface ForTheMentor {
  /** The same key is the same item: it is put on the list and told once. */
  readonly key: string;
  readonly mentee: Mentee;
  /** A sentence for the mentor, in English. */
  readonly reason: string;
  /** The mentee's own words. While a case is unresolved they are not shown: they stand in its thread. */
  readonly words: string | null;
  readonly task: string | null;
  readonly now: number;
}

export async function tellMentor(stores: Stores, content: Content, item: ForTheMentor): Promise<void> {
  const { mentee, now } = item;
  if (await isDeceased(stores, mentee, now)) return;
  const mentor = await stores.people.mentorOf(mentee.id);
  const added = await stores.mentorList.add(item.key, {
    menteeId: mentee.id,
    mentorId: mentor?.id ?? null,
    reason: item.reason,
    task: item.task,
    at: now,
  });
  if (!added) return;
  // Whoever was deactivated reads nothing any more (SL-24): staff take their list over.
  const inSlack = mentor === null || (await hasLeft(stores, mentor)) ? null : mentor.slackUserId;
  const title = item.task === null ? null : (content.tasks.get(item.task)?.title.en ?? null);
  const hasCase = (await stores.escalations.openOf(mentee.phoneHash)) !== null;
  const row = noticeRow({
    key: `mentor-list:${item.key}`,
    recipient:
      inSlack === null ? { kind: 'slack_channel', channel: 'staff' } : { kind: 'slack_user', slackUserId: inSlack },
    title: inSlack === null ? 'A mentee needs a person, and their mentor is not in Slack' : 'On your list',
    lines: [
      { label: 'Mentee', text: await nameForMentor(stores, mentee) },
      { label: 'Why', text: item.reason },
      ...(title === null ? [] : [{ label: 'Task', text: title }]),
      ...(item.words === null || hasCase ? [] : [{ label: 'They wrote', text: item.words }]),
    ],
    now,
  });
  await stores.outbox.add(row, now);
}
