// An everyday notice to staff or a mentor: a title of ours, and lines that may hold a person's words as plain text.

import type { StaffMessage } from '../../../app/ports/messages.ts';
import type { Rendered } from './elements.ts';
import { clip, escapeText, row } from './text.ts';

type Notice = Extract<StaffMessage, { kind: 'notice' }>;

/** Rows of one notice: with their own limit they stay under Slack's 50 blocks and its total (platforms SL-17). */
const ROW_LIMIT = 6;

/** The notification repeats the title only. */
export function renderNotice(notice: Notice): Rendered {
  // Escaping makes a letter up to five times as long, and a section holds 3000.
  const title = escapeText(clip(notice.title, 500));
  const rows = notice.lines.slice(0, ROW_LIMIT).map((line) => row(line.label, line.text));
  return { text: title, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `*${title}*` } }, ...rows] };
}
