// Everyday texts that ship with the program, written for it: what an example may never page. They are code, not content,
// so that nobody can make an example fit by taking a text away.

import texts from './ordinary-texts.json' with { type: 'json' };

/** Some three thousand texts in English, Spanish and both, in none of which anybody is in distress. */
export const ORDINARY_TEXTS: readonly string[] = texts;
