// The everyday posts to staff that have a button: something to do, texts to read, a modal to open anew. Notifications
// say no name and no word of a person.

import type { KnownBlock } from '@slack/types';
import { subjectOfExample } from '../../../app/example-source.ts';
import type { StaffMessage } from '../../../app/ports/messages.ts';
import { ACT, ASK, joinIds, listIds } from './action-ids.ts';
import { actions, button, context, heading, quote, type Rendered, section } from './elements.ts';
import { countLetters, fillRoom, LETTERS, MESSAGE_BLOCKS } from './fill-room.ts';
import { askOf } from './read-act.ts';
import { nameIn, oneLine, row } from './text.ts';
import { dateWords } from './times.ts';

type Of<Kind extends StaffMessage['kind']> = Extract<StaffMessage, { kind: Kind }>;

const DETAIL_LIMIT = 1_500;
const TEXT_LIMIT = 2_000;

export function renderTodo(todo: Of<'todo'>): Rendered {
  const isDone = todo.closedBy !== null;
  const last: KnownBlock = isDone
    ? context(`Done by ${nameIn(todo.closedBy ?? '')}`)
    : actions([button(ACT.closeTodo, 'Done', { value: todo.todoKey })]);
  return {
    text: isDone ? 'A to-do for staff is done.' : 'There is a new to-do for staff.',
    blocks: [row(isDone ? 'Done' : 'To do', oneLine(todo.title, 300)), ...detail(todo.detail), last],
  };
}

function detail(words: string): KnownBlock[] {
  return words.trim() === '' ? [] : [section(words, undefined, DETAIL_LIMIT)];
}

export function renderOpenAgain({ ask }: Of<'open_again'>): Rendered {
  const text = 'That took a moment too long to open.';
  // A modal that this version does not know cannot be opened by a button either.
  if (askOf(ask.modal, ask.subject) === null) return { text, blocks: [section(`${text} Please try again.`)] };
  const value = ask.subject === '' ? ask.modal : joinIds(ask.modal, ask.subject);
  return {
    text,
    blocks: [
      section(`${text} One press opens it now.`),
      actions([button(ASK.openAgain, 'Open', { value, style: 'primary' })]),
    ],
  };
}

export function renderTextsDigest(digest: Of<'texts_digest'>): Rendered {
  const total = digest.texts.length + digest.more;
  const head: KnownBlock[] = [
    heading(`Texts to read · ${dateWords(digest.on)}`),
    section('Nothing in these was understood, so please let a person read each one today.'),
  ];
  const items = digest.texts.map(({ inboundId, from, text }) => [
    quote(oneLine(from, 80), text, TEXT_LIMIT),
    neededPage(inboundId),
  ]);
  const ids = digest.texts.map(({ inboundId }) => inboundId);
  const foot = (shown: number) => [readButton(ids.slice(0, shown), total), context(hint(total - shown))];
  const room = { blocks: MESSAGE_BLOCKS - head.length, letters: LETTERS - countLetters(head) };
  const text = total === 1 ? 'A text waits to be read.' : `${total} texts wait to be read.`;
  return { text, blocks: [...head, ...fillRoom([{ head: [], items, foot }], room)] };
}

function hint(hidden: number): string {
  if (hidden === 0) return 'One by one, or by somebody else? They also stand on the Home tab of Icehouse.';
  return `${hidden} more wait on the Home tab of Icehouse.`;
}

/** Beneath each text: the screen let it pass, and whoever reads it may say that it should not have. */
export function neededPage(inboundId: Of<'texts_digest'>['texts'][number]['inboundId']): KnownBlock {
  return actions([
    button(ACT.neededPage, 'This needed a page', { value: inboundId }),
    button(ASK.safetyExample, 'Write an example', { value: subjectOfExample({ kind: 'text', inboundId }) }),
  ]);
}

/** It reads only what is shown: a text that nobody has seen stays unread. */
export function readButton(
  shown: readonly Of<'texts_digest'>['texts'][number]['inboundId'][],
  total: number,
): KnownBlock {
  const { value, listed } = listIds(shown);
  if (listed.length === 0) return context('Nothing waits to be read.');
  const words = listed.length === total ? 'Mark all as read' : `Mark these ${listed.length} as read`;
  return actions([button(ACT.markAllRead, words, { value })]);
}
