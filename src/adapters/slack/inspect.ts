// What `icehouse doctor` asks Slack: is the token alive with the scopes of manifest.json, and are the channels private,
// not shared with another workspace and without guests (platforms SL-25).

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Finding } from '../../app/ports/finding.ts';
import { hasGuests, readChannel } from './channel-guard.ts';
import { codeOfFailure } from './failure.ts';

/** The scopes of manifest.json; docs/slack.md explains each. A test holds the two against each other. */
export const NEEDED_SCOPES = [
  'chat:write',
  'im:write',
  'im:history',
  'groups:read',
  'groups:history',
  'users:read',
  'commands',
] as const;

const who = z.object({ response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional() });
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
    return [
      { what, ok: false, mend: `Slack refused or did not answer (${codeOfFailure(error)}): check SLACK_BOT_TOKEN` },
    ];
  }
}

async function inspectChannel(client: WebClient, name: string, id: string): Promise<Finding[]> {
  const say = (what: string, ok: boolean, mend: string): Finding => ({ what: `the ${name} channel ${what}`, ok, mend });
  try {
    const channel = await readChannel(client, id);
    return [
      say('is private', channel.isPrivate, 'make it private: students in distress are named there'),
      say('is not shared with another workspace', !channel.isShared, 'stop sharing it, or choose another channel'),
      say('is in use', !channel.isArchived, 'unarchive it, or choose another channel'),
      say('has the bot as a member', channel.hasBot !== false, 'in the channel: /invite @icehouse'),
      await inspectGuests(say, () => hasGuests(client, id, channel.teamId)),
    ];
  } catch (error) {
    return [say('can be read', false, `${codeOfFailure(error)}: check its id, and invite the bot`)];
  }
}

async function inspectGuests(
  say: (what: string, ok: boolean, mend: string) => Finding,
  ask: () => Promise<boolean>,
): Promise<Finding> {
  try {
    const mend = 'remove guests and people of other workspaces, or choose another channel: alerts are not posted there';
    return say('has no guests', !(await ask()), mend);
  } catch (error) {
    return say('shows its members', false, `${codeOfFailure(error)}: guests could not be looked for`);
  }
}
