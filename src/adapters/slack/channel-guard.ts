// Whether student data may be posted to a channel: not when another workspace shares it, not when a guest or a stranger
// is in it (platforms SL-25). Asked of Slack at most every five minutes, and never in the way of a crisis: when Slack
// cannot be asked the last known answer stands, and with none known the post goes out.

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { isFromElsewhere, slackUser, standingOf } from './standing.ts';

export type ChannelFault = 'channel_shared' | 'channel_has_guests';

export interface ChannelGuard {
  /** Why nothing about a mentee may be posted there; null when it may. Never throws; waits for Slack three seconds at most. */
  check(slackChannelId: string, client: WebClient): Promise<ChannelFault | null>;
  /** The channel or its members changed: the next post asks anew. */
  forget(slackChannelId: string): void;
}

/** What Slack says of a channel. */
export interface ChannelFacts {
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isShared: boolean;
  /** Whether the bot is in it; null when Slack does not say. */
  readonly hasBot: boolean | null;
  /** The workspace through which the bot sees it; null when Slack does not say. */
  readonly teamId: string | null;
}

const FRESH_MS = 5 * 60_000;
/** A channel that was refused may be mended any minute, and alerts are tried again each minute. */
const FAULT_FRESH_MS = 60_000;
/** How soon a Slack that did not answer is asked again. */
const FAILURE_MS = 30_000;
const LONGEST_WAIT_MS = 3_000;
const PAGE = 200;
const MOST_PAGES = 5;
const AT_ONCE = 8;

const flag = z.boolean().optional();
const channelInfo = z.object({
  channel: z.object({
    is_private: flag,
    is_archived: flag,
    is_member: flag,
    is_shared: flag,
    is_ext_shared: flag,
    is_pending_ext_shared: flag,
    context_team_id: z.string().optional(),
  }),
});
const membersPage = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
const userInfo = z.object({ user: slackUser });

/** One call. @throws whatever Slack's client throws. */
export async function readChannel(client: WebClient, slackChannelId: string): Promise<ChannelFacts> {
  const { channel } = channelInfo.parse(await client.conversations.info({ channel: slackChannelId }));
  return {
    isPrivate: channel.is_private === true,
    isArchived: channel.is_archived === true,
    isShared: [channel.is_shared, channel.is_ext_shared, channel.is_pending_ext_shared].includes(true),
    hasBot: channel.is_member ?? null,
    teamId: channel.context_team_id ?? null,
  };
}

/** Whether anybody in the channel is a guest, or from another workspace. @throws whatever Slack's client throws. */
export async function hasGuests(client: WebClient, slackChannelId: string, teamId: string | null): Promise<boolean> {
  const members = await readMembers(client, slackChannelId);
  for (let start = 0; start < members.length; start += AT_ONCE) {
    const some = members.slice(start, start + AT_ONCE).map((user) => isGuest(client, user, teamId));
    if ((await Promise.all(some)).includes(true)) return true;
  }
  return false;
}

async function readMembers(client: WebClient, channel: string): Promise<string[]> {
  const members: string[] = [];
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = membersPage.parse(
      await client.conversations.members({ channel, limit: PAGE, ...(cursor === '' ? {} : { cursor }) }),
    );
    members.push(...answer.members);
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') break;
  }
  return members;
}

async function isGuest(client: WebClient, slackUserId: string, teamId: string | null): Promise<boolean> {
  const { user } = userInfo.parse(await client.users.info({ user: slackUserId }));
  if (user.is_bot === true) return false;
  const standing = standingOf(user);
  return standing === 'guest' || (standing === 'member' && isFromElsewhere(user, teamId));
}

interface Known {
  readonly fault: ChannelFault | null;
  readonly until: number;
}
interface Flight {
  readonly startedAt: number;
  readonly answer: Promise<ChannelFault | null>;
}

/** Runs something after so many milliseconds, and gives what calls that off. */
export type After = (ms: number, run: () => void) => () => void;

const afterRealTime: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** Times are real ones: how old an answer of Slack's may be has nothing to do with program time. */
export function createChannelGuard(realNow: () => number = Date.now, after: After = afterRealTime): ChannelGuard {
  const known = new Map<string, Known>();
  const flights = new Map<string, Flight>();
  const last = (id: string) => known.get(id)?.fault ?? null;

  const fly = (id: string, client: WebClient): Flight => {
    const ask = async (): Promise<ChannelFault | null> => {
      let learned: Known;
      try {
        const fault = await askFault(client, id);
        learned = { fault, until: realNow() + (fault === null ? FRESH_MS : FAULT_FRESH_MS) };
      } catch {
        learned = { fault: last(id), until: realNow() + FAILURE_MS };
      }
      // Forgotten meanwhile: what was asked before the change says nothing about after it.
      if (flights.get(id) === flight) {
        flights.delete(id);
        known.set(id, learned);
      }
      return learned.fault;
    };
    const flight: Flight = { startedAt: realNow(), answer: Promise.resolve().then(ask) };
    flights.set(id, flight);
    return flight;
  };

  return {
    async check(id, client) {
      const now = realNow();
      const before = known.get(id);
      if (before !== undefined && now < before.until) return before.fault;
      const flight = flights.get(id) ?? fly(id, client);
      return within(after, flight.answer, {
        ms: LONGEST_WAIT_MS - (now - flight.startedAt),
        otherwise: () => last(id),
      });
    },
    forget(id) {
      flights.delete(id);
      const before = known.get(id);
      if (before !== undefined) known.set(id, { ...before, until: 0 });
    },
  };
}

async function askFault(client: WebClient, id: string): Promise<ChannelFault | null> {
  const facts = await readChannel(client, id);
  if (facts.isShared) return 'channel_shared';
  return (await hasGuests(client, id, facts.teamId)) ? 'channel_has_guests' : null;
}

function within<T>(
  after: After,
  answer: Promise<T>,
  limit: { readonly ms: number; readonly otherwise: () => T },
): Promise<T> {
  if (limit.ms <= 0) return Promise.resolve(limit.otherwise());
  let callOff = () => {};
  const over = new Promise<T>((resolve) => {
    callOff = after(limit.ms, () => resolve(limit.otherwise()));
  });
  return Promise.race([answer, over]).finally(() => callOff());
}
