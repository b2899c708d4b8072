// Publishing: checked files become the newest revision, with every flow's structure kept for those who are inside it.
// A start always stands on what was published last, and a running house takes up a new revision within a minute.

import { type Content, type ContentFiles, type ContentShelf, compileContent } from './content.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { Log } from './ports/log.ts';
import { raiseAlarm } from './raise-alarm.ts';

export interface Publication {
  readonly files: ContentFiles;
  readonly by: string;
  readonly why: string;
}

/** Stores a revision and resolves with its number; the same files again are no new revision. Compiles before it stores. */
export async function publishContent(
  deps: { readonly database: Database; readonly clock: Clock },
  publication: Publication,
): Promise<{ readonly revision: number; readonly isNew: boolean }> {
  const content = compileContent(0, publication.files);
  return deps.database.transact(async (stores) => {
    const latest = await stores.content.latest();
    if (latest !== null && JSON.stringify(latest.files) === JSON.stringify(publication.files)) {
      return { revision: latest.revision, isNew: false };
    }
    for (const [id, flow] of content.flows) {
      await stores.content.saveStructure(flow.structureHash, id, flow.source);
    }
    const { files, by, why } = publication;
    const at = deps.clock.now();
    const revision = await stores.content.publish({ files, publishedBy: by, why, publishedAt: at });
    await reachEverybody(stores, content, at);
    return { revision, isNew: true };
  });
}

/** Every mentee has every task, and is planned anew: a deadline or a flow may have changed. */
async function reachEverybody(
  stores: Parameters<Parameters<Database['transact']>[0]>[0],
  content: Content,
  at: number,
): Promise<void> {
  for (const mentee of await stores.people.mentees()) {
    for (const task of content.tasks.keys()) await stores.tasks.addMissing(mentee.id, task, 'system', at);
    await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: at });
  }
}

/** The newest published content, or null when nothing was ever published. */
export async function loadContent(database: Database): Promise<Content | null> {
  const latest = await database.read((stores) => stores.content.latest());
  return latest === null ? null : compileContent(latest.revision, latest.files);
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
    deps.log.error('content_refused', { revision: newest });
    await deps.database.transact((stores) =>
      raiseAlarm(deps.log, stores, {
        kind: 'content_refused',
        subject: String(newest),
        detail:
          'The published flows do not compile; the earlier ones stay in use. Run icehouse flows check, and publish again.',
        now: deps.clock.now(),
      }),
    );
  }
}
