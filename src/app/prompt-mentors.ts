// Asks each mentor once a week for their update, reminds them and calls on them last. What is due is a row, so a tick
// that comes late, twice or on two machines asks nobody twice; one that comes too late asks nobody at all.

import { asMentorId, asMentorPromptId, type MentorId } from '../core/model/ids.ts';
import { isTimeZone, localDateOf } from '../core/model/local-time.ts';
import type { Mentor } from '../core/model/people.ts';
import type { MentorPrompt, PromptSlot } from '../core/model/weekly-update.ts';
import {
  DEFAULT_SLOT,
  lastCallAt,
  lastPromptAt,
  nextPromptAt,
  remindAt,
  summaryAt,
  summaryOn,
} from '../core/schedule/weekly-update.ts';
import { excuseFor, isFreeOn } from './excuse-week.ts';
import type { HouseDeps } from './house-deps.ts';
import { noteUnreachable } from './note-unreachable.ts';
import { hasLeft } from './person.ts';
import type { Stores, Timer } from './ports/database.ts';
import { type AskingStage, postPrompt, promptKey, showProgress } from './post-prompt.ts';
import { textPrompt } from './prompt-by-sms.ts';
import { openOf, type Progress, progressOf } from './prompt-progress.ts';

/** Names of a mentor's timers: the next prompt, and what follows the running one. */
const PROMPT = 'prompt';
const REMIND = 'remind';
const LAST_CALL = 'last_call';
/** Prompts of a mentor that may belong to one summary: the slot can be changed within a week. */
const RECENT = 3;

/** What a mentor's timer brings. */
export async function takeMentorTimer(deps: HouseDeps, stores: Stores, timer: Timer): Promise<void> {
  const mentor = await stores.people.mentor(asMentorId(timer.subject));
  if (mentor === null) return;
  switch (timer.name) {
    case PROMPT:
      await promptMentor(deps, stores, mentor);
      return armMentor(deps, stores, mentor);
    case REMIND:
      return askAgain(deps, stores, mentor, 'reminded');
    case LAST_CALL:
      return askAgain(deps, stores, mentor, 'last_called');
    default:
      deps.log.warn('timer_unknown', { reason: timer.name });
  }
}

/**
 * Sets the timer of a mentor's next prompt. One that rings sooner is left alone: it asks only when the slot has come,
 * and so a slot that was moved to a day of this week that is over leaves this week's prompt where it was.
 */
export async function armMentor(deps: Pick<HouseDeps, 'clock'>, stores: Stores, mentor: Mentor): Promise<void> {
  const slot = await slotOf(stores, mentor.id);
  const { at } = nextPromptAt(deps.clock.now(), slot, mentor.timeZone);
  const standing = await stores.timers.get('mentor', mentor.id, PROMPT);
  if (standing !== null && standing.dueAt <= at) return;
  await stores.timers.set({ kind: 'mentor', subject: mentor.id, name: PROMPT, dueAt: at });
}

/**
 * Sets the timer after a change of slot. What was due in an earlier week than the new slot's next turn stays due: else
 * a slot moved back over a day that is past would leave a week out.
 */
export async function moveMentor(deps: HouseDeps, stores: Stores, mentor: Mentor): Promise<void> {
  const { timeZone, id } = mentor;
  const next = nextPromptAt(deps.clock.now(), await slotOf(stores, id), timeZone);
  const standing = await stores.timers.get('mentor', id, PROMPT);
  const isEarlierWeek = standing !== null && summaryOn(localDateOf(standing.dueAt, timeZone)) < summaryOn(next.weekOn);
  if (isEarlierWeek) return;
  await stores.timers.set({ kind: 'mentor', subject: id, name: PROMPT, dueAt: next.at });
}

/** Mentors without a timer get one: new on the roster, or from before there were weekly updates. */
export async function armMentors(deps: Pick<HouseDeps, 'clock'>, stores: Stores): Promise<void> {
  for (const mentor of await stores.people.mentors()) {
    // A zone that is not known here any more keeps one mentor from being asked, and not all of them.
    if (!isTimeZone(mentor.timeZone)) continue;
    await armMentor(deps, stores, mentor);
    await moveFollowUps(stores, mentor);
  }
}

/**
 * After a change of zone the reminder and the last call of the week ring at the same hour of the new one. The last call is
 * the same hour for everybody, so it tells whether the zone has changed, and by how much.
 */
async function moveFollowUps(stores: Stores, mentor: Mentor): Promise<void> {
  const lastCall = await stores.timers.get('mentor', mentor.id, LAST_CALL);
  const prompt = lastCall === null ? null : await stores.prompts.latestOf(mentor.id);
  if (lastCall === null || prompt === null) return;
  const shift = lastCallAt(prompt.weekOn, mentor.timeZone) - lastCall.dueAt;
  if (shift === 0) return;
  for (const name of [REMIND, LAST_CALL]) {
    const standing = await stores.timers.get('mentor', mentor.id, name);
    if (standing !== null) await stores.timers.set({ ...standing, dueAt: standing.dueAt + shift });
  }
}

