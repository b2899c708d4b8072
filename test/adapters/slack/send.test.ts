// The real Slack client against the local Slack over HTTP: what is posted, and what each kind of trouble means.

import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSlackClients, type SlackClients, silentLogger } from '../../../src/adapters/slack/clients.ts';
import { outcomeOfFailure } from '../../../src/adapters/slack/failure.ts';
import { createSlackSender } from '../../../src/adapters/slack/send.ts';
import type { StaffMessage } from '../../../src/app/ports/messages.ts';
import { asEscalationId, asOutboundId } from '../../../src/core/model/ids.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { freePort } from '../../support/http.ts';
import { COUNSELOR_CHANNEL as COUNSELORS, startVendorsAlone, SLACK_TOKEN as TOKEN } from '../../support/vendors.ts';

const DANA = 'U0DANA0001';

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendorsAlone({
    seed: 'slack-send-test',
    staff: [{ name: 'Dana Reyes', slackUserId: DANA, role: 'counselor' }],
  });
});
afterAll(() => vendors.close());
beforeEach(() => {
  vendors.slack.clearScripts();
  vendors.slack.setDown(false);
  vendors.slack.setAuthError(null);
  vendors.slack.changeChannel(COUNSELORS, { isArchived: false, isBotMember: true });
  vendors.slack.changeUser(DANA, { isDeleted: false });
});

const clients = (apiBaseUrl = vendors.slackBaseUrl) => createSlackClients({ botToken: TOKEN, apiBaseUrl });
const senderOf = (made = clients()) => createSlackSender(made, { counselors: COUNSELORS, staff: COUNSELORS });

const alert = {
  kind: 'alert',
  escalationId: asEscalationId('case-1'),
  caseCode: 'K7QX',
  firstName: 'Maya',
  tier: 'crisis',
  words: ['dont want to be alive'],
  answered: 'the crisis reply',
  openedAt: 0,
  round: 1,
  state: 'open',
  acknowledgedBy: null,
  acknowledgedAt: null,
  heldBy: null,
  released: false,
  unansweredSince: null,
  nextPaged: null,
  resolvedBy: null,
  outcome: null,
  nudgesResumeAt: null,
  timeZone: 'America/Chicago',
} satisfies StaffMessage;
const channel = { kind: 'channel', channel: 'counselors' } as const;
let count = 0;
function post() {
  count += 1;
  return { outboundId: asOutboundId(`out-${count}`), to: channel, message: alert, urgent: true, thread: null };
}
/** What is looked for when a post of this kind is in doubt. */
const sought = (given: ReturnType<typeof post>) => ({ ...given, threadTs: null });
const POSTING = { method: 'chat.postMessage' } as const;
const messages = () => vendors.slack.state().messages;
const newest = () => messages().at(-1);

