// One option out of those that were texted: by its letter, its number, its place, or its words. Two that could be meant:
// none is. Words that only one option has are enough, but asked back when others stand beside them.

import type { AskedOption } from '../model/conversation.ts';
import { isAcronym, isOneSchool, namesAnotherSchool } from './acronym.ts';
import { type Alike, meaningsOf } from './choice-words.ts';
import { spellOut, toPlain, unstretch, withoutEmoji, wordsOf } from './plain-reply.ts';
import { isSlip } from './typo.ts';

const LEAD =
  /^(?:i ?(?:m|am|pick|choose|want|vote|ll|would|say|go|think)?|ill|id|go|going|gonna|with|its|it|is|my|option|opcion|letter|letra|number|numero|num|the|la|el|answer|respuesta|pick|me|quedo|con|escojo|elijo|quiero|for|probably|prob|maybe|creo|um|uh|ok|yes|si|yeah|hi|hola|hey|that|would|be|seria|es|on|en)\s+/;
const ORDINALS: readonly (readonly string[])[] = [
  ['first', 'first one', '1st', '1st one', 'primera', 'primero', 'one', 'uno', 'una', 'primera opcion', 'first option'],
  ['second', 'second one', '2nd', '2nd one', 'segunda', 'segundo', 'two', 'dos', 'segunda opcion', 'second option'],
  ['third', 'third one', '3rd', '3rd one', 'tercera', 'tercero', 'three', 'tres', 'tercera opcion', 'third option'],
  ['fourth', 'fourth one', '4th', '4th one', 'cuarta', 'cuarto', 'four', 'cuatro', 'cuarta opcion', 'fourth option'],
];
const MIDDLE: ReadonlySet<string> = new Set([
  'middle one',
  'middle',
  'the middle',
  'la de en medio',
  'la de enmedio',
  'medio',
]);
const LAST = new Set([
  'last',
  'last one',
  'the last',
  'last option',
  'ultima',
  'ultimo',
  'bottom one',
  'ultima opcion',
]);
const NEGATIONS = new Set([
  ...['not', 'no', 'dont', 'neither', 'none', 'ni', 'ninguno', 'ninguna', 'nor', 'cant', 'or', 'o', 'both', 'either'],
  ...['ambos', 'ambas', 'except', 'instead', 'anything', 'all', 'isnt', 'never', 'nunca', 'wont', 'used'],
  ...['hate', 'odio', 'broken', 'hacked', 'rejected', 'denied', 'didnt'],
]);
const POLITE =
  /\b(?:please|pls|plz|thanks|thank you|thank u|thx|ty|lol|por favor|porfa|gracias|i think|creo|haha|jaja|bro|miss|final answer)\b/g;
const DOUBT =
  /\b(?:maybe|probably|prob|i guess|guess|idk|not sure|no se|quiza|quizas|tal vez|a lo mejor|supongo|kinda|leaning)\b/g;
const TURNED = /\b(?:wait|actually|no wait|i mean|mejor|perdon|digo|espera|sorry|scratch that|nvm)\b/;
/** Words that say nothing about which option is meant. */
const EMPTY = new Set([
  ...[
    'a',
    'an',
    'the',
    'in',
    'at',
    'on',
    'of',
    'to',
    'my',
    'i',
    'im',
    'am',
    'ill',
    'be',
    'is',
    'it',
    'its',
    'and',
    'with',
  ],
  ...[
    'will',
    'for',
    'going',
    'gonna',
    'want',
    'would',
    'like',
    'one',
    'option',
    'yet',
    'by',
    'just',
    'think',
    'do',
    'go',
  ],
  ...[
    'el',
    'la',
    'los',
    'las',
    'en',
    'de',
    'del',
    'un',
    'una',
    'mi',
    'con',
    'y',
    'voy',
    'que',
    'es',
    'por',
    'para',
    'al',
    'me',
  ],
  ...[
    'living',
    'live',
    'vivir',
    'vivo',
    'estar',
    'probably',
    'this',
    'that',
    'so',
    'ok',
    'yes',
    'si',
    'hey',
    'hi',
    'hola',
  ],
]);

/** An option, and whether it is certain; what is not is asked back. */
export interface ChoiceReading {
  readonly band: 'accept' | 'confirm';
  /** The value of the option. */
  readonly value: string;
}

/** A label as it is compared: plain words only. */
export function normaliseLabel(label: string): string {
  return wordsOf(toPlain(label)).join(' ');
}

const NONE_ALIKE: Alike = new Map();

/** The option that a reply means, or null when nobody could tell. `alike`: words that stand for one another. */
export function readChoice(
  text: string,
  options: readonly AskedOption[],
  alike: Alike = NONE_ALIKE,
): ChoiceReading | null {
  const found = readAny(text, options, alike);
  const option = options.find(({ value }) => value === found?.value);
  if (option === undefined || alike.size === 0) return found;
  const label = normaliseLabel(option.label).split(' ');
  return isOneSchool(label, alike) && namesAnotherSchool(wordsOf(toPlain(text)), label, alike) ? null : found;
}

