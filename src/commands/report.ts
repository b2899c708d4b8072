// `icehouse report safety`: the page of the staff lead in the terminal. Reads only; counts and times, and nobody's name.

import { openDatabase } from '../adapters/db/open-database.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { loadUsableContent } from '../app/published-content.ts';
import { REPORT_DAYS, readSafetyReport, reportLines } from '../app/safety-report.ts';
import { readEnvironment, readSettings } from '../config.ts';

/** Times stand in the program's zone; before anything was published, in UTC. */
export async function reportSafety(options: { readonly json?: boolean }): Promise<void> {
  const { DATABASE_URL: url = '', DATA_KEY: dataKey = '' } = readSettings(
    ['DATABASE_URL', 'DATA_KEY'],
    readEnvironment(),
  );
  const database = await openDatabase({ url, dataKey, purpose: 'command' });
  try {
    const report = await database.read((stores) => readSafetyReport(stores, systemClock.now()));
    if (options.json === true) return void process.stdout.write(`${JSON.stringify(report)}\n`);
    const { content } = await loadUsableContent(database);
    process.stdout.write(`The last ${REPORT_DAYS} days\n`);
    for (const { label, text } of reportLines(report, content?.program.time_zone ?? 'UTC'))
      process.stdout.write(`${label}: ${text}\n`);
  } finally {
    await database.close();
  }
}
