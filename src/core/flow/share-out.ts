// Shares people out among variants by a hash of a key: pure, evenly, and the same for the same key for ever. It tells
// people apart; it is no secret and no security hash.

import { invariant } from '../model/invariant.ts';

/** A variant and its share of all people, a whole number. */
interface Share {
  readonly name: string;
  readonly share: number;
}

/** The variant of a key. The order in which variants are written does not matter; other names or shares move people. */
export function pickByShare(shares: readonly Share[], key: string): Share {
  const sorted = [...shares].sort((a, b) => (a.name < b.name ? -1 : 1));
  const total = sorted.reduce((sum, { share }) => sum + share, 0);
  let left = (hashOf(key) / 2 ** 32) * total;
  for (const one of sorted) {
    left -= one.share;
    if (left < 0) return one;
  }
  const last = sorted.at(-1);
  invariant(last, 'the check saw two variants at least');
  return last;
}

/** FNV-1a over the characters, then a last mix (that of MurmurHash3), without which like keys fall close together. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
