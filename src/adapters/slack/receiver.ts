// Slack's door: Bolt behind its own HTTP receiver, answering only after the listener has stored what came
// (platforms findings 5 and 8, SL-06, SL-07). In front of it stand two checks that Bolt does not make.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { App, HTTPReceiver, type ReceiverEvent } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../app/ports/log.ts';
import { createBackground } from './background.ts';
import { silentLogger } from './clients.ts';
import type { SlackDoors } from './doors.ts';
import type { BotIdentity } from './identity.ts';
import { listenForTheRest } from './listeners/catch-all.ts';
import { listenForCommands } from './listeners/commands.ts';
import { listenForEvents } from './listeners/events.ts';
import { listenForPresses } from './listeners/presses.ts';
import type { Reception } from './listeners/reception.ts';
import { listenForSubmissions } from './listeners/submissions.ts';

export interface SlackReceiverSettings {
  readonly signingSecret: string;
}

export interface SlackListener {
  readonly listener: RequestListener;
  /** Resolves when every view that somebody asked for was drawn, or could not be. */
  settled(): Promise<void>;
}

const PATH = '/slack/events';
const BODY_LIMIT_BYTES = 1024 * 1024;
/** Bolt refuses old stamps only; one from the future would be valid for as long as it is ahead (SL-02). */
const FUTURE_LIMIT_SECONDS = 60;

/** How long a word to a `response_url` may take. */
const RESPOND_LIMIT_MS = 10_000;

/**
 * `client` draws modals and homes.
 * @throws when the signing secret is empty: anybody could sign with it (SL-04).
 */
export function createSlackListener(
  settings: SlackReceiverSettings,
  doors: SlackDoors,
  client: WebClient,
): SlackListener {
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
  const background = createBackground(doors.log);
  furnish(receiver, { doors, client, background });
  const listener: RequestListener = (request, response) => {
    const refusal = refusalOf(request);
    if (refusal === null) receiver.requestListener(request, response);
    else refuse(response, refusal);
  };
  return { listener, settled: () => background.settled() };
}

/** Bolt holds no token: what is asked of Slack goes through clients of our own. */
function furnish(receiver: HTTPReceiver, reception: Reception): void {
  const { doors } = reception;
  const app = new HouseApp(doors.log, {
    receiver,
    logger: silentLogger,
    processBeforeResponse: true,
    // Without it Bolt looks for a stored conversation at every request, and throws and catches when there is none.
    convoStore: false,
    clientOptions: { retryConfig: { retries: 0 }, logger: silentLogger, fetch: fetchInTime },
    authorize: async () => known(doors.identity()),
  });
  app.error(async (error) => {
    throw error;
  });
  listenForPresses(app, reception);
  listenForSubmissions(app, reception);
  listenForCommands(app, reception);
  listenForEvents(app, reception);
  listenForTheRest(app, doors.log);
}

/** Bolt finds no type in one thing that Slack sends, and would leave it without an answer: that it sends no more (SL-11). */
class HouseApp extends App {
  readonly #log: Log;

  constructor(log: Log, options: ConstructorParameters<typeof App>[0]) {
    super(options);
    this.#log = log;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (event.body['type'] !== 'app_rate_limited') return super.processEvent(event);
    this.#log.error('slack_events_rate_limited');
    await event.ack();
  }
}

const fetchInTime: typeof fetch = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(RESPOND_LIMIT_MS) });

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
