// The program's own wake-ups: Thursday's summary of the weekly updates, the day's digest of unread texts, and once a day a
// look whether every mentor has the timer of their next prompt. Setting them again changes nothing.

import { localDateOf, nextClock, weekdayOf } from '../core/model/local-time.ts';
import { nextPromptAt, nextSummary } from '../core/schedule/weekly-update.ts';
import { digestUnread } from './digest-texts.ts';
import { startDrill } from './drill.ts';
import { DRILL_TIMER } from './drill-timer.ts';
import type { HouseDeps } from './house-deps.ts';
import { HOUSE } from './person.ts';
import type { Stores, Timer } from './ports/database.ts';
import { armMentors } from './prompt-mentors.ts';
import { reportDrill } from './report-drill.ts';
import { nextReviewAt, reviewSafety } from './review-safety.ts';
import { sumUpWeek } from './sum-up-week.ts';

const PROGRAM = 'program';
const WEEKLY_SUMMARY = 'weekly_summary';
const ARM_PROMPTS = 'arm_prompts';
/** Program time of the daily look: before anybody is awake. */
const ARM_AT = '4:00';
const SAFETY_REVIEW = 'safety_review';
const WEEKLY_DRILL = 'weekly_drill';
const TEXTS_DIGEST = 'texts_digest';
/** Program time of the digest: late enough for the day's texts, early enough that somebody still reads them. */
const DIGEST_AT = '17:00';

/** Sets what is not set: at start, and each day. A summary that is due stays due. */
export async function armProgramTimers(deps: HouseDeps, stores: Stores): Promise<void> {
  const now = deps.clock.now();
  const zone = deps.content.current().program.time_zone;
  await setSooner(stores, WEEKLY_SUMMARY, nextSummary(now, zone).at);
  await setSooner(stores, ARM_PROMPTS, nextClock(now, ARM_AT, zone));
  await setSooner(stores, TEXTS_DIGEST, nextClock(now, DIGEST_AT, zone));
  await setSooner(stores, SAFETY_REVIEW, nextReviewAt(now, zone));
  await armDrill(deps, stores);
  await armMentors(deps, stores);
}

/** The weekly drill, when the program has one (CR-10). */
async function armDrill(deps: HouseDeps, stores: Stores): Promise<void> {
  const { drill, time_zone: zone } = deps.content.current().program;
  if (drill === null) return stores.timers.clear('program', PROGRAM, WEEKLY_DRILL);
  const [hour = 0, minute = 0] = drill.time.split(':').map(Number);
  const { at } = nextPromptAt(deps.clock.now(), { weekday: drill.weekday, minute: hour * 60 + minute }, zone);
  await setSooner(stores, WEEKLY_DRILL, at);
}

/** Unless one rings before: it is due, or was set by another zone and sets itself right when it rings. */
async function setSooner(stores: Stores, name: string, dueAt: number): Promise<void> {
  const standing = await stores.timers.get('program', PROGRAM, name);
  if (standing !== null && standing.dueAt <= dueAt) return;
  await stores.timers.set({ kind: 'program', subject: PROGRAM, name, dueAt });
}

/** Once a week: a timer that was set for a weekday of before, or rings twice, starts none. */
async function isDrillDay(deps: HouseDeps, stores: Stores): Promise<boolean> {
  const now = deps.clock.now();
  const { drill, time_zone: zone } = deps.content.current().program;
  if (drill === null) return false;
  const today = localDateOf(now, zone);
  return weekdayOf(today) === drill.weekday && stores.house.takeSlot(WEEKLY_DRILL, today, now);
}

/** What one of the program's timers brings. */
export async function takeProgramTimer(deps: HouseDeps, stores: Stores, timer: Timer): Promise<void> {
  switch (timer.name) {
    case WEEKLY_SUMMARY:
      await sumUpWeek(deps, stores);
      return armProgramTimers(deps, stores);
    case ARM_PROMPTS:
      return armProgramTimers(deps, stores);
    case SAFETY_REVIEW:
      await reviewSafety(deps, stores);
      return armProgramTimers(deps, stores);
    case WEEKLY_DRILL:
      if (await isDrillDay(deps, stores)) await startDrill(deps, stores, { by: HOUSE, now: deps.clock.now() });
      return armProgramTimers(deps, stores);
    case DRILL_TIMER:
      return reportDrill(deps, stores, timer);
    case TEXTS_DIGEST:
      // The day on which it was due: one that comes late is not taken for the next day's.
      await digestUnread(deps, stores, timer.dueAt);
      return armProgramTimers(deps, stores);
    default:
      deps.log.warn('timer_unknown', { reason: timer.name });
  }
}
