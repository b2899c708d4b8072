// Who the bot is in Slack. Asked once and stored, so that a dead Slack cannot stop a start (architecture 2.3).

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

export interface BotIdentity {
  readonly botId: string;
  readonly botUserId: string;
  readonly teamId: string;
}

const answer = z.object({ bot_id: z.string(), user_id: z.string(), team_id: z.string() });

/** Asks Slack who this token is; null when Slack does not say. Never throws. */
export async function askIdentity(client: WebClient): Promise<BotIdentity | null> {
  try {
    const said = answer.safeParse(await client.auth.test());
    return said.success ? { botId: said.data.bot_id, botUserId: said.data.user_id, teamId: said.data.team_id } : null;
  } catch {
    return null;
  }
}
