// Which meanings the words of a reply or of an option have: "jc" and "community college" are one. The words are data
// (flows/replies, `alike`); a reply that names an option by another word for it is asked back, never taken.

import { spellOut } from './plain-reply.ts';

/** Phrases with the names of their meanings. */
export type Alike = ReadonlyMap<string, ReadonlySet<string>>;

/** Longest phrase that is looked up (words). */
const LONGEST = 4;

/** The names of all meanings in a list of plain words, the longest phrases first. */
export function meaningsOf(alike: Alike, words: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const spelt = spellOut(words);
  for (let at = 0; at < spelt.length; ) {
    let length = Math.min(LONGEST, spelt.length - at);
    while (length > 0 && !alike.has(spelt.slice(at, at + length).join(' '))) length -= 1;
    for (const name of alike.get(spelt.slice(at, at + length).join(' ')) ?? []) found.add(name);
    at += Math.max(1, length);
  }
  return found;
}
