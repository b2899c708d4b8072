// Recognises a short list of core words with one letter wrong, missing, added or two swapped ("suicidel", "ovedose").
// The list is data, and words that merely look alike are named beside it; short words are never guessed.

import type { Word } from '../language/normalise.ts';

/** The core words under every spelling with one letter left out. */
export interface Speller {
  readonly core: ReadonlyMap<string, readonly string[]>;
  readonly known: ReadonlySet<string>;
  /** Readings of words met before, mended; only saves time, and goes when the readings go. */
  readonly mended: WeakMap<readonly string[], readonly string[]>;
}

const SHORTEST = 5;
const LONGEST = 16;

/** Prepares the core words. `known` are words that stand for themselves. */
export function createSpeller(core: readonly string[], known: ReadonlySet<string>): Speller {
  const variants = new Map<string, string[]>();
  for (const word of core) {
    for (const variant of [word, ...withoutOne(word)]) variants.set(variant, [...(variants.get(variant) ?? []), word]);
  }
  return { core: variants, known, mended: new WeakMap() };
}

function withoutOne(word: string): readonly string[] {
  return [...word].map((_, index) => word.slice(0, index) + word.slice(index + 1));
}

/** Adds the core word to the readings of each word that is one slip away from it. */
export function mendSpelling(speller: Speller, words: readonly Word[]): readonly Word[] {
  return words.map((word) => {
    if (word.isEmoji) return word;
    const forms = speller.mended.get(word.forms) ?? mendForms(speller, word.forms);
    return forms === word.forms ? word : { ...word, forms };
  });
}

function mendForms(speller: Speller, forms: readonly string[]): readonly string[] {
  const typed = forms[0] ?? '';
  const isGuessed = typed.length >= SHORTEST && typed.length <= LONGEST && !speller.known.has(typed);
  const meant = isGuessed ? findCore(speller, typed) : [];
  const mended = meant.length === 0 ? forms : [...forms, ...meant];
  speller.mended.set(forms, mended);
  return mended;
}

function findCore(speller: Speller, typed: string): readonly string[] {
  const candidates = new Set(speller.core.get(typed) ?? []);
  for (const variant of withoutOne(typed)) for (const word of speller.core.get(variant) ?? []) candidates.add(word);
  return [...candidates].filter((word) => word[0] === typed[0] && isOneSlip(typed, word));
}

/** One letter added, left out, changed, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const restA = a.slice(from);
  const restB = b.slice(from);
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
