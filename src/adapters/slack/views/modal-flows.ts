// The two forms with which staff publish the flows of the server, or go back to an earlier revision. What a publish would
// do is shown above the field; while something is in the way there is nothing to submit.

import type { ModalView } from '@slack/types';
import type { Modal } from '../../../app/ports/staff-room.ts';
import { context, input, option, radio, section, wordsInput } from './elements.ts';
import { fillRoom, LETTERS, VIEW_BLOCKS } from './fill-room.ts';
import { modalView } from './modal-view.ts';
import { clip, oneLine, row } from './text.ts';

type Of<Kind extends Modal['kind']> = Extract<Modal, { kind: Kind }>;

const LINE_LIMIT = 600;
/** Room for the sentence above, the field below, and their labels. */
const FRAME = { blocks: 4, letters: 1_000 };
const OPTION_LIMIT = 75;
const WHY = 'Why?';
const WHY_HINT = 'It stands in the history with your name.';

export function renderPublish({ lines, canPublish }: Of<'flows_publish'>): ModalView {
  const items = lines.map(({ label, text }) =>
    label.trim() === '' ? section(clip(text, LINE_LIMIT)) : row(label, text, LINE_LIMIT),
  );
  const foot = (shown: number) =>
    shown < items.length ? [context(`${items.length - shown} more: icehouse flows plan`)] : [];
  const room = { blocks: VIEW_BLOCKS - FRAME.blocks, letters: LETTERS - FRAME.letters };
  const head = section(canPublish ? 'This is what a publish does:' : 'There is nothing that can be published now:');
  return modalView({
    callbackId: 'flows_publish',
    title: 'Publish',
    ...(canPublish ? { submit: 'Publish', close: 'Cancel' } : {}),
    blocks: [
      ...fillRoom([{ head: [head], items, foot }], room),
      ...(canPublish ? [input('why', WHY, wordsInput(null), { hint: WHY_HINT })] : []),
    ],
  });
}

export function renderRollBack({ revisions }: Of<'flows_roll_back'>): ModalView {
  const options = revisions.map(({ revision, words }) => option(String(revision), oneLine(words, OPTION_LIMIT)));
  return modalView({
    callbackId: 'flows_roll_back',
    title: 'Roll back',
    submit: 'Roll back',
    close: 'Cancel',
    blocks: [
      section(
        'The files of an earlier revision are published again. Whoever is inside a flow finishes it as they began it.',
      ),
      input('to', 'Which revision?', radio(options, null)),
      input('why', WHY, wordsInput(null), { hint: WHY_HINT }),
    ],
  });
}
