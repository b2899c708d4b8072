// Slack's events may never come: the app was muted, the request URL is wrong, Slack is in trouble. While somebody waits
// for what is written there, the house reads it by itself, through the same doors, where the same message counts once.

import type { MentorId } from '../core/model/ids.ts';
import type { Clock } from './ports/clock.ts';
import type { Database, Stores } from './ports/database.ts';
import type { Log } from './ports/log.ts';
import type { InboundMessage } from './ports/messages.ts';
import type { SlackReader } from './ports/slack-reader.ts';
import type { ThreadMessage } from './ports/staff-room.ts';
import { threadRoots } from './post-place.ts';
import { raiseAlarm } from './raise-alarm.ts';
import type { ReceiveMessage } from './receive-message.ts';
import { type ReceiveThreadMessage, THREAD_SLOT } from './receive-thread-message.ts';
import { slackActor } from './slack-actor.ts';

export interface PollDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly slackReader: Pick<SlackReader, 'threadMessages' | 'directMessages'>;
  readonly receiveThreadMessage: ReceiveThreadMessage;
  readonly receiveMessage: ReceiveMessage;
}

/** SL-12: threads and direct messages that somebody waits for are read this often. */
const POLL_EVERY_MS = 5 * 60_000;
/** A message this old that no event has brought says that events do not come. */
const EVENT_LATE_MS = 2 * 60_000;
/** What was read is read once more for so long: Slack may show a message late. */
const OVERLAP_MS = 10 * 60_000;
/** Direct messages of so many mentors are read in one minute, within Slack's limit for the method. */
const DIRECT_AT_ONCE = 25;
/** Real time after which a round leaves the rest to the next minute. */
const ROUND_MS = 20_000;
const EVENTS_MISSING = { kind: 'slack_events_missing', subject: 'events' } as const;

/** What is read: the thread of a case, or a mentor's direct messages. `since` is where its story begins. */
type Source =
  | { readonly kind: 'thread'; readonly name: string; readonly providerId: string; readonly since: number }
  | { readonly kind: 'dm'; readonly name: string; readonly slackUserId: string; readonly since: number };

/** What a round found: messages that only the poll brought, long ago or just now, and those that events had brought. */
interface Found {
  late: number;
  fresh: number;
  known: number;
}

/** How far each source was read, and when it was tried last (program time). */
interface Marks {
  readonly readUntil: Map<string, number>;
  readonly triedAt: Map<string, number>;
  /** Messages that only the poll brought: in a later round they are no proof that events come. */
  readonly brought: Set<string>;
}

/**
 * Reads what is due to be read, called each minute: cases first, then whom nobody has looked at for longest. Kept in
 * memory only: after a restart everything is read from its beginning, and what is known counts once. Rejects only when
 * the database fails.
 */
export function createPollThreads(deps: PollDeps): () => Promise<void> {
  const marks: Marks = { readUntil: new Map(), triedAt: new Map(), brought: new Set() };
  return async () => {
    const now = deps.clock.now();
    const sources = await deps.database.read((stores) => findSources(stores));
    const due = dueOf(sources, marks, now);
    if (due.length === 0) return;
    const found: Found = { late: 0, fresh: 0, known: 0 };
    const began = deps.clock.realNow();
    for (const source of due) {
      marks.triedAt.set(source.name, now);
      // A Slack that cannot be asked, or is slow, must not hold up the minute: the rest is read in the next one.
      if (!(await readOne(deps, source, marks, found)) || deps.clock.realNow() - began > ROUND_MS) break;
    }
    await judge(deps, found, now);
  };
}

function dueOf(sources: readonly Source[], { triedAt }: Marks, now: number): Source[] {
  const triedOf = ({ name }: Source): number => triedAt.get(name) ?? 0;
  // A clock that was set back must not keep the house from looking for an hour.
  const due = sources.filter((source) => triedOf(source) > now || now - triedOf(source) >= POLL_EVERY_MS);
  const threads = due.filter(({ kind }) => kind === 'thread');
  const direct = due.filter(({ kind }) => kind === 'dm').sort((a, b) => triedOf(a) - triedOf(b));
  return [...threads, ...direct.slice(0, DIRECT_AT_ONCE)];
}

