// What the doctor and the start ask Slack, against the local Slack.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { askIdentity } from '../../../src/adapters/slack/identity.ts';
import { inspectSlack, NEEDED_SCOPES } from '../../../src/adapters/slack/inspect.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { readText } from '../../support/source-tree.ts';
import { COUNSELOR_CHANNEL as COUNSELORS, startVendorsAlone, SLACK_TOKEN as TOKEN } from '../../support/vendors.ts';

const GINA = 'U0GINA0002';

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendorsAlone({
    seed: 'inspect-test',
    staff: [{ name: 'Gina Guest', slackUserId: GINA, role: 'counselor' }],
  });
});
afterAll(() => vendors.close());
beforeEach(() => {
  vendors.slack.setDown(false);
  vendors.slack.setAuthError(null);
  vendors.slack.changeChannel(COUNSELORS, {
    isArchived: false,
    isBotMember: true,
    isPrivate: true,
    isShared: false,
    isExtShared: false,
  });
});

const client = (botToken = TOKEN) => createSlackClients({ botToken, apiBaseUrl: vendors.slackBaseUrl }).everyday;
const inspect = (token?: string) => inspectSlack(client(token), { counselors: COUNSELORS });
const unwell = async (token?: string) => (await inspect(token)).filter(({ ok }) => !ok).map(({ what }) => what);

describe('the doctor', () => {
  it('finds a Slack well', async () => {
    expect(await unwell()).toEqual([]);
    expect(await inspect()).toHaveLength(7);
  });

  it.each([
    [{ isPrivate: false }, 'the counselors channel is private'],
    [{ isShared: true }, 'the counselors channel is not shared with another workspace'],
    [{ isExtShared: true }, 'the counselors channel is not shared with another workspace'],
    [{ isArchived: true }, 'the counselors channel is in use'],
  ])('SL-25: minds a channel with %o', async (change, what) => {
    vendors.slack.changeChannel(COUNSELORS, change);
    expect(await unwell()).toContain(what);
  });

  it('SL-25: minds a guest in a channel, and says so when it cannot see who is there', async () => {
    vendors.slack.changeUser(GINA, { isRestricted: true });
    expect(await unwell()).toEqual(['the counselors channel has no guests']);
    vendors.slack.changeUser(GINA, { isRestricted: false });
    vendors.slack.script({ kind: 'error', error: 'missing_scope' }, { method: 'users.info', times: 'always' });
    expect((await inspect()).filter(({ ok }) => !ok)).toEqual([
      { what: 'the counselors channel shows its members', ok: false, mend: expect.stringContaining('missing_scope') },
    ]);
    vendors.slack.clearScripts();
  });

  it('says what to do about a wrong token, a dead one and a Slack that does not answer', async () => {
    expect(await unwell('xoxb-another')).toEqual([
      'Slack answers and knows the bot',
      'the counselors channel can be read',
    ]);
    vendors.slack.setAuthError('token_revoked');
    const [first] = await inspect();
    expect(first?.mend).toContain('token_revoked');
    vendors.slack.setDown(true);
    expect(await unwell()).toHaveLength(2);
  });

  it('needs the scopes that manifest.json asks for', () => {
    const manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });
    const { bot } = manifest.parse(JSON.parse(readText('manifest.json'))).oauth_config.scopes;
    expect(bot.sort()).toEqual([...NEEDED_SCOPES].sort());
  });
});

describe('the manifest', () => {
  const manifest = z
    .object({
      features: z.object({
        app_home: z.object({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.boolean() }),
        slash_commands: z.array(z.object({ command: z.string(), url: z.string() })),
      }),
      settings: z.object({
        event_subscriptions: z.object({ request_url: z.string(), bot_events: z.array(z.string()) }),
        interactivity: z.object({ is_enabled: z.boolean(), request_url: z.string() }),
      }),
    })
    .parse(JSON.parse(readText('manifest.json')));

  it('turns on what the house listens to, and nothing that it does not', () => {
    const { features, settings } = manifest;
    expect(features.app_home).toEqual({ home_tab_enabled: true, messages_tab_enabled: true });
    expect(features.slash_commands.map(({ command }) => command)).toEqual(['/icehouse']);
    expect(settings.interactivity.is_enabled).toBe(true);
    expect(settings.event_subscriptions.bot_events).toEqual([
      'app_home_opened',
      'app_uninstalled',
      'channel_shared',
      'channel_unshared',
      'member_joined_channel',
      'message.groups',
      'message.im',
      'tokens_revoked',
      'user_change',
    ]);
  });

  it('leads everything to the one path that the house knows', () => {
    const { features, settings } = manifest;
    const urls = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      ...features.slash_commands.map(({ url }) => url),
    ];
    for (const url of urls) expect(new URL(url).pathname).toBe('/slack/events');
  });
});

describe('who the bot is', () => {
  it('is asked of Slack, and unknown when Slack does not say', async () => {
    expect(await askIdentity(client())).toMatchObject({ botId: 'B0REHEARSAL', botUserId: 'U0ICEHOUSE' });
    vendors.slack.setDown(true);
    expect(await askIdentity(client())).toBeNull();
  });
});
