// What people write to the bot in a direct message: screened and kept like any text.

import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { InboundMessage } from '../../../app/ports/messages.ts';

const directMessage = z.object({
  channel_type: z.literal('im'),
  channel: z.string(),
  ts: z.string(),
  user: z.string(),
  text: z.string().optional(),
  bot_id: z.undefined().optional(),
  // What a person wrote comes with a subtype when it has a file, or is an answer in a thread shown outside it too.
  subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
});

/** Keyed by channel and time stamp: Slack has sent one message under several event ids. */
export function listenForDirectMessages(app: App, receive: (message: InboundMessage) => Promise<void>): void {
  app.event('message', async ({ event }) => {
    const message = directMessage.safeParse(event);
    if (!message.success) return;
    const { text, subtype } = message.data;
    // A file may come without words; anything else without words says nothing.
    if (text === undefined && subtype === undefined) return;
    await receive({
      source: 'slack',
      externalId: `${message.data.channel}:${message.data.ts}`,
      from: { kind: 'slack', slackUserId: message.data.user },
      body: unescapeText(text ?? ''),
      media: [],
      vendorKeyword: null,
    });
  });
}

/** Slack escapes its three control letters in what it hands over. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
