// Ids that look random and are not: a hash of the seed handed in and a count, so that a seed gives the same run again.

import { createHash } from 'node:crypto';

/** 32 lower-case hex digits, the same for the same seed, name and count. */
export function makeHex(seed: string, name: string, count: number): string {
  return createHash('sha256').update(`${seed}:${name}:${count}`).digest('hex').slice(0, 32);
}
