// Texts in either direction, and the class that says which gates an outbound one must pass.

/** Where a message travels. */
export type Channel = 'sms' | 'slack';

/**
 * Which rule a send obeys (architecture 2.3, table of message classes):
 * `nudge` unasked; `answer` to the person's own text of the last ten minutes; `safety_reply` the locked reply of any
 * tier; `human_text` a person's words in an open case; `keyword_answer` the one answer to STOP, START, HELP; `alert`
 * to staff about a case; `case_note` in the thread of a case (what the student wrote, how a text fared): urgent like an
 * alert, but no rung of the ladder; `notice` to staff or a mentor in Slack, without hurry.
 */
export type MessageClass =
  | 'nudge'
  | 'answer'
  | 'safety_reply'
  | 'human_text'
  | 'keyword_answer'
  | 'alert'
  | 'case_note'
  | 'notice';

/** How much danger a text speaks of. `crisis`: life or safety now; `high`: acute, same day; `moderate`: a person, soon. */
export type Tier = 'crisis' | 'high' | 'moderate' | 'none';

const RANK: Record<Tier, number> = { none: 0, moderate: 1, high: 2, crisis: 3 };

/** The graver of two tiers. */
export function graverTier(a: Tier, b: Tier): Tier {
  return RANK[a] >= RANK[b] ? a : b;
}

/** Whether `a` is strictly graver than `b`. */
export function isGraver(a: Tier, b: Tier): boolean {
  return RANK[a] > RANK[b];
}
