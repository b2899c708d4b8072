// Posts and changes messages in Slack for the relay, and looks for a doubtful post by the opaque id it carries. Nothing
// is posted to a channel that strangers can read (platforms SL-25).

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SendOutcome, SlackSender, SlackTarget } from '../../app/ports/senders.ts';
import { type ChannelGuard, createChannelGuard } from './channel-guard.ts';
import type { SlackClients } from './clients.ts';
import { codeOfFailure, outcomeOfFailure } from './failure.ts';
import { render } from './views/render.ts';

export interface SlackChannels {
  readonly counselors: string;
  readonly staff: string;
}

const EVENT_TYPE = 'icehouse_message';
/** The id of a direct conversation, which has no other readers. */
const DIRECT = /^D/;
/** Newest posts that are looked through, and pages of a thread, which Slack gives oldest first. */
const HISTORY_LIMIT = 100;
const THREAD_PAGES = 10;

const posted = z.object({ channel: z.string().optional(), ts: z.string() });
const opened = z.object({ channel: z.object({ id: z.string() }) });
const history = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z.object({ event_payload: z.record(z.string(), z.unknown()).optional() }).optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

type Post = Parameters<SlackSender['post']>[0];
type Find = Parameters<SlackSender['find']>[0];

/** The SlackSender of the relay. Metadata holds the outbound id only: every app of a workspace can read it (SL-18). */
export function createSlackSender(
  clients: SlackClients,
  channels: SlackChannels,
  guard: ChannelGuard = createChannelGuard(),
): SlackSender {
  const pick = (urgent: boolean) => (urgent ? clients.urgent : clients.everyday);
  return {
    async post(post) {
      try {
        const client = pick(post.urgent);
        const channel = await channelOf(client, channels, post.to);
        const fault = post.to.kind === 'channel' ? await guard.check(channel, client) : null;
        if (fault !== null) return { kind: 'rejected', problem: 'channel_dead', code: fault };
        return await postMessage(client, channel, post);
      } catch (error) {
        return outcomeOfFailure(error);
      }
    },
    async update(update) {
      try {
        const [channel = '', ts = ''] = update.providerId.split(':');
        const client = pick(update.urgent);
        const fault = DIRECT.test(channel) ? null : await guard.check(channel, client);
        if (fault !== null) return { kind: 'rejected', problem: 'channel_dead', code: fault };
        const { text, blocks } = render(update.message);
        await client.chat.update({ channel, ts, text, blocks });
        return { kind: 'accepted', providerId: update.providerId, status: 'posted' };
      } catch (error) {
        return outcomeOfFailure(error);
      }
    },
    async find(post) {
      try {
        const channel = await channelOf(clients.everyday, channels, post.to);
        const ts = await findTs(clients.everyday, channel, post);
        return ts === null ? { kind: 'absent' } : { kind: 'found', providerId: `${channel}:${ts}`, status: 'posted' };
      } catch (error) {
        // The post above it was deleted, and the whole thread with it.
        return codeOfFailure(error) === 'thread_not_found' ? { kind: 'absent' } : { kind: 'unreachable' };
      }
    },
  };
}

async function channelOf(client: WebClient, channels: SlackChannels, target: SlackTarget): Promise<string> {
  if (target.kind === 'channel') return channels[target.channel];
  return opened.parse(await client.conversations.open({ users: target.slackUserId })).channel.id;
}

async function postMessage(client: WebClient, target: string, post: Post): Promise<SendOutcome> {
  const { text, blocks } = render(post.message);
  const { thread } = post;
  const content = {
    channel: target,
    text,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { outbound_id: post.outboundId } },
  };
  const answer =
    thread === null
      ? await client.chat.postMessage(content)
      : await client.chat.postMessage({ ...content, thread_ts: thread.ts, reply_broadcast: thread.broadcast });
  const { channel = target, ts } = posted.parse(answer);
  return { kind: 'accepted', providerId: `${channel}:${ts}`, status: 'posted' };
}

/** The stamp of the post that carries this outbound id, in the channel's newest posts or in the whole thread (SL-20). */
async function findTs(client: WebClient, channel: string, post: Find): Promise<string | null> {
  const ask = { channel, limit: HISTORY_LIMIT, include_all_metadata: true };
  let cursor = '';
  for (let page = 0; page < THREAD_PAGES; page += 1) {
    const more = cursor === '' ? {} : { cursor };
    const answer =
      post.threadTs === null
        ? await client.conversations.history(ask)
        : await client.conversations.replies({ ...ask, ts: post.threadTs, ...more });
    const { messages, response_metadata } = history.parse(answer);
    const found = messages.find(({ metadata }) => metadata?.event_payload?.['outbound_id'] === post.outboundId);
    if (found !== undefined) return found.ts;
    cursor = response_metadata?.next_cursor ?? '';
    if (post.threadTs === null || cursor === '') return null;
  }
  throw new Error('the thread is longer than what is looked through');
}
