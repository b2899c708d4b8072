// The pieces that blocks are made of, each within Slack's limits (platforms SL-17). Every text is plain: nothing here
// can mention, link or format.

import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  KnownBlock,
  PlainTextInput,
  PlainTextOption,
  RadioButtons,
  RichTextBlock,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { blockOfField, FIELD_ACTION } from './action-ids.ts';
import { clip, label, plain, splitText } from './text.ts';

/** A message as Slack takes it. */
export interface Rendered {
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const HEADING_LIMIT = 150;
const OPTION_LIMIT = 75;
/** Options of one menu that Slack takes. */
export const OPTIONS_SHOWN = 100;
export const NOTE_LIMIT = 3_000;
/** Letters of one element of rich text. */
const PIECE = 2_900;

export function heading(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, HEADING_LIMIT) };
}

/** A paragraph, which may hold a person's words. */
export function section(text: string, accessory?: Button | StaticSelect, limit?: number): SectionBlock {
  return { type: 'section', text: plain(text, limit), ...(accessory === undefined ? {} : { accessory }) };
}

/** A quiet line. */
export function context(text: string, limit: number = 1_000): ContextBlock {
  return { type: 'context', elements: [plain(text, limit)] };
}

/** A bold line, and people's words under it: as many pieces as they need. */
export function quote(title: string, text: string, limit: number = 9_000): RichTextBlock {
  const words = splitText(text.trim() === '' ? '–' : clip(text, limit), PIECE).map((piece) => ({
    type: 'text' as const,
    text: piece,
  }));
  const bold = { type: 'text' as const, text: `${title}\n`, style: { bold: true } };
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [bold, ...words] }] };
}

export function actions(buttons: readonly (Button | StaticSelect)[], blockId?: string): ActionsBlock {
  return { type: 'actions', ...(blockId === undefined ? {} : { block_id: blockId }), elements: [...buttons] };
}

/** `value` is made of opaque ids only. */
export function button(
  actionId: string,
  text: string,
  given: { readonly value?: string; readonly style?: 'primary' | 'danger' } = {},
): Button {
  return { type: 'button', action_id: actionId, text: label(text), ...given };
}

/** A choice of ours or of a person's name. */
export function option(value: string, text: string, limit: number = OPTION_LIMIT): PlainTextOption {
  return { text: plain(text, Math.min(limit, OPTION_LIMIT)), value };
}

/** Options from a table of words, in its order. */
export function optionsFrom(words: Readonly<Record<string, string>>): PlainTextOption[] {
  return Object.entries(words).map(([value, text]) => option(value, text));
}

interface Choosing {
  /** The value chosen already; one that is not among the options is none. */
  readonly initial?: string | null;
  readonly placeholder?: string;
}

/** A menu. Slack refuses one without options: the caller shows something else then. */
export function select(actionId: string, options: readonly PlainTextOption[], given: Choosing = {}): StaticSelect {
  const chosen = options.find(({ value }) => value === given.initial);
  return {
    type: 'static_select',
    action_id: actionId,
    options: options.slice(0, OPTIONS_SHOWN),
    placeholder: plain(given.placeholder ?? 'Choose'),
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

/** All choices in sight, for the few that matter most. */
export function radio(options: readonly PlainTextOption[], initial: string | null): RadioButtons {
  const chosen = options.find(({ value }) => value === initial);
  return {
    type: 'radio_buttons',
    action_id: FIELD_ACTION,
    options: [...options],
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

/** An input of a modal; what it says is read back by the name of its field. */
export function input(
  field: string,
  words: string,
  element: InputBlock['element'],
  given: { readonly optional?: boolean; readonly hint?: string } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: blockOfField(field),
    label: plain(words),
    element,
    optional: given.optional ?? false,
    ...(given.hint === undefined ? {} : { hint: plain(given.hint) }),
  };
}

/** Room for words. */
export function wordsInput(initial: string | null, placeholder?: string): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: FIELD_ACTION,
    multiline: true,
    max_length: NOTE_LIMIT,
    ...(initial === null || initial === '' ? {} : { initial_value: splitText(initial, NOTE_LIMIT)[0] ?? '' }),
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
  };
}
