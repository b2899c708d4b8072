// Channels that strangers can read: nothing about a mentee is posted there (platforms SL-25), and nothing is held back
// only because Slack cannot be asked.

import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChannelGuard, createChannelGuard } from '../../../src/adapters/slack/channel-guard.ts';
import { createSlackClients, silentLogger } from '../../../src/adapters/slack/clients.ts';
import { createSlackSender } from '../../../src/adapters/slack/send.ts';
import { isFromElsewhere, standingOf } from '../../../src/adapters/slack/standing.ts';
import { asOutboundId } from '../../../src/core/model/ids.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { COUNSELOR_CHANNEL as COUNSELORS, startVendorsAlone, SLACK_TOKEN as TOKEN } from '../../support/vendors.ts';

const DANA = 'U0DANA0001';
const GINA = 'U0GINA0002';

let vendors: Vendors;
let now: number;
let calls: string[];
let client: WebClient;
let guard: ChannelGuard;
beforeAll(async () => {
  vendors = await startVendorsAlone({
    seed: 'channel-guard-test',
    staff: [
      { name: 'Dana Reyes', slackUserId: DANA, role: 'counselor' },
      { name: 'Gina Guest', slackUserId: GINA, role: 'counselor' },
    ],
  });
});
afterAll(() => vendors.close());
beforeEach(() => {
  vendors.slack.clearScripts();
  vendors.slack.setDown(false);
  vendors.slack.changeChannel(COUNSELORS, { isShared: false, isExtShared: false, memberIds: [DANA, GINA] });
  vendors.slack.changeUser(GINA, { isRestricted: false, isDeleted: false });
  now = 1_000_000;
  calls = [];
  client = new WebClient(TOKEN, {
    slackApiUrl: vendors.slackBaseUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
    fetch: (url, init) => {
      calls.push(String(url).split('/').at(-1) ?? '');
      return fetch(url, init);
    },
  });
  guard = createChannelGuard(() => now);
});
const check = () => guard.check(COUNSELORS, client);
const MINUTE = 60_000;

describe('a channel', () => {
  it('with members of the workspace only may be posted to, and is asked about once in five minutes', async () => {
    expect(await check()).toBeNull();
    expect(new Set(calls)).toEqual(new Set(['conversations.info', 'conversations.members', 'users.info']));
    calls = [];
    now += 5 * MINUTE - 1;
    expect(await check()).toBeNull();
    expect(calls).toEqual([]);
    now += 1;
    expect(await check()).toBeNull();
    expect(calls).not.toEqual([]);
  });

  it.each([{ isShared: true }, { isExtShared: true }])('SL-25: is refused when it is shared: %o', async (change) => {
    vendors.slack.changeChannel(COUNSELORS, change);
    expect(await check()).toBe('channel_shared');
  });

  it('SL-25: is refused with a guest in it, and taken again a minute after the guest has left', async () => {
    vendors.slack.changeUser(GINA, { isRestricted: true });
    expect(await check()).toBe('channel_has_guests');
    vendors.slack.changeChannel(COUNSELORS, { memberIds: [DANA] });
    expect(await check()).toBe('channel_has_guests');
    now += MINUTE;
    expect(await check()).toBeNull();
  });

  it('SL-25: is not refused for a guest who was deactivated', async () => {
    vendors.slack.changeUser(GINA, { isRestricted: true, isDeleted: true });
    expect(await check()).toBeNull();
  });

  it('SL-25: is asked about anew once it is forgotten', async () => {
    expect(await check()).toBeNull();
    vendors.slack.changeUser(GINA, { isRestricted: true });
    expect(await check()).toBeNull();
    guard.forget(COUNSELORS);
    expect(await check()).toBe('channel_has_guests');
  });

  it('SL-25: that was forgotten while it was asked about is not known by the old answer', async () => {
    const asking = check();
    guard.forget(COUNSELORS);
    await asking;
    calls = [];
    await check();
    expect(calls).not.toEqual([]);
  });

  it('is asked about once by posts that come together', async () => {
    await Promise.all([check(), check(), check()]);
    expect(calls.filter((method) => method === 'conversations.info')).toHaveLength(1);
  });
});