function readAny(text: string, options: readonly AskedOption[], alike: Alike): ChoiceReading | null {
  const plain = withoutEmoji(toPlain(text))
    .replace(/\u{1F170}/gu, 'a')
    .replace(/\u{1F171}/gu, 'b');
  const certain = readPlain(plain, options);
  if (certain !== null) return plain.includes('?') ? { ...certain, band: 'confirm' } : certain;
  const guess = plain.replace(DOUBT, ' ');
  const likely = guess === plain || /\bno\b|\bnot\b/.test(guess) ? null : readPlain(guess, options);
  const initials = readInitials(plain, options);
  if (initials !== null) return initials;
  const found = likely ?? readTurned(plain, options) ?? readMeaning(plain, options, alike);
  return found === null ? null : { ...found, band: 'confirm' };
}

/** By an initial ("E" for Evening), the beginning of a word ("aft"), or another word for the same ("w my parents"). */
function readMeaning(plain: string, options: readonly AskedOption[], alike: Alike): ChoiceReading | null {
  const typed = wordsOf(plain.replace(POLITE, ' ').replace(/\bno one\b/g, 'nobody')).filter(
    (word) => word !== 'idk' || options.some(isUnsure),
  );
  if (isNotKnown(typed)) return onlyOneOf(options.filter(isUnsure));
  if (typed.length === 0 || typed.length > 12) return null;
  const isAll = /\ball (?:at once|of it|in one)\b/.test(typed.join(' '));
  if (typed.some((word) => NEGATIONS.has(word) && !(isAll && word === 'all'))) return null;
  const bare = withoutLead(typed.join(' '));
  return (
    onlyOne(options, (label) => bare.length === 1 && /[a-z]/.test(bare) && label[0]?.startsWith(bare) === true) ??
    onlyOne(options, (label) => label.includes(bare)) ??
    onlyOne(
      options,
      (label) => bare.length > 2 && (label.join('') === bare || label.some((word) => word.startsWith(bare))),
    ) ??
    byMeaning(typed, options, alike)
  );
}

/** By the initials of an option, alone: "ELAC". */
function readInitials(plain: string, options: readonly AskedOption[]): ChoiceReading | null {
  const [word, ...others] = withoutLead(wordsOf(plain.replace(POLITE, ' ')).join(' ')).split(' ');
  if (word === undefined || others.length > 0) return null;
  const fits = (label: string): ReturnType<typeof isAcronym> => isAcronym(word, normaliseLabel(label).split(' '));
  for (const sure of ['exact', 'likely'] as const) {
    const [only, ...more] = options.filter(({ label }) => fits(label) === sure);
    if (only !== undefined && more.length === 0) {
      return { band: sure === 'exact' && !plain.includes('?') ? 'accept' : 'confirm', value: only.value };
    }
  }
  return null;
}

/** By other words for the same: "jc" for "Community college". */
function byMeaning(typed: readonly string[], options: readonly AskedOption[], alike: Alike): ChoiceReading | null {
  const said = meaningsOf(alike, typed);
  if (said.size === 0) return null;
  return onlyOne(
    options,
    (label) => [...meaningsOf(alike, label)].some((name) => said.has(name)) && !isOneSchool(label, alike),
  );
}

function isNotKnown(typed: readonly string[]): boolean {
  return /^(?:i )?(?:idk|dunno|no se|not sure|unsure|no idea|dont know|no clue|ni idea|todavia no se)\b/.test(
    typed.join(' '),
  );
}

function isUnsure({ label }: AskedOption): boolean {
  return /\b(?:not sure|unsure|dont know|no se|no estoy segur[oa]|undecided)\b/.test(normaliseLabel(label));
}

function onlyOne(options: readonly AskedOption[], fits: (label: readonly string[]) => boolean): ChoiceReading | null {
  return onlyOneOf(options.filter(({ label }) => fits(normaliseLabel(label).split(' '))));
}

function onlyOneOf(fitting: readonly AskedOption[]): ChoiceReading | null {
  const [only] = fitting;
  return only === undefined || fitting.length > 1 ? null : { band: 'confirm', value: only.value };
}

/** "a no wait b": what was said last. */
function readTurned(plain: string, options: readonly AskedOption[]): ChoiceReading | null {
  const last = plain.split(TURNED).at(-1) ?? '';
  if (last === plain) return null;
  const read = readPlain(last, options);
  return read === null ? null : { ...read, band: 'confirm' };
}

