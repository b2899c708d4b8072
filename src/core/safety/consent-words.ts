// Reads STOP, START, HELP and everything a reasonable person would mean by them, in English and Spanish (TC-04, TC-05,
// TC-09, TC-14). It leans towards opting out. It knows nothing of distress: a text may be both, and both are acted on.

import { readWords } from '../language/normalise.ts';
import { CONSENT_BOOK } from './consent-phrases.ts';
import { readGroups, readSentences } from './phrase-book.ts';

export type ConsentWord = 'opt_out' | 'opt_in' | 'help';

/** Sentences that are read by themselves; the last one takes in whatever follows. */
const SENTENCE_LIMIT = 30;
/** The group of phrases that explain a word as something else. */
const OTHER_USE = 'otherUse';

/**
 * What a text says about consent, or null. Any case, punctuation, blanks, emoji, stretched or look-alike letters.
 * START and UNSTOP opt in when they stand alone; YES never does (TC-09). Words about something else ("my ex won't stop
 * texting me") hide only themselves: a STOP beside them still counts.
 */
export function readConsentWord(text: string): ConsentWord | null {
  const groups = readGroups(CONSENT_BOOK, readWords(text), OTHER_USE);
  if (groups.has('listed')) return 'opt_out';
  if (groups.has('start')) return 'opt_in';
  if (groups.has('help')) return 'help';
  if (groups.has('whole') || groups.has('optOut')) return 'opt_out';
  return hasStopSentence(text) ? 'opt_out' : null;
}

/** "I told you already. STOP." */
function hasStopSentence(text: string): boolean {
  const sentences = readSentences(text, SENTENCE_LIMIT);
  if (sentences.length < 2) return false;
  return sentences.some((sentence) => {
    const groups = readGroups(CONSENT_BOOK, sentence, OTHER_USE);
    return groups.has('strong') || groups.has('optOut');
  });
}

/** `wrong_number`: says that it is not the person who is meant. `who_is_this`: asks who texts, and may well be them. */
export type Mistaken = 'wrong_number' | 'who_is_this';

/** Whether a text says that it reached the wrong person, or asks who is texting (TC-14); null when neither. */
export function readMistaken(text: string): Mistaken | null {
  const groups = readGroups(CONSENT_BOOK, readWords(text));
  if (groups.has('wrongNumber')) return 'wrong_number';
  return groups.has('whoIsThis') ? 'who_is_this' : null;
}

/** The words that Twilio acts on by itself when a text is nothing else (twilio.com, default keywords). */
const CARRIER_KEYWORDS = new Set(
  'stop stopall unsubscribe cancel end quit revoke optout start yes unstop help info'.split(' '),
);

/** Whether the carrier has answered this text itself. Blanks and case do not matter to it; anything more does. */
export function isCarrierKeyword(text: string): boolean {
  return CARRIER_KEYWORDS.has(text.trim().toLowerCase());
}
