// Monday morning, to the counselors: what the week has taught about the screen. Verdicts, the pages that were wrong with
// what fired in them, the texts that a person raised, and a press to write an example after each. No student's name.

import { addDays, instantOf, localDateOf } from '../core/model/local-time.ts';
import type { CaseVerdict } from '../core/safety/escalation.ts';
import { lastPromptAt, nextPromptAt } from '../core/schedule/weekly-update.ts';
import { isDrill } from './drill-mark.ts';
import type { HouseDeps } from './house-deps.ts';
import { missesIn } from './note-miss.ts';
import { noticeRow } from './outbound-rows.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { StaffMessage } from './ports/messages.ts';

type Review = Extract<StaffMessage, { kind: 'safety_review' }>;

/** Program time: when people plan their week. */
const MONDAY_9 = { weekday: 1, minute: 9 * 60 };
const SLOT = 'safety-review';
/** Deeds of a week that are looked through for misses and examples. */
const DEEDS_OF_WEEK = 20_000;
/** Of one case; the rest stands in Details. */
const WORDS_SHOWN = 6;

/** When the next review is due. */
export function nextReviewAt(now: number, timeZone: string): number {
  return nextPromptAt(now, MONDAY_9, timeZone).at;
}

/** Posts the review of the week before the last Monday, once; nothing when the week has taught nothing. */
export async function reviewSafety(deps: HouseDeps, stores: Stores): Promise<void> {
  const now = deps.clock.now();
  const { time_zone: timeZone } = deps.content.current().program;
  const { weekOn: on, at } = lastPromptAt(now, MONDAY_9, timeZone);
  if (!(await stores.house.takeSlot(SLOT, on, now))) return;
  const since = lastPromptAt(at - 1, MONDAY_9, timeZone).at;
  const message = await readWeek(stores, { on, since, until: at, timeZone });
  if (message === null) return;
  const recipient = { kind: 'slack_channel', channel: 'counselors' } as const;
  const row = noticeRow({ key: `${SLOT}:${on}`, recipient, title: '', lines: [], now });
  await stores.outbox.add({ ...row, body: { kind: 'slack_post', message } }, now);
}

interface Week {
  readonly on: string;
  readonly since: number;
  readonly until: number;
  readonly timeZone: string;
}

async function readWeek(stores: Stores, { on, since, until, timeZone }: Week): Promise<Review | null> {
  const ended = await endedIn(stores, since, until);
  const events = (await stores.audit.recent({ limit: DEEDS_OF_WEEK, since })).filter((event) => event.at < until);
  const misses = missesIn(events);
  if (ended.length === 0 && misses.length === 0) return null;
  const count = (kind: CaseVerdict['kind'] | null): number =>
    ended.filter(({ state }) => (state.verdict?.kind ?? null) === kind).length;
  return {
    kind: 'safety_review',
    on,
    verdicts: {
      real: count('real'),
      falseAlarm: count('false_alarm'),
      wrongTier: count('wrong_tier'),
      none: count(null),
    },
    judged: ended.flatMap(judgedOf),
    misses,
    examplesAdded: events.filter(({ action }) => action === 'example_added').length,
    timeZone,
  };
}

/** A case may have been opened long before the week in which it ended. */
const LONGEST_CASE_DAYS = 90;

async function endedIn(stores: Stores, since: number, until: number): Promise<readonly Escalation[]> {
  const from = instantOf(addDays(localDateOf(since, 'UTC'), -LONGEST_CASE_DAYS), 0, 'UTC');
  return (await stores.escalations.openedSince(from)).filter(({ state, raisedBy }) => {
    const { status, resolvedAt } = state;
    return (
      status === 'resolved' &&
      resolvedAt !== null &&
      resolvedAt >= since &&
      resolvedAt < until &&
      !isDrill({ raisedBy })
    );
  });
}

/** A page that was wrong, with what fired. What people wrote who raised it themselves is not for the channel. */
function judgedOf({ id, caseCode, state, signals = [], words, raisedBy, topics = [] }: Escalation): Review['judged'] {
  const { verdict, tier } = state;
  if (verdict === null || verdict.kind === 'real') return [];
  const isShown = raisedBy === undefined && !topics.includes('immigration');
  return [
    {
      escalationId: id,
      caseCode,
      tier,
      shouldBe: verdict.kind === 'wrong_tier' ? verdict.tier : null,
      signals,
      words: isShown ? words.slice(0, WORDS_SHOWN) : [],
    },
  ];
}
