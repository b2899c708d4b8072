// The word families that ship with the program, for content that was published before it had any of its own.
// built-in-replies.json is made from flows/replies by a test and never written by hand.

import words from './built-in-replies.json' with { type: 'json' };
import { compileReplies, type ReplyBook } from './reply-book.ts';
import type { ReplyWords } from './reply-words.ts';

let known: ReplyBook | null = null;

/** The book that ships, made once. */
export function builtInReplies(): ReplyBook {
  known ??= compileReplies(words as readonly ReplyWords[]).book;
  return known;
}
