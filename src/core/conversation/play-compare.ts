// What an author expects of a turn beside what came of it, and what would have to be written for the two to agree.

import type { FlowTestTurn } from '../flow/flow-test-schema.ts';
import type { Path } from '../flow/problem.ts';
import { isSilent, type TurnOutcome } from './play-outcome.ts';

/** One thing that is not as written. `expected` and `got` are shown to authors; `about` names the key. */
export interface Difference {
  readonly path: Path;
  readonly about: string;
  readonly expected: string;
  readonly got: string;
}

/** A key to write anew, by its path in the case; `undefined` takes it out. With `inserts` it becomes a new entry of a list. */
export interface Rewrite {
  readonly path: Path;
  readonly value: unknown;
  readonly inserts?: true;
}

const NONE = 'nothing';

/** Where the outcome is not what is written. What a turn does not speak of is not looked at, but for opened cases. */
export function compareTurn(turn: FlowTestTurn, outcome: TurnOutcome, path: Path): Difference[] {
  const found: Difference[] = [];
  const differ = (about: string, expected: string, got: string, at: Path = [about]): void => {
    if (expected !== got) found.push({ path: [...path, ...at], about, expected, got });
  };
  if (outcome.failure !== null) differ('flow', 'it runs', outcome.failure, []);
  if (turn.expect !== undefined) compareTexts(turn.expect, outcome.texts, differ);
  if (turn.task !== undefined) differ('task', turn.task, outcome.task ?? NONE);
  if (turn.again_on !== undefined) differ('again_on', turn.again_on, outcome.againOn ?? NONE);
  if (turn.timers !== undefined) differ('timers', inWords(turn.timers), inWords(outcome.timers));
  if (turn.mentor !== undefined) differ('mentor', lines([turn.mentor].flat()), lines(outcome.mentor));
  const cases = turn.escalation === undefined || turn.escalation === 'none' ? [] : [turn.escalation];
  differ('escalation', lines(cases), lines(outcome.escalations), turn.escalation === undefined ? [] : ['escalation']);
  for (const [name, value] of Object.entries(turn.remembers ?? {})) {
    differ('remembers', String(value), String(outcome.remembers[name] ?? NONE), ['remembers', name]);
  }
  if (turn.ends !== undefined) differ('ends', String(turn.ends), String(endOf(turn.ends, outcome)));
  if (turn.nothing && !isSilent(outcome)) differ('nothing', NONE, all(outcome));
  return found;
}

type Differ = (about: string, expected: string, got: string, at?: Path) => void;

function compareTexts(written: string | readonly string[], got: readonly string[], differ: Differ): void {
  const expected = [written].flat();
  const count = Math.max(expected.length, got.length);
  for (let index = 0; index < count; index += 1) {
    const at = typeof written === 'string' || index >= expected.length ? ['expect'] : ['expect', index];
    differ('expect', expected[index]?.trimEnd() ?? NONE, got[index]?.trimEnd() ?? NONE, at);
  }
}

/** What to write so that the turn holds: keys that differ, or with `fillsIn` everything that happened. */
export function rewriteTurn(
  turn: FlowTestTurn,
  outcome: TurnOutcome,
  { path, differences, fillsIn }: { path: Path; differences: readonly Difference[]; fillsIn: boolean },
): Rewrite[] {
  const true_ = truthOf(turn, outcome);
  const about = new Set(differences.map((one) => one.about));
  const keys = fillsIn || about.has('nothing') ? Object.keys(true_) : [...about].filter((key) => key !== 'flow');
  const gone = about.has('nothing') ? [{ path: [...path, 'nothing'], value: undefined }] : [];
  return [...gone, ...keys.map((key) => ({ path: [...path, key], value: true_[key] }))];
}

/** The keys of a turn as they would have to be written. */
function truthOf(turn: FlowTestTurn, outcome: TurnOutcome): Record<string, unknown> {
  const { texts, mentor, escalations, task, againOn } = outcome;
  return {
    ...(texts.length > 0 || turn.expect !== undefined ? { expect: oneOrMore(texts) } : {}),
    ...(task === null ? {} : { task }),
    ...(againOn === null ? {} : { again_on: againOn }),
    ...(mentor.length > 0 ? { mentor: oneOrMore(mentor) } : {}),
    ...(escalations.length > 0 ? { escalation: escalations[0] } : {}),
    ...(turn.timers === undefined ? {} : { timers: Object.keys(outcome.timers).length > 0 ? outcome.timers : 'none' }),
    ...(turn.remembers === undefined ? {} : { remembers: remembered(turn.remembers, outcome) }),
    ...(outcome.endsNow ? { ends: outcome.result ?? true } : turn.ends === undefined ? {} : { ends: outcome.isEnded }),
    ...(isSilent(outcome) && turn.expect === undefined ? { nothing: true } : {}),
  };
}

/** Everything that happened, as the keys of a turn: how a played session is kept as a test. */
export function expectationsOf(outcome: TurnOutcome): Record<string, unknown> {
  return truthOf({}, outcome);
}

/** How it ended, in the words of what was expected: with its result, or whether at all. */
function endOf(expected: boolean | string, { isEnded, endsNow, result }: TurnOutcome): boolean | string {
  return typeof expected === 'string' && endsNow ? (result ?? 'without a result') : isEnded;
}

function remembered(written: NonNullable<FlowTestTurn['remembers']>, { remembers }: TurnOutcome): unknown {
  const names = Object.keys(written).filter((name) => remembers[name] !== undefined);
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, remembers[name]]));
}

function oneOrMore(texts: readonly string[]): string | readonly string[] {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? only : texts;
}

function lines(texts: readonly string[]): string {
  return texts.length === 0 ? NONE : texts.join('\n');
}

function inWords(timers: string | Readonly<Record<string, string | undefined>>): string {
  if (typeof timers === 'string') return NONE;
  const named = Object.entries(timers).map(([timer, at]) => `${timer} ${at}`);
  return lines(named.sort());
}

function all({ texts, task, mentor, escalations, endsNow }: TurnOutcome): string {
  const happened = [
    ...texts,
    ...(task === null ? [] : [`the task is ${task}`]),
    ...mentor.map((reason) => `the mentor is told: ${reason}`),
    ...escalations.map((tier) => `a case is opened: ${tier}`),
    ...(endsNow ? ['the conversation ends'] : []),
  ];
  return lines(happened);
}
