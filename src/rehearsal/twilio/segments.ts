// How many billing parts a text has, and in which alphabet, by the rules that Twilio publishes.

import calculator from 'sms-segments-calculator';

/** Alphabet and number of segments of a text. */
export function countSegments(text: string): { readonly segments: number; readonly encoding: 'GSM-7' | 'UCS-2' } {
  const message = new calculator.SegmentedMessage(text);
  return { segments: message.segmentsCount, encoding: message.encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2' };
}
