// Plays one author test and says, turn by turn, what came of it and where that is not what the author wrote.
// Pure: the same case on the same flow always finds the same.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import type { FlowTestCase, FlowTestTurn } from '../flow/flow-test-schema.ts';
import type { TaskDefinition } from '../flow/task-schema.ts';
import type { ReplyBook } from '../language/reply-book.ts';
import type { ConversationFacts, FlowValue } from '../model/conversation.ts';
import { addDays, instantOfClock } from '../model/local-time.ts';
import { afterPause, localStamp, MOMENTS, momentOf } from './play-clock.ts';
import { compareTurn, type Difference, expectationsOf, type Rewrite, rewriteTurn } from './play-compare.ts';
import {
  type Opening,
  openPlay,
  type Played,
  type PlayState,
  playReplies,
  playUntil,
  type Stage,
} from './play-conversation.ts';
import { outcomeOf } from './play-outcome.ts';
import type { Way } from './play-ways.ts';

/** What a case is played in: the folder's flow, tasks, program and words. */
export interface CaseSurroundings {
  readonly flow: CompiledFlow;
  readonly tasks: readonly TaskDefinition[];
  readonly program: { readonly name: string; readonly phone: string; readonly time_zone: string };
  readonly replyBook: ReplyBook;
}

/** What came of a case. Paths of differences and rewrites begin at the case. */
export interface CaseResult {
  readonly differences: readonly Difference[];
  /** What would have to stand in the case for it to hold. */
  readonly rewrites: readonly Rewrite[];
  readonly ways: readonly Way[];
  /** What the conversation remembers at the end. */
  readonly variables: Readonly<Record<string, FlowValue>>;
}

type TurnResult = Omit<CaseResult, 'variables'>;

/** Who is played with when a case does not say. */
const USUAL = { firstName: 'Maya', college: 'Cal State LA', mentor: 'Ana', at: '10:00', days: 7 } as const;
/** The day on which a flow about no task is played when the case names none. */
const USUAL_DAY = '2027-06-01';

/** Who, what about and when, with the usual value for all that the case leaves out. */
export function openingOf(one: Omit<FlowTestCase, 'name' | 'turns'>, around: CaseSurroundings): Opening {
  const language = one.language ?? 'en';
  const timeZone = one.time_zone ?? around.program.time_zone;
  const task = taskOf(one, around, language);
  const today = one.today ?? (task === null ? USUAL_DAY : addDays(task.deadlineOn, -USUAL.days));
  const { name, phone } = around.program;
  return {
    now: instantOfClock(today, one.at ?? USUAL.at, timeZone),
    facts: {
      program: { name, phone },
      mentee: {
        firstName: one.first_name ?? USUAL.firstName,
        language,
        timeZone,
        college: one.college ?? USUAL.college,
      },
      mentor: one.mentor === 'none' ? null : { firstName: one.mentor ?? USUAL.mentor },
      task,
    },
    variables: one.with ?? {},
  };
}

/** The task that is named; else the first that this flow asks about, or the first of all for a flow that needs one. */
function taskOf(
  { task: named, status, deadline }: Omit<FlowTestCase, 'name' | 'turns'>,
  { flow, tasks }: CaseSurroundings,
  language: 'en' | 'es',
): ConversationFacts['task'] {
  if (named === 'none') return null;
  const own = tasks.find(({ key, flow: id }) => (named === undefined ? id === flow.id : key === named));
  const found = own ?? (flow.needsTask ? tasks[0] : undefined);
  if (found === undefined) return null;
  const { key, title, link } = found;
  return { key, title: title[language], status: status ?? 'not_started', deadlineOn: deadline ?? found.deadline, link };
}

/** Most made-up mentees among whom one is looked for who draws as a case says. */
const DRAWS_LIMIT = 3000;

/** Plays a case from its opening through all of its turns. */
export function playCase(one: FlowTestCase, around: CaseSurroundings): CaseResult {
  const { draws } = one;
  if (draws === undefined) return playAs('mentee', one, around);
  for (let number = 1; number <= DRAWS_LIMIT; number += 1) {
    const result = playAs(`mentee-${number}`, one, around);
    if (Object.entries(draws).every(([experiment, variant]) => drawnIn(result, experiment) === variant)) return result;
  }
  const expected = Object.entries(draws).map(([experiment, variant]) => `${experiment}: ${variant}`);
  const got = 'nobody draws that on this way';
  return { ...NOTHING, differences: [{ path: ['draws'], about: 'draws', expected: expected.join(', '), got }] };
}

