// The composition root: settings → rooms → start → stop. Every room is made here and handed to the ones that need it;
// nothing is decided here.

import { claimHost, type HostClaim, OtherHostError } from './adapters/db/host-claim.ts';
import { openDatabase } from './adapters/db/open-database.ts';
import { createTokenStore } from './adapters/db/token-store.ts';
import { createChannelGuard } from './adapters/slack/channel-guard.ts';
import { createSlackClients } from './adapters/slack/clients.ts';
import { askIdentity, type BotIdentity } from './adapters/slack/identity.ts';
import { createSlackReader } from './adapters/slack/read.ts';
import { createSlackListener } from './adapters/slack/receiver.ts';
import { createSlackSender } from './adapters/slack/send.ts';
import { createTokenKeeper, type TokenKeeper } from './adapters/slack/token.ts';
import { randomIds, systemClock } from './adapters/system/clock.ts';
import { readContent } from './adapters/system/content-files.ts';
import { formatFileProblem } from './adapters/system/file-problem.ts';
import { createFlowsFolder } from './adapters/system/flows-folder.ts';
import { createHeartbeat } from './adapters/system/heartbeat.ts';
import { startHttpServer } from './adapters/system/http-server.ts';
import { createLog } from './adapters/system/log.ts';
import { createOperatorWebhook } from './adapters/system/operator-webhook.ts';
import { startTicker } from './adapters/system/ticker.ts';
import { createCallSender } from './adapters/twilio/call.ts';
import { createTwilioClient } from './adapters/twilio/client.ts';
import { createInboundReader } from './adapters/twilio/read-inbound.ts';
import { createTwilioRoutes } from './adapters/twilio/routes.ts';
import { createSmsSender } from './adapters/twilio/send.ts';
import { createVerify } from './adapters/twilio/verify.ts';
import { createAcknowledgeByCall } from './app/acknowledge-by-call.ts';
import { createAct } from './app/act.ts';
import { createAnswerCommand } from './app/answer-command.ts';
import { createCheckSlackPeople } from './app/check-slack-people.ts';
import { createCheckUnknown } from './app/check-unknown.ts';
import { createCommitTurn } from './app/commit-turn.ts';
import { type Content, createContentShelf } from './app/content.ts';
import { nameOf } from './app/error-name.ts';
import { createNoteInstallationGone } from './app/note-installation-gone.ts';
import { createNoteSlackPerson } from './app/note-slack-person.ts';
import { createNoteThreadChange } from './app/note-thread-change.ts';
import { onCallNow } from './app/on-call.ts';
import { createOfferAgain, createOpenModal } from './app/open-modal.ts';
import { createPollThreads } from './app/poll-threads.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Database } from './app/ports/database.ts';
import type { Log } from './app/ports/log.ts';
import { armProgramTimers } from './app/program-timers.ts';
import { publishContent } from './app/publish-content.ts';
import { loadContent, loadUsableContent, reportRefused } from './app/published-content.ts';
import { createReceiveMessage } from './app/receive-message.ts';
import { createReceiveThreadMessage } from './app/receive-thread-message.ts';
import { createRecordReceipt } from './app/record-receipt.ts';
import { createRecovery } from './app/recovery.ts';
import { createRelay } from './app/relay-outbox.ts';
import { createRunDue } from './app/run-due.ts';
import { createShowHome } from './app/show-home.ts';
import { createStoreWatch } from './app/store-watch.ts';
import { createSubmitModal } from './app/submit-modal.ts';
import { createTick } from './app/tick.ts';
import type { Config } from './config.ts';
import type { Phone } from './core/model/ids.ts';

/** A house that serves. */
export interface House {
  readonly port: number;
  readonly database: Database;
  /** Does the minute's work now, and sends what is due; resolves when all of it is done. */
  settle(): Promise<void>;
  /** When the next timer or message after this moment falls due (program time); null when nothing waits. */
  nextDueAt(): Promise<number | null>;
  /** Stops taking, finishes what runs within ten seconds, lets go of the database (DB-13). */
  stop(): Promise<void>;
}