describe('CR-03, F10: the client of alerts', () => {
  it('posts at once while Slack holds the everyday one back, and neither waits nor repeats by itself', async () => {
    const sender = senderOf();
    vendors.slack.script({ kind: '429', retryAfterSeconds: 60 }, { ...POSTING, times: 1 });
    const began = performance.now();
    const digest = await sender.post({ ...post(), to: { kind: 'channel', channel: 'staff' }, urgent: false });
    expect(digest).toMatchObject({ kind: 'not_sent', afterMs: 60_000 });
    const before = messages().length;
    expect(await sender.post(post())).toMatchObject({ kind: 'accepted' });
    expect(messages().length).toBe(before + 1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('does not wait behind digests that hang', async () => {
    const sender = senderOf();
    vendors.slack.script({ kind: 'hang_before_accept' }, { ...POSTING, times: 3 });
    const hanging = [1, 2, 3].map(() => sender.post({ ...post(), urgent: false }));
    // They are on their way before the alert is.
    await expect.poll(() => vendors.slack.state().rules.length).toBe(0);
    const began = performance.now();
    expect(await sender.post(post())).toMatchObject({ kind: 'accepted' });
    expect(performance.now() - began).toBeLessThan(2_000);
    vendors.slack.setDown(true);
    vendors.slack.setDown(false);
    await Promise.all(hanging.map((one) => one.catch(() => null)));
  }, 20_000);
});

describe('a post', () => {
  it('SL-18: carries the outbound id in its metadata and nothing else, and unfurls no link', async () => {
    const given = post();
    const outcome = await senderOf().post(given);
    expect(outcome).toEqual({ kind: 'accepted', providerId: `${COUNSELORS}:${newest()?.ts}`, status: 'posted' });
    expect(newest()?.metadata).toEqual({
      event_type: 'icehouse_message',
      event_payload: { outbound_id: given.outboundId },
    });
  });

  it('goes to a person through their direct conversation', async () => {
    const outcome = await senderOf().post({ ...post(), to: { kind: 'user', slackUserId: DANA } });
    expect(outcome).toMatchObject({ kind: 'accepted', providerId: expect.stringMatching(/^D/) });
  });

  it('is changed in its place, and a change repeated is the same change', async () => {
    const outcome = await senderOf().post(post());
    const providerId = outcome.kind === 'accepted' ? outcome.providerId : '';
    const before = messages().length;
    const message: StaffMessage = { ...alert, state: 'acknowledged', acknowledgedBy: 'Dana' };
    for (const _ of [1, 2]) {
      expect(await senderOf().update({ providerId, message, urgent: true })).toMatchObject({
        kind: 'accepted',
        providerId,
      });
    }
    expect(messages()).toHaveLength(before);
    expect(newest()?.text).toBe('Case K7QX is acknowledged.');
  });

  it('SL-20: is found again by its outbound id, and absent when it never arrived', async () => {
    const given = post();
    vendors.slack.script({ kind: 'accept_then_reset' }, POSTING);
    expect(await senderOf().post(given)).toEqual({ kind: 'unknown', code: 'no_answer' });
    const ts = newest()?.ts;
    expect(await senderOf().find(sought(given))).toEqual({
      kind: 'found',
      providerId: `${COUNSELORS}:${ts}`,
      status: 'posted',
    });
    expect(await senderOf().find(sought(post()))).toEqual({ kind: 'absent' });
    vendors.slack.setDown(true);
    expect(await senderOf().find(sought(given))).toEqual({ kind: 'unreachable' });
  });
});

describe('a post in a thread', () => {
  it('stands beneath its root, and in the channel too when that is wanted', async () => {
    await senderOf().post(post());
    const root = newest()?.ts ?? '';
    const given = { ...post(), thread: { ts: root, broadcast: false } };
    expect(await senderOf().post(given)).toMatchObject({
      kind: 'accepted',
      providerId: `${COUNSELORS}:${newest()?.ts}`,
    });
    expect(newest()).toMatchObject({ threadTs: root });
    expect(await senderOf().find({ ...given, threadTs: root })).toMatchObject({ kind: 'found' });
    const calls = await listen(({ sender }) => sender.post({ ...post(), thread: { ts: root, broadcast: true } }));
    expect(calls.at(-1)).toMatchObject({ method: 'chat.postMessage', thread_ts: root, reply_broadcast: 'true' });
  });

  it('SL-20: is looked for in the thread, on every page of it, and not in the channel', async () => {
    await senderOf().post(post());
    const root = newest()?.ts ?? '';
    const thread = { ts: root, broadcast: false };
    for (let filler = 0; filler < 105; filler += 1) await senderOf().post({ ...post(), thread });
    const given = { ...post(), thread };
    vendors.slack.script({ kind: 'accept_then_reset' }, POSTING);
    expect(await senderOf().post(given)).toMatchObject({ kind: 'unknown' });
    const ts = newest()?.ts;
    const found = { kind: 'found', providerId: `${COUNSELORS}:${ts}`, status: 'posted' };
    expect(await senderOf().find({ ...given, threadTs: root })).toEqual(found);
    expect(await senderOf().find({ ...given, threadTs: null })).toEqual({ kind: 'absent' });
    expect(await senderOf().find({ ...sought(post()), threadTs: root })).toEqual({ kind: 'absent' });
  });

  it('SL-20: whose root is gone is absent', async () => {
    expect(await senderOf().find({ ...post(), threadTs: '1.000001' })).toEqual({ kind: 'absent' });
  });
});

/** What a sender asks of Slack while `use` runs, in order. */
async function listen(
  use: (given: { readonly sender: ReturnType<typeof senderOf> }) => Promise<unknown>,
  sender?: (made: SlackClients) => ReturnType<typeof senderOf>,
): Promise<Record<string, string>[]> {
  const calls: Record<string, string>[] = [];
  const noted: typeof fetch = (url, init) => {
    const method = String(url).split('/').at(-1) ?? '';
    calls.push({ ...Object.fromEntries(new URLSearchParams(String(init?.body))), method });
    return fetch(url, init);
  };
  const connect = () =>
    new WebClient(TOKEN, {
      slackApiUrl: vendors.slackBaseUrl,
      retryConfig: { retries: 0 },
      logger: silentLogger,
      fetch: noted,
    });
  await use({ sender: (sender ?? senderOf)({ urgent: connect(), everyday: connect() }) });
  return calls;
}

describe('trouble with a post', () => {
  it('SL-19: 429 was not posted, and may be after the time that Slack names', async () => {
    vendors.slack.script({ kind: '429', retryAfterSeconds: 7 }, POSTING);
    const before = messages().length;
    expect(await senderOf().post(post())).toEqual({ kind: 'not_sent', afterMs: 7_000, code: 'ratelimited' });
    expect(messages()).toHaveLength(before);
  });

  it('finding 7: a 429 of an everyday post does not hold back an alert, and nothing is repeated by the client', async () => {
    const sender = senderOf();
    vendors.slack.script({ kind: '429', retryAfterSeconds: 30 }, POSTING);
    expect(await sender.post({ ...post(), urgent: false })).toMatchObject({ kind: 'not_sent', afterMs: 30_000 });
    const startedAt = Date.now();
    expect(await sender.post(post())).toMatchObject({ kind: 'accepted' });
    expect(await sender.post({ ...post(), urgent: false })).toMatchObject({ kind: 'accepted' });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    const before = messages().length;
    vendors.slack.script({ kind: '500_accepted' }, { ...POSTING, times: 'always' });
    expect(await sender.post(post())).toMatchObject({ kind: 'unknown' });
    expect(messages()).toHaveLength(before + 1);
  });

  it.each([
    ['500', '500', 0],
    ['500_accepted', '500', 1],
    ['reset_before_accept', 'no_answer', 0],
    ['accept_then_reset', 'no_answer', 1],
  ] as const)('SL-20: %s is an unknown outcome', async (kind, code, posted) => {
    const before = messages().length;
    vendors.slack.script({ kind }, POSTING);
    expect(await senderOf().post(post())).toEqual({ kind: 'unknown', code });
    expect(messages()).toHaveLength(before + posted);
  });

  it('SL-20: a time limit is an unknown outcome', async () => {
    const impatient = new WebClient(TOKEN, {
      slackApiUrl: vendors.slackBaseUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 150,
      logger: silentLogger,
    });
    vendors.slack.script({ kind: 'accept_then_hang' }, POSTING);
    const outcome = await senderOf({ urgent: impatient, everyday: impatient }).post(post());
    expect(outcome).toEqual({ kind: 'unknown', code: 'no_answer' });
  });

  it('is certainly not posted when nobody listens', async () => {
    const nobody = clients(`http://127.0.0.1:${await freePort()}/api/`);
    expect(await senderOf(nobody).post(post())).toEqual({ kind: 'not_sent', afterMs: null, code: 'ECONNREFUSED' });
  });

  it.each([
    ['is_archived', 'channel_dead'],
    ['is_inactive', 'channel_dead'],
    ['channel_not_found', 'channel_dead'],
    ['not_in_channel', 'channel_dead'],
    ['channel_is_limited_access', 'channel_dead'],
    ['channel_type_not_supported', 'channel_dead'],
    ['method_not_supported_for_channel_type', 'channel_dead'],
    ['restricted_action', 'channel_dead'],
    ['restricted_action_read_only_channel', 'channel_dead'],
    ['restricted_action_thread_only_channel', 'channel_dead'],
    ['restricted_action_thread_locked', 'channel_dead'],
    ['restricted_action_non_threadable_channel', 'channel_dead'],
    ['user_disabled', 'channel_dead'],
    ['user_not_found', 'channel_dead'],
    ['users_not_found', 'channel_dead'],
    ['user_not_visible', 'channel_dead'],
    ['cannot_dm_bot', 'channel_dead'],
    ['messages_tab_disabled', 'channel_dead'],
    ['account_inactive', 'auth_dead'],
    ['token_revoked', 'auth_dead'],
    ['token_expired', 'auth_dead'],
    ['invalid_auth', 'auth_dead'],
    ['not_authed', 'auth_dead'],
    ['not_allowed_token_type', 'auth_dead'],
    ['team_access_not_granted', 'auth_dead'],
    ['team_not_found', 'auth_dead'],
    ['enterprise_is_restricted', 'auth_dead'],
    ['ekm_access_denied', 'auth_dead'],
    ['org_login_required', 'auth_dead'],
    ['missing_scope', 'auth_dead'],
    ['no_permission', 'auth_dead'],
    ['access_denied', 'auth_dead'],
    ['accesslimited', 'auth_dead'],
    ['two_factor_setup_required', 'auth_dead'],
    ['msg_too_long', 'too_long'],
    ['msg_blocks_too_long', 'too_long'],
    ['invalid_blocks', 'too_long'],
    ['invalid_blocks_format', 'too_long'],
    ['some_new_error', 'unclassified'],
  ] as const)('SL-21: %s means %s', async (error, problem) => {
    vendors.slack.script({ kind: 'error', error }, POSTING);
    expect(await senderOf().post(post())).toEqual({ kind: 'rejected', problem, code: error });
  });

  it.each(['service_unavailable', 'ratelimited', 'rate_limited', 'message_limit_exceeded', 'team_added_to_org'])(
    'SL-21: %s was not posted, and may be later',
    async (error) => {
      vendors.slack.script({ kind: 'error', error }, POSTING);
      expect(await senderOf().post(post())).toEqual({ kind: 'not_sent', afterMs: null, code: error });
    },
  );

  it.each(['fatal_error', 'internal_error', 'request_timeout'])('SL-21: %s leaves the post in doubt', async (error) => {
    vendors.slack.script({ kind: 'error', error }, POSTING);
    expect(await senderOf().post(post())).toEqual({ kind: 'unknown', code: error });
  });

  it('SL-21: is met with the real thing: an archived channel, a channel without the bot, a dead token, a person who left', async () => {
    vendors.slack.changeChannel(COUNSELORS, { isArchived: true });
    expect(await senderOf().post(post())).toMatchObject({ problem: 'channel_dead', code: 'is_archived' });
    vendors.slack.changeChannel(COUNSELORS, { isArchived: false, isBotMember: false });
    expect(await senderOf().post(post())).toMatchObject({ problem: 'channel_dead' });
    vendors.slack.changeUser(DANA, { isDeleted: true });
    expect(await senderOf().post({ ...post(), to: { kind: 'user', slackUserId: DANA } })).toMatchObject({
      problem: 'channel_dead',
    });
    vendors.slack.setAuthError('token_revoked');
    expect(await senderOf().post(post())).toMatchObject({ problem: 'auth_dead', code: 'token_revoked' });
  });

  it('is never an error to the caller, whatever is thrown', () => {
    for (const thrown of [undefined, null, 'text', new Error('what?'), { code: 7 }]) {
      expect(outcomeOfFailure(thrown)).toEqual({ kind: 'unknown', code: 'no_answer' });
    }
  });
});
