// Slack's door: Bolt behind its own HTTP receiver, answering only after the listener has stored what came
// (platforms findings 5 and 8, SL-06, SL-07). In front of it stand two checks that Bolt does not make.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';
import type { Log } from '../../app/ports/log.ts';
import type { InboundMessage } from '../../app/ports/messages.ts';
import { silentLogger } from './clients.ts';
import type { BotIdentity } from './identity.ts';
import { type ButtonDoors, listenForButtons } from './listeners/buttons.ts';
import { listenForTheRest } from './listeners/catch-all.ts';
import { listenForDirectMessages } from './listeners/direct-messages.ts';

export interface SlackDoors extends ButtonDoors {
  readonly receiveMessage: (message: InboundMessage) => Promise<void>;
  /** Who the bot is, from the stored answer; null when Slack was never asked with success. */
  readonly identity: () => BotIdentity | null;
  readonly log: Log;
}

export interface SlackReceiverSettings {
  readonly signingSecret: string;
  readonly botToken: string;
  readonly apiBaseUrl: string | null;
}

const PATH = '/slack/events';
const BODY_LIMIT_BYTES = 1024 * 1024;
/** Bolt refuses old stamps only; one from the future would be valid for as long as it is ahead (SL-02). */
const FUTURE_LIMIT_SECONDS = 60;

/** @throws when the signing secret is empty: anybody could sign with it (SL-04). */
export function createSlackListener(settings: SlackReceiverSettings, doors: SlackDoors): RequestListener {
  if (settings.signingSecret === '') throw new Error('SLACK_SIGNING_SECRET is empty: requests could not be verified');
  const receiver = new HTTPReceiver({
    signingSecret: settings.signingSecret,
    endpoints: [PATH],
    processBeforeResponse: true,
    bodyLimit: BODY_LIMIT_BYTES,
    logger: silentLogger,
    processEventErrorHandler: async ({ response }) => {
      doors.log.error('slack_request_failed', { status: '503' });
      refuse(response, 503);
      return false;
    },
  });
  const app = new App({
    receiver,
    logger: silentLogger,
    processBeforeResponse: true,
    clientOptions: {
      retryConfig: { retries: 0 },
      logger: silentLogger,
      ...(settings.apiBaseUrl === null ? {} : { slackApiUrl: settings.apiBaseUrl }),
    },
    authorize: async () => ({ botToken: settings.botToken, ...known(doors.identity()) }),
  });
  app.error(async (error) => {
    throw error;
  });
  listenForButtons(app, doors);
  listenForDirectMessages(app, doors.receiveMessage);
  listenForTheRest(app, doors.log);
  return (request, response) => {
    const refusal = refusalOf(request);
    if (refusal === null) receiver.requestListener(request, response);
    else refuse(response, refusal);
  };
}

function known(identity: BotIdentity | null): { botId?: string; botUserId?: string } {
  return identity === null ? {} : { botId: identity.botId, botUserId: identity.botUserId };
}

function refusalOf(request: IncomingMessage): number | null {
  // Bolt throws at a path that it does not know, which would end the process.
  if ((request.url ?? '').split('?')[0] !== PATH) return 404;
  if (request.method !== 'POST') return 405;
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return 413;
  const stamp = Number(request.headers['x-slack-request-timestamp']);
  if (stamp > Date.now() / 1_000 + FUTURE_LIMIT_SECONDS) return 401;
  return null;
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-length': 0, ...(status === 413 ? { connection: 'close' } : {}) });
  response.end();
}