function readPlain(plain: string, options: readonly AskedOption[]): ChoiceReading | null {
  const exact = options.filter((option) => normaliseLabel(option.label) === wordsOf(plain).join(' '));
  if (exact.length === 1) return accepted(exact[0]);
  const reply = wordsOf(plain.replace(POLITE, ' ')).join(' ');
  const again = options.filter((option) => normaliseLabel(option.label) === reply);
  if (again.length === 1) return accepted(again[0]);
  const bare = withoutLead(reply);
  const [head = '', ...tail] = bare.split(' ');
  const place = placeOf(bare, options.length) ?? (repeats(head, tail, options) ? placeOf(head, options.length) : null);
  if (place !== null) return accepted(options[place]);
  return byWords(reply, options) ?? byContent(reply, options);
}

function accepted(option: AskedOption | undefined): ChoiceReading | null {
  return option === undefined ? null : { band: 'accept', value: option.value };
}

function withoutLead(reply: string): string {
  let bare = reply;
  for (let count = 0; count < 6; count += 1) {
    const shorter = bare.replace(LEAD, '');
    if (shorter === bare) return bare;
    bare = shorter;
  }
  return bare;
}

function placeOf(reply: string, count: number): number | null {
  if (/^([a-h])\1*$/.test(reply)) return reply.charCodeAt(0) - 97;
  if (/^[1-8]$/.test(reply)) return Number(reply) - 1;
  if (LAST.has(reply)) return count - 1;
  if (MIDDLE.has(reply) && count === 3) return 1;
  const spoken = ORDINALS.findIndex((names) => names.includes(reply));
  return spoken === -1 ? null : spoken;
}

/** "b at home": the letter and then the words of that same option. */
function repeats(head: string, tail: readonly string[], options: readonly AskedOption[]): boolean {
  const place = placeOf(head, options.length);
  const label = place === null ? undefined : options[place]?.label;
  if (label === undefined || tail.length === 0) return false;
  const words = normaliseLabel(label).split(' ');
  return tail.every((word) => words.some((known) => isSame(word, known)));
}

function byWords(reply: string, options: readonly AskedOption[]): ChoiceReading | null {
  const words = reply.split(' ');
  const named = options.filter(({ label }) => mentions(words, normaliseLabel(label).split(' ')));
  const [only] = named;
  if (only === undefined || named.length > 1) return null;
  const others = words.filter((word) => !normaliseLabel(only.label).split(' ').includes(word));
  const inDoubt = others.some((word) => NEGATIONS.has(word) || /^[b-h]$/.test(word));
  const others2 = others.filter((word) => !EMPTY.has(word) && !isPartOf(word, only));
  return inDoubt ? null : { band: others2.length > 2 ? 'confirm' : 'accept', value: only.value };
}

function isPartOf(word: string, { label }: AskedOption): boolean {
  return normaliseLabel(label)
    .split(' ')
    .some((known) => isSame(word, known));
}

/** By the words that only one option has: "dorm" for "In a dorm". */
function byContent(reply: string, options: readonly AskedOption[]): ChoiceReading | null {
  const words = reply.split(' ').filter((word) => word !== '' && !EMPTY.has(word));
  if (words.length === 0 || words.length > 10) return null;
  const scores = options.map((option) => words.filter((word) => word.length > 1 && isContentOf(word, option)).length);
  const best = Math.max(...scores);
  const at = scores.indexOf(best);
  const option = options[at];
  if (best === 0 || option === undefined || scores.lastIndexOf(best) !== at) return null;
  const unknown = words.filter((word) => !isContentOf(word, option) && !isPartOf(word, option));
  if (unknown.some((word) => NEGATIONS.has(word) || /^[b-h]$/.test(word))) return null;
  if (scores.some((score, index) => index !== at && score > 0 && unknown.length > 0)) return null;
  return { band: unknown.length === 0 ? 'accept' : 'confirm', value: option.value };
}

function isContentOf(word: string, { label }: AskedOption): boolean {
  const known = normaliseLabel(label)
    .split(' ')
    .filter((one) => !EMPTY.has(one) && one.length > 1);
  return known.some((one) => isSame(word, one) || isInflected(word, one));
}

/** "dorms" for "dorm", "commute" for "commuting". */
function isInflected(word: string, known: string): boolean {
  const stem = (one: string): string => one.replace(/(?:ing|es|e|s)$/, '');
  return stem(word).length > 3 && stem(word) === stem(known);
}

/** Whether all words of a label stand together in the reply, allowing a slip of the thumb in each. */
function mentions(words: readonly string[], label: readonly string[]): boolean {
  return words.some((_, from) => label.every((word, index) => isSame(words[from + index] ?? '', word)));
}

/** "hme" for "home": an inner vowel left out. */
function isShortened(typed: string, word: string): boolean {
  const bones = (one: string): string => one.slice(0, 1) + one.slice(1).replace(/[aeiou]/g, '');
  return typed.length > 2 && typed === bones(word);
}

function isSame(typed: string, word: string): boolean {
  return (
    typed === word ||
    unstretch(typed).includes(word) ||
    isSlip(typed, word) ||
    isShortened(typed, word) ||
    spellOut([typed]).join(' ') === word
  );
}
