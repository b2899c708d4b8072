// A town to measure in: known, consented mentees, each with an open question, made by the app's own code (import,
// planning, flow, relay) in a database file of its own. Its numbers are generated and only ever meet loopback.

import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/adapters/db/open-database.ts';
import { randomIds, systemClock } from '../src/adapters/system/clock.ts';
import { readContent } from '../src/adapters/system/content-files.ts';
import { type Content, createContentShelf } from '../src/app/content.ts';
import { importRoster } from '../src/app/import-roster.ts';
import { ROSTER_COLUMNS } from '../src/app/parse-roster.ts';
import type { Database } from '../src/app/ports/database.ts';
import type { Log } from '../src/app/ports/log.ts';
import type { CallSender, SlackSender, SmsSender } from '../src/app/ports/senders.ts';
import { publishContent } from '../src/app/publish-content.ts';
import { loadContent } from '../src/app/published-content.ts';
import { createRelay } from '../src/app/relay-outbox.ts';
import { createRunDue } from '../src/app/run-due.ts';
import { asPhone, type Phone } from '../src/core/model/ids.ts';
import { localDateOf } from '../src/core/model/local-time.ts';

export interface Town {
  readonly folder: string;
  readonly flows: string;
  readonly dataKey: string;
  readonly phones: readonly string[];
  /** Mentees whose first question stands in the outbox and is due in a day. */
  readonly waiting: readonly string[];
  /** A copy of the database as it was when the town was built. */
  copyDatabase(name: string): string;
  remove(): void;
}

const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'Pacific/Honolulu',
  'Europe/Madrid',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Pacific/Auckland',
  'America/Sao_Paulo',
  'Asia/Dubai',
];
const DAY_MS = 24 * 3_600_000;
const DATABASE = 'town.sqlite';

