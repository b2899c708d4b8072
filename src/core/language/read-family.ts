// What a reply means, as a family of answers. Certainty first: every word of a reply must be known and point one way,
// or nothing is read. The words are in families-en.ts and families-es.ts; mentees mix both, so both are always used.

import { FAMILIES_EN } from './families-en.ts';
import { FAMILIES_ES } from './families-es.ts';
import type { Family, FamilyTable, Role } from './family-table.ts';
import { toPlain, unstretch, wordsOf } from './plain-reply.ts';
import { findSlip } from './typo.ts';

/** The answers to a nudge about a task. */
export const TASK_FAMILIES = ['done', 'not_yet', 'later', 'stuck', 'not_for_me', 'talk'] as const;
type TaskFamily = (typeof TASK_FAMILIES)[number];

/** A family, and what else the mentee wrote after it, as typed. */
interface FoundFamily {
  readonly family: Family;
  readonly rest: string | null;
}

/** Longest reply that is read at all, in words; a longer one is a letter, and a person should read it. */
const MOST_WORDS = 40;
const TABLES: readonly FamilyTable[] = [FAMILIES_EN, FAMILIES_ES];
const PHRASES: ReadonlyMap<string, Role> = collectPhrases();
const OPEN = new Set(TABLES.flatMap((table) => table.open));
const WHOLE = new Map(TABLES.flatMap((table) => Object.entries(table.whole)));
const VOCABULARY = new Set([...PHRASES.keys()].flatMap((phrase) => phrase.split(' ')));
const LONGEST_PHRASE = Math.max(...[...PHRASES.keys()].map((phrase) => phrase.split(' ').length));
/** Where a second, independent half of a reply begins. */
const SECOND_HALF = /[.!?\n]\s*(?=\p{L})|\s(?=(?:also|btw|oh and|tambien|también|y tambien|otra cosa)\b)/iu;

/** The answer to a nudge, or null when it is not sure. Yes counts as done and no as not yet: nudges ask whether it is done. */
export function readTaskAnswer(text: string): { readonly family: TaskFamily; readonly rest: string | null } | null {
  const found = readFamily(text);
  if (found === null || isOnlyThumb(text)) return null;
  if (found.family === 'yes') return { ...found, family: 'done' };
  return found.family === 'no' ? { ...found, family: 'not_yet' } : { family: found.family, rest: found.rest };
}

/** The answer to a yes/no question, or null when it is not sure. */
export function readYesNo(text: string): { readonly yes: boolean; readonly rest: string | null } | null {
  const found = readFamily(text) ?? readOpening(text);
  if (found === null) return null;
  if (found.family === 'yes' || found.family === 'done') return { yes: true, rest: found.rest };
  return found.family === 'no' || found.family === 'not_yet' ? { yes: false, rest: found.rest } : null;
}

/** The family of a reply, or null when it is not sure. */
function readFamily(text: string): FoundFamily | null {
  const plain = toPlain(text);
  const words = wordsOf(plain);
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  const alone = WHOLE.get(words.join(' '));
  if (alone) return { family: alone, rest: null };
  const family = judge(rolesOf(words), plain.includes('?'));
  return family === null ? readFirstHalf(text) : { family, rest: null };
}

/** "done! also when is orientation?": the first half is an answer, the second a question for a person. */
function readFirstHalf(text: string): FoundFamily | null {
  const cut = SECOND_HALF.exec(text);
  if (cut === null || cut.index === 0) return null;
  const head = text.slice(0, cut.index + (/^[.!?]/.test(cut[0]) ? 1 : 0));
  const rest = text.slice(cut.index).replace(/^[.!?\s]+/, '');
  const family = judge(rolesOf(wordsOf(toPlain(head))), head.includes('?'));
  if (family === null || family === 'later') return null;
  return takesBack(rest) ? null : { family, rest };
}

/** Whether a second half says something that could change the first: another answer, a doubt, a "no". */
function takesBack(rest: string): boolean {
  const { roles } = rolesOf(wordsOf(toPlain(rest)));
  if (/^(but|pero|jk|not?|wait|espera|actually|or|o)\b/.test(toPlain(rest))) return true;
  if (/\?/.test(rest)) return false;
  return roles.some(({ role }) => !['filler', 'when', 'stuck', 'talk', 'unknown'].includes(role));
}