describe('a Slack that cannot be asked', () => {
  it('is no reason to hold back a post about a channel of which nothing is known', async () => {
    vendors.slack.setDown(true);
    expect(await check()).toBeNull();
    calls = [];
    expect(await check()).toBeNull();
    expect(calls).toEqual([]);
    now += 30_000;
    expect(await check()).toBeNull();
    expect(calls).toEqual(['conversations.info']);
  });

  it('leaves the last known answer standing', async () => {
    vendors.slack.changeChannel(COUNSELORS, { isShared: true });
    expect(await check()).toBe('channel_shared');
    vendors.slack.setDown(true);
    now += 10 * MINUTE;
    expect(await check()).toBe('channel_shared');
    guard.forget(COUNSELORS);
    expect(await check()).toBe('channel_shared');
  });

  it('is waited for three seconds, once', { timeout: 15_000 }, async () => {
    vendors.slack.script({ kind: 'hang_before_accept' }, { method: 'conversations.info', times: 'always' });
    const startedAt = Date.now();
    expect(await check()).toBeNull();
    const first = Date.now() - startedAt;
    expect(first).toBeGreaterThan(2_500);
    expect(first).toBeLessThan(5_000);
    now += 4_000;
    expect(await check()).toBeNull();
    expect(Date.now() - startedAt - first).toBeLessThan(1_000);
    expect(calls).toEqual(['conversations.info']);
  });
});

describe('the sender', () => {
  const message = { kind: 'notice', title: 'On your list', lines: [] } as const;
  const post = (urgent: boolean) => ({
    outboundId: asOutboundId(`guarded-${urgent}`),
    to: { kind: 'channel', channel: 'counselors' } as const,
    message,
    urgent,
    thread: null,
  });

  it.each([true, false])('SL-25: refuses to post where strangers read, urgent or not: %s', async (urgent) => {
    vendors.slack.changeChannel(COUNSELORS, { isExtShared: true });
    const clients = createSlackClients({ botToken: TOKEN, apiBaseUrl: vendors.slackBaseUrl });
    const sender = createSlackSender(clients, { counselors: COUNSELORS, staff: COUNSELORS }, guard);
    const before = vendors.slack.state().messages.length;
    const refused = { kind: 'rejected', problem: 'channel_dead', code: 'channel_shared' };
    expect(await sender.post(post(urgent))).toEqual(refused);
    expect(vendors.slack.state().messages).toHaveLength(before);
    vendors.slack.changeChannel(COUNSELORS, { isExtShared: false });
    guard.forget(COUNSELORS);
    expect(await sender.post(post(urgent))).toMatchObject({ kind: 'accepted' });
  });

  it('asks nothing of a channel for a post to a person', async () => {
    const sender = createSlackSender(
      { urgent: client, everyday: client },
      { counselors: COUNSELORS, staff: COUNSELORS },
    );
    await sender.post({ ...post(true), to: { kind: 'user', slackUserId: DANA } });
    expect(calls).toEqual(['conversations.open', 'chat.postMessage']);
  });
});

describe('who somebody is', () => {
  it.each([
    [{ id: 'U1' }, 'member'],
    [{ id: 'U1', is_restricted: true }, 'guest'],
    [{ id: 'U1', is_ultra_restricted: true }, 'guest'],
    [{ id: 'U1', is_stranger: true }, 'guest'],
    [{ id: 'U1', deleted: true, is_restricted: true }, 'deactivated'],
  ] as const)('SL-24: %j is a %s', (user, standing) => {
    expect(standingOf(user)).toBe(standing);
  });

  const colleague = { id: 'U1', team_id: 'T2', enterprise_user: { teams: ['T1', 'T2'] } };
  it.each<[Parameters<typeof isFromElsewhere>[0], string | null, boolean]>([
    [{ id: 'U1', team_id: 'T1' }, 'T1', false],
    [{ id: 'U1', team_id: 'T2' }, 'T1', true],
    [colleague, 'T1', false],
    [{ id: 'U1', team_id: 'T2' }, null, false],
    [{ id: 'U1' }, 'T1', false],
  ])('SL-25: %j is from elsewhere than %s: %s', (user, teamId, isStranger) => {
    expect(isFromElsewhere(user, teamId)).toBe(isStranger);
  });
});
