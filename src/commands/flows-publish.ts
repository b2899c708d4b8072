// `icehouse flows plan | publish | history | rollback`: what a publish would do, the publish, what was published, and the
// way back. Nothing is stored when a publish is refused.

import { openDatabase } from '../adapters/db/open-database.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { type ContentFiles, readContent } from '../adapters/system/content-files.ts';
import { countProblems, type FileProblem, formatFileProblem } from '../adapters/system/file-problem.ts';
import type { PublicationPlan } from '../app/plan-publication.ts';
import { blockedLines, countOf, planLines } from '../app/plan-words.ts';
import type { Database } from '../app/ports/database.ts';
import type { Line } from '../app/ports/staff-room.ts';
import { PublishBlockedError, planPublication, publishContent } from '../app/publish-content.ts';
import { rollBackContent } from '../app/roll-back.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';

/** The audit's word for somebody at the command line, whose name stands in the history. */
const ACTOR = 'command';
const HISTORY_SHOWN = 50;

/** Says what a publish of this folder would do. Exit code 1 when it would be refused. */
export async function planFlows(given: string | undefined, options: { readonly json?: boolean }): Promise<void> {
  const json = options.json === true;
  const files = readChecked(given, json);
  if (files === null) return;
  const plan = await withDatabase((database) => planPublication({ database }, files));
  if (plan.isBlocked) process.exitCode = 1;
  if (json) return sayJson({ ok: !plan.isBlocked, plan });
  sayLines(planLines(plan));
  say(plan.isBlocked ? REFUSED : plan.revision === null ? 'Nothing was published before.' : 'It can be published.');
}

const REFUSED = 'A publish would be refused: somebody is in the way.';

/** Publishes what has no mistakes and leaves nobody behind. */
export async function publishFlows(
  given: string | undefined,
  options: { readonly why: string; readonly by: string; readonly json?: boolean },
): Promise<void> {
  const json = options.json === true;
  const files = readChecked(given, json);
  if (files === null) return;
  const { by, why } = options;
  const deed = { files, by, why, actor: ACTOR };
  try {
    const published = await withDatabase((database) => publishContent({ database, clock: systemClock }, deed), true);
    if (json) return sayJson({ ok: true, ...published });
    sayLines(planLines(published.plan));
    say(
      published.isNew
        ? `Published as revision ${published.revision}.`
        : `Nothing has changed since revision ${published.revision}.`,
    );
  } catch (error) {
    if (!(error instanceof PublishBlockedError)) throw error;
    refuse(error.plan, json);
  }
}

function refuse(plan: PublicationPlan, json: boolean): void {
  process.exitCode = 1;
  if (json) return sayJson({ ok: false, plan });
  sayLines(planLines(plan));
  const blocked = plan.standings.filter(({ becomes }) => becomes === 'blocked');
  say(`Nothing was published. In the way: ${countOf(blocked)}, at ${blockedLines(plan).length} steps.`);
}

/** Lists what was published, the newest first. */
export async function listRevisions(options: { readonly json?: boolean }): Promise<void> {
  const revisions = await withDatabase((database) => database.read(({ content }) => content.history(HISTORY_SHOWN)));
  if (options.json === true) return sayJson({ revisions });
  for (const { revision, publishedAt, publishedBy, why } of revisions) {
    say(`${String(revision).padStart(4)}  ${new Date(publishedAt).toISOString()}  ${publishedBy}: ${why}`);
  }
  if (revisions.length === 0) say('Nothing was ever published.');
}

/** Publishes the files of an earlier revision once more. */
export async function rollBackFlows(options: {
  readonly to?: string;
  readonly why: string;
  readonly by: string;
  readonly json?: boolean;
}): Promise<void> {
  const { by, why } = options;
  const to = options.to === undefined ? null : readRevision(options.to);
  const done = await withDatabase(
    (database) => rollBackContent({ database, clock: systemClock }, { to, by, why, actor: ACTOR }),
    true,
  );
  if (options.json === true) return sayJson({ ok: true, ...done });
  sayLines(planLines(done.plan));
  const pinned = countOf(done.plan.standings.filter(({ becomes }) => becomes === 'stays'));
  say(`Revision ${done.of} is published again, as revision ${done.revision}.`);
  say(`${pinned} ${pinned === 1 ? 'conversation finishes' : 'conversations finish'} on the structure they stand on.`);
}

function readRevision(written: string): number {
  const revision = Number(written);
  if (!Number.isInteger(revision) || revision < 1) {
    throw new Error(`"${written}" is not a revision; icehouse flows history lists them`);
  }
  return revision;
}

/** The files of the folder; null when they have mistakes, which are then said. */
function readChecked(given: string | undefined, json: boolean): ContentFiles | null {
  const folder = given ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const read = readContent(folder, { runExamples: true });
  if (!read.ok) {
    sayProblems(read.problems, json);
    return null;
  }
  if (!json) for (const warning of read.warnings) say(formatFileProblem(warning));
  return read.files;
}

function sayProblems(problems: readonly FileProblem[], json: boolean): void {
  process.exitCode = 1;
  if (json) return sayJson({ ok: false, problems });
  for (const problem of problems) say(formatFileProblem(problem));
  say(countProblems(problems));
}

/** `changes`: it is brought to the schema of this version first, as a house would. */
async function withDatabase<T>(work: (database: Database) => Promise<T>, changes = false): Promise<T> {
  const { DATABASE_URL: url = '', DATA_KEY: dataKey = '' } = readSettings(
    ['DATABASE_URL', 'DATA_KEY'],
    readEnvironment(),
  );
  const database = await openDatabase({ url, dataKey, purpose: 'command', ...(changes ? { migrate: {} } : {}) });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function sayLines(lines: readonly Line[]): void {
  for (const { label, text } of lines) say(`${label}: ${text}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sayJson(answer: object): void {
  say(JSON.stringify(answer));
}
