// The names that our buttons, menus and modals bear in Slack. What is written here into a message stays in it for
// years, so a name is never given another meaning; a value beside it is made of opaque ids only (platforms SL-18).

import type { StaffAct } from '../../../app/ports/staff-room.ts';
import type { CaseVerdict } from '../../../core/safety/escalation.ts';

/** What needs no modal. A call is logged by three buttons, because Slack wants each name once in a row of buttons. */
export const ACT = {
  acknowledge: 'acknowledge',
  takeOver: 'take_over',
  release: 'release',
  stillOnIt: 'still_on_it',
  reopen: 'reopen',
  resumeNudges: 'resume_nudges',
  reportPhoned: 'report_phoned',
  reportWritten: 'report_written',
  callReached: 'log_call_yes',
  callNoAnswer: 'log_call_no_answer',
  callVoicemail: 'log_call_voicemail',
  resend: 'resend',
  closeTodo: 'close_todo',
  markRead: 'mark_read',
  markAllRead: 'mark_all_read',
  setReached: 'set_reached',
  sameForAll: 'same_for_all',
  back: 'back',
  clearOverride: 'clear_override',
  neededPage: 'needed_page',
  verdictReal: 'verdict_real',
  verdictFalseAlarm: 'verdict_false_alarm',
  verdictCrisis: 'verdict_crisis',
  verdictHigh: 'verdict_high',
  verdictModerate: 'verdict_moderate',
} as const;

/** What opens a modal. `resolve` is older than its modal: cards from before bear it. */
export const ASK = {
  caseDetails: 'case_details',
  caseCall: 'case_call',
  resolveCase: 'resolve',
  weeklyUpdate: 'weekly_update',
  menteeUpdate: 'mentee_update',
  pauseMentee: 'pause_mentee',
  worried: 'worried',
  away: 'away',
  slot: 'slot',
  onCallOverride: 'on_call_override',
  safetyExample: 'safety_example',
  flowsPublish: 'flows_publish',
  flowsRollBack: 'flows_roll_back',
  openAgain: 'open_again',
} as const;

/** What the button of a call that was logged stands for. */
export const CALL_RESULTS: Readonly<Record<string, Extract<StaffAct, { kind: 'log_call' }>['reached']>> = {
  [ACT.callReached]: 'yes',
  [ACT.callNoAnswer]: 'no_answer',
  [ACT.callVoicemail]: 'voicemail',
};

/** What the button of a verdict stands for. */
export const VERDICTS: Readonly<Record<string, CaseVerdict>> = {
  [ACT.verdictReal]: { kind: 'real' },
  [ACT.verdictFalseAlarm]: { kind: 'false_alarm' },
  [ACT.verdictCrisis]: { kind: 'wrong_tier', tier: 'crisis' },
  [ACT.verdictHigh]: { kind: 'wrong_tier', tier: 'high' },
  [ACT.verdictModerate]: { kind: 'wrong_tier', tier: 'moderate' },
};

/** Every action that a listener takes; the catch-all takes the rest (SL-13). */
export const HANDLED_ACTIONS: readonly string[] = [...Object.values(ACT), ...Object.values(ASK)];

/** Every modal that can be submitted, by its callback id, which is the kind of the submission. */
export const HANDLED_VIEWS = [
  'resolve_case',
  'weekly_update',
  'mentee_update',
  'pause_mentee',
  'revive_mentee',
  'worried',
  'away',
  'slot',
  'on_call_override',
  'safety_example',
  'flows_publish',
  'flows_roll_back',
] as const;

/** The one action of every input; the block around it says which field it is. */
export const FIELD_ACTION = 'value';
const FIELD_BLOCK = 'field:';

/** The block id of the input for a field of a submission ("until"). */
export function blockOfField(field: string): string {
  return FIELD_BLOCK + field;
}

/** The values of one weekly update's row. Mentee and revision are in the block's id, so that Slack takes new choices. */
export function blockOfRow(menteeId: string, revision: number): string {
  return `row:${menteeId}:${revision}`;
}

/** In a menu: nobody on this list; and not before a person says so. */
export const NOBODY = 'nobody';
export const NEVER = 'never';

const BETWEEN_IDS = '/';
const BETWEEN_TEXTS = ',';
/** The longest value that Slack takes on a button. */
const VALUE_LIMIT = 2_000;

/** Several ids, or an id and a word of ours, as one value. */
export function joinIds(...ids: readonly string[]): string {
  return ids.join(BETWEEN_IDS);
}

export function splitIds(value: string): string[] {
  return value.split(BETWEEN_IDS);
}

/** As many of these ids, from the first on, as one button can bear. */
export function listIds<Id extends string>(
  ids: readonly Id[],
): { readonly value: string; readonly listed: readonly Id[] } {
  let length = -1;
  const end = ids.findIndex((id) => {
    length += id.length + 1;
    return length > VALUE_LIMIT;
  });
  const listed = end === -1 ? ids : ids.slice(0, end);
  return { value: listed.join(BETWEEN_TEXTS), listed };
}

export function splitList(value: string): string[] {
  return value.split(BETWEEN_TEXTS);
}
