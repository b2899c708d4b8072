// Whether a name is the one that somebody typed: by beginnings of words, without accents, capitals and apostrophes.

/** Whether every typed word begins a word of the name. Nothing typed matches nobody. */
export function matchesName(typed: string, name: string): boolean {
  const wanted = wordsOf(typed);
  const words = wordsOf(name);
  return wanted.length > 0 && wanted.every((want) => words.some((word) => word.startsWith(want)));
}

function wordsOf(text: string): string[] {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  // O'Brien is typed as obrien; Ana-Maria as two words.
  return bare.replace(/['’ʼ`´]/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
}
