// The locked replies by name, and the shape of the file that holds their words. Chooses none and checks no wording.

import { z } from 'zod';

/**
 * The replies that exist. `…_by` and `…_office` name a time of the on-call calendar. `abuse_safe` follows a yes to "is it
 * safe to text you?", `abuse_not_safe` a no. `still_here` follows once an episode has had its full reply; `nobody_yet` says
 * that nobody of the team has answered the alert, `nobody_yet_quiet` the same where somebody else may hold the phone.
 */
export const REPLY_IDS = [
  'crisis',
  'crisis_someone_else',
  'abuse',
  'abuse_again',
  'abuse_safe',
  'abuse_not_safe',
  'threat_to_others',
  'high',
  'high_by',
  'high_office',
  'immigration',
  'immigration_by',
  'immigration_office',
  'moderate',
  'moderate_by',
  'moderate_office',
  'not_going',
  'not_going_by',
  'not_going_office',
  'still_here',
  'nobody_yet',
  'nobody_yet_quiet',
] as const;
export type ReplyId = (typeof REPLY_IDS)[number];

const wording = z.strictObject({ en: z.string().trim().min(1).max(480), es: z.string().trim().min(1).max(480) });

/** Schema of `flows/safety/replies.yaml`. */
export const repliesSchema = z.strictObject(
  Object.fromEntries(REPLY_IDS.map((id) => [id, wording])) as Record<ReplyId, typeof wording>,
);

export type SafetyReplies = z.infer<typeof repliesSchema>;
