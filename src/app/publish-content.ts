// Publishing: checked files become the newest revision, with every flow's structure kept for those who are inside it.
// All of it is one transaction: the revision, and what it means for everybody. How it is taken up: published-content.ts.

import { EXAMPLES, type Example, type ExamplesFile, keepExamples } from '../core/safety/example-schema.ts';
import { type Content, ContentError, type ContentFiles, compileContent, examplesOf } from './content.ts';
import { carryOut, judgeHeld } from './move-conversations.ts';
import { judgeAll, type PublicationPlan, planOf, type Sides, type Standing } from './plan-publication.ts';
import type { Clock } from './ports/clock.ts';
import type { ContentRevision, Database, Stores } from './ports/database.ts';

/** `actor`: who it is in the audit, as an id; left out: the house itself. */
export interface Publication {
  readonly files: ContentFiles;
  readonly by: string;
  readonly why: string;
  readonly actor?: string;
}

/** Nothing was stored: somebody stands where the new files do not say what becomes of them. The plan names them by id. */
export class PublishBlockedError extends Error {
  override readonly name = 'PublishBlockedError';
  readonly plan: PublicationPlan;

  constructor(plan: PublicationPlan) {
    const count = plan.standings
      .filter(({ becomes }) => becomes === 'blocked')
      .reduce((sum, { conversations }) => sum + conversations.length, 0);
    super(`${count} ${count === 1 ? 'conversation is' : 'conversations are'} in the way of this publish.`);
    this.plan = plan;
  }
}

type PublishDeps = { readonly database: Database; readonly clock: Clock };

/** What a publish came to. */
export interface Published {
  readonly revision: number;
  readonly isNew: boolean;
  readonly plan: PublicationPlan;
}

/**
 * Stores a revision, and moves those inside whom it maps; the same files again are no new revision. Compiles before it
 * stores.
 * @throws ContentError · PublishBlockedError
 */
export function publishContent(deps: PublishDeps, publication: Publication): Promise<Published> {
  return publishAs(deps, publication, { moves: true, action: 'flows_published' });
}

/** What `publishContent` would do, with everybody as they stand now. */
export async function planPublication(
  { database }: { readonly database: Database },
  files: ContentFiles,
): Promise<PublicationPlan> {
  const sides = await weigh(database, files, true);
  return database.read(async (stores) => planOf(sides, await judgeAll(stores, sides)));
}

/** The published revision is another one than the one that the plan was made against. */
class OutdatedError extends Error {
  override readonly name = 'OutdatedError';
}

const TRIES = 5;

/** `moves` false: nobody inside is moved, and nobody is in the way. */
export async function publishAs(
  deps: PublishDeps,
  publication: Publication,
  how: { readonly moves: boolean; readonly action: 'flows_published' | 'flows_rolled_back' },
): Promise<Published> {
  for (let attempt = 1; ; attempt += 1) {
    const sides = await weigh(deps.database, publication.files, how.moves);
    try {
      return await deps.database.transact((stores) =>
        store(stores, sides, { ...publication, ...how }, deps.clock.now()),
      );
    } catch (error) {
      if (!(error instanceof OutdatedError) || attempt >= TRIES) throw error;
    }
  }
}

/** Compiles both sides. It takes a second, so it is done before the transaction. */
async function weigh(database: Database, given: ContentFiles, moves: boolean): Promise<Sides> {
  const latest = await database.read((stores) => stores.content.latest());
  const files = withTaught(given, latest);
  return {
    revision: latest?.revision ?? null,
    files,
    filesBefore: latest?.files ?? {},
    content: compileContent(0, files),
    before: latest === null ? null : compiledOrNull(latest),
    moves,
  };
}

function compiledOrNull({ revision, files }: ContentRevision): Content | null {
  try {
    return compileContent(revision, files);
  } catch (error) {
    if (error instanceof ContentError) return null;
    throw error;
  }
}

async function store(
  stores: Stores,
  sides: Sides,
  { by, why, actor, action }: Omit<Publication, 'files'> & { readonly action: string },
  at: number,
): Promise<Published> {
  const { revision: latest, files, content } = sides;
  if ((await stores.content.latestRevision()) !== latest) throw new OutdatedError('the published revision has changed');
  const judged = await judgeHeld(stores, sides);
  const plan = planOf(sides, judged);
  if (latest !== null && JSON.stringify(sides.filesBefore) === JSON.stringify(files)) {
    return { revision: latest, isNew: false, plan };
  }
  if (plan.isBlocked) throw new PublishBlockedError(plan);
  for (const [id, flow] of content.flows) {
    await stores.content.saveStructure(flow.structureHash, id, flow.source);
  }
  const revision = await stores.content.publish({ files, publishedBy: by, why, publishedAt: at });
  // At the very first publish no house stands on anything older.
  const speakAt = latest === null ? at : at + TAKEN_UP_MS;
  await carryOut(stores, content, judged, { now: at, speakAt });
  await reachEverybody(stores, content, { at, planAt: speakAt });
  if (latest !== null) await auditPublish(stores, { plan, revision, action, actor: actor ?? 'house', at });
  return { revision, isNew: true, plan };
}

/** Why, and by whom in words, stands in the history of revisions; the audit has ids and counts. */
async function auditPublish(
  stores: Stores,
  done: {
    readonly plan: PublicationPlan;
    readonly revision: number;
    readonly action: string;
    readonly actor: string;
    readonly at: number;
  },
): Promise<void> {
  const { plan, revision, action, actor, at } = done;
  const count = (...wanted: readonly Standing['becomes'][]): number =>
    plan.standings
      .filter(({ becomes }) => wanted.includes(becomes))
      .reduce((sum, { conversations }) => sum + conversations.length, 0);
  const detail = {
    replaced: plan.revision,
    moved: count('stands', 'enters', 'restarts', 'finishes'),
    stay: count('stays'),
    called_off: count('called_off'),
  };
  await stores.audit.add({ at, actor, action, subjectKind: 'revision', subject: String(revision), detail });
}

/** The files, with what counselors have added in Slack since they were written: a publish of a folder loses none of it. */
function withTaught(files: ContentFiles, latest: ContentRevision | null): ContentFiles {
  if (latest?.files[EXAMPLES] === undefined) return files;
  return { ...files, [EXAMPLES]: keepExamples(examplesOf(files), examplesOf(latest.files)) };
}

/**
 * Adds an example to what is published, inside a running transaction, as a revision of its own with who and why. Nothing
 * else of the content changes, so that nobody is planned anew. Null when nothing was ever published.
 */
export async function publishExample(
  stores: Stores,
  add: (known: ExamplesFile) => Example,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<Example | null> {
  const latest = await stores.content.latest();
  if (latest === null) return null;
  const known = examplesOf(latest.files);
  const example = add(known);
  const files = { ...latest.files, [EXAMPLES]: { ...known, examples: [...known.examples, example] } };
  const why = `example ${example.id} (${example.was}), added in Slack`;
  await stores.content.publish({ files, publishedBy: by, why, publishedAt: at });
  return example;
}

/** Every mentee has every task, and is planned anew: a deadline or a flow may have changed. */
async function reachEverybody(
  stores: Stores,
  content: Content,
  { at, planAt }: { readonly at: number; readonly planAt: number },
): Promise<void> {
  for (const mentee of await stores.people.mentees()) {
    for (const task of content.tasks.keys()) await stores.tasks.addMissing(mentee.id, task, 'system', at);
    await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: planAt });
  }
}

/** By then every running house stands on the new revision: planned sooner, a mentee might be asked by the old one. */
const TAKEN_UP_MS = 2 * 60_000;
