// The locked replies to distress: which one is sent, and what each must and must never say (distress.md section 5).
// The words themselves are data in flows/safety/replies.yaml; a clinician approves every line before a program starts.

import { z } from 'zod';
import { isGraver, type Tier } from '../model/message.ts';
import type { Language } from '../model/people.ts';
import type { Kind, SafetyProblem } from './signal-schema.ts';

/**
 * The replies that exist. `still_here` follows once an episode has had its full reply; `nobody_yet` says that nobody of
 * the team has answered the alert, `nobody_yet_quiet` the same where somebody else may hold the phone.
 */
export const REPLY_IDS = [
  'crisis',
  'crisis_someone_else',
  'abuse',
  'abuse_again',
  'threat_to_others',
  'high',
  'immigration',
  'moderate',
  'not_going',
  'still_here',
  'nobody_yet',
  'nobody_yet_quiet',
] as const;
export type ReplyId = (typeof REPLY_IDS)[number];

const wording = z.strictObject({ en: z.string().trim().min(1).max(480), es: z.string().trim().min(1).max(480) });
const repliesSchema = z.strictObject(
  Object.fromEntries(REPLY_IDS.map((id) => [id, wording])) as Record<ReplyId, typeof wording>,
);

export type SafetyReplies = z.infer<typeof repliesSchema>;

/** Content that was published before these replies were there goes on with this wording, until its own is published. */
const REPLIES_SINCE: Partial<SafetyReplies> = {
  nobody_yet: {
    en: "I'm automated. I told our team and nobody has answered me yet; I keep trying. If it's too heavy, don't wait for us: call or text 988 now, free, 24/7, a real person. In danger? Call 911.",
    es: 'Soy automático. Avisé a nuestro equipo y nadie me ha respondido todavía; sigo intentando. Si pesa demasiado, no nos esperes: llama al 988 y oprime 2, o manda AYUDA al 988: gratis, 24/7, con una persona. ¿Peligro? Llama al 911.',
  },
  nobody_yet_quiet: {
    en: "I'm automated. I told our team and nobody has answered me yet; I keep trying. If you're in danger, call 911 and get to a safe place first.",
    es: 'Soy automático. Avisé a nuestro equipo y nadie me ha respondido todavía; sigo intentando. Si hay peligro, llama al 911 y ponte a salvo primero.',
  },
};

/**
 * What somebody is told whom nobody of the team has reached yet, by what they were told before; null when nothing is to
 * be said: nobody promised them a person, or only one who answers a worry that is no danger (no 911 was named).
 */
export function chooseNobodyYet(said: readonly string[]): ReplyId | null {
  if (said.length === 0 || said.some((text) => !text.includes('911'))) return null;
  // Where one reply kept the hotline to itself, the phone may be in the hands of the abuser.
  return said.every((text) => text.includes('988')) ? 'nobody_yet' : 'nobody_yet_quiet';
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
}

const SOMEBODY: Readonly<Record<Language, string>> = {
  en: 'a real person on our team',
  es: 'una persona real de nuestro equipo',
};

/** The text to send: once an episode the whole reply, then the short one; the whole one again when the tier rises. */
export function pickReply(replies: SafetyReplies, facts: ReplyFacts): string {
  const name = facts.mentor ?? SOMEBODY[facts.language];
  return replies[chooseReply(facts)][facts.language].replaceAll('{name}', () => name);
}

/** Which reply that is. */
export function chooseReply(facts: ReplyFacts): ReplyId {
  const sent = facts.alreadySentThisEpisode;
  if (sent === false || (sent !== true && isGraver(facts.tier, sent))) return firstReply(facts);
  return facts.kind === 'abuse' ? 'abuse_again' : 'still_here';
}

function firstReply(facts: ReplyFacts): ReplyId {
  if (facts.tier === 'crisis') return crisisReply(facts.kind);
  if (facts.kind === 'abuse') return 'abuse';
  if (facts.kind === 'immigration') return 'immigration';
  if (facts.tier === 'high') return 'high';
  return facts.kind === 'not_going' ? 'not_going' : 'moderate';
}

function crisisReply(kind: Kind | null): ReplyId {
  if (kind === 'someone_else') return 'crisis_someone_else';
  if (kind === 'abuse' || kind === 'threat_to_others') return kind;
  return 'crisis';
}

interface Lock {
  readonly ids: readonly ReplyId[];
  readonly languages: readonly Language[];
  readonly must: RegExp;
  readonly hint: string;
}

