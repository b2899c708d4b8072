// A whole town for one test: the real house in this process, on an SQLite file, beside a local Twilio and a local Slack
// that it reaches over HTTP, on a clock that the test moves.

import { randomUUID } from 'node:crypto';
import { randomIds } from '../../src/adapters/system/clock.ts';
import { createLog } from '../../src/adapters/system/log.ts';
import { importRoster } from '../../src/app/import-roster.ts';
import { OWN_FLOWS, readConfig } from '../../src/config.ts';
import { type House, startHouse } from '../../src/main.ts';
import type { SlackMessage, SlackRotation } from '../../src/rehearsal/slack/state.ts';
import { isReply, repliesOf } from '../../src/rehearsal/slack/thread.ts';
import { type StaffMember, startVendors, type Vendors } from '../../src/rehearsal/start-vendors.ts';
import type { KeywordHandling, TwilioMessage } from '../../src/rehearsal/twilio/state.ts';
import type { Delivery } from '../../src/rehearsal/wire/deliver.ts';
import { createTestClock, instant, type TestClock } from './house-clock.ts';
import * as people from './house-people.ts';
import { type Hand, handOf } from './slack-hand.ts';
import { makeSqliteFile } from './sqlite.ts';

/** A Monday in June, ten in the morning in Los Angeles: the housing form is due, and texts may leave. */
export const MONDAY = '2027-06-07T10:00:00-07:00';

/** What every card of a case says, and nothing else does. */
const CARD_WORDS = 'Words that fired';

export interface TownOptions {
  readonly startAt?: number | string | null;
  readonly rows?: readonly people.RosterCells[];
  readonly flowsDir?: string;
  readonly keywordHandling?: KeywordHandling;
  readonly environment?: Readonly<Record<string, string>>;
  /** The people of the local Slack; the usual ones when left out. */
  readonly slackStaff?: readonly StaffMember[];
  /** Staff have a channel of their own, and the house knows it. */
  readonly withStaffChannel?: boolean;
  /** The app's tokens live for twelve hours; the first one ends at `expiresAt`, in milliseconds of real time. */
  readonly slackRotation?: SlackRotation;
  /** The house is started, the people are imported, and what is due has gone out. */
  readonly settled?: boolean;
}

export interface Town {
  readonly clock: TestClock;
  readonly vendors: Vendors;
  readonly environment: Record<string, string>;
  readonly databasePath: string;
  /** Everything that the houses of this town logged. */
  readonly log: string[];
  /** Where the vendors think that the house is; a test that starts a process moves it. */
  readonly address: people.MovableAddress;
  house(): House;
  importPeople(rows: readonly people.RosterCells[]): Promise<void>;
  /** A phone sends a text; resolves with the status of the house's answer, 0 when there was none. */
  text(from: string, body: string): Promise<number>;
  /** The minute's work, and everything that is due. */
  settle(): Promise<void>;
  /** Moves the clock there, doing what falls due on the way when it falls due. */
  advanceTo(at: number | string): Promise<void>;
  /** Texts that Twilio took for this phone, oldest first. */
  sentTo(phone: string): TwilioMessage[];
  bodiesTo(phone: string): string[];
  /** What the counselors' channel shows: posts, and replies that were broadcast into it. */
  posts(): SlackMessage[];
  /** The first card of each case, which is the root of its thread. */
  cards(): SlackMessage[];
  /** Everything said beneath a post, oldest first. */
  thread(root: SlackMessage): readonly SlackMessage[];
  /** A person in front of Slack. */
  hand(slackUserId: string): Hand;
  directsTo(slackUserId: string): SlackMessage[];
  press(slackUserId: string, post: SlackMessage, actionId: string): Promise<Delivery>;
  /** Another house on the same file; the one before is left as it is, or was stopped by the test. */
  startAgain(): Promise<House>;
  close(): Promise<void>;
}

