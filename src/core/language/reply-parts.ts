// The sentences of a reply, and which of them ask something. A reply of two halves ("done! also when is orientation?")
// is cut here; what each half means is read elsewhere.

import { itemsOf, knownWords, type ReplyBook } from './reply-book.ts';

/** One sentence as typed. */
export interface Part {
  readonly text: string;
  readonly asks: boolean;
}

/** Ends of sentences, and words with which a second thought begins. */
const CUT =
  /,\s+(?=[^,.!?\n]*\s[^,.!?\n]*\?)|(?<=[.!?\n]["')]*)\s+(?=\S)|\s+(?=(?:also|btw|by the way|oh and|y tambien|y también|otra cosa|and (?:when|what|where|how|who|can|do|is)|(?:but|pero) (?:can|what|when|where|how|do|is|puedo|cuando|donde|como|que)|y (?:cuando|cuándo|donde|dónde|como|cómo|que|qué))\b)|(?<=[!?])(?=[\p{L}¿])|(?<=\p{Extended_Pictographic}\uFE0F?)\s+(?=\p{L})/giu;
/** Opening words that ask nothing by themselves. */
const LEADS: ReadonlySet<string> = new Set([
  ...[
    'and',
    'also',
    'but',
    'so',
    'ok',
    'okay',
    'hey',
    'hi',
    'oh',
    'btw',
    'wait',
    'by',
    'the',
    'way',
    'um',
    'y',
    'pero',
  ],
  ...[
    'tambien',
    'oye',
    'hola',
    'otra',
    'cosa',
    'quick',
    'question',
    'just',
    'wondering',
    'a',
    'sorry',
    'bueno',
    'thanks',
  ],
  ...['then', 'entonces', 'yo', 'idk', 'lol', 'and', 'una', 'pregunta', 'disculpe', 'disculpa', 'miss', 'pues'],
]);

/** The sentences of a reply, in order. A single "also" or "btw" begins one of its own. */
export function partsOf(book: ReplyBook, text: string): readonly Part[] {
  return text
    .split(CUT)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}\p{Extended_Pictographic}?]/u.test(part))
    .map((part) => ({ text: part, asks: asks(book, part) }));
}

/** "do my parents have to be there": a question by the order of its words. */
const OPENS_QUESTION =
  /^(?:(?:and|but|so|wait|ok|also|oh|hey|hi|btw|idk)[\s,]+){0,3}(?:do (?:they|both|my (?:parents|mom|dad|sister|brother))|(?:does|will|are|should|would) (?:my|they|the|he|she|his|her)) \p{L}/iu;

function asks(book: ReplyBook, text: string): boolean {
  if (/[?¿]/.test(text) || OPENS_QUESTION.test(text)) return true;
  const items = itemsOf(book, knownWords(book, text));
  const first = items.find(({ role, phrase }) => role === 'question' || !LEADS.has(phrase));
  return first?.role === 'question' && (items.length > 1 || first.phrase.includes(' '));
}
