// The locked replies to distress: which one is sent, and with what filled in (distress.md section 5).
// The words themselves are data in flows/safety/replies.yaml; a clinician approves every line before a program starts.

import { isGraver, type Tier } from '../model/message.ts';
import type { Language } from '../model/people.ts';
import { REPLIES_SINCE } from './replies-since.ts';
import { REPLY_IDS, type ReplyId, repliesSchema, type SafetyReplies } from './reply-ids.ts';
import { checkReplies } from './reply-locks.ts';
import type { Kind, SafetyProblem } from './signal-schema.ts';

/**
 * What somebody is told whom nobody of the team has reached yet, by what they were told before; null when nothing is to
 * be said: nobody promised them a person, or only one who answers a worry that is no danger (no 911 was named).
 */
export function chooseNobodyYet(said: readonly string[]): ReplyId | null {
  if (said.length === 0 || said.some((text) => !text.includes('911'))) return null;
  // Where one reply kept the hotline to itself, the phone may be in the hands of the abuser.
  return said.every((text) => text.includes('988')) ? 'nobody_yet' : 'nobody_yet_quiet';
}

/** By when a person answers, in words of the reply's language. `office`: nobody is on call until then. */
export interface PromisedTime {
  readonly kind: 'by' | 'office';
  readonly words: string;
}

/** What the choice depends on. */
export interface ReplyFacts {
  readonly tier: Exclude<Tier, 'none'>;
  readonly kind: Kind | null;
  /** The mentee's language. */
  readonly language: Language;
  /** The gravest tier already answered in this episode; `true` when it is not known which, `false` when none was. */
  readonly alreadySentThisEpisode: Tier | boolean;
  /** Who will answer a moderate text: a first name or the program's; null says "a real person on our team". */
  readonly mentor: string | null;
  /** From the on-call calendar; null or left out: the program has none, and no time is named. */
  readonly answerBy?: PromisedTime | null;
}

const SOMEBODY: Readonly<Record<Language, string>> = {
  en: 'a real person on our team',
  es: 'una persona real de nuestro equipo',
};

/** The text to send: once an episode the whole reply, then the short one; the whole one again when the tier rises. */
export function pickReply(replies: SafetyReplies, facts: ReplyFacts): string {
  return wordsOfReply(replies, chooseReply(facts), facts);
}

/** One reply with its gaps filled. */
export function wordsOfReply(
  replies: SafetyReplies,
  replyId: ReplyId,
  { language, mentor, answerBy }: Pick<ReplyFacts, 'language' | 'mentor' | 'answerBy'>,
): string {
  return replies[replyId][language]
    .replaceAll('{name}', () => mentor ?? SOMEBODY[language])
    .replaceAll('{time}', () => answerBy?.words ?? '');
}

/** Which reply that is. */
export function chooseReply(facts: ReplyFacts): ReplyId {
  const sent = facts.alreadySentThisEpisode;
  if (sent === false || (sent !== true && isGraver(facts.tier, sent))) return firstReply(facts);
  // IM: nobody who is afraid of the authorities is told to call 911 while no danger was stated.
  if (facts.kind === 'immigration' && sent === 'high') return firstReply(facts);
  return facts.kind === 'abuse' ? 'abuse_again' : 'still_here';
}

function firstReply(facts: ReplyFacts): ReplyId {
  if (facts.tier === 'crisis') return crisisReply(facts.kind);
  if (facts.kind === 'abuse') return 'abuse';
  if (facts.kind === 'immigration') return timed('immigration', facts);
  if (facts.tier === 'high') return timed('high', facts);
  return timed(facts.kind === 'not_going' ? 'not_going' : 'moderate', facts);
}

/** The same reply with a time in it, when the calendar gives one. */
function timed(id: 'high' | 'immigration' | 'moderate' | 'not_going', { answerBy }: ReplyFacts): ReplyId {
  return answerBy == null ? id : `${id}_${answerBy.kind}`;
}

function crisisReply(kind: Kind | null): ReplyId {
  if (kind === 'someone_else') return 'crisis_someone_else';
  if (kind === 'abuse' || kind === 'threat_to_others') return kind;
  return 'crisis';
}

/** Reads parsed YAML as replies and checks what is locked. */
export function parseReplies(
  data: unknown,
):
  | { readonly ok: true; readonly replies: SafetyReplies }
  | { readonly ok: false; readonly problems: readonly SafetyProblem[] } {
  const isFile = typeof data === 'object' && data !== null && !Array.isArray(data);
  const result = repliesSchema.safeParse(isFile ? { ...REPLIES_SINCE, ...data } : data);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => ({
      path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
      message: issue.message,
      hint: `every reply needs en and es, at most 480 characters: ${REPLY_IDS.join(', ')}`,
    }));
    return { ok: false, problems };
  }
  const problems = checkReplies(result.data);
  return problems.length === 0 ? { ok: true, replies: result.data } : { ok: false, problems };
}