/** Builds it; `flows` is the folder of flow files to speak, `waiting` how many more mentees have not been asked yet. */
export async function buildTown(mentees: number, flows: string, waiting = 0): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-bench-'));
  const town = join(folder, DATABASE);
  const dataKey = randomBytes(32).toString('base64');
  const ownFlows = join(folder, 'flows');
  copyFlows(flows, ownFlows);
  const everybody = Array.from({ length: mentees + waiting }, (_, index) => `+1213${3_000_000 + index}`);
  const phones = everybody.slice(0, mentees);
  const database = await openDatabase({ url: `file:${town}`, dataKey, purpose: 'command', migrate: {} });
  try {
    const shelf = await furnish(database, ownFlows, phones);
    if (waiting > 0) await queueNudges(database, shelf, everybody.slice(mentees));
  } finally {
    await database.close();
  }
  return {
    folder,
    flows: ownFlows,
    dataKey,
    phones,
    waiting: everybody.slice(mentees),
    copyDatabase: (name) => {
      copyFileSync(town, join(folder, name));
      return join(folder, name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The first task is due soon, so that everybody is asked about it today; the others next year. */
function copyFlows(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const file = join(to, 'tasks.yaml');
  let isFirst = true;
  const text = readFileSync(file, 'utf8').replace(/deadline: \d{4}-\d\d-\d\d/g, () => {
    const days = isFirst ? 10 : 400;
    isFirst = false;
    return `deadline: ${localDateOf(Date.now() + days * DAY_MS, 'Etc/UTC')}`;
  });
  writeFileSync(file, text);
}

async function furnish(database: Database, flows: string, phones: readonly string[]): Promise<Content> {
  const content = await publish(database, flows);
  await importPeople(database, content, phones);
  const shared = depsOf(database, content);
  await createRunDue({ ...shared, wake: () => {} })();
  await createRelay({ ...shared, sms: takesAll(), slack: noSlack, calls: noCalls }).drain();
  return content;
}

function depsOf(database: Database, content: Content) {
  const hashPhone = (phone: Phone) => database.hashPhone(phone);
  return {
    database,
    clock: systemClock,
    ids: randomIds,
    content: createContentShelf(content),
    log: silent,
    hashPhone,
  };
}

/** Known mentees who were introduced, each with a question in the outbox that is not due before tomorrow. */
async function queueNudges(database: Database, content: Content, phones: readonly string[]): Promise<void> {
  await importPeople(database, content, phones);
  const now = systemClock.now();
  await database.transact(async (stores) => {
    for (const phone of phones) {
      const mentee = await stores.people.menteeByPhone(database.hashPhone(asPhone(phone)));
      if (mentee !== null) await stores.people.markIntroduced(mentee.id, now);
    }
  });
  await createRunDue({ ...depsOf(database, content), wake: () => {} })();
  await database.transact(async (stores) => {
    for (;;) {
      const due = await stores.outbox.claimable(systemClock.now(), 500, 'normal');
      if (due.length === 0) return;
      for (const { id } of due) await stores.outbox.hold(id, now + DAY_MS, 'quiet_hours');
    }
  });
}

async function publish(database: Database, flows: string): Promise<Content> {
  const read = readContent(flows, { runExamples: false });
  if (!read.ok) throw new Error(`the flows have mistakes: ${JSON.stringify(read.problems[0])}`);
  await publishContent({ database, clock: systemClock }, { files: read.files, by: 'bench', why: 'a measurement' });
  const content = await loadContent(database);
  if (content === null) throw new Error('what was published is not there');
  return content;
}

async function importPeople(database: Database, content: Content, phones: readonly string[]): Promise<void> {
  const zone = zoneInDaylight();
  const mentor = '(213) 555-0110';
  const people: Record<string, string>[] = [
    {
      role: 'counselor',
      first_name: 'Renee',
      phone: '(213) 555-0101',
      time_zone: zone,
      slack_user_id: 'U0RENEE',
      on_call: '1',
    },
    { role: 'mentor', first_name: 'Dani', phone: mentor, time_zone: zone, slack_user_id: 'U0DANI' },
    ...phones.map((phone) => ({
      role: 'mentee',
      first_name: 'Maya',
      phone,
      language: 'en',
      time_zone: zone,
      college: 'Cal State LA',
      mentor,
      consent_basis: 'web_form',
      consent_on: '2026-01-05',
    })),
  ];
  const blank = Object.fromEntries(ROSTER_COLUMNS.map((column) => [column, '']));
  const rows = people.map((cells, index) => ({ line: index + 2, cells: { ...blank, last_name: 'Bench', ...cells } }));
  const deps = { database, clock: systemClock, ids: randomIds, tasks: [...content.tasks.keys()] };
  const result = await importRoster(deps, { header: ROSTER_COLUMNS, rows }, false);
  if (!result.ok) throw new Error(`the roster was refused: ${JSON.stringify(result.problems[0])}`);
}

/** A zone in which it is between noon and five in the afternoon: no quiet hour begins during a measurement. */
function zoneInDaylight(): string {
  const hourIn = (timeZone: string) =>
    Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(new Date()));
  const zone = ZONES.find((name) => hourIn(name) >= 12 && hourIn(name) < 17);
  if (zone === undefined) throw new Error('no zone in the list has an afternoon just now');
  return zone;
}

const silent: Log = { info: () => {}, warn: () => {}, error: (event) => console.error(event) };

/** Takes every text at once, without a network. */
function takesAll(): SmsSender {
  let taken = 0;
  return {
    send: async () => {
      taken += 1;
      return { kind: 'accepted', providerId: `SMseed${taken}`, status: 'accepted' };
    },
    find: async () => ({ kind: 'absent' }),
    statusOf: async () => ({ kind: 'absent' }),
  };
}

const noCalls: CallSender = { call: async () => ({ kind: 'not_sent', afterMs: null, code: 'bench' }) };
const noSlack: SlackSender = {
  post: async () => ({ kind: 'accepted', providerId: 'C0BENCH:1', status: 'sent' }),
  update: async () => ({ kind: 'accepted', providerId: 'C0BENCH:1', status: 'sent' }),
  find: async () => ({ kind: 'absent' }),
};
