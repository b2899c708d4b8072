// The word families of both languages, ready to be read with: one table of phrases, because mentees mix languages in one
// reply. Made once from flows/replies and never changed; mistakes in a line are returned, never thrown.

import { isEmoji, spellOut, toPlain, unstretch, wordsOf } from './plain-reply.ts';
import { expandLine, expandSlots } from './reply-pattern.ts';
import { FAMILIES, type Family, type FamilyWords, type ReplyWords, WORD_KINDS, type WordKind } from './reply-words.ts';
import { isSlip } from './typo.ts';

/** What a phrase is: an answer, or a word that changes how one is read. */
export type Role = Family | WordKind;

/** One phrase of a reply with its role; null when nothing is known of it. */
export interface Item {
  readonly role: Role | null;
  readonly phrase: string;
  /** Whether it stays certain with unknown words around it. */
  readonly isOpen: boolean;
  /** Whether it means nothing with unknown words around it. */
  readonly isWeak: boolean;
}

/** Everything that replies are read with. */
export interface ReplyBook {
  readonly phrases: ReadonlyMap<string, Role>;
  /** Phrases that mean something else where a yes or a no was asked. */
  readonly asked: ReadonlyMap<string, Role>;
  readonly open: ReadonlySet<string>;
  readonly weak: ReadonlySet<string>;
  readonly alone: ReadonlyMap<string, Family>;
  /** Whole replies that answer nothing, whatever was asked. */
  readonly asides: ReadonlySet<string>;
  /** Phrases that stand for one another in options, each with the names of its meanings. */
  readonly alike: ReadonlyMap<string, ReadonlySet<string>>;
  /** Known words by their first letter, for slips of the thumb. */
  readonly vocabulary: ReadonlyMap<string, ReadonlySet<string>>;
  readonly longest: number;
  readonly means: Readonly<Record<'en' | 'es', Readonly<Record<Family, string>>>>;
  readonly askBack: Readonly<Record<'en' | 'es', string>>;
}

/** A line that cannot be read, and in which file. */
export interface LineProblem {
  readonly language: 'en' | 'es';
  readonly path: readonly (string | number)[];
  readonly failure: string;
}

/** Words of a doubt that are looked for across the end of another phrase. */
const LONGEST_DOUBT = 4;

/** Makes the book, and says which lines had to be left out. */
export function compileReplies(files: readonly ReplyWords[]): {
  readonly book: ReplyBook;
  readonly problems: readonly LineProblem[];
} {
  const draft = new Draft();
  for (const file of files) draft.add(file);
  return { book: draft.finish(files), problems: draft.problems };
}

class Draft {
  readonly problems: LineProblem[] = [];
  readonly #phrases = new Map<string, Role>();
  readonly #asked = new Map<string, Role>();
  readonly #open = new Set<string>();
  readonly #weak = new Set<string>();
  readonly #alone = new Map<string, Family>();
  readonly #asides = new Set<string>();
  readonly #alike = new Map<string, Set<string>>();

  add(file: ReplyWords): void {
    const { slots, failures } = expandSlots(file.slots);
    const { language } = file;
    for (const { name, index, failure } of failures) {
      this.problems.push({ language, path: ['slots', name, index], failure });
    }
    const all = (path: readonly string[], lines: readonly string[], put: (phrase: string) => void): void => {
      for (const [index, line] of lines.entries()) {
        const expanded = expandLine(line, slots);
        if ('failure' in expanded) this.problems.push({ language, path: [...path, index], failure: expanded.failure });
        else for (const phrase of expanded.phrases) put(normal(phrase));
      }
    };
    for (const kind of WORD_KINDS) {
      const put = (phrase: string): unknown =>
        kind === 'aside' ? this.#asides.add(phrase) : this.#phrases.set(phrase, kind);
      // Content that was published before a list existed goes on without it.
      all(['words', kind], file.words[kind] ?? [], put);
    }
    for (const [name, lines] of Object.entries(file.alike ?? {})) {
      all(['alike', name], lines, (phrase) => {
        this.#alike.set(phrase, (this.#alike.get(phrase) ?? new Set<string>()).add(name));
      });
    }
    for (const family of FAMILIES) this.#addFamily(family, file.families[family], all);
  }

