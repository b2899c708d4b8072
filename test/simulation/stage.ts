// Everything a run stands on: the clock, the agenda, the file, the vendors, the house that may be dead just now, and the
// trace of what happened. It moves nothing by itself.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/db/open-database.ts';
import { type Content, compileContent } from '../../src/app/content.ts';
import { importRoster } from '../../src/app/import-roster.ts';
import type { Clock, Ids } from '../../src/app/ports/clock.ts';
import { publishContent } from '../../src/app/publish-content.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import { readTownContent } from './content.ts';
import type { House } from './house.ts';
import { type Observer, openObserver } from './observer.ts';
import { createRandom, type Random } from './random.ts';
import { buildTown, type Town, toRoster } from './town.ts';
import { createVendors, type Vendors } from './vendors.ts';
import { requireKnownWords } from './words.ts';

/** Starts: two near the nights on which clocks change, one plain, one late in the day. */
const STARTS = ['2026-10-30T16:20:00Z', '2027-03-12T19:40:00Z', '2027-05-20T15:00:00Z', '2026-10-31T23:50:00Z'];

export interface Stage {
  readonly random: Random;
  readonly town: Town;
  readonly content: Content;
  readonly vendors: Vendors;
  readonly agenda: Agenda;
  readonly observer: Observer;
  readonly path: string;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Time that never jumps; the agenda is on it. */
  steady: number;
  /** What the clock on the wall is ahead of it. */
  offset: number;
  house: House | null;
  close(): Promise<void>;
}

export async function setStage(seed: number): Promise<Stage> {
  const random = createRandom(seed);
  const start = random.pick(STARTS);
  const startsAt = Date.parse(start) + random.between(0, 20) * 3_600_000;
  const handling = random.pick(['block', 'default', 'advanced', 'off'] as const);
  const town = buildTown(random.fork('town'));
  const { content, file } = await publish(start, handling !== 'off');
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-simulation-'));
  const path = join(folder, 'icehouse.db');
  const idsFrom = random.fork('ids');
  const ids: Ids = { next: () => idsFrom.hex(16) };
  const stage: Stage = {
    random,
    town,
    content,
    path,
    ids,
    agenda: createAgenda(),
    steady: startsAt,
    offset: 0,
    house: null,
    clock: { now: () => stage.steady + stage.offset, realNow: () => stage.steady + stage.offset },
    vendors: createVendors(town, () => ({ now: stage.clock.now(), realNow: stage.clock.realNow() }), handling),
    observer: await fillDatabase(),
    close: async () => {
      await stage.house?.close();
      stage.observer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;

  async function fillDatabase(): Promise<Observer> {
    copyFileSync(file, path);
    const database = await openDatabase({ url: `file:${path}`, dataKey: TEST_DATA_KEY, purpose: 'server', ids });
    const clock = { now: () => startsAt, realNow: () => startsAt };
    const result = await importRoster(
      { database, clock, ids, tasks: [...content.tasks.keys()] },
      toRoster(town),
      false,
    );
    if (!result.ok) throw new Error(`the roster was refused: ${JSON.stringify(result.problems[0])}`);
    await database.close();
    return openObserver(path);
  }
}

interface Published {
  readonly content: Content;
  /** A database in which it is published, and nobody lives. */
  readonly file: string;
}

const published = new Map<string, Published>();

/** Publishes the town's content, once in a process for each start: to compile the screen takes longer than a short run. */
async function publish(start: string, carrierConfirmsStop: boolean): Promise<Published> {
  const key = `${start}:${carrierConfirmsStop}`;
  const known = published.get(key);
  if (known !== undefined) return known;
  const startsAt = Date.parse(start);
  const files = readTownContent(startsAt, carrierConfirmsStop);
  const content = compileContent(1, files);
  requireKnownWords(content.screen);
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-template-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'icehouse.db');
  const database = await openDatabase({ url: `file:${file}`, dataKey: TEST_DATA_KEY, purpose: 'command', migrate: {} });
  const clock = { now: () => startsAt, realNow: () => startsAt };
  await publishContent({ database, clock }, { files, by: 'the simulation', why: 'a new town' });
  await database.close();
  published.set(key, { content, file });
  return { content, file };
}
