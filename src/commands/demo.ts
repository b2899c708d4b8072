// `icehouse demo`: the real house beside a local Twilio and a local Slack, with a page to try it on. Only addresses,
// credentials and the clock are not those of production; nothing in the house knows that it is a rehearsal.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSettableClock, randomIds, type SettableClock } from '../adapters/system/clock.ts';
import { readCsv } from '../adapters/system/csv.ts';
import { createLog } from '../adapters/system/log.ts';
import { importRoster } from '../app/import-roster.ts';
import { parseRoster, type Roster, type RosterStaff } from '../app/parse-roster.ts';
import { loadContent } from '../app/published-content.ts';
import { readConfig } from '../config.ts';
import { type House, startHouse } from '../main.ts';
import type { SummerPlayer } from '../rehearsal/page/summer.ts';
import { startRehearsal } from '../rehearsal/start-rehearsal.ts';
import { rehearseApart } from './rehearse-apart.ts';

const ROSTER = fileURLToPath(new URL('../../docs/examples/roster.csv', import.meta.url));
/** A Monday in June, shortly before texts may leave in California. */
const STARTS_AT = Date.parse('2027-06-07T08:55:00-07:00');
const PROGRAM_NUMBER = '+12135550199';
const COUNSELOR_CHANNEL = 'C0COUNSELORS';
const STAFF_CHANNEL = 'C0STAFF';
/** Signed for and written into status callbacks; the local vendors deliver what is for it to the house. */
const PUBLIC_BASE_URL = 'https://icehouse.example';
/** A summer of the page begins on this day, and a segment costs so many cents: as `icehouse rehearse` has it. */
const SUMMER = { from: '2027-05-01', centsPerSegment: 1.2 };