export async function startTown(options: TownOptions = {}): Promise<Town> {
  const clock = createTestClock(options.startAt === undefined ? MONDAY : options.startAt);
  const address: people.MovableAddress = {
    ...people.makeAddress(),
    ...(options.withStaffChannel === true ? { staffChannel: people.STAFF_CHANNEL } : {}),
    ...(options.slackRotation === undefined ? {} : { slackRotation: options.slackRotation }),
  };
  const file = makeSqliteFile();
  const vendors = await startVendors({
    port: 0,
    house: address,
    programNumber: people.PROGRAM_NUMBER,
    staff: options.slackStaff ?? people.SLACK_STAFF,
    now: () => clock.now(),
    seed: randomUUID(),
    stepMs: 5,
    keywordHandling: options.keywordHandling ?? 'block',
  });
  const environment: Record<string, string> = {
    ...people.environmentOf({ databaseUrl: file.url, ...vendors }),
    FLOWS_DIR: options.flowsDir ?? OWN_FLOWS,
    ...(options.withStaffChannel === true ? { SLACK_STAFF_CHANNEL: people.STAFF_CHANNEL } : {}),
    ...options.environment,
  };
  const log: string[] = [];
  const houses: House[] = [];
  const house = () => {
    const last = houses.at(-1);
    if (last === undefined) throw new Error('this town has no house yet');
    return last;
  };
  const town: Town = {
    clock,
    vendors,
    environment,
    databasePath: file.path,
    log,
    address,
    house,
    importPeople: (rows) => importPeople(house(), clock, rows),
    text: async (from, body) => statusOf(await vendors.sendText({ from, body })),
    settle: () => house().settle(),
    advanceTo: (at) => advanceTo(house(), clock, instant(at)),
    sentTo: (phone) =>
      vendors.twilio.state().messages.filter((one) => one.to === phone && one.direction === 'outbound-api'),
    bodiesTo: (phone) => town.sentTo(phone).map((message) => message.body),
    posts: () => postsIn(vendors, people.COUNSELORS).filter((post) => post.isBroadcast || !isReply(post)),
    cards: () => town.posts().filter((post) => !isReply(post) && wordsOf(post).includes(CARD_WORDS)),
    thread: (root) => repliesOf(vendors.slack.state(), root),
    hand: (slackUserId) => handOf(town, slackUserId),
    directsTo: (slackUserId) => {
      const channel = vendors.slack.state().channels.find((one) => one.kind === 'im' && one.userId === slackUserId);
      return channel === undefined ? [] : postsIn(vendors, channel.id);
    },
    press: (userId, { channel, ts }, actionId) => vendors.post(vendors.slack.press({ userId, channel, ts, actionId })),
    startAgain: async () => {
      const started = await startHouse(readConfig(environment), {
        clock,
        log: createLog('info', { write: (line) => void log.push(line) }),
        ticking: false,
      });
      address.baseUrl = `http://127.0.0.1:${started.port}`;
      houses.push(started);
      return started;
    },
    close: async () => {
      await vendors.close();
      for (const one of houses) await one.stop().catch(() => {});
      file.remove();
    },
  };
  await town.startAgain();
  await town.importPeople(options.rows ?? people.USUAL_ROWS);
  if (options.settled !== false) await town.settle();
  return town;
}

/** Through the same import that `icehouse roster import` uses. */
export async function importPeople(
  house: Pick<House, 'database'>,
  clock: TestClock,
  rows: readonly people.RosterCells[],
): Promise<void> {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const file = { header, rows: rows.map((cells, index) => ({ line: index + 2, cells })) };
  const tasks = ['fafsa_corrections', 'housing_form', 'final_transcript'];
  const result = await importRoster({ database: house.database, clock, ids: randomIds, tasks }, file, false);
  if (!result.ok) throw new Error(`the roster was refused: ${JSON.stringify(result.problems)}`);
}

/** More due times than this in one move would be a loop. */
const MOVE_LIMIT = 2_000;

async function advanceTo(house: House, clock: TestClock, target: number): Promise<void> {
  for (let count = 0; count < MOVE_LIMIT; count += 1) {
    const next = await house.nextDueAt();
    if (next === null || next > target) break;
    clock.set(Math.max(next, clock.now() + 1));
    await house.settle();
  }
  clock.set(Math.max(target, clock.now()));
  await house.settle();
}

function postsIn(vendors: Vendors, channel: string): SlackMessage[] {
  return vendors.slack.state().messages.filter((message) => message.channel === channel);
}

export function statusOf(delivery: Delivery): number {
  return delivery.kind === 'answered' ? delivery.status : 0;
}

/** All words of a post, as a reader of the channel sees them. */
export function wordsOf(post: SlackMessage): string {
  return JSON.stringify(post.blocks);
}
