// The program's own wake-ups: Thursday's summary of the weekly updates, the day's digest of unread texts, and once a day a
// look whether every mentor has the timer of their next prompt. Setting them again changes nothing.

import { nextClock } from '../core/model/local-time.ts';
import { nextSummary } from '../core/schedule/weekly-update.ts';
import { digestUnread } from './digest-texts.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores, Timer } from './ports/database.ts';
import { armMentors } from './prompt-mentors.ts';
import { sumUpWeek } from './sum-up-week.ts';

const PROGRAM = 'program';
const WEEKLY_SUMMARY = 'weekly_summary';
const ARM_PROMPTS = 'arm_prompts';
/** Program time of the daily look: before anybody is awake. */
const ARM_AT = '4:00';
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
  await armMentors(deps, stores);
}

/** Unless one rings before: it is due, or was set by another zone and sets itself right when it rings. */
async function setSooner(stores: Stores, name: string, dueAt: number): Promise<void> {
  const standing = await stores.timers.get('program', PROGRAM, name);
  if (standing !== null && standing.dueAt <= dueAt) return;
  await stores.timers.set({ kind: 'program', subject: PROGRAM, name, dueAt });
}

/** What one of the program's timers brings. */
export async function takeProgramTimer(deps: HouseDeps, stores: Stores, timer: Timer): Promise<void> {
  switch (timer.name) {
    case WEEKLY_SUMMARY:
      await sumUpWeek(deps, stores);
      return armProgramTimers(deps, stores);
    case ARM_PROMPTS:
      return armProgramTimers(deps, stores);
    case TEXTS_DIGEST:
      // The day on which it was due: one that comes late is not taken for the next day's.
      await digestUnread(deps, stores, timer.dueAt);
      return armProgramTimers(deps, stores);
    default:
      deps.log.warn('timer_unknown', { reason: timer.name });
  }
}
