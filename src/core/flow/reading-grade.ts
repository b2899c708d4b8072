// The school grade at which a text reads, per language. English: Flesch–Kincaid (Kincaid, Fishburne, Rogers and Chissom,
// 1975). Spanish: Crawford, "Fórmula y gráfico para determinar la comprensibilidad de textos de nivel primario en
// castellano", Lectura y Vida 10(4), 1989. Links are not read; values in braces are one easy word.

import type { Language } from '../model/people.ts';
import { withoutLinks } from './check-links.ts';
import type { OwnText } from './own-texts.ts';
import type { Problem } from './problem.ts';
import { syllablesIn } from './syllables.ts';

/** The grade that texts may read at when the program does not say. */
export const USUAL_GRADE = 6;

/** Texts with fewer words are not judged: one long word would decide. */
const FEWEST_WORDS = 10;

/** A reading of one text. `grade` is null when it is too short to be judged. */
export interface Reading {
  readonly grade: number | null;
  /** The words with the most syllables, hardest first, each once; three at most. */
  readonly hardest: readonly string[];
  /** Words of the longest sentence, in order. */
  readonly longest: readonly string[];
}

/** Reads finished words. */
export function readingOf(text: string, language: Language): Reading {
  const sentences = sentencesOf(text);
  const words = sentences.flat();
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word, language), 0);
  const grade =
    words.length < FEWEST_WORDS
      ? null
      : FORMULAS[language]({ words: words.length, sentences: sentences.length, syllables });
  const ranked = [...new Set(words.map((word) => word.toLowerCase()))]
    .map((word) => ({ word, syllables: syllablesIn(word, language) }))
    .filter((one) => one.syllables > 2)
    .sort((a, b) => b.syllables - a.syllables);
  const longest = sentences.reduce<readonly string[]>((most, one) => (one.length > most.length ? one : most), []);
  return { grade, hardest: ranked.slice(0, 3).map(({ word }) => word), longest };
}

/** The finding for a text that is harder than `limit`. */
export function checkReading({ spoken, language, path }: OwnText, limit: number): Problem[] {
  if (spoken === null) return [];
  const { grade, hardest, longest } = readingOf(spoken, language);
  if (grade === null || Math.round(grade) <= limit) return [];
  const message = `this text reads at grade ${Math.round(grade)}; the limit of this program is ${limit}`;
  const sentence = `Shorten the sentence of ${longest.length} words that begins "${longest.slice(0, 4).join(' ')}"`;
  const words =
    hardest.length === 0 ? '' : `, or find shorter words for ${hardest.map((word) => `"${word}"`).join(', ')}`;
  return [{ path, message, hint: `${sentence}${words}.`, severity: 'warning' }];
}

interface Counts {
  readonly words: number;
  readonly sentences: number;
  readonly syllables: number;
}

const FORMULAS: Readonly<Record<Language, (counts: Counts) => number>> = {
  en: ({ words, sentences, syllables }) => 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59,
  // Crawford counts sentences and syllables in a hundred words.
  es: ({ words, sentences, syllables }) =>
    -0.205 * ((100 * sentences) / words) + 0.049 * ((100 * syllables) / words) - 3.407,
};

/** Words by sentence. A colon, a semicolon and a new line end one too: each is a thought of its own. */
function sentencesOf(text: string): string[][] {
  return withoutLinks(text)
    .replace(/\b([ap])\.\s?m\./gi, '$1m')
    .replace(/\d[\d.,:/-]*/g, ' 1 ')
    .split(/[.!?;:\n¡¿]+/)
    .map((sentence) => sentence.match(/[\p{L}\p{M}'’]+|\d+/gu) ?? [])
    .filter((words) => words.length > 0);
}
