// An everyday notice to staff or a mentor: a title of ours, and lines that may hold a person's words as plain text.

import type { KnownBlock } from '@slack/types';
import type { StaffMessage } from '../../../app/ports/messages.ts';
import type { Rendered } from './alert.ts';
import { clip, escapeText, plain } from './text.ts';

type Notice = Extract<StaffMessage, { kind: 'notice' }>;

/** Slack takes 50 blocks a message (platforms SL-17); one is the title. */
const LINE_LIMIT = 40;

/** The notification repeats the title only. */
export function renderNotice(notice: Notice): Rendered {
  const lines: KnownBlock[] = notice.lines.slice(0, LINE_LIMIT).map((line) => ({
    type: 'section',
    fields: [{ type: 'mrkdwn', text: `*${escapeText(clip(line.label, 100))}*` }, plain(line.text, 2_000)],
  }));
  return {
    text: escapeText(clip(notice.title, 200)),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `*${escapeText(clip(notice.title, 200))}*` } }, ...lines],
  };
}