const BOTH: readonly Language[] = ['en', 'es'];
const WITH_988: readonly ReplyId[] = ['crisis', 'crisis_someone_else', 'high', 'moderate', 'still_here', 'nobody_yet'];
const NOBODY_YET: readonly ReplyId[] = ['nobody_yet', 'nobody_yet_quiet'];

/** What each reply has to say. The numbers are those of 988lifeline.org and 911. */
const LOCKS: readonly Lock[] = [
  { ids: WITH_988, languages: BOTH, must: /\b988\b/, hint: 'name 988' },
  {
    ids: WITH_988,
    languages: ['es'],
    must: /oprime 2|AYUDA/,
    hint: 'say how 988 answers in Spanish: oprime 2, or AYUDA al 988',
  },
  {
    ids: [
      'crisis',
      'crisis_someone_else',
      'abuse',
      'abuse_again',
      'threat_to_others',
      'high',
      'still_here',
      ...NOBODY_YET,
    ],
    languages: BOTH,
    must: /\b911\b/,
    hint: 'name 911 for danger now',
  },
  { ids: ['crisis', 'high', ...NOBODY_YET], languages: ['en'], must: /automated/i, hint: 'say that it is automated' },
  {
    ids: ['crisis', 'high', ...NOBODY_YET],
    languages: ['es'],
    must: /autom[aá]tic/i,
    hint: 'say that it is automated (automático)',
  },
  { ids: ['crisis', 'nobody_yet'], languages: ['en'], must: /don't wait for us/i, hint: "say: don't wait for us" },
  { ids: ['crisis', 'nobody_yet'], languages: ['es'], must: /no nos esperes/i, hint: 'say: no nos esperes' },
  {
    ids: ['crisis', 'crisis_someone_else', 'abuse', 'abuse_again', 'high', 'still_here'],
    languages: BOTH,
    must: /counselor|consejero/i,
    hint: 'say that a counselor is told',
  },
];

/** The replies that say who will answer. */
const NAMED: readonly ReplyId[] = ['moderate', 'not_going'];

/** The phone may be in the hands of the abuser: these show no hotline. */
const NEUTRAL: readonly ReplyId[] = ['abuse', 'abuse_again', 'nobody_yet_quiet'];
const HOTLINE = /\b988\b|1-?800|\b88788\b|\b741741\b|hotline|l[ií]nea de/i;

/** What no reply may say, in either language (safe messaging; retired numbers; promises nobody can keep). */
const BANS: readonly { readonly never: RegExp; readonly hint: string }[] = [
  { never: /1-?800-?273/, hint: 'the old lifeline number is retired: 988' },
  { never: /press 3|oprime 3/i, hint: '988 "press 3" ended on 2025-07-17' },
  {
    never: /confidential|confidencial|secreto con nosotros|keep (?:this|it) (?:a secret|private)/i,
    hint: 'never promise secrecy: staff may have to tell someone',
  },
  { never: /\bi understand\b|\bte entiendo\b/i, hint: 'a bot does not understand; say what happens next' },
  { never: /you'?ll be (?:fine|ok)|vas a estar bien/i, hint: 'promise nothing' },
  { never: /committed suicide|cometi[oó] suicidio/i, hint: 'safe messaging: "died by suicide", and not here' },
  { never: /think of your family|piensa en tu familia/i, hint: 'no guilt' },
  { never: /\{(?!name\})/, hint: 'only {name} can be filled in; a time may only come from an on-call calendar' },
];

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

/** What is missing from the locked wording, or must not stand there. */
export function checkReplies(replies: SafetyReplies): readonly SafetyProblem[] {
  return REPLY_IDS.flatMap((id) => BOTH.flatMap((language) => checkWording(id, language, replies[id][language])));
}

function checkWording(id: ReplyId, language: Language, text: string): readonly SafetyProblem[] {
  const missing = LOCKS.filter(
    (lock) => lock.ids.includes(id) && lock.languages.includes(language) && !lock.must.test(text),
  );
  const banned = BANS.filter((ban) => ban.never.test(text));
  if (text.includes('{name}') && !NAMED.includes(id))
    banned.push({ never: /\{name\}/, hint: 'nobody is named in this reply' });
  if (NEUTRAL.includes(id) && HOTLINE.test(text))
    banned.push({ never: HOTLINE, hint: 'the abuser may read this phone: no hotline here' });
  return [
    ...missing.map((lock) => ({
      path: [id, language],
      message: 'the locked wording is not complete',
      hint: lock.hint,
    })),
    ...banned.map((ban) => ({ path: [id, language], message: 'this may not be said', hint: ban.hint })),
  ];
}