const NOTHING: CaseResult = { differences: [], rewrites: [], ways: [], variables: {} };

/** What was drawn in an experiment, also within a called flow; undefined when nothing was. */
function drawnIn({ variables }: CaseResult, experiment: string): FlowValue | undefined {
  return Object.entries(variables).find(([name]) => name.endsWith(`#experiment:${experiment}`))?.[1];
}

function playAs(menteeId: string, one: FlowTestCase, around: CaseSurroundings): CaseResult {
  const { flow, replyBook } = around;
  const stage = { flow, wording: flow, replyBook };
  const opened = openPlay(stage, { ...openingOf(one, around), menteeId });
  const opensSilently = moveOf(one.turns[0]) !== null;
  const isBlank = one.turns.every((turn) => Object.keys(turn).every((key) => MOVE_KEYS.has(key)));
  const results: TurnResult[] = opensSilently ? [unspokenOpening(opened, isBlank)] : [];
  let { state } = opened;
  for (const [index, turn] of one.turns.entries()) {
    const played = index === 0 && !opensSilently ? opened : playTurn(stage, state, turn);
    if (typeof played === 'string') {
      results.push(badMoment(turn, index, played));
      break;
    }
    ({ state } = played);
    const path = ['turns', index];
    const outcome = outcomeOf(played);
    const differences = compareTurn(turn, outcome, path);
    const rewrites = rewriteTurn(turn, outcome, { path, differences, fillsIn: isBlank });
    results.push({ differences, rewrites, ways: played.ways });
  }
  return {
    differences: results.flatMap((result) => result.differences),
    rewrites: results.flatMap((result) => result.rewrites),
    ways: results.flatMap((result) => result.ways),
    variables: state.conversation.variables,
  };
}

const MOVE_KEYS: ReadonlySet<string> = new Set(['reply', 'replies', 'wait', 'until']);

/** The key that makes a turn happen; null for the opening. */
function moveOf(turn: FlowTestTurn | undefined): string | null {
  return Object.keys(turn ?? {}).find((key) => MOVE_KEYS.has(key)) ?? null;
}

/** One turn played; a sentence when its moment cannot be reached. */
function playTurn(stage: Stage, state: PlayState, turn: FlowTestTurn): Played | string {
  if (turn.wait !== undefined || turn.until !== undefined) {
    const until = readMoment(state, turn);
    return typeof until === 'string' ? until : playUntil(stage, state, until);
  }
  return playReplies(stage, state, turn.reply === undefined ? (turn.replies ?? []) : [turn.reply]);
}

/** The instant to which `wait` or `until` leads; a sentence when it cannot be read or is past. */
export function readMoment(
  { now, facts }: PlayState,
  { wait, until }: Pick<FlowTestTurn, 'wait' | 'until'>,
): number | string {
  const { timeZone } = facts.mentee;
  const at = wait === undefined ? momentOf(until ?? '', now, timeZone) : afterPause(wait, now, timeZone);
  if (at === null)
    return wait === undefined ? `not a moment; write ${MOMENTS}` : 'not a duration; write one like 2 days or 3 hours';
  return at < now ? `a moment that is past: it is ${localStamp(now, timeZone)} already` : at;
}

function badMoment(turn: FlowTestTurn, index: number, why: string): TurnResult {
  const key = turn.wait === undefined ? 'until' : 'wait';
  const difference = { path: ['turns', index, key], about: key, expected: turn[key] ?? '', got: why };
  return { differences: [difference], rewrites: [], ways: [] };
}

/** An opening of which the case says nothing. It must run all the same; a case that is filled in gets a turn for it. */
function unspokenOpening(played: Played, fillsIn: boolean): TurnResult {
  const outcome = outcomeOf(played);
  const { failure } = outcome;
  const differences =
    failure === null ? [] : [{ path: ['turns', 0], about: 'flow', expected: 'it runs', got: failure }];
  const opening = { path: ['turns', 0], value: expectationsOf(outcome), inserts: true } as const;
  return { differences, rewrites: fillsIn ? [opening] : [], ways: played.ways };
}
