// The facts a flow may speak of, gathered for one mentee and task.

import type { ConversationFacts } from '../core/model/conversation.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import type { Stores } from './ports/database.ts';

/** Values for a flow's texts and branches. A task that is not published any more is no task. */
export async function conversationFacts(
  stores: Stores,
  content: Content,
  mentee: Mentee,
  task: string | null,
): Promise<ConversationFacts> {
  const mentor = await stores.people.mentorOf(mentee.id);
  return {
    program: { name: content.program.name, phone: content.program.phone },
    mentee: {
      firstName: mentee.firstName,
      language: mentee.language,
      timeZone: mentee.timeZone,
      college: mentee.college,
    },
    mentor: mentor === null ? null : { firstName: mentor.firstName },
    task: task === null ? null : await taskFacts(stores, content, mentee, task),
  };
}

async function taskFacts(
  stores: Stores,
  content: Content,
  mentee: Mentee,
  key: string,
): Promise<ConversationFacts['task']> {
  const definition = content.tasks.get(key);
  if (definition === undefined) return null;
  const record = (await stores.tasks.of(mentee.id)).find((task) => task.task === key);
  return {
    key,
    title: definition.title[mentee.language],
    status: record?.status ?? 'unknown',
    deadlineOn: definition.deadline,
    link: definition.link,
  };
}
