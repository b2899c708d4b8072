// What was published, in use: a start stands on the newest revision that compiles, and a running house takes up a newer
// one within a minute. Publishes nothing itself.

import { type Content, ContentError, type ContentFiles, type ContentShelf, compileContent } from './content.ts';
import type { Clock } from './ports/clock.ts';
import type { ContentRevision, Database } from './ports/database.ts';
import type { Log } from './ports/log.ts';
import { raiseAlarm } from './raise-alarm.ts';

/** The newest published content, or null when nothing was ever published. */
export async function loadContent(database: Database): Promise<Content | null> {
  const latest = await database.read((stores) => stores.content.latest());
  return latest === null ? null : compileContent(latest.revision, latest.files);
}

/**
 * For a start: the newest revision that compiles with this code. `refused` is a newer one that does not; `content` is
 * null when none does, or none was published. A house on last week's words is better than a dark one; but its deadlines
 * are the newest wherever they can be read, because a wrong one is worse than a clumsy word.
 */
export async function loadUsableContent(
  database: Database,
): Promise<{ readonly content: Content | null; readonly refused: number | null }> {
  const newest = await database.read((stores) => stores.content.latest());
  let refused: number | null = null;
  for (let revision = newest; revision !== null; ) {
    try {
      const files = withTasksOf(newest, revision);
      return { content: compileContent(revision.revision, files), refused };
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      refused ??= revision.revision;
      const { revision: tried } = revision;
      revision = await database.read((stores) => stores.content.before(tried));
    }
  }
  return { content: null, refused };
}

function withTasksOf(newest: ContentRevision | null, { revision, files }: ContentRevision): ContentFiles {
  if (newest === null || newest.revision === revision) return files;
  const mixed = { ...files, 'tasks.yaml': newest.files['tasks.yaml'] };
  try {
    compileContent(revision, mixed);
    return mixed;
  } catch {
    return files;
  }
}

/** Says that a published revision does not compile with this code, and that something earlier is in use. */
export async function reportRefused(
  deps: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  revision: number,
): Promise<void> {
  deps.log.error('content_refused', { revision });
  const detail =
    'The published flows do not compile; the earlier ones stay in use. Run icehouse flows check, and publish again.';
  const alarm = { kind: 'content_refused', subject: String(revision), detail, now: deps.clock.now() };
  await deps.database.transact((stores) => raiseAlarm(deps.log, stores, alarm));
}

/** Takes up a newer revision. One that does not compile is refused with an alarm, and the house stays as it is. */
export async function followPublished(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly content: ContentShelf;
  readonly log: Log;
}): Promise<void> {
  const newest = await deps.database.read((stores) => stores.content.latestRevision());
  if (newest === null || newest === deps.content.current().revision) return;
  try {
    const content = await loadContent(deps.database);
    if (content === null) return;
    deps.content.swap(content);
    deps.log.info('content_taken_up', { revision: content.revision });
  } catch {
    await reportRefused(deps, newest);
  }
}
