// The rehearsal as the demo starts it: both local vendors and the page on one address. It knows the house by its
// addresses and credentials alone, and the program's clock as it is handed in.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { act } from './page/actions.ts';
import type { RehearsalClock } from './page/clock.ts';
import type { Outcome } from './page/outcome.ts';
import { type Person, type Town, type Trouble, toPageState } from './page/page-state.ts';
import { readStaticFiles } from './page/static-files.ts';
import { createStream } from './page/stream.ts';
import { createSummer, SUMMER_PAGE, type SummerPlayer, summerPage } from './page/summer.ts';
import { type StaffMember, startVendors, type VendorHouse, type Vendors } from './start-vendors.ts';
import type { KeywordHandling } from './twilio/state.ts';
import { describeDelivery } from './wire/deliver.ts';
import { giveAnswer, readBody } from './wire/serve.ts';

const CLOCK_WATCH_MS = 1000;
const MOST_TROUBLES = 5;

/** What the rehearsal is started with. */
export interface RehearsalOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly house: VendorHouse;
  readonly people: readonly Person[];
  /** Mentors, counselors and staff with their Slack ids, as the house knows them. */
  readonly staff?: readonly StaffMember[];
  readonly clock: RehearsalClock;
  readonly programNumber: string;
  /** Zone of the clock bar; Los Angeles when left out. */
  readonly timeZone?: string;
  /** Who answers STOP, START and HELP; `block` when left out. */
  readonly keywordHandling?: KeywordHandling;
  /** Plays the summer that the page asks for; the page does not offer it when left out. */
  readonly summerPlayer?: SummerPlayer;
  /** Ids come from it; a new one at each start when left out. */
  readonly seed?: string;
}

const UNNAMED_COUNSELOR: StaffMember = { name: 'Counselor', slackUserId: 'U0COUNSELOR', role: 'counselor' };

/** Starts the rehearsal. `close` ends the page's streams, the timers and the server. */
export async function startRehearsal(options: RehearsalOptions): Promise<Vendors> {
  const { clock, house, people, programNumber, summerPlayer } = options;
  const staff = options.staff ?? [UNNAMED_COUNSELOR];
  const timeZone = options.timeZone ?? 'America/Los_Angeles';
  const { counselorChannel, staffChannel = null } = house;
  const town: Town = { people, staff, programNumber, timeZone, counselorChannel, staffChannel };
  const files = readStaticFiles();
  let moves = 0;
  let troubles: readonly Trouble[] = [];
  let troubleCount = 0;

  const readState = async () =>
    toPageState(
      town,
      vendors,
      { now: clock.now(), nextEventAt: await clock.nextEventAt(), isMoving: moves > 0 },
      { troubles, summer: summer?.state() ?? null },
    );
  const stream = createStream(readState);
  const summer = summerPlayer === undefined ? null : createSummer(summerPlayer, stream.announce);
  const noteTrouble = (text: string) => {
    troubleCount += 1;
    troubles = [...troubles, { id: troubleCount, text }].slice(-MOST_TROUBLES);
    stream.announce();
  };

  const carryOut = async (name: string, incoming: IncomingMessage): Promise<Outcome> => {
    // A foreign page cannot send this content type without asking first.
    if (incoming.headers['content-type'] !== 'application/json') return { status: 415, error: 'Send JSON.' };
    const body = await readBody(incoming);
    moves += name === 'clock' ? 1 : 0;
    stream.announce();
    try {
      return await act(name, body, { town, vendors, clock, summer });
    } catch (error) {
      return { status: 500, error: error instanceof Error ? error.message : 'Something went wrong.' };
    } finally {
      moves -= name === 'clock' ? 1 : 0;
      stream.announce();
    }
  };

  const other = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const [path = '/'] = (incoming.url ?? '/').split('?');
    const file = path === SUMMER_PAGE ? summerPage(summer) : files.get(path);
    if (incoming.method === 'GET' && file !== undefined) return giveAnswer(outgoing, file);
    if (incoming.method === 'GET' && path === '/api/stream') return stream.open(outgoing);
    if (incoming.method === 'GET' && path === '/api/state') return giveJson(outgoing, 200, await readState());
    if (incoming.method !== 'POST' || !path.startsWith('/api/'))
      return giveJson(outgoing, 404, { error: 'Not found.' });
    const { status, error } = await carryOut(path.slice('/api/'.length), incoming);
    giveJson(outgoing, status, { error });
  };

  const vendors = await startVendors({
    port: options.port,
    house,
    programNumber,
    staff,
    now: () => clock.now(),
    seed: options.seed ?? randomUUID(),
    keywordHandling: options.keywordHandling ?? 'block',
    onTrouble: (delivery) => noteTrouble(describeDelivery(delivery)),
    other,
  });
  const silence = [vendors.twilio.onChange(stream.announce), vendors.slack.onChange(stream.announce)];
  const watch = watchClock(clock, stream.announce);

  return {
    ...vendors,
    async close() {
      clearInterval(watch);
      for (const end of silence) end();
      stream.close();
      await summer?.close();
      await vendors.close();
    },
  };
}

function watchClock(clock: RehearsalClock, announce: () => void): NodeJS.Timeout {
  let seen = clock.now();
  return setInterval(() => {
    if (clock.now() === seen) return;
    seen = clock.now();
    announce();
  }, CLOCK_WATCH_MS);
}

function giveJson(outgoing: ServerResponse, status: number, value: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  outgoing.end(JSON.stringify(value));
}
