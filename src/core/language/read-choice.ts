// One option out of those that were texted: by its letter, its number, or its words. Two that could be meant: none is.

import type { AskedOption } from '../model/conversation.ts';
import { toPlain, unstretch, wordsOf } from './plain-reply.ts';
import { isSlip } from './typo.ts';

const LEAD =
  /^(?:i ?(?:m|am|pick|choose|want|vote)?|its|option|opcion|letter|letra|number|numero|the|la|el|answer|respuesta|#)\s+/;
const ORDINALS: readonly (readonly string[])[] = [
  ['first', 'first one', 'primera', 'primero', 'one', 'uno', 'una'],
  ['second', 'second one', 'segunda', 'segundo', 'two', 'dos'],
  ['third', 'third one', 'tercera', 'tercero', 'three', 'tres'],
  ['fourth', 'fourth one', 'cuarta', 'cuarto', 'four', 'cuatro'],
];
const NEGATIONS = new Set(['not', 'no', 'dont', 'neither', 'none', 'ni', 'ninguno', 'ninguna', 'nor', 'cant', 'or']);
const POLITE = /\b(?:please|pls|plz|thanks|thank you|ty|lol|por favor|porfa|gracias|i think|creo|:smile|:up)\b|[:]\w+/g;

/** A label as it is compared: plain words only. */
export function normaliseLabel(label: string): string {
  return wordsOf(toPlain(label)).join(' ');
}

/** The value of the option that a reply means, or null when it is not sure. */
export function readChoice(text: string, options: readonly AskedOption[]): string | null {
  if (text.includes('?')) return null;
  const reply = wordsOf(toPlain(text).replace(POLITE, ' ')).join(' ');
  const exact = options.filter((option) => normaliseLabel(option.label) === reply);
  if (exact.length === 1) return exact[0]?.value ?? null;
  const bare = reply.replace(LEAD, '').replace(LEAD, '');
  const [head = '', ...tail] = bare.split(' ');
  const place = placeOf(bare) ?? (repeats(head, tail, options) ? placeOf(head) : null);
  if (place !== null) return options[place]?.value ?? null;
  return byWords(reply, options);
}

function placeOf(reply: string): number | null {
  if (/^[a-h]$/.test(reply)) return reply.charCodeAt(0) - 97;
  if (/^[1-8]$/.test(reply)) return Number(reply) - 1;
  const spoken = ORDINALS.findIndex((names) => names.includes(reply));
  return spoken === -1 ? null : spoken;
}

/** "b at home": the letter and then the words of that same option. */
function repeats(head: string, tail: readonly string[], options: readonly AskedOption[]): boolean {
  const place = placeOf(head);
  const label = place === null ? undefined : options[place]?.label;
  return label !== undefined && tail.length > 0 && normaliseLabel(label) === tail.join(' ');
}

function byWords(reply: string, options: readonly AskedOption[]): string | null {
  const words = reply.split(' ');
  const named = options.filter(({ label }) => mentions(words, normaliseLabel(label).split(' ')));
  const [only] = named;
  if (only === undefined || named.length > 1) return null;
  const others = words.filter((word) => !normaliseLabel(only.label).split(' ').includes(word));
  const inDoubt = others.some((word) => NEGATIONS.has(word) || /^[a-h]$/.test(word));
  return inDoubt ? null : only.value;
}

/** Whether all words of a label stand together in the reply, allowing a slip of the thumb in each. */
function mentions(words: readonly string[], label: readonly string[]): boolean {
  return words.some((_, from) => label.every((word, index) => isSame(words[from + index] ?? '', word)));
}

function isSame(typed: string, word: string): boolean {
  return typed === word || unstretch(typed).includes(word) || isSlip(typed, word);
}
