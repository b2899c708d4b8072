// Publishes the files of an earlier revision once more, as a revision of its own. Nobody inside is moved by it, so nobody
// can be in its way: who stands on a structure that it takes back finishes on that one.

import { EXAMPLES } from '../core/safety/example-schema.ts';
import { ContentError, type ContentFiles } from './content.ts';
import type { Clock } from './ports/clock.ts';
import type { ContentRevision, Database } from './ports/database.ts';
import { type Published, publishAs } from './publish-content.ts';

/** There is nothing to go back to, or it cannot be used: the message is for the one who asked. */
export class RollBackError extends Error {
  override readonly name = 'RollBackError';
}

export interface RollBack {
  /** Null: the newest revision that differs in more than the taught examples. */
  readonly to: number | null;
  readonly by: string;
  readonly why: string;
  readonly actor?: string;
}

/**
 * Resolves with the new revision and the one whose files it has. What counselors have taught the screen stays.
 * @throws RollBackError
 */
export async function rollBackContent(
  deps: { readonly database: Database; readonly clock: Clock },
  { to, ...said }: RollBack,
): Promise<Published & { readonly of: number }> {
  const target = await targetOf(deps.database, to);
  try {
    const how = { moves: false, action: 'flows_rolled_back' } as const;
    return { ...(await publishAs(deps, { ...said, files: target.files }, how)), of: target.revision };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const what = `Revision ${target.revision} does not compile with this version of Icehouse`;
    throw new RollBackError(`${what}, and nothing was changed. ${error.message}`);
  }
}

async function targetOf(database: Database, to: number | null): Promise<ContentRevision> {
  return database.read(async ({ content }) => {
    const latest = await content.latest();
    if (latest === null) throw new RollBackError('Nothing was ever published.');
    if (to === null) {
      let before = await content.before(latest.revision);
      while (before !== null && sayTheSame(before.files, latest.files)) before = await content.before(before.revision);
      if (before === null)
        throw new RollBackError(`There is nothing older than revision ${latest.revision} to go back to.`);
      return before;
    }
    const target = await content.byRevision(to);
    if (target === null) throw new RollBackError(`There is no revision ${to}; the newest is ${latest.revision}.`);
    if (sayTheSame(target.files, latest.files)) {
      throw new RollBackError(`Revision ${latest.revision}, which is published, says the same as revision ${to}.`);
    }
    return target;
  });
}

function sayTheSame(a: ContentFiles, b: ContentFiles): boolean {
  const written = (files: ContentFiles) =>
    JSON.stringify(
      Object.entries(files)
        .filter(([path]) => path !== EXAMPLES)
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return written(a) === written(b);
}
