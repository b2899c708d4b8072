// The house in one process, put together as src/main.ts does it, without sockets, timers and the host claim. It stands on
// one SQLite file and may die at any moment; another one is then opened on the same file.

import { WebClient } from '@slack/web-api';
import twilio from 'twilio';
import { SealedCodec } from '../../src/adapters/db/sealed.ts';
import { SqliteDatabase } from '../../src/adapters/db/sqlite-database.ts';
import { createChannelGuard } from '../../src/adapters/slack/channel-guard.ts';
import { silentLogger } from '../../src/adapters/slack/clients.ts';
import { createSlackReader } from '../../src/adapters/slack/read.ts';
import { createSlackSender } from '../../src/adapters/slack/send.ts';
import { createCallSender } from '../../src/adapters/twilio/call.ts';
import { createInboundReader } from '../../src/adapters/twilio/read-inbound.ts';
import { createSmsSender } from '../../src/adapters/twilio/send.ts';
import { createVerify, type Verify } from '../../src/adapters/twilio/verify.ts';
import { type AcknowledgeByCall, createAcknowledgeByCall } from '../../src/app/acknowledge-by-call.ts';
import { type Act, createAct } from '../../src/app/act.ts';
import { createCheckUnknown } from '../../src/app/check-unknown.ts';
import { createCommitTurn } from '../../src/app/commit-turn.ts';
import { type Content, createContentShelf } from '../../src/app/content.ts';
import { createNoteThreadChange, type NoteThreadChange } from '../../src/app/note-thread-change.ts';
import { createOpenModal, type OpenModal } from '../../src/app/open-modal.ts';
import { createPollThreads } from '../../src/app/poll-threads.ts';
import type { Clock, Ids } from '../../src/app/ports/clock.ts';
import type { Database } from '../../src/app/ports/database.ts';
import type { Log } from '../../src/app/ports/log.ts';
import type { InboundMessage } from '../../src/app/ports/messages.ts';
import type { CallSender, Receipt, SlackSender, SmsSender } from '../../src/app/ports/senders.ts';
import { createReceiveMessage } from '../../src/app/receive-message.ts';
import { createReceiveThreadMessage, type ReceiveThreadMessage } from '../../src/app/receive-thread-message.ts';
import { createRecordReceipt } from '../../src/app/record-receipt.ts';
import { createRecovery } from '../../src/app/recovery.ts';
import { createRelay } from '../../src/app/relay-outbox.ts';
import { createRunDue } from '../../src/app/run-due.ts';
import { createSubmitModal, type SubmitModal } from '../../src/app/submit-modal.ts';
import { createTick } from '../../src/app/tick.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';
import { createLife, type Life } from './life.ts';
import { ACCOUNT_SID, AUTH_TOKEN, BOT_TOKEN, COUNSELORS, PUBLIC_BASE_URL, SERVICE_SID, STAFF } from './vendors.ts';
import { createSlackFetch, type Wire, WiredTwilioClient } from './wire.ts';

export interface House {
  readonly life: Life;
  readonly database: Database;
  readonly verify: Verify;
  readonly pressKey: AcknowledgeByCall;
  receive(message: InboundMessage): Promise<void>;
  receipt(receipt: Receipt): Promise<void>;
  readonly act: Act;
  readonly openModal: OpenModal;
  readonly submit: SubmitModal;
  readonly hearThread: ReceiveThreadMessage;
  readonly noteChange: NoteThreadChange;
  /** The minute. */
  tick(): Promise<void>;
  /** Ends without a crash. */
  close(): Promise<void>;
}

export interface HouseGround {
  readonly path: string;
  /** What is published, compiled once for all lives. */
  readonly content: Content;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly wire: Wire;
}

const SLACK_URL = 'http://slack.example/api/';

