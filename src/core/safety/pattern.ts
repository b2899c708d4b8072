// The small language that signals are written in: words, <SLOTS>, (choices|of words), optional? parts, ..4 gaps,
// ^ and $ for the edges of a text, & for "both, anywhere". It reads patterns; it never looks at a student's text.

import { soundOf } from '../language/letters.ts';
import { readWords } from '../language/normalise.ts';
import type { SafetyFile } from './signal-schema.ts';

/** One part of a pattern. A `phrase` is any of several short word rows; a gap skips up to `most` words. */
export type Part =
  | { readonly kind: 'phrase'; readonly phrases: readonly Phrase[]; readonly name: string; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'start' | 'end' };

/** A row of words as the trie knows them: `word`, `stem*`, or `~sound`. */
export type Phrase = readonly string[];

export type Slots = ReadonlyMap<string, readonly Phrase[]>;

export type PatternResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** Most word rows that one slot or choice may stand for; a bigger one is a mistake of its author. */
export const PHRASE_LIMIT = 6000;
const GAP_DEFAULT = 3;
const GAP_LIMIT = 8;
const SLOT_PASSES = 6;

type Language = SafetyFile['language'];

/** Reads the word rows that a slot line or a choice stands for. No gaps, edges or `&` there. */
export function expandPhrases(line: string, language: Language, slots: Slots): PatternResult<readonly Phrase[]> {
  const options: Phrase[] = [];
  for (const choice of splitChoices(line)) {
    const units = splitUnits(choice);
    let rows: readonly Phrase[] = [[]];
    for (const unit of units) {
      const unitRows = expandUnit(unit, language, slots);
      if (!unitRows.ok) return unitRows;
      rows = rows.flatMap((row) => unitRows.value.map((more) => [...row, ...more]));
      if (rows.length > PHRASE_LIMIT) {
        return { ok: false, message: `"${line}" stands for too many phrases`, hint: `keep it under ${PHRASE_LIMIT}` };
      }
    }
    options.push(...rows.filter((row) => row.length > 0));
  }
  return { ok: true, value: options };
}

function expandUnit(unit: string, language: Language, slots: Slots): PatternResult<readonly Phrase[]> {
  const optional = unit.endsWith('?');
  const body = optional ? unit.slice(0, -1) : unit;
  const rows = expandBody(body, language, slots);
  return rows.ok && optional ? { ok: true, value: [[], ...rows.value] } : rows;
}

function expandBody(body: string, language: Language, slots: Slots): PatternResult<readonly Phrase[]> {
  if (body.startsWith('(') && body.endsWith(')')) return expandPhrases(body.slice(1, -1), language, slots);
  if (body.startsWith('<') && body.endsWith('>')) {
    const phrases = slots.get(body.slice(1, -1));
    if (phrases !== undefined) return { ok: true, value: phrases };
    return { ok: false, message: `there is no slot ${body}`, hint: 'define it under slots, in capitals' };
  }
  if (/^\.\.|[&^$]/.test(body)) {
    return {
      ok: false,
      message: `"${body}" cannot stand inside a slot or a choice`,
      hint: 'move it to the pattern itself',
    };
  }
  return { ok: true, value: [wordKeys(body, language)] };
}

/** The keys under which the trie knows a word that an author wrote. */
function wordKeys(word: string, language: Language): Phrase {
  if (word === '#') return ['#'];
  if (word.endsWith('*')) return [`${readWords(word.slice(0, -1))[0]?.forms[0] ?? ''}*`];
  return readWords(word).map((read) => {
    // "911" means that number and no other; any number is written #.
    const form = read.forms.find((reading) => reading !== '#') ?? '';
    return language === 'es' && /^[a-z]{3,}$/.test(form) ? `~${soundOf(form)}` : form;
  });
}

