// What a person types, turned into what Slack makes of it: `text` with & < > escaped and links, names and emoji in
// Slack's writing, and one rich_text block that says the same in parts.

import { EMOJI, readEmoji } from './emoji.ts';
import type { JsonObject } from './held.ts';
import { type SlackState, takeSlackId } from './state.ts';

/** Words as Slack keeps them. */
interface Words {
  readonly state: SlackState;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

interface Part {
  readonly text: string;
  readonly element: JsonObject;
}

const LINK = /https?:\/\/[^\s<>]+[^\s<>.,;:!?)]/u;
const MENTION = /<@[A-Z0-9]+>/u;
const SPECIAL = new RegExp(`${LINK.source}|${MENTION.source}|${EMOJI.source}`, 'gu');

/** Makes the words of a message; `<@U123>` in them is a person who was chosen from Slack's list. */
export function composeWords(before: SlackState, typed: string): Words {
  if (typed === '') return { state: before, text: '', blocks: [] };
  const { id, state } = takeSlackId(before, 'b');
  const parts = split(typed);
  const section = { type: 'rich_text_section', elements: parts.map((part) => part.element) };
  return {
    state,
    text: parts.map((part) => part.text).join(''),
    blocks: [{ type: 'rich_text', block_id: id, elements: [section] }],
  };
}

/** Slack escapes its three control letters in whatever it hands over. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function split(typed: string): readonly Part[] {
  const parts: Part[] = [];
  let plain = '';
  let end = 0;
  const flush = () => {
    if (plain !== '') parts.push({ text: escapeText(plain), element: { type: 'text', text: plain } });
    plain = '';
  };
  for (const found of typed.matchAll(SPECIAL)) {
    plain += typed.slice(end, found.index);
    end = found.index + found[0].length;
    const part = toPart(found[0]);
    if (part === null) {
      plain += found[0];
    } else {
      flush();
      parts.push(part);
    }
  }
  plain += typed.slice(end);
  flush();
  return parts;
}

function toPart(special: string): Part | null {
  if (special.startsWith('<@')) return { text: special, element: { type: 'user', user_id: special.slice(2, -1) } };
  if (special.startsWith('http')) {
    return { text: `<${escapeText(special)}>`, element: { type: 'link', url: special } };
  }
  return readEmoji(special);
}