/** The mentor's slot: Sunday 17:00 unless they chose another. */
export async function slotOf(stores: Stores, mentorId: MentorId): Promise<PromptSlot> {
  return (await stores.prompts.slotOf(mentorId)) ?? DEFAULT_SLOT;
}

/** The prompt of this week's slot, unless the week was asked for or summed up already, or there is nobody to ask about. */
async function promptMentor(deps: HouseDeps, stores: Stores, mentor: Mentor): Promise<void> {
  const now = deps.clock.now();
  const slot = await slotOf(stores, mentor.id);
  const { weekOn } = lastPromptAt(now, slot, mentor.timeZone);
  const counted = summaryOn(weekOn);
  if (now >= summaryAt(counted, deps.content.current().program.time_zone)) return;
  const recent = await stores.prompts.of(mentor.id, RECENT);
  if (recent.some((prompt) => prompt.summaryOn >= counted)) return;
  const mentees = await stores.people.menteesOf(mentor.id);
  if (mentees.length === 0) return;
  const excuse = await excuseFor(deps, stores, mentor, weekOn);
  const prompt: MentorPrompt = {
    id: asMentorPromptId(deps.ids.next()),
    mentorId: mentor.id,
    weekOn,
    summaryOn: counted,
    channel: mentor.slackUserId === null ? 'sms' : 'slack',
    menteeIds: mentees.map(({ id }) => id),
    promptedAt: now,
    stage: 'prompted',
    status: excuse === null ? 'open' : 'excused',
    answeredAt: null,
  };
  if (!(await stores.prompts.insert(prompt))) return;
  await closeEarlier(stores, recent[0] ?? null, now);
  if (excuse !== null) return noteUnreachable(deps, stores, mentor);
  await send(deps, stores, prompt, 'prompted');
  await armFollowUps(deps, stores, mentor, { weekOn, slot });
}

/** With a newer prompt the one before is over: its posts say so. */
async function closeEarlier(stores: Stores, earlier: MentorPrompt | null, now: number): Promise<void> {
  const progress = earlier === null ? null : await progressOf(stores, earlier.id);
  if (progress !== null) await showProgress(stores, progress, now);
}

/** Only what is still to come: after a prompt that was late nobody is reminded in the same minute. */
async function armFollowUps(
  deps: HouseDeps,
  stores: Stores,
  mentor: Mentor,
  week: { readonly weekOn: string; readonly slot: PromptSlot },
): Promise<void> {
  const now = deps.clock.now();
  const due = [
    [REMIND, remindAt(week.weekOn, week.slot, mentor.timeZone)],
    [LAST_CALL, lastCallAt(week.weekOn, mentor.timeZone)],
  ] as const;
  for (const [name, dueAt] of due) {
    if (dueAt > now) await stores.timers.set({ kind: 'mentor', subject: mentor.id, name, dueAt });
    else await stores.timers.clear('mentor', mentor.id, name);
  }
}

/** Reminder and last call, when something is missing and the week is not over. A stage that was passed is not repeated. */
async function askAgain(
  deps: HouseDeps,
  stores: Stores,
  mentor: Mentor,
  stage: 'reminded' | 'last_called',
): Promise<void> {
  const now = deps.clock.now();
  const prompt = await stores.prompts.latestOf(mentor.id);
  if (prompt === null || (prompt.status !== 'open' && prompt.status !== 'partial')) return;
  if (stage === 'last_called' ? prompt.stage === 'last_called' : prompt.stage !== 'prompted') return;
  if (prompt.stage === 'summed_up') return;
  if (now >= summaryAt(prompt.summaryOn, deps.content.current().program.time_zone)) return;
  // After an outage the last call says it, and the reminder does not come with it.
  if (stage === 'reminded' && now >= lastCallAt(prompt.weekOn, mentor.timeZone)) return;
  // Whoever is away is left in peace, and so is everybody in an exam week.
  if (await isFreeOn(deps, stores, mentor, localDateOf(now, mentor.timeZone))) return;
  const progress = await progressOf(stores, prompt.id);
  if (progress === null || openOf(progress).length === 0 || (await hasLeft(stores, mentor))) return;
  await send(deps, stores, prompt, stage);
}

/** Posts or texts one stage and notes it. By SMS there are two texts a week at most, so no last call. */
async function send(deps: HouseDeps, stores: Stores, prompt: MentorPrompt, stage: AskingStage): Promise<void> {
  const now = deps.clock.now();
  const progress = await progressOf(stores, prompt.id);
  if (progress === null) return;
  const sent =
    progress.mentor.slackUserId === null
      ? await text(deps, stores, progress, stage)
      : await postPrompt(stores, progress, stage, now);
  if (!sent) return;
  await stores.prompts.setStage(prompt.id, stage);
  deps.log.info('mentor_asked', { status: stage });
}

async function text(deps: HouseDeps, stores: Stores, progress: Progress, stage: AskingStage): Promise<boolean> {
  if (stage === 'last_called') return false;
  const first = await stores.outbox.byKey(promptKey(progress.prompt.id, 'prompted'));
  // While the first one waits for quiet hours or the cap to end, a second would say the same.
  if (stage === 'reminded' && first?.status === 'pending') return false;
  return textPrompt(deps, stores, progress, stage, deps.clock.now());
}
