// What the doctor and the start ask Slack, against the local Slack.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { askIdentity } from '../../../src/adapters/slack/identity.ts';
import { inspectSlack, NEEDED_SCOPES } from '../../../src/adapters/slack/inspect.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { readText } from '../../support/source-tree.ts';
import { COUNSELOR_CHANNEL as COUNSELORS, startVendorsAlone, SLACK_TOKEN as TOKEN } from '../../support/vendors.ts';

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendorsAlone({ seed: 'inspect-test' });
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
    expect(await inspect()).toHaveLength(6);
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

describe('who the bot is', () => {
  it('is asked of Slack, and unknown when Slack does not say', async () => {
    expect(await askIdentity(client())).toMatchObject({ botId: 'B0REHEARSAL', botUserId: 'U0ICEHOUSE' });
    vendors.slack.setDown(true);
    expect(await askIdentity(client())).toBeNull();
  });
});
