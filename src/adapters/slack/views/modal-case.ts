// The modals of a case: what was said, how to call, how it ended. The student's words stand in them as plain text.

import type { KnownBlock, ModalView } from '@slack/types';
import { subjectOfExample } from '../../../app/example-source.ts';
import type { Line, Modal } from '../../../app/ports/staff-room.ts';
import { CASE_OUTCOMES } from '../../../core/safety/escalation.ts';
import { ACT, ASK, FIELD_ACTION, NEVER } from './action-ids.ts';
import { hoursWords, OUTCOME_WORDS, verdictChoices, verdictWords } from './case-words.ts';
import {
  actions,
  button,
  context,
  heading,
  input,
  option,
  quote,
  radio,
  section,
  select,
  wordsInput,
} from './elements.ts';
import { countLetters, LETTERS, VIEW_BLOCKS } from './fill-room.ts';
import { modalView } from './modal-view.ts';
import { nameIn, oneLine, row } from './text.ts';
import { dateTimeWords } from './times.ts';

type Of<Kind extends Modal['kind']> = Extract<Modal, { kind: Kind }>;
type Details = Of<'case_details'>;

const CONTACTS_SHOWN = 8;
const CONTACT_LIMIT = 250;
const MESSAGE_LIMIT = 3_000;
/** For the line that says what is left out. */
const SPARE_LETTERS = 100;

export function renderCaseDetails(modal: Details): ModalView {
  const head = [
    heading(`Case ${modal.caseCode} · ${oneLine(modal.firstName, 60)}`),
    ...contacts(modal.contacts),
    ...learned(modal),
  ];
  const room = { blocks: VIEW_BLOCKS - head.length - 1, letters: LETTERS - countLetters(head) - SPARE_LETTERS };
  const shown = newest(modal, room);
  const hidden = modal.messages.length - shown.length;
  const left =
    hidden === 0
      ? []
      : [context(hidden === 1 ? 'One earlier message is left out.' : `${hidden} earlier messages are left out.`)];
  const talk = modal.messages.length === 0 ? [section('Nothing has been said in this case yet.')] : [...left, ...shown];
  return modalView({
    callbackId: 'case_details',
    title: 'Details',
    blocks: [...head, ...talk],
    ids: { escalationId: modal.escalationId },
  });
}

/** What was said of the page of a case that is over, to be said otherwise; and the way to an example after it. */
function learned({ verdict, escalationId: value }: Details): KnownBlock[] {
  const teach = button(ASK.safetyExample, 'Write an example', {
    value: subjectOfExample({ kind: 'case', escalationId: value }),
  });
  if (verdict == null) return [actions([teach])];
  const { given, tier } = verdict;
  const choices = [
    button(ACT.verdictReal, 'Real', { value }),
    button(ACT.verdictFalseAlarm, 'False alarm', { value }),
    tier === 'crisis'
      ? button(ACT.verdictHigh, 'Was high', { value })
      : button(ACT.verdictCrisis, 'Was a crisis', { value }),
    button(ACT.verdictModerate, 'No page needed', { value }),
  ];
  const words = given === null ? 'Nobody has said yet whether the page was right.' : verdictWords(given);
  return [section(words), actions([...choices, teach])];
}

/** Null until somebody acknowledges: who has the case sees them, and nobody who is only curious. */
function contacts(lines: readonly Line[] | null): KnownBlock[] {
  if (lines === null) return [context('Contacts and numbers are shown once somebody acknowledges the case.')];
  if (lines.length === 0) return [context('No contacts are known for this student.')];
  return lines.slice(0, CONTACTS_SHOWN).map(({ label, text }) => row(label, phoneWords(text), CONTACT_LIMIT));
}

/** As many messages as there is room for, the newest first of all; shown oldest first. */
function newest(modal: Details, room: { readonly blocks: number; readonly letters: number }): KnownBlock[] {
  const shown: KnownBlock[] = [];
  let { letters } = room;
  for (const message of modal.messages.toReversed()) {
    const block = quote(
      `${FROM[message.from]} · ${dateTimeWords(message.at, modal.timeZone)}`,
      message.text,
      MESSAGE_LIMIT,
    );
    letters -= countLetters(block);
    if (letters < 0 || shown.length >= room.blocks) break;
    shown.push(block);
  }
  return shown.toReversed();
}

const FROM: Record<Details['messages'][number]['from'], string> = {
  mentee: 'Student',
  bot: 'Icehouse',
  staff: 'Counselor',
};

export function renderCaseCall(modal: Of<'case_call'>): ModalView {
  const value = modal.escalationId;
  const name = nameIn(modal.firstName);
  const blocks = [
    modal.phone === null ? section(`There is no phone number for ${name}.`) : heading(phoneWords(modal.phone)),
    section(
      modal.theirTime === null ? `${name}. Their time zone is not known.` : `It is ${modal.theirTime} for ${name}.`,
    ),
    ...(modal.cannotText === null ? [] : [section(modal.cannotText)]),
    ...contacts(modal.contacts),
    section('How did the call go?'),
    actions([
      button(ACT.callReached, 'Reached', { value, style: 'primary' }),
      button(ACT.callNoAnswer, 'No answer', { value }),
      button(ACT.callVoicemail, 'Left a voicemail', { value }),
    ]),
  ];
  return modalView({
    callbackId: 'case_call',
    title: `Call · case ${modal.caseCode}`,
    blocks,
    ids: { escalationId: modal.escalationId },
  });
}

/** "+1 213 555 0121" for each number in a text: groups are easier to type than eleven digits. */
function phoneWords(text: string): string {
  return text.replace(/\+1(\d{3})(\d{3})(\d{4})(?!\d)/g, '+1 $1 $2 $3');
}

const RESUME_HOURS = [0, 24, 72, 168];

export function renderResolveCase(modal: Of<'resolve_case'>): ModalView {
  const hours = [...new Set([...RESUME_HOURS, modal.resumeAfterHours])].toSorted((a, b) => a - b);
  const resume = [
    ...hours.map((count) => option(String(count), count === 0 ? 'Now' : `In ${hoursWords(count)}`)),
    option(NEVER, 'Not before somebody says so'),
  ];
  const outcomes = CASE_OUTCOMES.map((outcome) => option(outcome, OUTCOME_WORDS[outcome]));
  const verdicts = verdictChoices(modal.tier).map(([value, words]) => option(value, words));
  return modalView({
    callbackId: 'resolve_case',
    title: `Resolve case ${modal.caseCode}`,
    submit: 'Resolve',
    close: 'Not yet',
    ids: { escalationId: modal.escalationId, seen: modal.seen },
    blocks: [
      section(`This ends the case of ${nameIn(modal.firstName)}. The bot answers them again.`),
      input('outcome', 'How did it end?', radio(outcomes, null)),
      input('verdict', 'Was the page right?', radio(verdicts, 'real')),
      input(
        'resumeAfterHours',
        'When may nudges come back?',
        select(FIELD_ACTION, resume, { initial: String(modal.resumeAfterHours) }),
      ),
      input('note', 'Anything the next person should know?', wordsInput(null), { optional: true }),
      ...pauseInstead(modal),
    ],
  });
}

/** A pause with a reason of its own outlasts the one after the case. */
function pauseInstead({ menteeId }: Of<'resolve_case'>): KnownBlock[] {
  if (menteeId == null) return [];
  return [actions([button(ASK.pauseMentee, 'Pause their texts for another reason', { value: menteeId })])];
}
