// `icehouse roster import`: a CSV file into the database, all rows or none.

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { freeSpace } from '../adapters/db/disk.ts';
import { openDatabase, parseDatabaseUrl } from '../adapters/db/open-database.ts';
import { randomIds, systemClock } from '../adapters/system/clock.ts';
import { readContent } from '../adapters/system/content-files.ts';
import { readCsv } from '../adapters/system/csv.ts';
import { formatFileProblem } from '../adapters/system/file-problem.ts';
import { type Content, compileContent } from '../app/content.ts';
import { type ImportCounts, importRoster } from '../app/import-roster.ts';
import type { Database } from '../app/ports/database.ts';
import { loadContent } from '../app/published-content.ts';
import type { RosterProblem } from '../app/roster-row.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';

/** Below this share of free disk a bulk job is refused: what is left belongs to the texts (platforms DB-03). */
const FREE_NEEDED = 0.1;

export async function importRosterFile(
  file: string,
  options: { readonly dryRun?: boolean; readonly json?: boolean },
): Promise<void> {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const read = readCsv(file);
  const json = options.json === true;
  if (!read.ok) return refuse(file, [{ line: read.line, column: '', message: read.message, hint: read.hint }], json);
  const settings = readSettings(['DATABASE_URL', 'DATA_KEY', 'FLOWS_DIR'], readEnvironment());
  const url = settings.DATABASE_URL ?? '';
  await refuseFullDisk(url);
  const database = await openDatabase({ url, dataKey: settings.DATA_KEY ?? '', purpose: 'command', migrate: {} });
  try {
    const tasks = [...(await contentOf(database, settings.FLOWS_DIR ?? OWN_FLOWS)).tasks.keys()];
    const deps = { database, clock: systemClock, ids: randomIds, tasks };
    const result = await importRoster(deps, read.file, options.dryRun === true);
    if (!result.ok) return refuse(file, result.problems, json);
    report(result.counts, options.dryRun === true, json);
  } finally {
    await database.close();
  }
}

async function refuseFullDisk(url: string): Promise<void> {
  const place = parseDatabaseUrl(url);
  if (place.kind !== 'sqlite' || !existsSync(dirname(place.path))) return;
  const free = await freeSpace(dirname(place.path));
  if (free < FREE_NEEDED) {
    throw new Error(
      `only ${Math.round(free * 100)} % of the database's disk is free: make room first, then import again`,
    );
  }
}

/** What is published, or before the first start the files. */
async function contentOf(database: Database, folder: string): Promise<Content> {
  const published = await loadContent(database);
  if (published !== null) return published;
  const read = readContent(folder, { runExamples: false });
  if (!read.ok) throw new Error(`the flows have mistakes:\n${read.problems.map(formatFileProblem).join('\n')}`);
  return compileContent(0, read.files);
}

function refuse(file: string, problems: readonly RosterProblem[], json: boolean): void {
  process.exitCode = 1;
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: false, problems })}\n`);
    return;
  }
  for (const { line, column, message, hint } of problems) {
    process.stdout.write(`${file}:${line}${column === '' ? '' : ` ${column}`} ${message}: ${hint}\n`);
  }
  process.stdout.write('Nothing was imported.\n');
}

function report(counts: ImportCounts, dryRun: boolean, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: true, dryRun, ...counts })}\n`);
    return;
  }
  const { mentees, mentors, counselors, staff, withoutConsent, optedOut, wrongNumber } = counts;
  const verb = dryRun ? 'Would import' : 'Imported';
  process.stdout.write(`${verb} ${mentees} mentees, ${mentors} mentors, ${counselors} counselors, ${staff} staff.\n`);
  if (withoutConsent > 0) process.stdout.write(`${withoutConsent} without declared consent: they are not texted.\n`);
  if (optedOut > 0) process.stdout.write(`${optedOut} had opted out before and stay so.\n`);
  if (wrongNumber > 0) {
    process.stdout.write(
      `${wrongNumber} said "wrong number" and stay untexted: they need a consent_on later than that day.\n`,
    );
  }
}
