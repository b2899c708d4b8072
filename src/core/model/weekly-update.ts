// The weekly update: what a mentor says of each mentee once a week, and the prompt that asks for it. Facts only; when
// it is asked is core/schedule's, how it is shown is Slack's.

import type { MenteeId, MentorId, MentorPromptId } from './ids.ts';

/** Whether the mentor got through this week. `message_only`: wrote and was read or answered, but did not talk. */
export const REACHED = ['talked', 'message_only', 'tried', 'not_tried'] as const;
export type Reached = (typeof REACHED)[number];

export const CONTACT_MODES = ['text', 'call', 'video', 'in_person'] as const;
export type ContactMode = (typeof CONTACT_MODES)[number];

/** About how long, in minutes. */
export const CONTACT_LENGTHS = ['under_10', '10_to_30', '30_to_60', 'over_60'] as const;
export type ContactLength = (typeof CONTACT_LENGTHS)[number];

export const UPDATE_TOPICS = [
  'money',
  'classes',
  'housing',
  'belonging',
  'family',
  'work',
  'health',
  'forms',
  'social',
] as const;
export type UpdateTopic = (typeof UPDATE_TOPICS)[number];

/** Whether a win may be told: `private` stays with staff, `anonymous` without a name, `named` with the first name. */
export const WIN_SHARING = ['private', 'anonymous', 'named'] as const;
export type WinSharing = (typeof WIN_SHARING)[number];

/** A worry about a mentee. `needsStaffNow` pages at any hour; without it the case pages by day. */
export interface Worry {
  readonly topics: readonly UpdateTopic[];
  readonly needsStaffNow: boolean;
  readonly note: string;
}

/** What a mentor says of one mentee for one week. Everything but `reached` may be left out. */
export interface MenteeUpdate {
  readonly reached: Reached;
  readonly mode: ContactMode | null;
  readonly length: ContactLength | null;
  readonly topics: readonly UpdateTopic[];
  /** How the mentee is, 1 (badly) to 5 (very well). */
  readonly wellbeing: 1 | 2 | 3 | 4 | 5 | null;
  readonly worry: Worry | null;
  readonly nextStep: string | null;
  /** Local date (ISO). */
  readonly nextStepOn: string | null;
  readonly needFromStaff: string | null;
  readonly win: { readonly text: string; readonly sharing: WinSharing } | null;
}

/** An update with nothing but how far the mentor got. */
export function quietUpdate(reached: Reached): MenteeUpdate {
  return {
    reached,
    mode: null,
    length: null,
    topics: [],
    wellbeing: null,
    worry: null,
    nextStep: null,
    nextStepOn: null,
    needFromStaff: null,
    win: null,
  };
}

/** When a mentor is asked: `weekday` 1 (Monday) to 7 (Sunday) as ISO counts, `minute` of the local day. */
export interface PromptSlot {
  readonly weekday: number;
  readonly minute: number;
}

/**
 * `open` nobody answered yet · `partial` some mentees are answered for · `answered` all are · `missed` it was open or
 * partial with nothing saved when the week's summary was made · `excused` away or an exam week, out of the denominator.
 */
export const PROMPT_STATUSES = ['open', 'partial', 'answered', 'missed', 'excused'] as const;
export type PromptStatus = (typeof PROMPT_STATUSES)[number];

/** The last thing that was sent about it. */
export const PROMPT_STAGES = ['prompted', 'reminded', 'last_called', 'summed_up'] as const;
export type PromptStage = (typeof PROMPT_STAGES)[number];

/** One mentor's prompt of one week. Unique by mentor and `weekOn`, so that no tick and no clock can ask twice. */
export interface MentorPrompt {
  readonly id: MentorPromptId;
  readonly mentorId: MentorId;
  /** Local date of the prompt in the mentor's zone. */
  readonly weekOn: string;
  /** Local date (program zone) of the Thursday summary that counts it. */
  readonly summaryOn: string;
  readonly channel: 'slack' | 'sms';
  /** The mentees it asks about, in the order they are shown in. */
  readonly menteeIds: readonly MenteeId[];
  readonly promptedAt: number;
  readonly stage: PromptStage;
  readonly status: PromptStatus;
  /** When the last of its mentees was answered for; null before. */
  readonly answeredAt: number | null;
}
