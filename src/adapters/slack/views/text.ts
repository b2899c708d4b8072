// The only ways in which words reach Slack: people's words as plain text, our own as mrkdwn with every control
// letter escaped, so that nothing a student or mentor writes can mention, link or format (platforms SL-16).

import type { PlainTextElement, RichTextBlock } from '@slack/types';

const SECTION_LIMIT = 3_000;
const BUTTON_LIMIT = 75;
/** Well under Slack's limits, so that a notice of many rows stays under the total (SL-17). */
const ROW_LIMIT = 1_500;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes Slack's three control letters. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (letter) => ESCAPES[letter] ?? letter);
}

/** Cuts at a limit of UTF-16 units without splitting what a reader sees as one letter; says that it did. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length > limit - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** People's words, shown letter by letter. An empty text would be refused by Slack, so it becomes a dash. */
export function plain(text: string, limit: number = SECTION_LIMIT): PlainTextElement {
  return { type: 'plain_text', text: clip(text.trim() === '' ? '–' : text, limit), emoji: false };
}

/** Letters of scripts that run from right to left, and the marks that say so. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Marks that turn the direction of whatever follows, and would turn our sentence too. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';
const NAME_LIMIT = 60;

/** A person's words on one line. */
export function oneLine(text: string, limit: number): string {
  return clip(text.replace(TURNING, '').replace(/\s+/gu, ' ').trim(), limit);
}

/**
 * A name inside a sentence of ours: on one line, and where it runs from right to left set apart, so that the sentence
 * around it keeps its order.
 */
export function nameIn(name: string, limit: number = NAME_LIMIT): string {
  const line = oneLine(name, limit);
  if (line === '') return 'somebody';
  return RIGHT_TO_LEFT.test(line) ? `${FIRST_STRONG_ISOLATE}${line}${POP_DIRECTIONAL_ISOLATE}` : line;
}

/** A long text in pieces that each stay under a limit, none cut inside a letter as a reader sees it. */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (piece !== '' && piece.length + segment.length > limit) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** A label of ours before words that may be a person's. Rich text formats only what its style says, never the words. */
export function row(name: string, text: string, limit: number = ROW_LIMIT): RichTextBlock {
  const words = clip(text.trim() === '' ? '–' : text, limit);
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: `${clip(name, 100)}: `, style: { bold: true } },
          { type: 'text', text: words },
        ],
      },
    ],
  };
}

/** A button's label. */
export function label(text: string): PlainTextElement {
  return { type: 'plain_text', text: clip(text, BUTTON_LIMIT), emoji: true };
}