export interface Demo {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts everything, prints one line with the page's address, and runs until interrupted. */
export async function demo(options: { readonly port: string; readonly flows?: string }): Promise<void> {
  if (!/^\d{1,5}$/.test(options.port)) throw new Error(`--port ${options.port} is not a port number such as 4000`);
  const running = await startDemo(Number(options.port), options.flows);
  process.stdout.write(`Icehouse is rehearsing at ${running.url}  (stop with Ctrl+C)\n`);
  const stop = () => void running.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** Starts the demo on `port` (0 takes a free one), with the flows of the checkout or of another folder. */
export async function startDemo(port: number, flows?: string): Promise<Demo> {
  const file = readRoster();
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-demo-'));
  const clock = createSettableClock(STARTS_AT);
  const house: { current: House | null } = { current: null };
  const credentials = makeCredentials();
  const address = {
    ...credentials,
    baseUrl: PUBLIC_BASE_URL,
    publicBaseUrl: PUBLIC_BASE_URL,
    counselorChannel: COUNSELOR_CHANNEL,
    staffChannel: STAFF_CHANNEL,
  };
  const rehearsal = await startRehearsal({
    port,
    house: address,
    programNumber: PROGRAM_NUMBER,
    people: file.roster.mentees.map((mentee) => ({
      name: mentee.firstName,
      phone: mentee.phone,
      language: mentee.language,
      timeZone: mentee.timeZone,
      note: `${mentee.college}, texts in ${mentee.language === 'es' ? 'Spanish' : 'English'}`,
    })),
    staff: [
      ...file.roster.counselors.map((person) => staffMember(person, 'counselor')),
      ...file.roster.mentors.map((person) => staffMember(person, 'mentor')),
      ...file.roster.staff.map((person) => staffMember(person, 'staff')),
    ],
    clock: movingClock(clock, () => house.current),
    summerPlayer: playSummer(() => house.current),
  });
  const config = readConfig({
    DATABASE_URL: `file:${join(folder, 'icehouse.sqlite')}`,
    PORT: '0',
    PUBLIC_BASE_URL,
    DATA_KEY: randomBytes(32).toString('base64'),
    TWILIO_ACCOUNT_SID: credentials.accountSid,
    TWILIO_AUTH_TOKEN: credentials.twilioAuthToken,
    TWILIO_MESSAGING_SERVICE_SID: credentials.messagingServiceSid,
    TWILIO_API_BASE_URL: rehearsal.twilioBaseUrl,
    SLACK_BOT_TOKEN: credentials.slackBotToken,
    SLACK_SIGNING_SECRET: credentials.slackSigningSecret,
    SLACK_COUNSELOR_CHANNEL: COUNSELOR_CHANNEL,
    SLACK_STAFF_CHANNEL: STAFF_CHANNEL,
    SLACK_API_BASE_URL: rehearsal.slackBaseUrl,
    FLOWS_DIR: flows,
  });
  const running = await startHouse(config, { clock, log: createLog('silent'), ticking: false });
  address.baseUrl = `http://127.0.0.1:${running.port}`;
  await fillWithPeople(running, clock, file);
  house.current = running;
  return {
    url: rehearsal.url,
    stop: async () => {
      await running.stop();
      await rehearsal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCredentials() {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    twilioAuthToken: hex(16),
    accountSid: `AC${hex(16)}`,
    messagingServiceSid: `MG${hex(16)}`,
    slackSigningSecret: hex(16),
    slackBotToken: `xoxb-${hex(12)}`,
  };
}

interface RosterFile {
  readonly header: readonly string[];
  readonly rows: Parameters<typeof parseRoster>[1];
  readonly roster: Roster;
}

function readRoster(): RosterFile {
  const read = readCsv(ROSTER);
  if (!read.ok) throw new Error(`${ROSTER}:${read.line} ${read.message}: ${read.hint}`);
  const parsed = parseRoster(read.file.header, read.file.rows);
  if (!parsed.ok) throw new Error(`${ROSTER} has mistakes: icehouse roster import --dry-run names them`);
  return { ...read.file, roster: parsed.roster };
}

function staffMember(person: RosterStaff, role: 'counselor' | 'mentor' | 'staff') {
  const { firstName, lastName, phone } = person;
  return {
    name: `${firstName} ${lastName}`,
    slackUserId: person.slackUserId ?? '',
    role,
    ...(phone === null ? {} : { phone }),
  };
}

/** The same import that a program uses, on the same file format. */
async function fillWithPeople(house: House, clock: SettableClock, file: RosterFile): Promise<void> {
  const content = await loadContent(house.database);
  const tasks = [...(content?.tasks.keys() ?? [])];
  const result = await importRoster({ database: house.database, clock, ids: randomIds, tasks }, file, false);
  if (!result.ok) throw new Error('the sample roster was refused');
  await house.settle();
}

/** Plays what the demo's house has published now, in a process of its own. */
function playSummer(house: () => House | null): SummerPlayer {
  return async (asked, onProgress, signal) => {
    const published = await house()?.database.read((stores) => stores.content.latest());
    if (published === null || published === undefined) throw new Error('The house has not started yet.');
    return rehearseApart({ ...SUMMER, ...asked, files: published.files }, onProgress, signal);
  };
}

/** More due times than this in one move of the clock would be a loop. */
const MOVE_LIMIT = 10_000;

/** Walks the due times one by one, so that nothing happens at a time at which it would not (architecture 2.3). */
function movingClock(clock: SettableClock, house: () => House | null) {
  const nextEventAt = async () => (await house()?.nextDueAt()) ?? null;
  const advanceTo = async (target: number) => {
    for (let count = 0; count < MOVE_LIMIT; count += 1) {
      const next = await nextEventAt();
      if (next === null || next > target) break;
      clock.set(next);
      await house()?.settle();
    }
    clock.set(Math.max(target, clock.now()));
    await house()?.settle();
  };
  return {
    now: () => clock.now(),
    nextEventAt,
    advanceTo,
    advanceToNextEvent: async () => {
      const next = await nextEventAt();
      if (next !== null) await advanceTo(next);
    },
  };
}