/** "yeah my mom is taking me": a yes (or a clear no) at the start that nothing after it puts in doubt. */
function readOpening(text: string): FoundFamily | null {
  const plain = toPlain(text);
  const { roles } = rolesOf(wordsOf(plain));
  const first = roles.find(({ role }) => role !== 'filler');
  if (plain.includes('?') || first === undefined || roles.length > MOST_WORDS) return null;
  const clear = first.role === 'yes' || (first.role === 'no' && /^(no,|nope|nah|nop\b)/.test(plain));
  const others = roles.filter((found) => found !== first).map(({ role }) => role);
  const doubt = others.some((role) => !['filler', 'unknown', 'when', first.role].includes(role));
  return clear && !doubt ? { family: first.role === 'yes' ? 'yes' : 'no', rest: null } : null;
}

interface Found {
  readonly role: Role | 'unknown';
  readonly phrase: string;
}

function rolesOf(typed: readonly string[]): { readonly roles: readonly Found[] } {
  const words = typed.map(knownForm);
  const roles: Found[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longestPhrase(words, at);
    roles.push(found ?? { role: 'unknown', phrase: words[at] ?? '' });
    at += found === null ? 1 : found.phrase.split(' ').length;
  }
  return { roles };
}

function longestPhrase(words: readonly string[], at: number): Found | null {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length -= 1) {
    const phrase = words.slice(at, at + length).join(' ');
    const role = PHRASES.get(phrase);
    if (role !== undefined) return { role, phrase };
  }
  return null;
}

function knownForm(word: string): string {
  if (VOCABULARY.has(word)) return word;
  const forms = unstretch(word);
  return forms.find((form) => VOCABULARY.has(form)) ?? findSlip(forms.at(-1) ?? word, VOCABULARY) ?? word;
}

function judge({ roles }: { readonly roles: readonly Found[] }, asks: boolean): Family | null {
  const has = (role: Role | 'unknown'): boolean => roles.some((found) => found.role === role);
  if (has('block')) return null;
  const families = familiesIn(roles);
  const family = settle(families, has('weakDone'), has('when'));
  if (family === null) return null;
  if (has('unknown')) return roles.some(({ phrase }) => OPEN.has(phrase)) && families.length === 1 ? family : null;
  const forPerson = family === 'stuck' || family === 'talk';
  if (asks && !forPerson) return null;
  return has('hedge') && !forPerson && family !== 'later' ? null : family;
}

function familiesIn(roles: readonly Found[]): Family[] {
  const families = roles.flatMap(({ role }) => (isFamily(role) ? [role] : []));
  return [...new Set(families)];
}

function isFamily(role: string): role is Family {
  return Object.hasOwn(FAMILIES_EN.families, role);
}

/** Pairs of families that still point one way; the order of the pair is the order in the reply when it matters. */
const SETTLED: Readonly<Record<string, Family>> = {
  'not_yet+done': 'not_yet',
  'done+not_yet': 'not_yet',
  'no+not_yet': 'not_yet',
  'not_yet+later': 'later',
  'later+not_yet': 'later',
  'later+done': 'later',
  'no+later': 'later',
  'yes+later': 'later',
  'yes+done': 'done',
  'done+yes': 'done',
  'yes+stuck': 'stuck',
  'no+stuck': 'stuck',
  'not_yet+stuck': 'stuck',
  'stuck+not_yet': 'stuck',
  'stuck+talk': 'talk',
  'talk+stuck': 'talk',
  'yes+talk': 'talk',
  'not_yet+talk': 'talk',
  'no+not_for_me': 'not_for_me',
  'no+not_yet+later': 'later',
  'no+not_yet+stuck': 'stuck',
  'no+not_yet+done': 'not_yet',
  'not_yet+later+done': 'later',
  'no+later+done': 'later',
};

function settle(families: readonly Family[], weakDone: boolean, when: boolean): Family | null {
  const [first] = families;
  if (first === undefined) return weakDone ? 'done' : when ? 'later' : null;
  if (families.length > 1) return SETTLED[families.join('+')] ?? null;
  if (first === 'yes' && weakDone) return 'done';
  if (first === 'no' && (weakDone || when)) return weakDone ? null : 'later';
  return first === 'yes' && when ? null : first;
}

function isOnlyThumb(text: string): boolean {
  return wordsOf(toPlain(text)).every((word) => word.startsWith(':') && word !== ':check');
}

function collectPhrases(): Map<string, Role> {
  const phrases = new Map<string, Role>();
  const add = (role: Role, list: readonly string[]): void => {
    for (const phrase of list) phrases.set(phrase, role);
  };
  for (const table of TABLES) {
    for (const role of ['filler', 'hedge', 'when', 'weakDone'] as const) add(role, table[role]);
    for (const [family, list] of Object.entries(table.families)) if (isFamily(family)) add(family, list);
    add('block', table.block);
  }
  return phrases;
}
