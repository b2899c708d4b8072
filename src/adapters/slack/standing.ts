// What a person is to the workspace, from Slack's user object: a member, a guest, or gone (platforms SL-24, SL-25).

import { z } from 'zod';
import type { SlackStanding } from '../../core/model/people.ts';

const flag = z.boolean().optional();

/** A user object; the parts that are read. */
export const slackUser = z.object({
  id: z.string(),
  deleted: flag,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  team_id: z.string().optional(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
});
type SlackUser = z.infer<typeof slackUser>;

/** A stranger is somebody of another workspace, whom a shared channel brings along: no more than a guest. */
export function standingOf(user: SlackUser): SlackStanding {
  if (user.deleted === true) return 'deactivated';
  return [user.is_restricted, user.is_ultra_restricted, user.is_stranger].includes(true) ? 'guest' : 'member';
}

/** Whether a person who can read a channel is at home elsewhere than in `teamId`; null: that is not known. */
export function isFromElsewhere(user: SlackUser, teamId: string | null): boolean {
  // In an Enterprise organisation a colleague may be at home in several of its workspaces.
  const homes = [user.team_id, ...(user.enterprise_user?.teams ?? [])].filter((home) => home !== undefined);
  return teamId !== null && homes.length > 0 && !homes.includes(teamId);
}
