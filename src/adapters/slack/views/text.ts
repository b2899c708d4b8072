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
  return { type: 'plain_text', text: clip(text === '' ? '–' : text, limit), emoji: false };
}

/** A label of ours before words that may be a person's. Rich text formats only what its style says, never the words. */
export function row(name: string, text: string): RichTextBlock {
  const words = clip(text === '' ? '–' : text, ROW_LIMIT);
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
