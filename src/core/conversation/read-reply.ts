// Whose question a text answers: the open one, alone or together with the texts just before it, or one that was left for
// want of a reply. Pure, and knows no step type: what a text means, the steps say.

import { readMeant } from '../flow/answers.ts';
import type { Outcome } from '../flow/step-kind.ts';
import type { ReplyBook } from '../language/reply-book.ts';
import type { Conversation, HeardTexts, Waiting } from '../model/conversation.ts';
import type { Effect } from '../model/effect.ts';

/** How long after its question was left for want of a reply a text can still answer it (milliseconds). */
export const LATE_ANSWER_MS = 14 * 24 * 3_600_000;
/** Texts that follow each other within this time are read together, and are asked back for once (milliseconds). */
export const TOGETHER_MS = 2 * 60_000;
/** Most texts that are read together; who writes more is asked again. */
export const MOST_TEXTS = 5;
/** A longer text is a letter, and no part of another text (characters). */
export const LONGEST_PART = 100;

/** Why an event could not be worked through; all its effects are dropped. `reason` holds no words of a mentee. */
export interface Failure {
  readonly step: string;
  readonly reason: string;
}

/** What reading needs: the moment, the words, and how the step at which a conversation stands answers a text. */
export interface ReplyReader {
  readonly now: number;
  readonly replyBook: ReplyBook;
  /** Nobody has seen the open question yet: only one that was left can be answered. */
  readonly isUnsaid?: boolean;
  readonly resume: (
    conversation: Conversation,
    event: { readonly kind: 'reply_received' | 'sure_reply'; readonly text: string },
  ) => Outcome | Failure;
}

/** Where the text was read, and what the step there answered. */
interface Read {
  readonly conversation: Conversation;
  readonly outcome: Outcome | Failure;
}

/** Whether a text can be for this conversation at all. */
export function canHear({ status, waiting, unanswered }: Conversation): boolean {
  return (status === 'active' && waiting !== null) || unanswered !== null;
}

/** The state in which a question is left because nobody replied: a late answer will find it. */
export function leaveUnanswered(conversation: Conversation, now: number): Conversation {
  const { step, waiting } = conversation;
  if (waiting?.kind !== 'reply') return conversation;
  const { heard: _, ...asked } = waiting;
  return { ...conversation, unanswered: { step, waiting: asked, leftAt: now } };
}

/** Reads a text: the open question comes first, then the one that was left, and last what the open one makes of a guess. */
export function readReply(conversation: Conversation, text: string, reader: ReplyReader): Read {
  const isOpen = conversation.status === 'active' && conversation.waiting !== null && reader.isUnsaid !== true;
  const alone = isOpen ? reader.resume(conversation, { kind: 'reply_received', text }) : STAY;
  if ('reason' in alone) return { conversation, outcome: alone };
  const answered = { ...conversation, unanswered: null };
  const burst = burstOf(conversation.waiting, text, reader);
  const together = burst === null ? null : readTogether(conversation, [...burst.texts, text], reader);
  if (together !== null && !isSame(alone, together)) return { conversation: answered, outcome: together };
  if (isSure(alone)) return { conversation: answered, outcome: alone };
  const late = readLate(conversation, text, reader);
  return late ?? { conversation, outcome: remember(conversation, alone, burst, { text, now: reader.now }) };
}

const STAY: Outcome = { kind: 'stay' };

function isSure(outcome: Outcome): boolean {
  return outcome.kind !== 'stay' && outcome.understood !== false;
}

/** The texts with which this one is read together; null when it stands alone. A yes or no to "Did you mean …?" does. */
function burstOf(waiting: Waiting | null, text: string, { now, replyBook }: ReplyReader): HeardTexts | null {
  if (waiting?.kind !== 'reply' || waiting.heard === undefined) return null;
  const { heard, meant } = waiting;
  if (now < heard.at || now - heard.at > TOGETHER_MS || heard.texts.length >= MOST_TEXTS) return null;
  return meant !== undefined && readMeant(text, replyBook) !== null ? null : heard;
}

/**
 * The answer that the last texts are together: this one with the text before it, or with all of them. It counts also
 * where this one alone would be another answer: "im not", "done".
 */
function readTogether(conversation: Conversation, texts: readonly string[], reader: ReplyReader): Outcome | null {
  const parts = texts.slice(texts.lastIndexOf('') + 1);
  for (const count of new Set([2, parts.length])) {
    if (parts.length < count || count < 2) continue;
    const outcome = reader.resume(conversation, { kind: 'sure_reply', text: parts.slice(-count).join(' ') });
    if (!('reason' in outcome) && isSure(outcome)) return outcome;
  }
  return null;
}

/** Whether both go the same way with the same answer: then the text alone is the answer, and the others are none of it. */
function isSame(alone: Outcome, together: Outcome): boolean {
  if (alone.kind !== 'go' || together.kind !== 'go' || !isSure(alone)) return false;
  return alone.to === together.to && JSON.stringify(alone.variables) === JSON.stringify(together.variables);
}

/** The question that was left takes a text only as a sure answer, and the conversation goes on from there. */
function readLate(conversation: Conversation, text: string, reader: ReplyReader): Read | null {
  const { unanswered } = conversation;
  if (unanswered === null || reader.now - unanswered.leftAt > LATE_ANSWER_MS) return null;
  const { step, waiting } = unanswered;
  const there: Conversation = { ...conversation, status: 'active', step, waiting };
  const outcome = reader.resume(there, { kind: 'sure_reply', text });
  if ('reason' in outcome || outcome.kind !== 'go' || !isSure(outcome)) return null;
  const effects: Effect[] = [{ kind: 'clear_timer', timer: 'wait' }, ...(outcome.effects ?? [])];
  return { conversation: { ...there, unanswered: null }, outcome: { ...outcome, effects } };
}

/** What was no answer is kept for the next text. In a burst nothing more is asked back, and no try is used up. */
function remember(
  { waiting }: Conversation,
  outcome: Outcome,
  burst: HeardTexts | null,
  { text, now }: { readonly text: string; readonly now: number },
): Outcome {
  if (outcome.kind === 'stay' || waiting?.kind !== 'reply') return outcome;
  const heard = { texts: [...(burst?.texts ?? []), text.length > LONGEST_PART ? '' : text], at: now };
  if (burst !== null) return { kind: 'wait', waiting: { ...waiting, heard }, understood: false };
  if (outcome.kind !== 'wait' || outcome.waiting.kind !== 'reply') return outcome;
  return { ...outcome, waiting: { ...outcome.waiting, heard } };
}
