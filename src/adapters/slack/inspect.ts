// What `icehouse doctor` asks Slack: is the token alive with the scopes of manifest.json, and are the channels private
// and not shared with another workspace (platforms SL-25).

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Finding } from '../../app/ports/finding.ts';
import { outcomeOfFailure } from './failure.ts';

/** The scopes of manifest.json; docs/slack.md explains each. A test holds the two against each other. */
export const NEEDED_SCOPES = ['chat:write', 'im:write', 'im:history', 'groups:read', 'groups:history'] as const;

const who = z.object({ response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional() });
const channelInfo = z.object({
  channel: z.object({
    is_private: z.boolean().optional(),
    is_archived: z.boolean().optional(),
    is_member: z.boolean().optional(),
    is_shared: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
  }),
});

/** Never throws: an answer that does not come is a finding too. */
export async function inspectSlack(client: WebClient, channels: Readonly<Record<string, string>>): Promise<Finding[]> {
  const token = await inspectToken(client);
  const rest = await Promise.all(Object.entries(channels).map(([name, id]) => inspectChannel(client, name, id)));
  return [...token, ...rest.flat()];
}

async function inspectToken(client: WebClient): Promise<Finding[]> {
  const what = 'Slack answers and knows the bot';
  try {
    const scopes = who.parse(await client.auth.test()).response_metadata?.scopes ?? [];
    const missing = NEEDED_SCOPES.filter((scope) => !scopes.includes(scope));
    const mend = `add ${missing.join(', ')} under OAuth & Permissions and install the app again`;
    return [
      { what, ok: true, mend: '' },
      { what: 'the bot has every scope it needs', ok: missing.length === 0, mend },
    ];
  } catch (error) {
    return [{ what, ok: false, mend: `Slack refused or did not answer (${codeOf(error)}): check SLACK_BOT_TOKEN` }];
  }
}

async function inspectChannel(client: WebClient, name: string, id: string): Promise<Finding[]> {
  const say = (what: string, ok: boolean, mend: string): Finding => ({ what: `the ${name} channel ${what}`, ok, mend });
  try {
    const { channel } = channelInfo.parse(await client.conversations.info({ channel: id }));
    const shared = [channel.is_shared, channel.is_ext_shared, channel.is_pending_ext_shared].some(
      (flag) => flag === true,
    );
    return [
      say('is private', channel.is_private === true, 'make it private: students in distress are named there'),
      say('is not shared with another workspace', !shared, 'stop sharing it, or choose another channel'),
      say('is in use', channel.is_archived !== true, 'unarchive it, or choose another channel'),
      say('has the bot as a member', channel.is_member !== false, 'in the channel: /invite @icehouse'),
    ];
  } catch (error) {
    return [say('can be read', false, `${codeOf(error)}: check its id, and invite the bot`)];
  }
}

function codeOf(error: unknown): string {
  const outcome = outcomeOfFailure(error);
  return outcome.kind === 'accepted' ? 'none' : outcome.code;
}
