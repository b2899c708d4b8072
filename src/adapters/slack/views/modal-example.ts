// The form in which a counselor writes an example for the screen. A student's own words stand above it as plain text; the
// field itself starts empty, so that nobody sends them on by a press.

import type { ModalView } from '@slack/types';
import { subjectOfExample } from '../../../app/example-source.ts';
import type { Modal } from '../../../app/ports/staff-room.ts';
import type { Kind } from '../../../core/safety/signal-schema.ts';
import { FIELD_ACTION } from './action-ids.ts';
import { input, optionsFrom, quote, radio, section, select, wordsInput } from './elements.ts';
import { modalView } from './modal-view.ts';

const WAS_WORDS = {
  missed: 'It was missed: somebody should have been paged or told',
  false_page: 'It paged somebody for nothing',
};
const TIER_WORDS = {
  crisis: 'Crisis: danger to life or safety',
  high: 'High: help the same day',
  moderate: 'Moderate: a person should look',
};
const ABOUT_WORDS: Record<Kind, string> = {
  self: 'The student',
  someone_else: 'Somebody they know',
  abuse: 'Somebody hurts them',
  threat_to_others: 'They may hurt somebody',
  immigration: 'Immigration',
  not_going: 'Not going to college any more',
};
const ORIGINAL_LIMIT = 1_000;

export function renderExample(modal: Extract<Modal, { kind: 'safety_example' }>): ModalView {
  const { originals, was, tier, source } = modal;
  const before = originals.map((text) => quote('They wrote', text, ORIGINAL_LIMIT));
  return modalView({
    callbackId: 'safety_example',
    title: 'Example',
    submit: 'Add',
    close: 'Cancel',
    ids: { example: subjectOfExample(source) },
    blocks: [
      section('Write it again in your own words, as a student might. A copy of a student’s text is refused.'),
      ...before,
      input('words', 'In other words', wordsInput(null)),
      input('was', 'What went wrong?', radio(optionsFrom(WAS_WORDS), was)),
      input('tier', 'How grave is it?', select(FIELD_ACTION, optionsFrom(TIER_WORDS), { initial: tier }), {
        hint: 'Of a text that was missed. A false page becomes moderate at the lowest.',
      }),
      input('about', 'What is it about?', select(FIELD_ACTION, optionsFrom(ABOUT_WORDS), { initial: 'self' }), {
        hint: 'It chooses the automatic answer.',
      }),
    ],
  });
}
