// A mentor has left: their mentees need a cover, what stood on their list goes to staff, and nobody waits for their
// weekly update any more. Matches are the roster's and stay until it names another mentor.

import type { Mentor } from '../core/model/people.ts';
import { addTodo } from './add-todo.ts';
import { fullNameOf } from './person.ts';
import type { Line } from './ports/staff-room.ts';
import { type Change, leftKey } from './standing-change.ts';
import { tellStaff } from './tell-staff.ts';

/** Lines of one notice: Slack shows no more of one. */
const LINES_AT_ONCE = 6;

/** Everything at once (SL-24 asks for the same hour). */
export async function handOverMentor(change: Change, mentor: Mentor): Promise<void> {
  const { stores, now } = change;
  const mentees = await stores.people.menteesOf(mentor.id);
  if (mentees.length > 0) {
    const many = mentees.length === 1 ? '1 mentee' : `${mentees.length} mentees`;
    await addTodo(stores, {
      key: `${leftKey('mentor', mentor.id)}${now}`,
      kind: 'mentor_left',
      title: `${many} of ${fullNameOf(mentor)} need a cover`,
      detail: `Their mentor's account in Slack was deactivated. Until the roster gives them another mentor, what is meant for the mentor comes to this channel: ${mentees.map(fullNameOf).join(', ')}.`,
      now,
    });
  }
  await tellOpenItems(change, mentor);
  for (const prompt of await stores.prompts.waiting()) {
    if (prompt.mentorId === mentor.id) await stores.prompts.setStatus(prompt.id, 'excused', null);
  }
}

/** What still stood on their list, to whoever looks after it now. */
async function tellOpenItems({ deps, stores, now }: Change, mentor: Mentor): Promise<void> {
  const { tasks } = deps.content.current();
  const lines: Line[] = [];
  for (const { menteeId, reason, task } of await stores.mentorList.open(mentor.id)) {
    const mentee = await stores.people.mentee(menteeId);
    const title = task === null ? undefined : tasks.get(task)?.title.en;
    const text = title === undefined ? reason : `${reason} (${title})`;
    lines.push({ label: mentee === null ? 'A mentee' : fullNameOf(mentee), text });
  }
  for (let first = 0; first < lines.length; first += LINES_AT_ONCE) {
    await tellStaff(stores, {
      key: `mentor-left:${mentor.id}:${now}:${first}`,
      title: `Still open on the list of ${fullNameOf(mentor)}, who has left Slack`,
      lines: lines.slice(first, first + LINES_AT_ONCE),
      now,
    });
  }
}
