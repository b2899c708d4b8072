// How many syllables a word has: Spanish by its rules of hiatus and diphthong, English by the usual estimate over groups
// of vowels. Figures and letters that stand alone count one.

import type { Language } from '../model/people.ts';

/** Syllables of one word, at least one. */
export function syllablesIn(word: string, language: Language): number {
  const letters = word.toLowerCase().replace(/['’]/g, '');
  const count = language === 'es' ? spanish(letters) : english(letters);
  return Math.max(1, count);
}

/** Strong vowels (a e o, and í ú with their accent) make a syllable each; weak ones join their neighbours. */
function spanish(word: string): number {
  const spoken = word
    .replace(/qu(?=[eiéí])/g, 'k')
    .replace(/gu(?=[eiéí])/g, 'g')
    .replace(/y$/, 'i');
  const groups = spoken.match(/[aeiouáéíóúü]+/g) ?? [];
  return groups.reduce((sum, group) => sum + Math.max(1, (group.match(/[aeoáéóíú]/g) ?? []).length), 0);
}

/** Endings that are written with a vowel and spoken without a syllable, and the other way round. */
function english(word: string): number {
  if (word.length <= 3) return 1;
  const spoken = word.replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, (ending) => ending.charAt(0)).replace(/^y/, '');
  const groups = spoken.match(/[aeiouy]+/g) ?? [];
  const apart = spoken.match(/eo|ier$|iest$|ying/g) ?? [];
  return groups.length + apart.length;
}
