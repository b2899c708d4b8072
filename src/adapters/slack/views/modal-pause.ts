// The form in which somebody of the team pauses a mentee's texts, and the one in which staff take back that a mentee has
// died. A reason is one word of a list: there is no field for anything else about the person.

import type { KnownBlock, ModalView, PlainTextInput } from '@slack/types';
import type { Modal } from '../../../app/ports/staff-room.ts';
import { CHOSEN_REASONS, DECEASED, type PauseReason } from '../../../core/model/pause.ts';
import { FIELD_ACTION } from './action-ids.ts';
import { input, option, section, select } from './elements.ts';
import { modalView } from './modal-view.ts';
import { nameIn } from './text.ts';
import { dateTimeWords } from './times.ts';

type Of<Kind extends Modal['kind']> = Extract<Modal, { kind: Kind }>;
type Pause = Of<'pause_mentee'>;

const REASON_WORDS: Record<PauseReason, string> = {
  after_case: 'After a case',
  asked_by_mentee: 'The student asked for it',
  wrong_number: 'Wrong number',
  bereavement: 'A death in the family',
  medical: 'Illness',
  other: 'Another reason',
  deceased: 'The student has died',
};
const END_WORDS = 'End the pause: texts may come again';
const TAKE_BACK_WORDS = 'It was a mistake: the student lives';

export function renderPause(modal: Pause): ModalView {
  const isDeceased = modal.current?.reason === DECEASED;
  const end = modal.current === null ? [] : [option('end', isDeceased ? TAKE_BACK_WORDS : END_WORDS)];
  const reasons = isDeceased ? [] : CHOSEN_REASONS.map((reason) => option(reason, REASON_WORDS[reason]));
  return modalView({
    callbackId: 'pause_mentee',
    title: 'Pause',
    submit: 'Save',
    ids: { menteeId: modal.menteeId },
    blocks: [
      section(
        `Nothing unasked goes to ${nameIn(modal.name)} while a pause stands. What they write is read and answered.`,
      ),
      ...standing(modal),
      input('reason', 'What do you want?', select(FIELD_ACTION, [...end, ...reasons])),
      ...(isDeceased ? [] : [untilInput()]),
      section(
        '“The student has died” has no end: no text, no list, no count has them any more. Only staff take it back.',
      ),
    ],
  });
}

function untilInput(): KnownBlock {
  const day = { type: 'datepicker', action_id: FIELD_ACTION } as const;
  const hint = 'Empty: until somebody ends it here.';
  return input('untilOn', 'Until the morning of', day, { optional: true, hint });
}

function standing({ current, timeZone }: Pause): KnownBlock[] {
  if (current === null) return [];
  const until = current.until === null ? 'without an end' : `until ${dateTimeWords(current.until, timeZone)}`;
  const since = dateTimeWords(current.at, timeZone);
  return [section(`${REASON_WORDS[current.reason]}, ${until}, set by ${nameIn(current.setBy)} on ${since}.`)];
}

export function renderRevive(modal: Of<'revive_mentee'>): ModalView {
  const name: PlainTextInput = { type: 'plain_text_input', action_id: FIELD_ACTION, max_length: 200 };
  return modalView({
    callbackId: 'revive_mentee',
    title: 'Are you sure?',
    submit: 'Take it back',
    close: 'Leave it',
    ids: { menteeId: modal.menteeId },
    blocks: [
      section(`Somebody said that ${nameIn(modal.name)} has died. If that was a mistake, type the whole name.`),
      section('Texts, prompts and lists will have them again. Please be certain: their family may get a text.'),
      input('typed', 'Their first and last name', name),
    ],
  });
}
