// Names of schools by their initials: "ELAC" is East LA College and nothing else. A campus named by the reply that no
// option has ("csun" beside Cal State LA) is no option at all.

import { type Alike, meaningsOf } from './choice-words.ts';

/** Words of a name that its initials may leave out. */
const LEFT_OUT: ReadonlySet<string> = new Set(['of', 'the', 'at', 'in', 'de', 'la', 'del']);
/** Words that every school of a kind has; with another word beside them a label is one school of its own. */
const SCHOOL_WORDS: ReadonlySet<string> = new Set([
  ...['university', 'universities', 'college', 'colleges', 'school', 'schools', 'campus', 'system', 'a', 'an', 'the'],
  ...['at', 'to', 'in', 'year', 'years', '2', '4', 'two', 'four', 'un', 'una', 'universidad', 'colegio', 'escuela'],
  ...['of', 'california', 'el', 'de', 'publica', 'public', 'or', 'o', 'my', 'local'],
]);
/** Meanings in flows/replies (`alike`) that are kinds of schools. */
const SCHOOLS: ReadonlySet<string> = new Set(['csu', 'uc', 'community_college', 'private_school']);
/** Words that name a kind of school and not a campus. */
const KINDS: ReadonlySet<string> = new Set([
  ...['csu', 'cal', 'state', 'uc', 'community', 'college', 'junior', 'comm', 'city', 'jc', 'cc', 'private', 'school'],
  ...['comunitario', 'colegio', 'estatal', 'privada', 'universidad', 'comunidad', 'de'],
]);
const SHORTEST = 3;

/** Whether a word is the initials of a name: exactly, or with the "u" of "csula" and the "c" of "lattc" added. */
export function isAcronym(word: string, name: readonly string[]): 'exact' | 'likely' | null {
  if (word.length < SHORTEST || name.length < 2) return null;
  const forms = initialsOf(name);
  if (forms.has(word)) return 'exact';
  const shorter = [word.replace(/^csu/, 'cs'), word.replace(/[cu]$/, '')].filter(
    (form) => form !== word && form.length >= SHORTEST,
  );
  return shorter.some((form) => forms.has(form)) ? 'likely' : null;
}

/** All initials of a name; short words ("LA", "UC") may stand whole. */
function initialsOf(name: readonly string[]): ReadonlySet<string> {
  let forms = [''];
  for (const word of name.slice(0, 6)) {
    const parts = [word.slice(0, 1), ...(word.length === 2 ? [word] : []), ...(LEFT_OUT.has(word) ? [''] : [])];
    forms = forms.flatMap((form) => parts.map((part) => form + part));
  }
  return new Set(forms);
}

/** Whether a label is one school ("Cal State LA"), and not a kind of school ("CSU"). */
export function isOneSchool(label: readonly string[], alike: Alike): boolean {
  const kinds = [...meaningsOf(alike, label)].filter((name) => SCHOOLS.has(name));
  return kinds.length > 0 && label.some((word) => word.length > 1 && !SCHOOL_WORDS.has(word) && !KINDS.has(word));
}

/** Whether the reply names a campus that the label does not: "northridge" for "Cal State LA". */
export function namesAnotherSchool(typed: readonly string[], label: readonly string[], alike: Alike): boolean {
  return typed.some(
    (word) =>
      !KINDS.has(word) &&
      !label.includes(word) &&
      isAcronym(word, label) === null &&
      [...meaningsOf(alike, [word])].some((name) => SCHOOLS.has(name)),
  );
}
