// Puts a mentee on their mentor's list, and tells the mentor in Slack. Without a mentor the staff are told instead.

import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import type { Stores } from './ports/database.ts';
import type { Recipient } from './ports/messages.ts';

export interface ForTheMentor {
  /** The same key is the same item: it is put on the list and told once. */
  readonly key: string;
  readonly mentee: Mentee;
  /** A sentence for the mentor, in English. */
  readonly reason: string;
  /** The mentee's own words, when they are meant for the mentor; never those of a case. */
  readonly words: string | null;
  readonly task: string | null;
  readonly now: number;
}

export async function tellMentor(stores: Stores, content: Content, item: ForTheMentor): Promise<void> {
  const { mentee, now } = item;
  const mentor = await stores.people.mentorOf(mentee.id);
  const added = await stores.mentorList.add(item.key, {
    menteeId: mentee.id,
    mentorId: mentor?.id ?? null,
    reason: item.reason,
    task: item.task,
    at: now,
  });
  if (!added) return;
  const recipient: Recipient =
    mentor?.slackUserId == null
      ? { kind: 'slack_channel', channel: 'staff' }
      : { kind: 'slack_user', slackUserId: mentor.slackUserId };
  const title = item.task === null ? null : (content.tasks.get(item.task)?.title.en ?? null);
  await stores.outbox.add(
    {
      key: `mentor-list:${item.key}`,
      messageClass: 'notice',
      recipient,
      body: {
        kind: 'slack_post',
        message: {
          kind: 'notice',
          title:
            recipient.kind === 'slack_user'
              ? 'On your list'
              : 'A mentee needs a person, and their mentor is not in Slack',
          lines: [
            { label: 'Mentee', text: mentee.firstName },
            { label: 'Why', text: item.reason },
            ...(title === null ? [] : [{ label: 'Task', text: title }]),
            ...(item.words === null ? [] : [{ label: 'They wrote', text: item.words }]),
          ],
        },
      },
      dueAt: now,
      escalationId: null,
      inReplyTo: null,
      isIntroduction: false,
      task: null,
    },
    now,
  );
}