async function findSources(stores: Stores): Promise<Source[]> {
  const sources: Source[] = [];
  for (const { id, state } of await stores.escalations.unresolved()) {
    for (const card of await threadRoots(stores, id)) {
      const { providerId } = card;
      if (providerId === null) continue;
      // By Slack's stamp too: a card may have been posted before the case was opened, when the clock was set back.
      const since = Math.min(state.openedAt, card.attemptedAt ?? state.openedAt);
      sources.push({ kind: 'thread', name: `thread:${card.id}`, providerId, since });
    }
  }
  const seen = new Set<MentorId>();
  for (const { mentorId, channel, promptedAt } of await stores.prompts.waiting()) {
    if (channel !== 'slack' || seen.has(mentorId)) continue;
    seen.add(mentorId);
    const mentor = await stores.people.mentor(mentorId);
    if (mentor?.slackUserId == null) continue;
    sources.push({ kind: 'dm', name: `dm:${mentorId}`, slackUserId: mentor.slackUserId, since: promptedAt });
  }
  return sources;
}

/** False when Slack could not be asked: the next time reads from where this one would have. */
async function readOne(deps: PollDeps, source: Source, marks: Marks, found: Found): Promise<boolean> {
  const now = deps.clock.now();
  const since = Math.max(source.since, (marks.readUntil.get(source.name) ?? 0) - OVERLAP_MS);
  const messages =
    source.kind === 'thread'
      ? await deps.slackReader.threadMessages(source.providerId, since)
      : await deps.slackReader.directMessages(source.slackUserId, since);
  if (messages === null) return false;
  for (const message of messages) {
    const isNew = 'threadOf' in message ? await takeFromThread(deps, message) : await takeDirect(deps, message);
    const isOld = isLate(message.externalId, now);
    if (!isNew) found.known += marks.brought.has(message.externalId) ? 0 : 1;
    else if (isOld) found.late += 1;
    else found.fresh += 1;
    if (isNew) marks.brought.add(message.externalId);
  }
  marks.readUntil.set(source.name, now);
  return true;
}

/** True when nobody had brought it before. */
async function takeFromThread(deps: PollDeps, message: ThreadMessage): Promise<boolean> {
  const isTaken = () => deps.database.read((stores) => stores.house.hasSlot(THREAD_SLOT, message.externalId));
  if (await isTaken()) return false;
  await deps.receiveThreadMessage(message);
  return isTaken();
}

async function takeDirect(deps: PollDeps, message: InboundMessage): Promise<boolean> {
  if (message.from.kind !== 'slack') return false;
  const phoneHash = deps.database.hashPhone(slackActor(message.from.slackUserId));
  const count = () => deps.database.read((stores) => stores.inbox.countSince(phoneHash, 0));
  const before = await count();
  await deps.receiveMessage(message);
  return (await count()) > before;
}

function isLate(externalId: string, now: number): boolean {
  const seconds = Number(externalId.split(':')[1]);
  return Number.isFinite(seconds) && now - seconds * 1_000 > EVENT_LATE_MS;
}

/** Staff hear once that events do not come, and it is over when they do again. */
async function judge(deps: PollDeps, { late, fresh, known }: Found, now: number): Promise<void> {
  if (late + fresh > 0) deps.log.warn('poll_found_messages', { count: late + fresh });
  if (late === 0 && known === 0) return;
  await deps.database.transact(async (stores) => {
    if (late === 0) return void (await stores.house.clearAlarm(EVENTS_MISSING.kind, EVENTS_MISSING.subject, now));
    const detail =
      "A message in Slack was found only by looking for it: Slack's events do not arrive. Replies reach students up to five minutes late. Check the app's Event Subscriptions and its Request URL.";
    await raiseAlarm(deps.log, stores, { ...EVENTS_MISSING, detail, now });
  });
}
