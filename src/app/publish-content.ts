// Publishing: checked files become the newest revision, with every flow's structure kept for those who are inside it.
// A start always stands on what was published last, and a running house takes up a new revision within a minute.

import type { Conversation } from '../core/model/conversation.ts';
import { EXAMPLES, type Example, type ExamplesFile, keepExamples } from '../core/safety/example-schema.ts';
import { callOff } from './call-off.ts';
import {
  type Content,
  ContentError,
  type ContentFiles,
  type ContentShelf,
  compileContent,
  examplesOf,
} from './content.ts';
import type { Clock } from './ports/clock.ts';
import type { ContentRevision, Database, Stores } from './ports/database.ts';
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
    const files = withTaught(publication.files, latest);
    if (latest !== null && JSON.stringify(latest.files) === JSON.stringify(files)) {
      return { revision: latest.revision, isNew: false };
    }
    for (const [id, flow] of content.flows) {
      await stores.content.saveStructure(flow.structureHash, id, flow.source);
    }
    const { by, why } = publication;
    const at = deps.clock.now();
    const revision = await stores.content.publish({ files, publishedBy: by, why, publishedAt: at });
    await callOffOvertaken(stores, content, at);
    // At the very first publish no house stands on anything older.
    await reachEverybody(stores, content, { at, planAt: latest === null ? at : at + TAKEN_UP_MS });
    return { revision, isNew: true };
  });
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

/**
 * Ends the conversations that the new revision has overtaken: about a task that is gone, or about a deadline that is
 * another one now. Their texts still waiting are dropped at the gate; a task whose deadline changed is asked anew.
 */
async function callOffOvertaken(stores: Stores, content: Content, now: number): Promise<void> {
  for (const { id, task, menteeId } of await stores.conversations.running()) {
    const mentee = await stores.people.mentee(menteeId);
    if (mentee === null || task === null) continue;
    await stores.lockPerson(mentee.phoneHash);
    const conversation = await stores.conversations.byId(id);
    if (conversation === null || conversation.status === 'ended') continue;
    const deadline = content.tasks.get(task)?.deadline;
    if (deadline === undefined) {
      await callOff(stores, content, { conversation, mentee, why: 'task_removed', now });
    } else if (await namesAnother(stores, conversation, deadline)) {
      await callOff(stores, content, { conversation, mentee, why: 'deadline_changed', now });
      await stores.tasks.forgetAsked(menteeId, task);
    }
  }
}

/** Whether it told the mentee of another deadline. Who only waits for a day not past it is told of it on that day. */
async function namesAnother(stores: Stores, conversation: Conversation, deadline: string): Promise<boolean> {
  const last = (await stores.conversations.events(conversation.id)).at(-1);
  const said = last?.facts.task?.deadlineOn;
  if (said === undefined || said === deadline) return false;
  if (conversation.waiting?.kind !== 'time') return true;
  const record = (await stores.tasks.of(conversation.menteeId)).find(({ task }) => task === conversation.task);
  return record?.againOn == null || record.againOn > deadline;
}

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
