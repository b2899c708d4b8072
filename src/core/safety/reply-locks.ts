// What each locked reply must say and must never say (distress.md section 5): the numbers of help, that it is automated,
// no promise, and no hotline on a phone that an abuser may hold. Knows nothing of when one is sent.

import type { Language } from '../model/people.ts';
import { REPLY_IDS, type ReplyId, type SafetyReplies } from './reply-ids.ts';
import type { SafetyProblem } from './signal-schema.ts';

interface Lock {
  readonly ids: readonly ReplyId[];
  readonly languages: readonly Language[];
  readonly must: RegExp;
  readonly hint: string;
}

const BOTH: readonly Language[] = ['en', 'es'];
const HIGH: readonly ReplyId[] = ['high', 'high_by', 'high_office'];
const IMMIGRATION: readonly ReplyId[] = ['immigration', 'immigration_by', 'immigration_office'];
const MODERATE: readonly ReplyId[] = ['moderate', 'moderate_by', 'moderate_office'];
const NOT_GOING: readonly ReplyId[] = ['not_going', 'not_going_by', 'not_going_office'];
const NOBODY_YET: readonly ReplyId[] = ['nobody_yet', 'nobody_yet_quiet'];
/** When nobody is on call the reply says when somebody is, and repeats 988. */
const WITH_988: readonly ReplyId[] = [
  'crisis',
  'crisis_someone_else',
  ...HIGH,
  'immigration_office',
  ...MODERATE,
  'still_here',
  'nobody_yet',
];
const WITH_911: readonly ReplyId[] = [
  'crisis',
  'crisis_someone_else',
  'abuse',
  'abuse_again',
  'abuse_safe',
  'threat_to_others',
  ...HIGH,
  'still_here',
  ...NOBODY_YET,
];
const AUTOMATED: readonly ReplyId[] = ['crisis', ...HIGH, ...IMMIGRATION, ...NOBODY_YET];
const COUNSELOR: readonly ReplyId[] = [
  'crisis',
  'crisis_someone_else',
  'abuse',
  'abuse_again',
  'abuse_safe',
  ...HIGH,
  ...IMMIGRATION,
  'still_here',
];
/** The replies that promise a time. It is filled in from the on-call calendar and from nothing else. */
const TIMED: readonly ReplyId[] = REPLY_IDS.filter((id) => /_(?:by|office)$/.test(id));
const OFFICE: readonly ReplyId[] = REPLY_IDS.filter((id) => id.endsWith('_office'));

/** What each reply has to say. The numbers are those of 988lifeline.org, thehotline.org and 911. */
const LOCKS: readonly Lock[] = [
  { ids: WITH_988, languages: BOTH, must: /\b988\b/, hint: 'name 988' },
  {
    ids: WITH_988,
    languages: ['es'],
    must: /oprime 2|AYUDA/,
    hint: 'say how 988 answers in Spanish: oprime 2, or AYUDA al 988',
  },
  { ids: WITH_911, languages: BOTH, must: /\b911\b/, hint: 'name 911 for danger now' },
  { ids: AUTOMATED, languages: ['en'], must: /automated/i, hint: 'say that it is automated' },
  { ids: AUTOMATED, languages: ['es'], must: /autom[aá]tic/i, hint: 'say that it is automated (automático)' },
  { ids: ['crisis', 'nobody_yet'], languages: ['en'], must: /don't wait for us/i, hint: "say: don't wait for us" },
  { ids: ['crisis', 'nobody_yet'], languages: ['es'], must: /no nos esperes/i, hint: 'say: no nos esperes' },
  { ids: COUNSELOR, languages: BOTH, must: /counselor|consejero/i, hint: 'say that a counselor is told' },
  { ids: ['abuse_safe'], languages: BOTH, must: /1-800-799-7233/, hint: 'name the hotline 1-800-799-7233' },
  {
    ids: ['abuse'],
    languages: ['en'],
    must: /safe to text you\? Reply Y or N\b/,
    hint: 'ask whether it is safe: Y or N',
  },
  { ids: ['abuse'], languages: ['es'], must: /seguro escribirte\? Responde S o N\b/, hint: 'ask: ¿Es seguro …? S o N' },
  { ids: TIMED, languages: BOTH, must: /\{time\}/, hint: 'keep {time}: it comes from on_call_hours' },
  { ids: OFFICE, languages: ['en'], must: /office opens \{time\}/, hint: 'say: when our office opens {time}' },
  { ids: OFFICE, languages: ['es'], must: /oficina, \{time\}/, hint: 'say: cuando abra nuestra oficina, {time}' },
];

/** The replies that say who will answer. */
const NAMED: readonly ReplyId[] = [...MODERATE, ...NOT_GOING];

/** The phone may be in the hands of the abuser: these show no hotline. */
const NEUTRAL: readonly ReplyId[] = ['abuse', 'abuse_again', 'abuse_not_safe', 'nobody_yet_quiet'];
const HOTLINE = /\b988\b|1-?800|\b88788\b|\b741741\b|hotline|l[ií]nea de/i;
/** After a no the phone says nothing that anybody could ask about: no number, no counselor, no help. */
const GIVES_AWAY = /\d|counsel|consejer|help|ayud|alert|avis|safe|segur|call|llam|text|escrib|.{41}/iu;
/** No advice and no 911 to somebody who fears the authorities: a counselor answers. */
const OFFICIAL = /\b911\b|\bice\b|police|polic[ií]a|lawyer|abogad|status|estatus/i;

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
  { never: /\{(?!(?:name|time)\})/, hint: 'only {name} and {time} can be filled in' },
];

/** Bans of some replies only. */
const BANS_OF: readonly { readonly not: (id: ReplyId) => boolean; readonly never: RegExp; readonly hint: string }[] = [
  { not: (id) => !NAMED.includes(id), never: /\{name\}/, hint: 'nobody is named in this reply' },
  {
    not: (id) => !TIMED.includes(id),
    never: /\{time\}/,
    hint: 'this reply names no time: a time may only come from an on-call calendar',
  },
  {
    not: (id) => NEUTRAL.includes(id),
    never: HOTLINE,
    hint: 'the abuser may read this phone: no hotline here',
  },
  {
    not: (id) => id === 'abuse_not_safe',
    never: GIVES_AWAY,
    hint: 'it is not safe to text: thanks, in a few letters, and nothing else',
  },
  { not: (id) => IMMIGRATION.includes(id), never: OFFICIAL, hint: 'no 911 and no advice here: a counselor answers' },
];

/** What is missing from the locked wording, or must not stand there. */
export function checkReplies(replies: SafetyReplies): readonly SafetyProblem[] {
  return REPLY_IDS.flatMap((id) => BOTH.flatMap((language) => checkWording(id, language, replies[id][language])));
}

function checkWording(id: ReplyId, language: Language, text: string): readonly SafetyProblem[] {
  const missing = LOCKS.filter(
    (lock) => lock.ids.includes(id) && lock.languages.includes(language) && !lock.must.test(text),
  );
  const banned = [...BANS, ...BANS_OF.filter(({ not }) => not(id))].filter((ban) => ban.never.test(text));
  return [
    ...missing.map((lock) => ({
      path: [id, language],
      message: 'the locked wording is not complete',
      hint: lock.hint,
    })),
    ...banned.map((ban) => ({ path: [id, language], message: 'this may not be said', hint: ban.hint })),
  ];
}