/** Reads all slots of all files. Slots of one name are joined over the languages, which is how Spanglish is read. */
export function readSlots(
  files: readonly SafetyFile[],
  report: (language: Language, name: string, line: number, why: PatternResult<never>) => void,
): Slots {
  const slots = new Map<string, Phrase[]>();
  for (const file of files) for (const name of Object.keys(file.slots)) slots.set(name, []);
  // Slots may name each other: they are read again until nothing is added, at most SLOT_PASSES deep.
  for (let pass = 0; pass < SLOT_PASSES; pass += 1) {
    const next = readSlotsOnce(files, slots, pass === SLOT_PASSES - 1 ? report : () => undefined);
    const grown = [...next].some(([name, phrases]) => phrases.length !== slots.get(name)?.length);
    for (const [name, phrases] of next) slots.set(name, phrases);
    if (!grown) pass = Math.max(pass, SLOT_PASSES - 2);
  }
  return slots;
}

function readSlotsOnce(
  files: readonly SafetyFile[],
  known: Slots,
  report: Parameters<typeof readSlots>[1],
): Map<string, Phrase[]> {
  const next = new Map<string, Phrase[]>();
  for (const file of files) {
    for (const [name, lines] of Object.entries(file.slots)) {
      const phrases = next.get(name) ?? [];
      lines.forEach((line, index) => {
        const read = expandPhrases(line, file.language, known);
        if (read.ok) phrases.push(...read.value);
        else report(file.language, name, index, read);
      });
      next.set(name, unique(phrases).slice(0, PHRASE_LIMIT));
    }
  }
  return next;
}

function unique(phrases: readonly Phrase[]): Phrase[] {
  return [...new Map(phrases.map((phrase) => [phrase.join(' '), phrase])).values()];
}

/** Reads one pattern: rows of parts that must all be found (`&` parts them). */
export function readPattern(
  source: string,
  language: Language,
  slots: Slots,
): PatternResult<readonly (readonly Part[])[]> {
  const rows: Part[][] = [];
  for (const conjunct of source.split(' & ')) {
    const parts: Part[] = [];
    for (const unit of splitUnits(conjunct)) {
      const part = readPart(unit, language, slots);
      if (!part.ok) return part;
      parts.push(part.value);
    }
    if (!parts.some((part) => part.kind === 'phrase' && !part.optional)) {
      return { ok: false, message: `"${conjunct}" asks for no word at all`, hint: 'add at least one word or slot' };
    }
    rows.push(parts);
  }
  return { ok: true, value: rows };
}

function readPart(unit: string, language: Language, slots: Slots): PatternResult<Part> {
  if (unit === '^') return { ok: true, value: { kind: 'start' } };
  if (unit === '$') return { ok: true, value: { kind: 'end' } };
  if (unit.startsWith('..')) return readGap(unit);
  const optional = unit.endsWith('?');
  const phrases = expandBody(optional ? unit.slice(0, -1) : unit, language, slots);
  if (!phrases.ok) return phrases;
  if (phrases.value.length === 0) return { ok: false, message: `"${unit}" stands for nothing`, hint: 'give it words' };
  const name = unit.startsWith('<') ? unit.replace('?', '') : `${language}:${optional ? unit.slice(0, -1) : unit}`;
  return { ok: true, value: { kind: 'phrase', phrases: phrases.value, name, optional } };
}

function readGap(unit: string): PatternResult<Part> {
  const most = unit === '..' ? GAP_DEFAULT : Number(unit.slice(2));
  if (Number.isInteger(most) && most >= 1 && most <= GAP_LIMIT) return { ok: true, value: { kind: 'gap', most } };
  return { ok: false, message: `"${unit}" is no gap`, hint: `write .. or ..1 to ..${GAP_LIMIT}` };
}

/** Cuts at blanks and keeps what stands in brackets together. */
function splitUnits(line: string): readonly string[] {
  return splitOutside(line.trim(), ' ').filter((unit) => unit !== '');
}

function splitChoices(line: string): readonly string[] {
  return splitOutside(line, '|').map((choice) => choice.trim());
}

function splitOutside(line: string, at: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of line) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === at && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}
