// Replies that answer nothing whatever was asked: fillers ("ay equis"), irony ("yeah right"), and asking who writes.
// The words are data (flows/replies, `aside`); only the whole reply counts, so no answer is lost to one of them.

import { isEmoji, spellOut, toPlain, wordsOf } from './plain-reply.ts';
import type { ReplyBook } from './reply-book.ts';

/** Longest aside, with greetings and laughter around it (words). */
const MOST_WORDS = 12;
const AROUND: ReadonlySet<string> = new Set(['polite', 'small', 'goodwill', 'turn']);

/** Whether a reply is nothing but an aside. */
export function isAside(book: ReplyBook, text: string): boolean {
  const plain = toPlain(text);
  if (plain.length > 120 || book.asides.size === 0) return false;
  const words = spellOut(wordsOf(plain).filter((word) => !isEmoji(word)));
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  const isAround = (word: string | undefined): boolean => AROUND.has(book.phrases.get(word ?? '') ?? '');
  for (let from = 0; from < words.length; from += 1) {
    for (let to = words.length; to > from; to -= 1) {
      if (book.asides.has(words.slice(from, to).join(' '))) return true;
      if (!isAround(words[to - 1])) break;
    }
    if (!isAround(words[from])) return false;
  }
  return false;
}
