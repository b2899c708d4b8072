// Ids for new rows: nobody can guess them, and rows made one after the other stand near each other in their index,
// because the first letters are the time.

import { randomFillSync } from 'node:crypto';
import type { Ids } from '../../app/ports/clock.ts';

const RANDOM_BYTES = 9;
const AT_ONCE = 512;
const pool = Buffer.alloc(RANDOM_BYTES * AT_ONCE);
let nextAt = pool.length;

/** Twenty-one letters, safe in a URL: nine of time, twelve of chance. */
export const randomIds: Ids = {
  next() {
    if (nextAt === pool.length) {
      randomFillSync(pool);
      nextAt = 0;
    }
    const chance = pool.toString('base64url', nextAt, nextAt + RANDOM_BYTES);
    nextAt += RANDOM_BYTES;
    return Date.now().toString(36).padStart(9, '0') + chance;
  },
};
