// A token that rotates (platforms SL-23), against the local Slack: renewed in time, by one instance, stored before it is
// used, because each refresh token works once.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { createTokenKeeper } from '../../../src/adapters/slack/token.ts';
import type { SlackTokens, TokenStore } from '../../../src/app/ports/token-store.ts';
import { startVendors, type Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { createMemoryLog } from '../../support/log-lines.ts';
import { COUNSELOR_CHANNEL, SLACK_TOKEN } from '../../support/vendors.ts';

const HOUR = 3_600_000;
const FIRST_REFRESH = 'xoxe-1-first';
const rotation = { clientId: '1.2', clientSecret: 'client-secret', refreshToken: FIRST_REFRESH };

let vendors: Vendors;
let now: number;
let shared: Shared;
let memory: ReturnType<typeof createMemoryLog>;

/** What the instances of a house share: one stored pair and one lock, as a database keeps them. */
interface Shared {
  tokens: SlackTokens | null;
  holder: { readonly who: string; readonly until: number } | null;
  saves: number;
  failNextSave: 'before' | 'after' | null;
  isDown: boolean;
}

function storeOf(who: string): TokenStore {
  const reach = async () => {
    await new Promise((go) => setTimeout(go, 1));
    if (shared.isDown) throw new Error('no database');
  };
  return {
    async load() {
      await reach();
      return shared.tokens;
    },
    async saveIfUnchanged(spent, next) {
      await reach();
      const failing = shared.failNextSave;
      shared.failNextSave = null;
      if (failing === 'before') throw new Error('disk full');
      if ((shared.tokens?.refreshToken ?? null) !== spent) return false;
      shared.tokens = next;
      shared.saves += 1;
      if (failing === 'after') throw new Error('the answer was lost');
      return true;
    },
    async lock(forMs) {
      await reach();
      if (shared.holder !== null && shared.holder.who !== who && shared.holder.until > now) return false;
      shared.holder = { who, until: now + forMs };
      return true;
    },
    async unlock() {
      if (shared.holder?.who === who) shared.holder = null;
    },
  };
}

beforeEach(async () => {
  now = 1_800_000_000_000;
  shared = { tokens: null, holder: null, saves: 0, failNextSave: null, isDown: false };
  memory = createMemoryLog();
  vendors = await startVendors({
    port: 0,
    house: {
      baseUrl: 'http://127.0.0.1:9',
      publicBaseUrl: 'https://icehouse.example',
      twilioAuthToken: 'unused',
      accountSid: 'AC1',
      messagingServiceSid: 'MG1',
      slackSigningSecret: 'unused',
      slackBotToken: SLACK_TOKEN,
      counselorChannel: COUNSELOR_CHANNEL,
      slackRotation: { ...rotation, expiresAt: now + 12 * HOUR },
    },
    programNumber: '+12135550100',
    staff: [],
    now: () => now,
    seed: 'token-test',
  });
});
afterEach(() => vendors.close());

const keeperOf = (who = 'a', settings: Partial<typeof rotation> = {}) =>
  createTokenKeeper({
    settings: { ...rotation, ...settings, botToken: SLACK_TOKEN, apiBaseUrl: vendors.slackBaseUrl },
    store: storeOf(who),
    log: memory.log,
    realNow: () => now,
  });
/** Whether Slack takes this token now. */
async function works(token: string): Promise<boolean> {
  const settings = { botToken: 'xoxb-another', apiBaseUrl: vendors.slackBaseUrl };
  const answer = createSlackClients(settings, () => token).everyday.auth.test();
  return answer.then(
    () => true,
    () => false,
  );
}

describe('the keeper of a token that rotates', () => {
  it('SL-23: renews at the first start, stores the pair, and gives the new token out', async () => {
    const keeper = keeperOf();
    expect(keeper.current()).toBe(SLACK_TOKEN);
    await keeper.keep();
    expect(shared.tokens).toEqual({
      accessToken: keeper.current(),
      refreshToken: expect.stringMatching(/^xoxe-1-/),
      expiresAt: now + 12 * HOUR,
    });
    expect(keeper.current()).not.toBe(SLACK_TOKEN);
    expect(await works(keeper.current())).toBe(true);
  });

  it('SL-23: renews when two hours are left, and not before', async () => {
    const keeper = keeperOf();
    await keeper.keep();
    const first = keeper.current();
    now += 10 * HOUR - 1;
    await keeper.keep();
    expect(keeper.current()).toBe(first);
    now += 1;
    await keeper.keep();
    expect(keeper.current()).not.toBe(first);
    expect(await works(keeper.current())).toBe(true);
    // For a week, a minute at a time would be no different from an hour at a time.
    for (let hour = 0; hour < 7 * 24; hour += 1) {
      now += HOUR;
      await keeper.keep();
      expect(await works(keeper.current())).toBe(true);
    }
  });

  it('SL-23: takes a stored pair at the next start instead of the settings, whose refresh token is spent', async () => {
    await keeperOf().keep();
    const again = keeperOf();
    await again.keep();
    expect(again.current()).toBe(shared.tokens?.accessToken);
    expect(shared.saves).toBe(1);
  });

  it('SL-23: is one of several instances that renew: the others take what it stored', async () => {
    const keepers = ['a', 'b', 'c'].map((who) => keeperOf(who));
    await Promise.all(keepers.map((keeper) => keeper.keep()));
    await Promise.all(keepers.map((keeper) => keeper.keep()));
    expect(new Set(keepers.map((keeper) => keeper.current()))).toEqual(new Set([shared.tokens?.accessToken]));
    expect(shared.saves).toBe(1);
    now += 11 * HOUR;
    await Promise.all(keepers.map((keeper) => keeper.keep()));
    await Promise.all(keepers.map((keeper) => keeper.keep()));
    expect(new Set(keepers.map((keeper) => keeper.current()))).toEqual(new Set([shared.tokens?.accessToken]));
    expect(shared.saves).toBe(2);
    expect(memory.events()).toEqual(['slack_token_refreshed', 'slack_token_refreshed']);
  });

  it('SL-23: does not wait for ever for an instance that died with the lock', async () => {
    shared.holder = { who: 'dead', until: now + 60_000 };
    const keeper = keeperOf();
    await keeper.keep();
    expect(shared.saves).toBe(0);
    now += 60_000;
    await keeper.keep();
    expect(shared.saves).toBe(1);
  });

  it('SL-23: goes on with the token that is stored while the new one is not, and stores it a minute later', async () => {
    const keeper = keeperOf();
    await keeper.keep();
    const first = keeper.current();
    now += 10 * HOUR;
    shared.failNextSave = 'before';
    await keeper.keep();
    expect(keeper.current()).toBe(first);
    expect(await works(first)).toBe(true);
    await keeper.keep();
    expect(keeper.current()).not.toBe(first);
    expect(shared.tokens?.accessToken).toBe(keeper.current());
    expect(await works(keeper.current())).toBe(true);
  });

  it('SL-23: reads anew when the answer to the saving was lost', async () => {
    const keeper = keeperOf();
    shared.failNextSave = 'after';
    await keeper.keep();
    await keeper.keep();
    expect(keeper.current()).toBe(shared.tokens?.accessToken);
    expect(shared.saves).toBe(1);
    expect(await works(keeper.current())).toBe(true);
  });

  it('uses what could not be stored once the stored one is over: a crisis must reach', async () => {
    const keeper = keeperOf();
    await keeper.keep();
    now += 10 * HOUR;
    shared.failNextSave = 'before';
    await keeper.keep();
    shared.isDown = true;
    now += 2 * HOUR;
    await keeper.keep();
    expect(await works(keeper.current())).toBe(true);
  });

  it('takes the settings’ refresh token when the stored one is dead: the app was installed again', async () => {
    shared.tokens = { accessToken: 'xoxe.xoxb-old', refreshToken: 'xoxe-1-spent', expiresAt: now + HOUR };
    const keeper = keeperOf();
    await keeper.keep();
    expect(await works(keeper.current())).toBe(true);
    expect(shared.tokens.accessToken).toBe(keeper.current());
  });

  it.each(['refreshToken', 'clientSecret'] as const)(
    'says so when the %s is wrong, and keeps what it has',
    async (name) => {
      const keeper = keeperOf('a', { [name]: 'xoxe-wrong' });
      await keeper.keep();
      expect(keeper.current()).toBe(SLACK_TOKEN);
      expect(memory.events()).toEqual(['slack_token_not_refreshed']);
      expect(memory.text()).not.toContain('xoxe');
    },
  );

  it('says so when Slack or the database cannot be asked, and tries again', async () => {
    const keeper = keeperOf();
    vendors.slack.setDown(true);
    await keeper.keep();
    vendors.slack.setDown(false);
    shared.isDown = true;
    await keeper.keep();
    shared.isDown = false;
    await keeper.keep();
    expect(memory.events()).toEqual([
      'slack_token_not_refreshed',
      'slack_token_not_refreshed',
      'slack_token_refreshed',
    ]);
    expect(await works(keeper.current())).toBe(true);
  });

  it('is asked at every call of both clients', async () => {
    const keeper = keeperOf();
    const settings = { botToken: SLACK_TOKEN, apiBaseUrl: vendors.slackBaseUrl };
    const clients = createSlackClients(settings, keeper.current);
    await keeper.keep();
    now += 11 * HOUR;
    await keeper.keep();
    now += 2 * HOUR;
    for (const client of [clients.urgent, clients.everyday]) {
      expect((await client.auth.test()).ok).toBe(true);
    }
  });
});
