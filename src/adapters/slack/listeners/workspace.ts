// What Slack itself tells: people and channels that changed, the app that was removed (platforms SL-22, SL-24, SL-25).

import { z } from 'zod';
import type { SlackDoors } from '../doors.ts';
import { slackUser, standingOf } from '../standing.ts';

type Doors = Pick<SlackDoors, 'noteSlackPerson' | 'noteInstallationGone' | 'forgetChannel'>;

const userChange = z.object({ user: slackUser });
const channelChange = z.object({ channel: z.string() });
const revoked = z.object({ tokens: z.object({ bot: z.array(z.unknown()).default([]) }) });

/** False when it is none of these events. */
export async function takeWorkspaceEvent(doors: Doors, type: string, event: unknown): Promise<boolean> {
  switch (type) {
    case 'user_change': {
      const read = userChange.safeParse(event);
      if (!read.success || read.data.user.is_bot === true) return true;
      const { user } = read.data;
      await doors.noteSlackPerson({ slackUserId: user.id, standing: standingOf(user) });
      return true;
    }
    case 'channel_shared':
    case 'channel_unshared':
    case 'member_joined_channel': {
      const read = channelChange.safeParse(event);
      if (read.success) doors.forgetChannel(read.data.channel);
      return true;
    }
    case 'app_uninstalled':
      await doors.noteInstallationGone(type);
      return true;
    case 'tokens_revoked': {
      // Somebody's own token is not the bot's.
      const read = revoked.safeParse(event);
      if (!read.success || read.data.tokens.bot.length > 0) await doors.noteInstallationGone(type);
      return true;
    }
    default:
      return false;
  }
}
