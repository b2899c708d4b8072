// What stands in the thread of a case: what the student wrote, how each text of a counselor fared, and the question
// to whoever has it. No notification here has a name or a word of the student's.

import type { KnownBlock } from '@slack/types';
import type { RelayState, StaffMessage } from '../../../app/ports/messages.ts';
import { ACT, ASK } from './action-ids.ts';
import { actions, button, context, quote, type Rendered, section } from './elements.ts';
import { nameIn, oneLine } from './text.ts';

type Of<Kind extends StaffMessage['kind']> = Extract<StaffMessage, { kind: Kind }>;

const QUOTED = 80;
const REASON_LIMIT = 300;
const TITLE_LIMIT = 300;

export function renderCaseText(message: Of<'case_text'>): Rendered {
  const fired = message.tier === 'crisis' || message.tier === 'high';
  return {
    text: `Case ${message.caseCode}: the student wrote${fired ? ', and it sounds like danger' : ''}.`,
    blocks: [
      quote(`${oneLine(message.firstName, 60)} wrote`, message.text),
      ...(fired ? [context('These words sound like danger. Please read them now.')] : []),
    ],
  };
}

/** A mentor's words about their mentee or themselves, whole: the card has room for their beginning only. */
export function renderMentorWords(message: Of<'mentor_words'>): Rendered {
  return {
    text: `Case ${message.caseCode}: the whole of what a mentor wrote.`,
    blocks: [quote(oneLine(message.title, TITLE_LIMIT), message.text)],
  };
}

/** To whoever wrote in Slack and has a case: what a counselor answers them. */
export function renderRelayedText(message: Of<'relayed_text'>): Rendered {
  return {
    text: 'A counselor has written to you.',
    blocks: [quote(oneLine(message.from, QUOTED), message.text)],
  };
}

const RELAY_WORDS: Record<RelayState, string> = {
  internal: 'Stays in this thread',
  queued: 'On its way to the student',
  sent: 'Sent, not known yet whether it arrived',
  delivered: 'Delivered',
  not_delivered: 'Not delivered',
  unknown: 'Nobody can say whether it arrived',
  not_sent: 'Not sent',
  already_sent: 'Already sent: the student keeps what was sent first',
};

/** One quiet line, which names the text it is about: several may follow one another. */
export function renderRelayState(message: Of<'relay_state'>): Rendered {
  const words = RELAY_WORDS[message.state];
  const quoted = message.text === '' ? '' : ` · “${oneLine(message.text, QUOTED)}”`;
  const reason = message.reason === '' ? '' : ` · ${oneLine(message.reason, REASON_LIMIT)}`;
  const again: KnownBlock[] =
    message.resend === null ? [] : [actions([button(ACT.resend, 'Send again', { value: message.resend })])];
  return { text: `${words}.`, blocks: [context(`${words}${reason}${quoted}`), ...again] };
}

export function renderCaseQuestion(message: Of<'case_question'>): Rendered {
  const value = message.escalationId;
  const name = nameIn(message.name);
  const mentee = nameIn(message.firstName);
  const stillOnIt = button(ACT.stillOnIt, 'Still on it', { value, style: 'primary' });
  const resolve = button(ASK.resolveCase, 'Resolve', { value });
  if (message.question === 'still_on_it') {
    return {
      text: `Case ${message.caseCode}: are you still on it?`,
      blocks: [
        section(
          `${name}, are you still on case ${message.caseCode} (${mentee})? If nobody answers, the next person is paged.`,
        ),
        actions([stillOnIt, resolve]),
      ],
    };
  }
  return {
    text: `Case ${message.caseCode}: shall the bot have the conversation back?`,
    blocks: [
      section(
        `${name}, it has been quiet with ${mentee} (case ${message.caseCode}). Shall the bot write with them again? The case stays yours.`,
      ),
      actions([button(ACT.release, 'Release to the bot', { value }), stillOnIt, resolve]),
    ],
  };
}
