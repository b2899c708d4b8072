// Where a rotating Slack token is kept: sealed, in the house's small values, behind a lock that all instances see.

import { z } from 'zod';
import type { Ids } from '../../app/ports/clock.ts';
import type { Database, Stores } from '../../app/ports/database.ts';
import type { SlackTokens, TokenStore } from '../../app/ports/token-store.ts';
import { asPhoneHash } from '../../core/model/ids.ts';
import { JsonColumn, SealedColumn } from './json-column.ts';
import { SealedCodec } from './sealed.ts';

const TOKENS = 'slack_tokens';
const LOCK = 'slack_token_lock';
/** What two instances wait for each other on: the lock of a person whom no number leads to. */
const ROW = asPhoneHash(TOKENS);

const tokensColumn = new SealedColumn<SlackTokens>(
  'house_values',
  'value',
  z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAt: z.number() }),
);
const lockColumn = new JsonColumn('house_values', 'value', z.object({ holder: z.string(), until: z.number() }));

interface Ground {
  readonly database: Database;
  readonly dataKey: string;
  readonly ids: Ids;
  /** Epoch milliseconds of real time. */
  readonly realNow: () => number;
}

export function createTokenStore({ database, dataKey, ids, realNow }: Ground): TokenStore {
  const codec = new SealedCodec(dataKey);
  /** This instance, as the lock knows it. */
  const holder = ids.next();
  const read = async ({ house }: Stores): Promise<SlackTokens | null> => {
    const value = await house.get(TOKENS);
    return value === null ? null : tokensColumn.open(codec, TOKENS, value);
  };
  return {
    load: () => database.read(read),
    saveIfUnchanged: (spent, next) =>
      database.transact(async (stores) => {
        await stores.lockPerson(ROW);
        if (((await read(stores))?.refreshToken ?? null) !== spent) return false;
        await stores.house.put(TOKENS, tokensColumn.seal(codec, TOKENS, next));
        return true;
      }),
    lock: (forMs) =>
      database.transact(async (stores) => {
        await stores.lockPerson(ROW);
        const { house } = stores;
        const value = await house.get(LOCK);
        const held = value === null ? null : lockColumn.read(LOCK, value);
        if (held !== null && held.holder !== holder && held.until > realNow()) return false;
        await house.put(LOCK, lockColumn.write(LOCK, { holder, until: realNow() + forMs }));
        return true;
      }),
    unlock: () =>
      database.transact(async (stores) => {
        await stores.lockPerson(ROW);
        const { house } = stores;
        const value = await house.get(LOCK);
        if (value === null || lockColumn.read(LOCK, value).holder !== holder) return;
        await house.put(LOCK, lockColumn.write(LOCK, { holder, until: 0 }));
      }),
  };
}
