// A choice in a row of the weekly update, and the same choice for every row that has none: saved at once, so that a
// modal that is closed loses nothing.

import type { MenteeUpdate, Reached } from '../core/model/weekly-update.ts';
import { quietUpdate } from '../core/model/weekly-update.ts';
import { DONE, type Doing, say } from './doing.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';
import { openOf, type Progress } from './prompt-progress.ts';
import { recordUpdates } from './record-updates.ts';
import { IS_CLOSED, NOT_YOURS, ownProgress, raiseRevision, weeklyModal } from './show-update.ts';

export async function setReached(doing: Doing<Extract<StaffAct, { kind: 'set_reached' }>>): Promise<ActResult> {
  const { stores, what, now } = doing;
  const progress = await ownProgress(doing, what.promptId);
  if (progress === null) return say(NOT_YOURS);
  if (progress.isClosed) return { ...say(IS_CLOSED), modal: await weeklyModal(doing, progress) };
  if (!progress.mentees.some(({ id }) => id === what.menteeId)) {
    // Drawn anew: a row that stays as it was chosen would look saved.
    await raiseRevision(stores, what.promptId);
    return { ...say(NOT_YOUR_MENTEE), modal: await weeklyModal(doing, progress) };
  }
  const update = withReached(progress, what.menteeId, what.reached);
  const { changed } = await recordUpdates(stores, progress, [{ menteeId: what.menteeId, update }], now);
  return { ...DONE, homeChanged: changed.length > 0 };
}

export async function sameForAll(doing: Doing<Extract<StaffAct, { kind: 'same_for_all' }>>): Promise<ActResult> {
  const { stores, what, now } = doing;
  const progress = await ownProgress(doing, what.promptId);
  if (progress === null) return say(NOT_YOURS);
  if (progress.isClosed) return { ...say(IS_CLOSED), modal: await weeklyModal(doing, progress) };
  const said = openOf(progress).map(({ id }) => ({ menteeId: id, update: quietUpdate(what.reached) }));
  const recorded = await recordUpdates(stores, progress, said, now);
  const count = recorded.changed.length;
  if (count > 0) await raiseRevision(stores, what.promptId);
  return {
    word: count === 0 ? EVERY_ROW_HAD_ONE : wordOf(count, progress.mentees.length),
    modal: await weeklyModal(doing, recorded.progress),
    homeChanged: count > 0,
  };
}

const NOT_YOUR_MENTEE = 'Not saved: this student has another mentor now.';
const EVERY_ROW_HAD_ONE = 'Every row has an answer already: change one by choosing another.';

function wordOf(count: number, total: number): string {
  const rows = count === 1 ? '1 row' : `${count} rows`;
  return count === total ? `Saved for all ${total}.` : `Saved for the ${rows} that had nothing yet; the others stay.`;
}

/** What was said of a mentee this week with another "reached": details that stand there are kept. */
export function withReached(
  progress: Progress,
  menteeId: Parameters<Progress['updates']['get']>[0],
  reached: Reached,
): MenteeUpdate {
  const before = progress.updates.get(menteeId)?.update;
  return before === undefined ? quietUpdate(reached) : { ...before, reached };
}
