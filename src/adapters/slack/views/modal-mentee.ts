// What a mentor can say of one mentee beyond how far they got. Only the first question must be answered.

import type { InputBlock, ModalView, MultiStaticSelect, PlainTextOption } from '@slack/types';
import type { Modal } from '../../../app/ports/staff-room.ts';
import type { MenteeUpdate } from '../../../core/model/weekly-update.ts';
import { FIELD_ACTION } from './action-ids.ts';
import { context, input, OPTIONS_SHOWN, option, optionsFrom, radio, select, wordsInput } from './elements.ts';
import { modalView } from './modal-view.ts';
import { clip, nameIn, plain } from './text.ts';
import {
  LENGTH_WORDS,
  MODE_WORDS,
  REACHED_WORDS,
  SHARING_WORDS,
  SOON_WORDS,
  TOPIC_WORDS,
  WELLBEING_WORDS,
} from './update-words.ts';

type MenteeModal = Extract<Modal, { kind: 'mentee_update' }>;

const OPTIONAL = { optional: true } as const;
/** Words of a person that may be filled in already, so that the whole view stays under its letters. */
const TASK_LETTERS = 2_000;

export function renderMenteeUpdate(modal: MenteeModal): ModalView {
  const name = nameIn(modal.firstName, 40);
  return modalView({
    callbackId: 'mentee_update',
    title: modal.firstName.trim() === '' ? 'Your mentee' : modal.firstName,
    submit: 'Save',
    close: 'Back',
    ids: { promptId: modal.promptId, menteeId: modal.menteeId },
    blocks: [
      context('Only the first question needs an answer. Say what you want to say, and leave the rest.'),
      ...contact(modal),
      ...worry(modal.update, name),
      ...tasks(modal),
      ...plans(modal.update),
    ],
  });
}

function contact({ update, lastMode }: MenteeModal): InputBlock[] {
  const wellbeing = WELLBEING_WORDS.map((words, index) => option(String(index + 1), words));
  const wasWell = update?.wellbeing ?? null;
  return [
    input('reached', 'Did you get through this week?', radio(optionsFrom(REACHED_WORDS), update?.reached ?? null)),
    menu('mode', 'How were you in touch?', optionsFrom(MODE_WORDS), update === null ? lastMode : update.mode),
    menu('length', 'About how long?', optionsFrom(LENGTH_WORDS), update?.length ?? null),
    input('topics', 'What was it about?', several(optionsFrom(TOPIC_WORDS), update?.topics ?? []), OPTIONAL),
    menu('wellbeing', 'How are they doing?', wellbeing, wasWell === null ? null : String(wasWell)),
  ];
}

function worry(update: MenteeUpdate | null, name: string): InputBlock[] {
  const was = update?.worry ?? null;
  const initial = was === null ? 'none' : was.needsStaffNow ? 'now' : 'look';
  const options = optionsFrom({ none: 'No worry', ...SOON_WORDS });
  return [
    input('worry', `Are you worried about ${name}?`, radio(options, initial)),
    input('worryTopics', 'What is the worry about?', several(optionsFrom(TOPIC_WORDS), was?.topics ?? []), OPTIONAL),
    input('worryNote', 'What did you notice?', wordsInput(was?.note ?? null), OPTIONAL),
  ];
}

function tasks({ tasks: open }: MenteeModal): InputBlock[] {
  if (open.length === 0) return [];
  const shown = open.slice(0, OPTIONS_SHOWN);
  // Each title may stand three times: to be marked done, to be marked stuck, and as stuck already.
  const limit = Math.max(12, Math.floor(TASK_LETTERS / shown.length / 3));
  const options = shown.map(({ key, title }) => option(key, clip(title, limit)));
  const stuck = shown.filter(({ isStuck }) => isStuck).map(({ key }) => key);
  return [
    input('tasksDone', 'Which tasks are done?', several(options, []), OPTIONAL),
    input('tasksStuck', 'Which tasks are stuck?', several(options, stuck), OPTIONAL),
  ];
}

function plans(update: MenteeUpdate | null): InputBlock[] {
  const on = update?.nextStepOn ?? null;
  const win = update?.win ?? null;
  const day = {
    type: 'datepicker' as const,
    action_id: FIELD_ACTION,
    ...(on === null ? {} : { initial_date: on }),
  };
  return [
    input('nextStep', 'What is the next step?', wordsInput(update?.nextStep ?? null), OPTIONAL),
    input('nextStepOn', 'By when?', day, OPTIONAL),
    input('needFromStaff', 'What do you need from staff?', wordsInput(update?.needFromStaff ?? null), OPTIONAL),
    input('win', 'Good news to share?', wordsInput(win?.text ?? null), OPTIONAL),
    menu('winSharing', 'May the good news be told?', optionsFrom(SHARING_WORDS), win?.sharing ?? null),
  ];
}

function menu(field: string, words: string, options: readonly PlainTextOption[], initial: string | null): InputBlock {
  return input(field, words, select(FIELD_ACTION, options, { initial }), OPTIONAL);
}

/** Slack refuses an empty list of choices made already, so it is left out. */
function several(options: readonly PlainTextOption[], initial: readonly string[]): MultiStaticSelect {
  const chosen = options.filter(({ value }) => value !== undefined && initial.includes(value));
  return {
    type: 'multi_static_select',
    action_id: FIELD_ACTION,
    options: [...options],
    placeholder: plain('Choose any'),
    ...(chosen.length === 0 ? {} : { initial_options: chosen }),
  };
}
