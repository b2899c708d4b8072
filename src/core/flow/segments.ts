// How many billing parts a text makes (160/153 GSM-7 or 70/67 UCS-2 characters), and which letters forced the short kind.

import segments from 'sms-segments-calculator';

/** Longest body that Twilio takes, in characters (TX-10). */
export const LONGEST_TEXT = 1600;

/** Segments of a text, and the characters outside GSM-7 in it, each once. */
export function measureSegments(text: string): {
  readonly segments: number;
  readonly costlyLetters: readonly string[];
} {
  const message = new segments.SegmentedMessage(text);
  return { segments: message.segmentsCount, costlyLetters: [...new Set(message.getNonGsmCharacters())] };
}
