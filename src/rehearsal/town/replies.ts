// How a mentee of the town answers a text: what they write, when, and whether it is meant as leaving or coming back. A pure
// function of habit, question and chance; it knows nothing of the house but what a phone shows and what the question is.

import type { Habit, TownMentee } from './people.ts';
import type { Random } from './random.ts';
import { ANSWERS, DAYS, type Manner, OPT_IN, OPT_OUT, QUESTIONS, SMALL_TALK, TO_A_PERSON, UNCLEAR } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a text asks, as the house's own row says; `answer` is the kind of answer, as flows name it. */
export interface Question {
  readonly answer: string;
  /** Labels of a choice, in order. */
  readonly options: readonly string[];
  /** The house asks back whether it understood. */
  readonly isConfirming: boolean;
}

/** A text that arrived on a phone. `byPerson`: a counselor wrote it. */
export interface Arrived {
  readonly body: string;
  readonly question: Question | null;
  readonly byPerson: boolean;
}

/** Something a mentee sends, so long after. `meant`: leaving, coming back, or neither. */
export interface Reply {
  readonly afterMs: number;
  readonly body: string;
  readonly meant: 'stop' | 'start' | null;
}

/** How likely a question is answered, and how soon (milliseconds). */
const PACE: Readonly<Record<Habit, { readonly answers: number; readonly least: number; readonly most: number }>> = {
  prompt: { answers: 0.93, least: MINUTE, most: 2 * HOUR },
  slow: { answers: 0.7, least: 8 * HOUR, most: 4 * DAY },
  silent: { answers: 0.05, least: HOUR, most: 2 * DAY },
  chatty: { answers: 0.85, least: 20_000, most: HOUR },
  spanish: { answers: 0.85, least: 2 * MINUTE, most: 8 * HOUR },
  leaves: { answers: 0.6, least: 5 * MINUTE, most: 20 * HOUR },
  leaves_and_returns: { answers: 0.7, least: 5 * MINUTE, most: 10 * HOUR },
  new_number: { answers: 0.8, least: 5 * MINUTE, most: 10 * HOUR },
  in_distress: { answers: 0.7, least: 10 * MINUTE, most: DAY },
};

/** How an answer about a task is likely to come out, in parts of a hundred. */
const MANNERS: readonly (readonly [Manner, number])[] = [
  ['done', 50],
  ['not_yet', 14],
  ['later', 14],
  ['stuck', 11],
  ['not_for_me', 6],
  ['talk', 5],
];

/** What a mentee does about a text; most often one reply or none. */
export function replyTo(mentee: TownMentee, arrived: Arrived, random: Random): Reply[] {
  if (arrived.byPerson)
    return random.chance(0.6) ? [say(random, mentee, random.pick(TO_A_PERSON[mentee.language]))] : [];
  const code = /\b\d{4,8}\b/.exec(arrived.body)?.[0];
  if (code !== undefined && /\b(?:code|c[oó]digo)\b/i.test(arrived.body)) return [say(random, mentee, code)];
  if (arrived.question === null) return answerStatement(mentee, random);
  if (!random.chance(PACE[mentee.habit].answers)) return [];
  return answerQuestion(mentee, arrived.question, random);
}

/** A text that asks nothing gets a thank you now and then. */
function answerStatement(mentee: TownMentee, random: Random): Reply[] {
  const isTalkative = mentee.habit === 'chatty';
  if (!random.chance(isTalkative ? 0.25 : 0.03)) return [];
  const words = random.chance(isTalkative ? 0.4 : 0.1) ? QUESTIONS : SMALL_TALK;
  return [say(random, mentee, random.pick(words[mentee.language]))];
}

function answerQuestion(mentee: TownMentee, question: Question, random: Random): Reply[] {
  const { habit, language } = mentee;
  if (random.chance(habit === 'chatty' ? 0.12 : 0.03)) return [say(random, mentee, random.pick(UNCLEAR[language]))];
  const first = say(random, mentee, wordsFor(mentee, question, random));
  const follow = habit === 'chatty' ? 0.35 : 0.04;
  if (!random.chance(follow)) return [first];
  const more = random.pick(QUESTIONS[language]);
  if (random.chance(0.5)) return [{ ...first, body: `${first.body} ${more}` }];
  return [first, { afterMs: first.afterMs + random.between(5, 90) * 1_000, body: more, meant: null }];
}

function wordsFor(mentee: TownMentee, { answer, options, isConfirming }: Question, random: Random): string {
  // A Spanish speaker writes English now and then, and is read all the same.
  const language = mentee.habit === 'spanish' && random.chance(0.08) ? 'en' : mentee.language;
  const of = (manner: Manner) => random.pick(ANSWERS[manner][language]);
  if (isConfirming) return of(random.chance(0.85) ? 'yes' : 'no');
  switch (answer) {
    case 'task':
      return of(mannerOf(random));
    case 'yes_no':
      return of(random.chance(0.65) ? 'yes' : 'no');
    case 'date':
      return random.chance(0.9) ? random.pick(DAYS[language]) : of('done');
    case 'choice':
      return choose(options, random);
    case 'number':
      return String(random.between(1, 40));
    case 'money':
      return random.pick([
        `$${random.between(5, 900)}`,
        String(random.between(20, 4_000)),
        `about ${random.between(1, 40) * 100}`,
      ]);
    case 'phone':
      return '213 555 0187';
    case 'email':
      return `${mentee.firstName.toLowerCase()}@example.org`;
    default:
      return random.pick(SMALL_TALK[language]);
  }
}

function choose(options: readonly string[], random: Random): string {
  if (options.length === 0) return 'A';
  const index = random.between(0, options.length - 1);
  const letter = String.fromCodePoint(65 + index);
  return random.pick([letter, letter.toLowerCase(), String(index + 1), options[index] ?? letter]);
}

function mannerOf(random: Random): Manner {
  let left = random.between(1, 100);
  for (const [manner, share] of MANNERS) {
    left -= share;
    if (left <= 0) return manner;
  }
  return 'done';
}

function say(random: Random, { habit }: TownMentee, body: string): Reply {
  const { least, most } = PACE[habit];
  return { afterMs: random.between(least, most), body, meant: null };
}

/** How a mentee leaves, and says that they are back. */
export function leave(mentee: TownMentee, random: Random): Reply {
  return { afterMs: 0, body: random.pick(OPT_OUT[mentee.language]), meant: 'stop' };
}

export function comeBack(mentee: TownMentee, random: Random): Reply {
  return { afterMs: random.between(7, 42) * DAY, body: random.pick(OPT_IN[mentee.language]), meant: 'start' };
}
