// `icehouse flows …`: check the files, publish them.

import { openDatabase } from '../adapters/db/open-database.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { readContent } from '../adapters/system/content-files.ts';
import { type FileProblem, formatFileProblem } from '../adapters/system/file-problem.ts';
import { publishContent } from '../app/publish-content.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';

function folderOf(given: string | undefined): string {
  return given ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
}

function sayProblems(problems: readonly FileProblem[], json: boolean): void {
  process.exitCode = 1;
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: false, problems })}\n`);
    return;
  }
  for (const problem of problems) process.stdout.write(`${formatFileProblem(problem)}\n`);
  process.stdout.write(`${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}\n`);
}

/** Prints every mistake, or that there is none. */
export function checkFlows(given: string | undefined, options: { readonly json?: boolean }): void {
  const folder = folderOf(given);
  const read = readContent(folder, { runExamples: true });
  if (!read.ok) return sayProblems(read.problems, options.json === true);
  const count = Object.keys(read.files).length;
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ ok: true, problems: [] })}\n` : `${count} files, no mistakes\n`,
  );
}

/** Publishes what has no mistakes. */
export async function publishFlows(
  given: string | undefined,
  options: { readonly why: string; readonly by: string; readonly json?: boolean },
): Promise<void> {
  const read = readContent(folderOf(given), { runExamples: true });
  if (!read.ok) return sayProblems(read.problems, options.json === true);
  const settings = readSettings(['DATABASE_URL', 'DATA_KEY'], readEnvironment());
  const database = await openDatabase({
    url: settings.DATABASE_URL ?? '',
    dataKey: settings.DATA_KEY ?? '',
    purpose: 'command',
    migrate: {},
  });
  try {
    const { by, why } = options;
    const published = await publishContent({ database, clock: systemClock }, { files: read.files, by, why });
    const words = published.isNew
      ? `Published as revision ${published.revision}.`
      : `Nothing has changed since revision ${published.revision}.`;
    process.stdout.write(options.json === true ? `${JSON.stringify({ ok: true, ...published })}\n` : `${words}\n`);
  } finally {
    await database.close();
  }
}
