// "I'm worried about someone": always in a mentor's App Home, whatever the week. It opens a case in the same minute and
// says what happens now.

import { type Doing, wordModal } from './doing.ts';
import { type Heard, hearMentor, ownMentee } from './hear-mentor.ts';
import type { Modal, ModalAnswer, ModalAsk, ModalSubmission } from './ports/staff-room.ts';

const TITLE = "I'm worried";
const NOT_A_MENTOR =
  'This form is for mentors on the roster. In danger now? Call 911. Else tell a counselor of the program yourself: nobody was alerted by this.';

export async function showWorried({ stores, person }: Doing<Extract<ModalAsk, { kind: 'worried' }>>): Promise<Modal> {
  if (person.mentor === null) return wordModal(TITLE, NOT_A_MENTOR);
  const mentees = await stores.people.menteesOf(person.mentor.id);
  return {
    kind: 'worried',
    mentees: mentees.map(({ id, firstName, lastName }) => ({ menteeId: id, name: `${firstName} ${lastName}`.trim() })),
  };
}

export async function saveWorry(doing: Doing<Extract<ModalSubmission, { kind: 'worried' }>>): Promise<ModalAnswer> {
  const { deps, stores, what, person, now } = doing;
  const { mentor } = person;
  if (mentor === null) return { kind: 'show', modal: wordModal(TITLE, NOT_A_MENTOR) };
  // A mentee who went to another mentor while the form was open: the worry is kept under the mentor's own name.
  const mentee = what.menteeId === null ? null : await ownMentee(stores, mentor, what.menteeId);
  const heard = await hearMentor(deps, stores, { mentor, mentee, worry: what.worry, texts: [], now });
  return { kind: 'show', modal: wordModal('Thank you', heardWords(heard)) };
}

/** What happens now, for the mentor who was heard. */
export function heardWords({ answeredMentor }: Heard): string {
  const alerted =
    'A counselor has been alerted and will look into it; they may ask you for more. In danger now? Call 911.';
  return answeredMentor ? `${alerted} You matter too: please read the message that the bot just sent you.` : alerted;
}
