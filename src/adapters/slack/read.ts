// What the house asks Slack by itself, because events may be late or lost (platforms SL-12, SL-24): who is in the
// workspace, and what people wrote in a thread or to the bot. Reads only, with the everyday client.

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { InboundMessage } from '../../app/ports/messages.ts';
import type { SlackReader } from '../../app/ports/slack-reader.ts';
import type { ThreadMessage } from '../../app/ports/staff-room.ts';
import type { SlackStanding } from '../../core/model/people.ts';
import type { SlackClients } from './clients.ts';
import { codeOfFailure } from './failure.ts';
import { slackUser, standingOf } from './standing.ts';
import { type Said, said, toDirectMessage, toThreadMessage } from './written.ts';

const PAGE = 200;
/** A bound against a cursor that leads in a circle: 20,000 people or messages. */
const MOST_PAGES = 100;

const next = { response_metadata: z.object({ next_cursor: z.string().optional() }).optional() };
const userInfo = z.object({ user: slackUser });
const messagesPage = z.object({ messages: z.array(z.unknown()), ...next });
/** Slack says these of an id that is nobody's here. */
const UNKNOWN_USER = new Set(['user_not_found', 'users_not_found', 'user_not_visible']);
const opened = z.object({ channel: z.object({ id: z.string() }) });

export function createSlackReader({ everyday }: SlackClients): SlackReader {
  return {
    threadMessages: (providerId, since) =>
      orNull(async () => {
        const [channel = '', ts = ''] = providerId.split(':');
        const ask = { channel, ts, ...from(since) };
        const messages = await readMessages((cursor) => everyday.conversations.replies({ ...ask, ...cursor }));
        return messages.map((message) => toThreadMessage(channel, message)).filter(isThere<ThreadMessage>);
      }),
    directMessages: (slackUserId, since) =>
      orNull(async () => {
        const channel = opened.parse(await everyday.conversations.open({ users: slackUserId })).channel.id;
        const ask = { channel, ...from(since) };
        const messages = await readMessages((cursor) => everyday.conversations.history({ ...ask, ...cursor }));
        // The bot's own are left out already; what remains in their talk is this person's.
        return messages.map((message) => toDirectMessage(channel, message)).filter(isThere<InboundMessage>);
      }),
    standings: (slackUserIds) =>
      orNull(async () => {
        const people: { slackUserId: string; standing: SlackStanding }[] = [];
        for (const slackUserId of slackUserIds) {
          const user = await findUser(everyday, slackUserId);
          if (user !== null) people.push({ slackUserId, standing: standingOf(user) });
        }
        return people;
      }),
  };
}

/** Null when the workspace does not know them. */
async function findUser(client: WebClient, slackUserId: string): Promise<z.infer<typeof slackUser> | null> {
  try {
    return userInfo.parse(await client.users.info({ user: slackUserId })).user;
  } catch (error) {
    if (UNKNOWN_USER.has(codeOfFailure(error))) return null;
    throw error;
  }
}

type Cursor = { readonly cursor?: string };

/** Oldest first, people's only. */
async function readMessages(ask: (cursor: Cursor) => Promise<unknown>): Promise<Said[]> {
  const found: Said[] = [];
  await readPages(async (cursor) => {
    const page = messagesPage.parse(await ask(cursor));
    for (const one of page.messages) {
      const message = said.safeParse(one);
      if (message.success) found.push(message.data);
    }
    return page.response_metadata?.next_cursor;
  });
  return found.sort((a, b) => Number(a.ts) - Number(b.ts));
}

/** Asks page after page. @throws when there is no end. */
async function readPages(ask: (cursor: Cursor) => Promise<string | undefined>): Promise<void> {
  let cursor: Cursor = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const more = (await ask(cursor)) ?? '';
    if (more === '') return;
    cursor = { cursor: more };
  }
  throw new Error('there is no end of pages');
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

/** Slack's stamp of a moment; a message of that very moment is read too. */
function from(since: number): { readonly oldest: string; readonly inclusive: true; readonly limit: number } {
  return { oldest: (since / 1_000).toFixed(6), inclusive: true, limit: PAGE };
}

function isThere<T>(value: T | null): value is T {
  return value !== null;
}
