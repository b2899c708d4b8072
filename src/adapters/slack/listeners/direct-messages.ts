// What people write to the bot in a direct message: screened and kept like any text.

import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { InboundMessage } from '../../../app/ports/messages.ts';

const directMessage = z.object({
  channel_type: z.literal('im'),
  channel: z.string(),
  ts: z.string(),
  user: z.string(),
  text: z.string(),
  bot_id: z.undefined().optional(),
  subtype: z.undefined().optional(),
});

/** Keyed by channel and time stamp: Slack has sent one message under several event ids. */
export function listenForDirectMessages(app: App, receive: (message: InboundMessage) => Promise<void>): void {
  app.event('message', async ({ event }) => {
    const message = directMessage.safeParse(event);
    if (!message.success) return;
    await receive({
      source: 'slack',
      externalId: `${message.data.channel}:${message.data.ts}`,
      from: { kind: 'slack', slackUserId: message.data.user },
      body: unescapeText(message.data.text),
      media: [],
      vendorKeyword: null,
    });
  });
}

/** Slack escapes its three control letters in what it hands over. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