  #addFamily(
    family: Family,
    { words, open, weak, alone, asked }: FamilyWords,
    all: (path: readonly string[], lines: readonly string[], put: (phrase: string) => void) => void,
  ): void {
    const at = (key: string): readonly string[] => ['families', family, key];
    all(at('words'), words, (phrase) => this.#phrases.set(phrase, family));
    all(at('open'), open, (phrase) => {
      this.#phrases.set(phrase, family);
      this.#open.add(phrase);
    });
    all(at('weak'), weak, (phrase) => {
      this.#phrases.set(phrase, family);
      this.#weak.add(phrase);
    });
    all(at('alone'), alone, (phrase) => this.#alone.set(phrase, family));
    all(at('asked'), asked, (phrase) => this.#asked.set(phrase, family));
  }

  finish(files: readonly ReplyWords[]): ReplyBook {
    const known = [...this.#phrases.keys(), ...this.#asked.keys()];
    const vocabulary = new Map<string, Set<string>>();
    for (const word of known.flatMap((phrase) => phrase.split(' '))) {
      const first = word.slice(0, 1);
      const words = vocabulary.get(first) ?? new Set();
      vocabulary.set(first, words.add(word));
    }
    return {
      phrases: this.#phrases,
      asked: this.#asked,
      open: this.#open,
      weak: this.#weak,
      alone: this.#alone,
      asides: this.#asides,
      alike: this.#alike,
      vocabulary,
      longest: known.reduce((most, phrase) => Math.max(most, phrase.split(' ').length), 1),
      means: { en: meansIn(files, 'en'), es: meansIn(files, 'es') },
      askBack: { en: askBackIn(files, 'en'), es: askBackIn(files, 'es') },
    };
  }
}

function meansIn(files: readonly ReplyWords[], language: 'en' | 'es'): Record<Family, string> {
  const file = files.find((one) => one.language === language);
  const entries = FAMILIES.map((family) => [family, file?.families[family].means ?? family] as const);
  return Object.fromEntries(entries) as Record<Family, string>;
}

function askBackIn(files: readonly ReplyWords[], language: 'en' | 'es'): string {
  return files.find((one) => one.language === language)?.ask_back ?? '{answer}?';
}

function normal(phrase: string): string {
  return spellOut(wordsOf(toPlain(phrase))).join(' ');
}

/** The words of a text as the book knows them: shortened ones written out, slips mended. */
export function knownWords(book: ReplyBook, text: string): readonly string[] {
  return spellOut(wordsOf(toPlain(text))).flatMap((word) => knownForm(book, word));
}

/** The words as phrases with their roles, the longest first. `asksYesNo`: a yes or a no was asked. */
export function itemsOf(book: ReplyBook, words: readonly string[], asksYesNo = false): readonly Item[] {
  const items: Item[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longestPhrase(book, words, at, asksYesNo);
    const word = words[at] ?? '';
    items.push(found?.item ?? { role: isEmoji(word) ? 'polite' : null, phrase: word, isOpen: false, isWeak: false });
    at += found?.length ?? 1;
  }
  return items;
}

function longestPhrase(
  book: ReplyBook,
  words: readonly string[],
  at: number,
  asksYesNo: boolean,
): { readonly item: Item; readonly length: number } | null {
  for (let length = Math.min(book.longest, words.length - at); length > 0; length -= 1) {
    if (isTorn(book, words, at, at + length)) continue;
    const phrase = words.slice(at, at + length).join(' ');
    const role = (asksYesNo ? book.asked.get(phrase) : undefined) ?? book.phrases.get(phrase);
    if (role !== undefined)
      return { item: { role, phrase, isOpen: book.open.has(phrase), isWeak: book.weak.has(phrase) }, length };
  }
  return null;
}

/** Words that a following "not" belongs to: "i did | not" is cut before them. */
const TURNED_BY_NOT: ReadonlySet<string> = new Set([
  ...['do', 'did', 'does', 'have', 'has', 'had', 'am', 'is', 'are', 'was', 'were', 'will', 'would', 'can', 'could'],
]);

/** Whether a phrase from `from` to `to` would cut a doubt ("so done | with this") or a "not" in two. */
function isTorn(book: ReplyBook, words: readonly string[], from: number, to: number): boolean {
  if (to - from > 1 && words[to] === 'not' && TURNED_BY_NOT.has(words[to - 1] ?? '')) return true;
  if (words[from] === 'no' && words[from + 1] === 'no' && to === from + 2 && beginsPhrase(book, words, from + 1))
    return true;
  for (let start = from + 1; start < to; start += 1) {
    for (let end = Math.min(words.length, start + LONGEST_DOUBT); end > to; end -= 1) {
      if (book.phrases.get(words.slice(start, end).join(' ')) === 'doubt') return true;
    }
  }
  return false;
}

/** "no, no lo tengo": the second "no" belongs to what follows. */
function beginsPhrase(book: ReplyBook, words: readonly string[], at: number): boolean {
  for (let end = Math.min(words.length, at + book.longest); end > at + 1; end -= 1) {
    const phrase = words.slice(at, end).join(' ');
    if (book.phrases.has(phrase) || book.asked.has(phrase)) return true;
  }
  return false;
}

function knownForm(book: ReplyBook, word: string): readonly string[] {
  const known = book.vocabulary.get(word.slice(0, 1));
  if (known === undefined || known.has(word)) return [word];
  // "moon" is no stretched "mon": two letters are one too many only at the end of a word.
  const forms = /(.)\1\1/.test(word) ? unstretch(word) : [...new Set([word, word.replace(/(.)\1$/, '$1')])];
  const shorter = forms.find((form) => known.has(form));
  if (shorter !== undefined) return [shorter];
  const spelt = forms.slice(1).flatMap((form) => spellOut([form]).join(' '));
  const written = spelt.find((form) => form.includes(' '));
  if (written !== undefined) return written.split(' ');
  return [slipOf(forms.at(-1) ?? word, known) ?? word];
}

function slipOf(word: string, known: ReadonlySet<string>): string | null {
  let only: string | null = null;
  for (const candidate of known) {
    if (!isSlip(word, candidate)) continue;
    if (only !== null) return null;
    only = candidate;
  }
  return only;
}