export function openHouse(ground: HouseGround): House {
  const { clock, ids, wire } = ground;
  const tools = { codec: new SealedCodec(TEST_DATA_KEY), ids };
  const file = new SqliteDatabase({ path: ground.path, tools, busyTimeoutMs: 50, busyLimitMs: 10_000 });
  const { writer, reader } = file.connections;
  // A simulated process dies, its computer does not.
  writer.pragma('synchronous = OFF');
  const life = createLife(() => {
    writer.close();
    reader.close();
  });
  const log = logOf(life, ground.log);
  const content = createContentShelf(ground.content);
  const database = mortalDatabase(file, life);
  const client = twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient: new WiredTwilioClient(wire, life) });
  const sms = mortalSms(
    createSmsSender(client, { messagingServiceSid: SERVICE_SID, publicBaseUrl: PUBLIC_BASE_URL }, () => {}),
    life,
  );
  const fetch = createSlackFetch(wire, life);
  const connect = () =>
    new WebClient(BOT_TOKEN, {
      fetch,
      slackApiUrl: SLACK_URL,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: silentLogger,
    });
  const channels = { counselors: COUNSELORS, staff: STAFF };
  const clients = { urgent: connect(), everyday: connect() };
  const guard = createChannelGuard(clock.realNow, (ms, run) =>
    wire.after(ms, 'the guard waits no longer', () => life.isOver || run()),
  );
  const slack = mortalSlack(createSlackSender(clients, channels, guard), life);

  const shared = { database, clock, ids, content, log, hashPhone: (phone: string) => file.hashPhone(phone) };
  const calling = createCallSender(client, { messagingServiceSid: SERVICE_SID, publicBaseUrl: PUBLIC_BASE_URL });
  const calls: CallSender = { call: (call) => life.run(() => calling.call(call)) };
  const relay = createRelay({ ...shared, sms, slack, calls });
  const deps = { ...shared, wake: () => relay.wake() };
  const commit = createCommitTurn(database);
  const runDue = createRunDue(deps);
  const receipt = createRecordReceipt(deps);
  const checkUnknown = createCheckUnknown({ ...deps, sms, slack, calls });
  const receive = createReceiveMessage(deps);
  const hearThread = createReceiveThreadMessage(deps, commit);
  const slackReader = createSlackReader(clients);
  const twilioSettings = { accountSid: ACCOUNT_SID, messagingServiceSid: SERVICE_SID };
  const inboundReader = createInboundReader(client, twilioSettings, () => {});
  const poll = { ...shared, slackReader, receiveThreadMessage: hearThread, receiveMessage: receive };
  const tick = createTick({
    ...shared,
    sms,
    recordReceipt: receipt,
    relay,
    runDue,
    checkUnknown,
    pollThreads: createPollThreads(poll),
    checkSlackPeople: async () => {},
    storeWatch: NO_WATCH,
    tellOperator: null,
    heartbeat: null,
  });
  // Beside the minute, as in src/main.ts; nobody here waits for it, so that every order comes about.
  const recovery = createRecovery({
    ...deps,
    inboundReader: {
      inboundSince: (since) => life.run(() => inboundReader.inboundSince(since)),
      mediaOf: (text) => life.run(() => inboundReader.mediaOf(text)),
    },
    receiveMessage: createReceiveMessage({ ...shared, wake: () => {} }),
  });
  return {
    life,
    database: file,
    verify: createVerify({ publicBaseUrl: PUBLIC_BASE_URL, authToken: AUTH_TOKEN }),
    receive,
    receipt,
    pressKey: createAcknowledgeByCall(deps),
    act: createAct(deps, commit),
    openModal: createOpenModal(deps, commit),
    submit: createSubmitModal(deps, commit),
    hearThread,
    noteChange: createNoteThreadChange(deps, commit),
    tick: () => {
      recovery.look();
      return tick();
    },
    close: async () => {
      if (!life.isOver) await file.close();
    },
  };
}

/** A dead process says nothing. */
function logOf(life: Life, log: Log): Log {
  return {
    info: (event, fields) => life.isOver || log.info(event, fields),
    warn: (event, fields) => life.isOver || log.warn(event, fields),
    error: (event, fields) => life.isOver || log.error(event, fields),
  };
}

/** The alarm about a disk that is full is not played here. */
const NO_WATCH = { failed: () => {}, succeeded: () => {}, tick: async () => {} };

/** Can die before a transaction, in it just before the commit, and behind it. */
function mortalDatabase(file: Database, life: Life): Database {
  const run = <T>(work: () => Promise<T>) => life.run(() => life.move(work));
  return {
    isTrouble: (error) => file.isTrouble(error),
    transact: (work) =>
      run(() =>
        file.transact(async (stores) => {
          const result = await work(stores);
          life.check();
          return result;
        }),
      ),
    batch: (items, work) =>
      run(() =>
        file.batch(items, async (stores, item) => {
          const result = await work(stores, item);
          life.check();
          return result;
        }),
      ),
    read: (work) => run(() => file.read(work)),
    hashPhone: (phone) => file.hashPhone(phone),
    close: () => file.close(),
  };
}

function mortalSms(sms: SmsSender, life: Life): SmsSender {
  return {
    send: (text) => life.run(() => sms.send(text)),
    find: (text) => life.run(() => sms.find(text)),
    statusOf: (providerId) => life.run(() => sms.statusOf(providerId)),
  };
}

function mortalSlack(slack: SlackSender, life: Life): SlackSender {
  return {
    post: (post) => life.run(() => slack.post(post)),
    update: (update) => life.run(() => slack.update(update)),
    find: (post) => life.run(() => slack.find(post)),
  };
}
