// When a mentor is asked each week: a day from Friday to Monday and a minute of it, in their own zone. A change never
// makes two prompts of one week.

import { isPromptSlot } from '../core/schedule/weekly-update.ts';
import { type Doing, wordModal } from './doing.ts';
import type { Modal, ModalAnswer, ModalAsk, ModalSubmission } from './ports/staff-room.ts';
import { moveMentor, slotOf } from './prompt-mentors.ts';

const TITLE = 'Weekly time';
const NOT_A_MENTOR = 'Only mentors on the roster are asked for weekly updates.';

export async function showSlot({ stores, person }: Doing<Extract<ModalAsk, { kind: 'slot' }>>): Promise<Modal> {
  const { mentor } = person;
  if (mentor === null) return wordModal(TITLE, NOT_A_MENTOR);
  return { kind: 'slot', slot: await slotOf(stores, mentor.id), timeZone: mentor.timeZone };
}

export async function saveSlot(doing: Doing<Extract<ModalSubmission, { kind: 'slot' }>>): Promise<ModalAnswer> {
  const { deps, stores, what, person, now } = doing;
  const { mentor } = person;
  if (mentor === null) return { kind: 'show', modal: wordModal(TITLE, NOT_A_MENTOR) };
  if (!isPromptSlot(what.slot)) {
    const weekday = 'Choose a day from Friday to Monday: a later one leaves no time before Thursday.';
    return { kind: 'errors', errors: { weekday } };
  }
  await stores.prompts.setSlot(mentor.id, what.slot);
  await moveMentor(deps, stores, mentor);
  const { weekday, minute } = what.slot;
  await stores.audit.add({
    at: now,
    actor: mentor.id,
    action: 'prompt_slot_changed',
    subjectKind: 'mentor',
    subject: mentor.id,
    detail: { weekday, minute },
  });
  return { kind: 'close' };
}
