// Reads STOP, START, HELP and everything a reasonable person would mean by them, in English and Spanish (TC-04, TC-05,
// TC-09, TC-14). It leans towards opting out. It knows nothing of distress: a text may be both, and both are acted on.

import { readWords } from '../language/normalise.ts';
import { CONSENT_BOOK } from './consent-phrases.ts';
import { readGroups, readSentences } from './phrase-book.ts';

export type ConsentWord = 'opt_out' | 'opt_in' | 'help';

/** Sentences in which a lone STOP is looked for. */
const SENTENCE_LIMIT = 30;

/**
 * What a text says about consent, or null. Any case, punctuation, blanks, emoji, stretched or look-alike letters.
 * START and UNSTOP opt in when they stand alone; YES never does (TC-09).
 */
export function readConsentWord(text: string): ConsentWord | null {
  const words = readWords(text);
  const groups = readGroups(CONSENT_BOOK, words);
  if (groups.has('listed')) return 'opt_out';
  if (groups.has('start')) return 'opt_in';
  if (groups.has('help')) return 'help';
  if (groups.has('notOptOut')) return null;
  return groups.has('optOut') || hasLoneStop(text) ? 'opt_out' : null;
}

/** "I told you already. STOP." */
function hasLoneStop(text: string): boolean {
  const sentences = readSentences(text, SENTENCE_LIMIT);
  return sentences.length > 1 && sentences.some((sentence) => readGroups(CONSENT_BOOK, sentence).has('strong'));
}

/** Whether a text says that it reached the wrong person, or asks who is texting (TC-14). */
export function isWrongNumber(text: string): boolean {
  return readGroups(CONSENT_BOOK, readWords(text)).has('wrongNumber');
}

/** The words that Twilio acts on by itself when a text is nothing else (twilio.com, default keywords). */
const CARRIER_KEYWORDS = new Set(
  'stop stopall unsubscribe cancel end quit revoke optout start yes unstop help info'.split(' '),
);

/** Whether the carrier has answered this text itself. Blanks and case do not matter to it; anything more does. */
export function isCarrierKeyword(text: string): boolean {
  return CARRIER_KEYWORDS.has(text.trim().toLowerCase());
}
