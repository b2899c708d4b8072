// The small modals that are about the person who opened them: a worry, an absence, a time, a stand-in on call.

import type { Datepicker, ModalView, MultiStaticSelect } from '@slack/types';
import type { Modal } from '../../../app/ports/staff-room.ts';
import { ACT, FIELD_ACTION, NOBODY } from './action-ids.ts';
import { hoursWords } from './case-words.ts';
import {
  actions,
  button,
  context,
  input,
  OPTIONS_SHOWN,
  option,
  optionsFrom,
  radio,
  section,
  select,
  wordsInput,
} from './elements.ts';
import { LETTERS } from './fill-room.ts';
import { modalView } from './modal-view.ts';
import { nameIn, plain } from './text.ts';
import { dateTimeWords, dayName } from './times.ts';
import { TOPIC_WORDS } from './update-words.ts';

type Of<Kind extends Modal['kind']> = Extract<Modal, { kind: Kind }>;

/** A sentence in place of what was asked for. */
export function renderWord(modal: Of<'word'>): ModalView {
  return modalView({ callbackId: 'word', title: modal.title, blocks: [section(modal.text)] });
}

/** For the letters of a menu of people, beside whatever else a modal says. */
const MENU_LETTERS = LETTERS / 2;
const LONGEST_NAME = 70;

function nameLimit(people: number): number {
  return Math.min(LONGEST_NAME, Math.floor(MENU_LETTERS / Math.max(people, 1)));
}

export function renderWorried(modal: Of<'worried'>): ModalView {
  // One place of the menu is for somebody who is not on it.
  const shown = modal.mentees.slice(0, OPTIONS_SHOWN - 1);
  const who = [
    ...shown.map(({ menteeId, name }) => option(menteeId, nameIn(name, nameLimit(shown.length)))),
    option(NOBODY, 'Somebody else, or me'),
  ];
  const topics: MultiStaticSelect = {
    type: 'multi_static_select',
    action_id: FIELD_ACTION,
    options: optionsFrom(TOPIC_WORDS),
    placeholder: plain('Choose any'),
  };
  const soon = { now: 'Somebody is needed now', look: 'A counselor should look, today is fine' };
  return modalView({
    callbackId: 'worried',
    title: 'I’m worried',
    submit: 'Tell a counselor',
    close: 'Back',
    blocks: [
      section('Thank you for saying it. If somebody is in danger right now, call 911 first.'),
      input('menteeId', 'Who is it about?', select(FIELD_ACTION, who, { initial: shown.length === 0 ? NOBODY : null })),
      input('needsStaffNow', 'How soon?', radio(optionsFrom(soon), null)),
      input('topics', 'What is it about?', topics, { optional: true }),
      input('note', 'What did you notice?', wordsInput(null, 'A few words are enough'), { optional: true }),
    ],
  });
}

export function renderAway(modal: Of<'away'>): ModalView {
  return modalView({
    callbackId: 'away',
    title: 'Away',
    submit: 'Save',
    blocks: [
      section('While you are away nobody asks you for an update, and it does not count as missed.'),
      input('from', 'First day away', day(modal.from)),
      input('until', 'Last day away', day(modal.until)),
    ],
  });
}

function day(initial: string | null): Datepicker {
  return { type: 'datepicker', action_id: FIELD_ACTION, ...(initial === null ? {} : { initial_date: initial }) };
}

/** Friday to Monday, so that an answer is in before Thursday's summary. */
const PROMPT_DAYS = [5, 6, 7, 1];

export function renderSlot(modal: Of<'slot'>): ModalView {
  const days = PROMPT_DAYS.map((weekday) => option(String(weekday), dayName(weekday)));
  const { weekday, minute } = modal.slot;
  const time = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return modalView({
    callbackId: 'slot',
    title: 'Change my time',
    submit: 'Save',
    blocks: [
      section(`When shall we ask you for the weekly update? Times are in your own zone (${modal.timeZone}).`),
      input('weekday', 'Day', select(FIELD_ACTION, days, { initial: String(weekday) })),
      input('minute', 'Time', { type: 'timepicker', action_id: FIELD_ACTION, initial_time: time }),
    ],
  });
}

const STAND_IN_HOURS = [4, 12, 24, 72, 168];

export function renderOverride(modal: Of<'on_call_override'>): ModalView {
  const frame = { callbackId: 'on_call_override', title: 'On call' } as const;
  const { current } = modal;
  const standing =
    current === null
      ? []
      : [
          section(`${nameIn(current.name)} stands in until ${dateTimeWords(current.until, modal.timeZone)}.`),
          actions([button(ACT.clearOverride, 'End it now')]),
        ];
  const shown = modal.counselors.slice(0, OPTIONS_SHOWN);
  if (shown.length === 0) {
    return modalView({ ...frame, blocks: [...standing, section('No counselor is on the roster yet.')] });
  }
  const who = shown.map(({ counselorId, name }) => option(counselorId, nameIn(name, nameLimit(shown.length))));
  const left = modal.counselors.length - shown.length;
  return modalView({
    ...frame,
    submit: 'Save',
    blocks: [
      ...standing,
      section('Who is alerted first for a while, whatever the on-call list says?'),
      input('counselorId', 'Who', select(FIELD_ACTION, who)),
      input(
        'hours',
        'For how long',
        select(
          FIELD_ACTION,
          STAND_IN_HOURS.map((hours) => option(String(hours), hoursWords(hours))),
        ),
      ),
      ...(left === 0 ? [] : [context(`${left} more counselors do not fit here.`)]),
    ],
  });
}