export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Log;
  /** Without the metronome, time passes only by `settle`. */
  readonly ticking?: boolean;
  /** Called once when the house may not go on: another host has taken the database over (DB-02). */
  readonly onLost?: () => void;
}

const STOP_GRACE_MS = 10_000;
const RENEW_EVERY_MS = 10_000;
/**
 * How long after a start, or after the house stood still, newer texts and the minute wait for the older texts that are
 * being read from Twilio's list, and how long nudges wait, for a STOP may be among them. Alerts wait for nothing.
 */
const OLDER_FIRST_MS = 2_000;
const STOP_FIRST_MS = 10_000;
/** How soon the relay looks whether a message that failed may be tried again: a crisis reply cannot wait for the minute. */
const LOOK_EVERY_MS = 1_000;

/** Starts everything. Rejects with an error whose message is for the operator. */
export async function startHouse(config: Config, overrides: Overrides = {}): Promise<House> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog(config.logLevel);
  const database = await openDatabase({
    url: config.databaseUrl,
    dataKey: config.dataKey,
    purpose: 'server',
    migrate: { report: (name) => log.info('migrated', { reason: name }) },
    onConnectionLost: (code) => log.error('database_connection_lost', { code }),
  });
  try {
    const { ticking = true, onLost = () => {} } = overrides;
    return await furnish(config, { clock, log, database, ticking, onLost });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Ground {
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly ticking: boolean;
  readonly onLost: () => void;
}

async function furnish(config: Config, { clock, log, database, ticking, onLost }: Ground): Promise<House> {
  const hostClaim = config.databaseUrl.startsWith('file:') ? await claimHost(database, clock.realNow) : null;
  const content = createContentShelf(await firstContent(config, database, clock, log));

  const twilio = createTwilioClient({ ...config.twilio });
  const sms = createSmsSender(
    twilio,
    { messagingServiceSid: config.twilio.messagingServiceSid, publicBaseUrl: config.publicBaseUrl },
    (code) => log.warn('twilio_lookup_failed', { code }),
  );
  const calls = createCallSender(twilio, { ...config.twilio, publicBaseUrl: config.publicBaseUrl });
  const tokens = await keepToken(config, database, log, clock.realNow);
  const slackClients = createSlackClients(config.slack, tokens?.current);
  const channelGuard = createChannelGuard(clock.realNow);
  const slackChannels = { counselors: config.slack.counselorChannel, staff: config.slack.staffChannel };
  const slack = createSlackSender(slackClients, slackChannels, channelGuard);
  const slackReader = createSlackReader(slackClients);
  const identity = await rememberIdentity(database, log, () => askIdentity(slackClients.everyday));
  const onCall = await watchOnCall(database, clock);
  const tellOperator = createOperatorWebhook(config.operatorWebhookUrl, log);
  const storeWatch = createStoreWatch({
    clock,
    ids: randomIds,
    log,
    sms,
    tellOperator,
    onCallPhones: onCall.phones,
    programName: () => content.current().program.name,
    programTimeZone: () => content.current().program.time_zone,
  });

  const hashPhone = (phone: Phone) => database.hashPhone(phone);
  const shared = { database, clock, ids: randomIds, content, log, hashPhone };
  let stopWaiting = () => {};
  const stopping = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  const caughtUp = () => within(Promise.race([recovery.caughtUp(), stopping]), STOP_FIRST_MS);
  const relay = createRelay({
    ...shared,
    sms,
    slack,
    calls,
    caughtUp,
  });
  const wake = () => relay.wake();
  const deps = { ...shared, wake };
  const runDue = createRunDue(deps);
  const checkUnknown = createCheckUnknown({ ...deps, sms, slack, calls });
  const recordReceipt = createRecordReceipt(deps);
  const commit = createCommitTurn(database);
  const inboundReader = createInboundReader(twilio, config.twilio, (code) => log.warn('twilio_list_failed', { code }));
  const quietly = createReceiveMessage({ ...shared, wake: () => {} });
  const recovery = createRecovery({
    ...deps,
    inboundReader,
    receiveMessage: (message) => watched(storeWatch, quietly(message)),
  });
  const receive = createReceiveMessage(deps);
  const receiveMessage: typeof receive = async (message) => {
    await within(recovery.caughtUp(), OLDER_FIRST_MS);
    await watched(storeWatch, receive(message));
  };
  const receiveThreadMessage = createReceiveThreadMessage(deps, commit);
  const noteSlackPerson = createNoteSlackPerson(deps);
  const pollThreads = createPollThreads({ ...shared, slackReader, receiveThreadMessage, receiveMessage });
  const checkSlackPeople = createCheckSlackPeople({ ...deps, slackReader, noteSlackPerson });
  const tick = createTick({
    ...shared,
    sms,
    recordReceipt,
    relay,
    runDue,
    checkUnknown,
    pollThreads,
    checkSlackPeople,
    storeWatch,
    tellOperator,
    heartbeat: createHeartbeat(config.heartbeatUrl, log),
  });
  await database.transact((stores) => armProgramTimers(deps, stores));
  recovery.look();

  const staffDeps = { ...deps, flows: createFlowsFolder(config.flowsDir) };
  const slackDoor = createSlackListener(
    config.slack,
    {
      act: createAct(deps, commit),
      openModal: createOpenModal(staffDeps, commit),
      offerAgain: createOfferAgain(deps, commit),
      submitModal: createSubmitModal(staffDeps, commit),
      showHome: createShowHome(deps),
      answerCommand: createAnswerCommand(deps, commit),
      receiveMessage,
      receiveThreadMessage,
      noteThreadChange: createNoteThreadChange(deps, commit),
      noteSlackPerson,
      noteInstallationGone: createNoteInstallationGone(deps),
      forgetChannel: (id) => channelGuard.forget(id),
      identity: identity.known,
      log,
    },
    slackClients.everyday,
  );
  const server = await startHttpServer(config.port, [
    {
      prefix: '/twilio/',
      listener: createTwilioRoutes({
        verify: createVerify({ publicBaseUrl: config.publicBaseUrl, authToken: config.twilio.authToken }),
        receiveMessage,
        recordReceipt,
        acknowledgeByCall: createAcknowledgeByCall(deps),
        callWords: () => content.current().program.when_called,
        log,
      }),
    },
    { prefix: '/slack/', listener: slackDoor.listener },
    { prefix: '/healthz', listener: (_request, response) => response.end('ok\n') },
  ]);
  log.info('serving', { port: server.port, revision: content.current().revision });

  const minute = async () => {
    // Not behind the rest, whose commits wait long for a database that cannot be written.
    const told = storeWatch.tick();
    const kept = tokens?.keep();
    // What was said before a timer rings counts before it rings, when Twilio answers soon.
    recovery.look();
    await within(recovery.caughtUp(), OLDER_FIRST_MS);
    await tick();
    await onCall.refresh().catch(() => {});
    await kept;
    await told;
  };
  const ticker = ticking ? startTicker(minute, () => log.error('tick_failed')) : null;
  const look = () => {
    relay.wake();
    void checkUnknown().catch((error: unknown) => log.error('look_failed', { error: nameOf(error) }));
  };
  const looking = ticking ? setInterval(look, LOOK_EVERY_MS) : undefined;
  const renewing = hostClaim === null ? null : keepHost(hostClaim, log, onLost);
  if (ticking) void minute();

  return {
    port: server.port,
    database,
    settle: async () => {
      await minute();
      await recovery.settled();
      await relay.drain();
      await slackDoor.settled();
    },
    nextDueAt: () => nextDueAt(database, clock.now()),
    stop: async () => {
      stopWaiting();
      await ticker?.stop();
      clearInterval(looking);
      clearInterval(renewing ?? undefined);
      // What is not read to its end is read again at the next start.
      const recovered = within(recovery.settled(), OLDER_FIRST_MS);
      await Promise.all([server.stop(STOP_GRACE_MS), within(relay.stop(), STOP_GRACE_MS), recovered]);
      await within(slackDoor.settled(), STOP_GRACE_MS);
      await hostClaim?.release().catch(() => {});
      await database.close();
      log.info('stopped');
    },
  };
}

/** What was published last; at the very first start, the files. The house is never left dark by a bad file. */
async function firstContent(config: Config, database: Database, clock: Clock, log: Log): Promise<Content> {
  const files = readContent(config.flowsDir, { runExamples: false });
  const { content: published, refused } = await loadUsableContent(database);
  if (refused !== null) await reportRefused({ database, clock, log }, refused);
  if (published !== null) {
    if (!files.ok) log.warn('flow_files_have_mistakes', { count: files.problems.length, revision: published.revision });
    return published;
  }
  if (!files.ok) {
    const lines = files.problems.slice(0, 5).map(formatFileProblem);
    throw new Error(
      `The flows in ${config.flowsDir} have mistakes, and nothing was published before:\n${lines.join('\n')}`,
    );
  }
  await publishContent(
    { database, clock },
    { files: files.files, by: 'first start', why: 'the files of the checkout' },
  );
  const first = await loadContent(database);
  if (first === null) throw new Error('The content that was just published cannot be read back from the database.');
  return first;
}

/** The keeper of a token that rotates, with a token that is good now (SL-23); null when the app's token does not rotate. */
async function keepToken(
  config: Config,
  database: Database,
  log: Log,
  realNow: () => number,
): Promise<TokenKeeper | null> {
  const { rotation, botToken, apiBaseUrl } = config.slack;
  if (rotation === null) return null;
  const store = createTokenStore({ database, dataKey: config.dataKey, ids: randomIds, realNow });
  const keeper = createTokenKeeper({ settings: { ...rotation, botToken, apiBaseUrl }, store, log, realNow });
  await keeper.keep();
  return keeper;
}

const IDENTITY = 'slack_identity';

/** Asks Slack who the bot is, in the background; until it answers, the stored answer of an earlier start stands. */
async function rememberIdentity(
  database: Database,
  log: Log,
  ask: () => Promise<BotIdentity | null>,
): Promise<{ known: () => BotIdentity | null }> {
  const stored = await database.read((stores) => stores.house.get(IDENTITY));
  let known: BotIdentity | null = stored === null ? null : (JSON.parse(stored) as BotIdentity);
  void ask()
    .then(async (identity) => {
      if (identity === null) return log.warn('slack_identity_unknown');
      known = identity;
      await database.transact((stores) => stores.house.put(IDENTITY, JSON.stringify(identity)));
    })
    .catch(() => log.warn('slack_identity_not_stored'));
  return { known: () => known };
}

/** The on-call numbers as last read, for the hour in which the database cannot be asked. */
async function watchOnCall(
  database: Database,
  clock: Clock,
): Promise<{ phones: () => readonly Phone[]; refresh: () => Promise<void> }> {
  let phones: readonly Phone[] = [];
  const refresh = async () => {
    const onCall = await database.read((stores) => onCallNow(stores, clock.now()));
    phones = onCall.flatMap(({ phone }) => (phone === null ? [] : [phone]));
  };
  await refresh();
  return { phones: () => phones, refresh };
}

async function watched<T>(watch: ReturnType<typeof createStoreWatch>, work: Promise<T>): Promise<T> {
  try {
    const result = await work;
    watch.succeeded();
    return result;
  } catch (error) {
    watch.failed();
    throw error;
  }
}

function keepHost(claim: HostClaim, log: Log, onLost: () => void): NodeJS.Timeout {
  const renew = async () => {
    try {
      await claim.renew();
    } catch (error) {
      log.error('host_claim_not_renewed', { error: nameOf(error) });
      if (error instanceof OtherHostError) onLost();
    }
  };
  return setInterval(() => void renew(), RENEW_EVERY_MS);
}

async function nextDueAt(database: Database, after: number): Promise<number | null> {
  const times = await database.read(async (stores) => [
    await stores.timers.nextDueAt(after),
    await stores.outbox.nextDueAt(after),
  ]);
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function within(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
