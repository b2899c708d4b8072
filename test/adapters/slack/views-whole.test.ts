// Words that are shown whole or not at all: what a counselor answers somebody in Slack, and what a mentor wrote.

import { describe, expect, it } from 'vitest';
import { render } from '../../../src/adapters/slack/views/render.ts';
import type { StaffMessage } from '../../../src/app/ports/messages.ts';

const LONG = `*Hi* <!channel> ${'I am here and I read every word of it. '.repeat(75)}`.trim().slice(0, 2_990);

const MESSAGES: readonly StaffMessage[] = [
  { kind: 'relayed_text', from: 'A counselor of the program', text: `${LONG} the end` },
  { kind: 'mentor_words', caseCode: 'K7QX', title: 'Dani Lopez (mentor) is worried: family', text: `${LONG} the end` },
];

describe.each(MESSAGES.map((message) => [message.kind, message] as const))('%s', (_, message) => {
  const { text, blocks } = render(message);
  const pieces = blocks.flatMap((block) =>
    block.type === 'rich_text'
      ? block.elements.flatMap((element) => (element.type === 'rich_text_section' ? element.elements : []))
      : [],
  );

  it('stands there to its last letter, as plain text that is not bold', () => {
    const words = pieces.flatMap((piece) => (piece.type === 'text' && piece.style === undefined ? [piece.text] : []));
    expect(words.join('')).toBe(`${LONG} the end`);
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  });

  it('keeps its words out of the notification', () => {
    expect(text).not.toContain('every word');
  });
});
