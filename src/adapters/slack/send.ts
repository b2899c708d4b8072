// Posts and changes messages in Slack for the relay, and looks for a doubtful post by the opaque id it carries.

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackSender, SlackTarget } from '../../app/ports/senders.ts';
import type { SlackClients } from './clients.ts';
import { outcomeOfFailure } from './failure.ts';
import { render } from './views/render.ts';

export interface SlackChannels {
  readonly counselors: string;
  readonly staff: string;
}

const EVENT_TYPE = 'icehouse_message';
/** Newest posts that are looked through. */
const HISTORY_LIMIT = 100;

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
});

/** The SlackSender of the relay. Metadata holds the outbound id only: every app of a workspace can read it (SL-18). */
export function createSlackSender(clients: SlackClients, channels: SlackChannels): SlackSender {
  const channelOf = async (client: WebClient, target: SlackTarget): Promise<string> => {
    if (target.kind === 'channel') return channels[target.channel];
    return opened.parse(await client.conversations.open({ users: target.slackUserId })).channel.id;
  };
  const pick = (urgent: boolean) => (urgent ? clients.urgent : clients.everyday);
  return {
    async post(post) {
      try {
        const client = pick(post.urgent);
        const { text, blocks } = render(post.message);
        const target = await channelOf(client, post.to);
        const answer = await client.chat.postMessage({
          channel: target,
          text,
          blocks,
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: EVENT_TYPE, event_payload: { outbound_id: post.outboundId } },
        });
        const { channel = target, ts } = posted.parse(answer);
        return { kind: 'accepted', providerId: `${channel}:${ts}`, status: 'posted' };
      } catch (error) {
        return outcomeOfFailure(error);
      }
    },
    async update(update) {
      try {
        const [channel = '', ts = ''] = update.providerId.split(':');
        const { text, blocks } = render(update.message);
        await pick(update.urgent).chat.update({ channel, ts, text, blocks });
        return { kind: 'accepted', providerId: update.providerId, status: 'posted' };
      } catch (error) {
        return outcomeOfFailure(error);
      }
    },
    async find(post) {
      try {
        const channel = await channelOf(clients.everyday, post.to);
        const answer = await clients.everyday.conversations.history({
          channel,
          limit: HISTORY_LIMIT,
          include_all_metadata: true,
        });
        const found = history
          .parse(answer)
          .messages.find((message) => message.metadata?.event_payload?.['outbound_id'] === post.outboundId);
        return found === undefined
          ? { kind: 'absent' }
          : { kind: 'found', providerId: `${channel}:${found.ts}`, status: 'posted' };
      } catch {
        return { kind: 'unreachable' };
      }
    },
  };
}
