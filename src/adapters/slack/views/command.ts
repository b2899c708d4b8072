// What `/icehouse WORDS` answers, for the eyes of who typed it only. Lines may hold a person's words, as plain text.

import type { Button } from '@slack/types';
import { subjectOf } from '../../../app/open-modal.ts';
import type { CommandAnswer } from '../../../app/ports/staff-room.ts';
import { ASK, joinIds } from './action-ids.ts';
import { actions, button, context, heading, type Rendered, section } from './elements.ts';
import { fillRoom, LETTERS, MESSAGE_BLOCKS } from './fill-room.ts';
import { clip, escapeText, oneLine, row } from './text.ts';

const TITLE_LIMIT = 140;
const LINE_LIMIT = 600;

export function renderCommandAnswer(answer: CommandAnswer): Rendered {
  const title = oneLine(answer.title, TITLE_LIMIT);
  const items = answer.lines.map(({ label, text }) =>
    label.trim() === '' ? section(clip(text, LINE_LIMIT)) : row(label, text, LINE_LIMIT),
  );
  const listing = {
    head: [heading(title)],
    items,
    foot: (shown: number) => (shown < items.length ? [context(`${items.length - shown} more are not shown.`)] : []),
  };
  const second = answer.second === undefined ? [] : [button(answer.second.ask.kind, answer.second.label)];
  const form = answer.form === undefined ? [] : [actions([formButton(answer.form), ...second])];
  return {
    text: escapeText(title === '' ? 'Icehouse' : title),
    blocks: [...fillRoom([listing], { blocks: MESSAGE_BLOCKS - form.length, letters: LETTERS }), ...form],
  };
}

/** A command's answer cannot open a form by itself: one press does. */
function formButton({ label, ask }: NonNullable<CommandAnswer['form']>): Button {
  const subject = subjectOf(ask);
  const value = subject === '' ? ask.kind : joinIds(ask.kind, subject);
  return button(ASK.openAgain, label, { value, style: 'primary' });
}
