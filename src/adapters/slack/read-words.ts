// A message of a person in Slack → its words as somebody reads them: plain letters, emoji as letters, links as their
// address. Rich text says most; whatever of it is not known here makes the whole fall back to the message's `text`, so
// that no word is ever lost to the screen.

/** What of a message event says words. Everything in it is a stranger's until it was looked at. */
export interface MessageWords {
  readonly text?: unknown;
  readonly blocks?: unknown;
}

/** Deeper than any message that Slack makes. */
const DEEPEST = 8;

/** The words, with line breaks; empty when there are none. Never throws. */
export function readWords(message: MessageWords): string {
  const rich = readBlocks(message.blocks);
  const words = rich === null || rich.trim() === '' ? readText(message.text) : rich;
  return words.replace(/\s+$/u, '');
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** All or nothing: null when a block is not rich text, or has something in it that is not known here. */
function readBlocks(blocks: unknown): string | null {
  const list = listOf(blocks);
  if (list === null || list.length === 0) return null;
  const read = list.map((block) => (isFields(block) && block['type'] === 'rich_text' ? readRich(block) : null));
  return joinAll(read, '\n');
}

function readRich(block: Fields): string | null {
  const read = (listOf(block['elements']) ?? []).map((part) => (isFields(part) ? readPart(part, 0) : null));
  return joinAll(read, '\n');
}

/** A section, a list, a quote or code. */
function readPart(part: Fields, depth: number): string | null {
  const elements = listOf(part['elements']);
  if (elements === null || depth > DEEPEST) return null;
  switch (part['type']) {
    case 'rich_text_section':
    case 'rich_text_preformatted':
    case 'rich_text_quote':
      return withoutLastBreak(readInline(elements));
    case 'rich_text_list':
      return readList(part, elements, depth);
    default:
      return null;
  }
}

function readList(list: Fields, items: readonly unknown[], depth: number): string | null {
  const offset = typeof list['offset'] === 'number' && Number.isInteger(list['offset']) ? list['offset'] : 0;
  const isOrdered = list['style'] === 'ordered';
  const read = items.map((item, index) => {
    const words = isFields(item) ? readPart(item, depth + 1) : null;
    if (words === null) return null;
    // A remark among the team begins with two slashes; a dash before them would send it to the student.
    if (words.trimStart().startsWith('//')) return words;
    return `${isOrdered ? `${offset + index + 1}.` : '-'} ${words}`;
  });
  return joinAll(read, '\n');
}

function readInline(elements: readonly unknown[]): string | null {
  const read = elements.map((element) => (isFields(element) ? readElement(element) : null));
  return read.every((part) => part !== null) ? joinWords(read) : null;
}

/** A mention that is left out between two blanks takes one of them along. */
const LEFT_OUT = '';

function joinWords(parts: readonly string[]): string {
  let words = '';
  let hasGap = false;
  for (const part of parts) {
    if (part !== LEFT_OUT) words += hasGap && words.endsWith(' ') && part.startsWith(' ') ? part.slice(1) : part;
    hasGap = part === LEFT_OUT;
  }
  return words;
}

function readElement(element: Fields): string | null {
  switch (element['type']) {
    case 'text':
      return textOf(element, 'text');
    case 'link':
      return readLink(textOf(element, 'url'), textOf(element, 'text'));
    case 'emoji':
      return readEmoji(element);
    case 'broadcast':
      return `@${textOf(element, 'range')}`;
    case 'date':
      return textOf(element, 'fallback');
    case 'color':
      return textOf(element, 'value');
    // Only an id stands there, which says nothing to a reader.
    case 'user':
    case 'usergroup':
    case 'channel':
    case 'team':
      return LEFT_OUT;
    default:
      return null;
  }
}

const HEX = /^[0-9a-f]{1,6}(?:-[0-9a-f]{1,6})*$/i;
const LAST_CODE_POINT = 0x10ffff;
/** Slack's skin tones 2 to 6 are Unicode's five modifiers. */
const FIRST_TONE = 0x1f3fb;
const LAST_TONE = 0x1f3ff;

/** A custom emoji has no letter: its name stands for it. */
function readEmoji(emoji: Fields): string {
  const hex = textOf(emoji, 'unicode');
  const name = textOf(emoji, 'name');
  if (!HEX.test(hex)) return name === '' ? LEFT_OUT : `:${name}:`;
  const points = hex.split('-').map((part) => Number.parseInt(part, 16));
  if (points.some((point) => point > LAST_CODE_POINT)) return `:${name}:`;
  const hasTone = points.some((point) => point >= FIRST_TONE && point <= LAST_TONE);
  const tone = emoji['skin_tone'];
  if (!hasTone && typeof tone === 'number' && Number.isInteger(tone) && tone >= 2 && tone <= 6) {
    points.splice(1, 0, FIRST_TONE + tone - 2);
  }
  return String.fromCodePoint(...points);
}

function joinAll(parts: readonly (string | null)[], between: string): string | null {
  return parts.every((part) => part !== null) ? parts.join(between) : null;
}

/** Slack ends a paragraph before a list with a break of its own. */
function withoutLastBreak(words: string | null): string | null {
  return words?.endsWith('\n') === true ? words.slice(0, -1) : words;
}

/** Between `<` and `>` Slack writes links and mentions; a person's own angles come escaped. */
const REFERENCE = /<([^<>]*)>/g;

function readText(text: unknown): string {
  if (typeof text !== 'string') return '';
  const parts: string[] = [];
  let from = 0;
  for (const { 0: whole, 1: inside = '', index } of text.matchAll(REFERENCE)) {
    parts.push(unescapeText(text.slice(from, index)), unescapeText(readReference(inside)));
    from = index + whole.length;
  }
  return joinWords([...parts, unescapeText(text.slice(from))]);
}

function readReference(inside: string): string {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : inside.slice(bar + 1);
  switch (target[0]) {
    case '@':
      return label === '' ? LEFT_OUT : `@${label}`;
    case '#':
      return label === '' ? LEFT_OUT : `#${label}`;
    case '!':
      return readCommand(target, label);
    default:
      return readLink(target, label);
  }
}

/** `<!here>`, `<!subteam^S1|@nurses>`, `<!date^…|fallback>`. */
function readCommand(target: string, label: string): string {
  if (label !== '') return label;
  const name = target.slice(1);
  return /^(?:here|channel|everyone)$/.test(name) ? `@${name}` : LEFT_OUT;
}

/** The address; before it what the person wrote in its place, unless that is the address over again. */
function readLink(url: string, label: string): string {
  const address = url.replace(/^(?:mailto|tel):/i, '');
  const isSame = label === '' || bare(label) === bare(address);
  return isSame ? address : `${label} (${address})`;
}

function bare(address: string): string {
  return address.replace(/^https?:\/\/|\/$|[\s().-]/gi, '').toLowerCase();
}

/** Slack escapes its three control letters in what it hands over. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
