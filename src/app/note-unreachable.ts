// A mentor who was not asked because there is no way to ask them: a to-do of staff, once for each reason.

import type { Mentor } from '../core/model/people.ts';
import type { MentorPrompt } from '../core/model/weekly-update.ts';
import { addTodo } from './add-todo.ts';
import { type NoWay, whyNotAsked } from './excuse-week.ts';
import type { HouseDeps } from './house-deps.ts';
import { fullNameOf, hasLeft } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import { ASKING_STAGES, promptKey } from './post-prompt.ts';

const KIND = 'mentor_unreachable';

const DETAILS: Readonly<Record<NoWay, string>> = {
  no_agreement:
    'They are not in Slack, and nobody has noted that they agreed to be texted. Invite them to Slack, or import their ' +
    'row with a phone and the consent that they gave.',
  shared_phone:
    'They are not in Slack, and their phone is also that of a mentee or a counselor: a text from it is read as that ' +
    'person’s. Invite them to Slack, or import their row with a phone of their own.',
  dead_number:
    'They are not in Slack, and texts do not reach their phone. Invite them to Slack, or import their row with a phone ' +
    'that works.',
};
const DID_NOT_LEAVE =
  'What asks for their update did not leave this week, so it is no miss. See what was refused in App Home, and ask them ' +
  'yourself.';

/** Whoever cannot be asked at all is told to staff, once. A mentor who has left is told elsewhere. */
export async function noteUnreachable(deps: HouseDeps, stores: Stores, mentor: Mentor): Promise<void> {
  const why = await whyNotAsked(deps, stores, mentor);
  if (why === null || (await hasLeft(stores, mentor))) return;
  // Rows of before have the first reason without its name.
  const key = why === 'no_agreement' ? `${KIND}:${mentor.id}` : `${KIND}:${mentor.id}:${why}`;
  await addUnreachable(deps, stores, mentor, { key, detail: DETAILS[why] });
}

/** A prompt of which nothing ever left: once for each week. */
export async function noteNotAsked(
  deps: HouseDeps,
  stores: Stores,
  mentor: Mentor,
  { weekOn }: MentorPrompt,
): Promise<void> {
  const key = `${KIND}:${mentor.id}:not_asked:${weekOn}`;
  await addUnreachable(deps, stores, mentor, { key, detail: DID_NOT_LEAVE });
}

async function addUnreachable(
  deps: HouseDeps,
  stores: Stores,
  mentor: Mentor,
  todo: { readonly key: string; readonly detail: string },
): Promise<void> {
  const title = `${fullNameOf(mentor)} cannot be asked for the weekly update`;
  await addTodo(stores, { ...todo, kind: KIND, title, now: deps.clock.now() });
}

/** Whether the prompt, its reminder or its last call left the house, as far as anybody knows. */
export async function wasAsked(stores: Stores, prompt: MentorPrompt): Promise<boolean> {
  for (const stage of ASKING_STAGES) {
    const row = await stores.outbox.byKey(promptKey(prompt.id, stage));
    if (row !== null && hasLeftUs(row)) return true;
  }
  return false;
}

function hasLeftUs({ status, receiptStatus }: Outbound): boolean {
  if (receiptStatus === 'undelivered' || receiptStatus === 'failed') return false;
  return status === 'sent' || status === 'unknown' || status === 'claimed';
}
