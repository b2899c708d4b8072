// A play by hand, move by move, with every step back possible, and what it looks like as a test case. Pure: it never
// prints and never reads a line.

import type { FlowTestCase, FlowTestTurn } from '../flow/flow-test-schema.ts';
import { type CaseSurroundings, openingOf, readMoment } from './play-case.ts';
import { localStamp } from './play-clock.ts';
import { expectationsOf } from './play-compare.ts';
import {
  type Happening,
  openPlay,
  type Played,
  type PlayState,
  playOneMore,
  playReplies,
  playUntil,
  type Stage,
} from './play-conversation.ts';
import { outcomeOf } from './play-outcome.ts';

/** Who, what about and when: the head of a case. */
export type PlayHead = Omit<FlowTestCase, 'name' | 'turns'>;

/** What was done, newest last; the first is the opening. */
export interface HandPlay {
  readonly stage: Stage;
  readonly head: PlayHead;
  readonly moves: readonly [PlayMove, ...PlayMove[]];
}

interface PlayMove {
  readonly turn: FlowTestTurn;
  readonly played: Played;
}

/** Begins to play. */
export function beginByHand(head: PlayHead, around: CaseSurroundings): HandPlay {
  const stage = { flow: around.flow, wording: around.flow, replyBook: around.replyBook };
  return { stage, head, moves: [{ turn: {}, played: openPlay(stage, openingOf(head, around)) }] };
}

/** What came last. */
export function lastOf({ moves }: HandPlay): Played {
  return (moves.at(-1) ?? moves[0]).played;
}

/** The mentee texts. */
export function sayIn(play: HandPlay, text: string): HandPlay {
  return moved(play, {
    turn: { reply: text },
    played: playReplies(play.stage, lastOf(play).state, [text]),
  });
}

/** The mentee texts right after the last text, before anybody could answer: both stand in one turn. */
export function addIn(play: HandPlay, text: string): HandPlay {
  const last = play.moves.at(-1) ?? play.moves[0];
  const before = last.turn.reply === undefined ? (last.turn.replies ?? []) : [last.turn.reply];
  if (before.length === 0) return sayIn(play, text);
  const played = playOneMore(play.stage, last.played, text);
  return moved(undoIn(play), { turn: { replies: [...before, text] }, played });
}

/** The clock jumps; a sentence when that moment cannot be reached. */
export function jumpIn(play: HandPlay, turn: Pick<FlowTestTurn, 'wait' | 'until'>): HandPlay | string {
  const { state } = lastOf(play);
  const until = readMoment(state, turn);
  return typeof until === 'string' ? until : moved(play, { turn, played: playUntil(play.stage, state, until) });
}

/** One move back; the very same play when only the opening is left. */
export function undoIn(play: HandPlay): HandPlay {
  const [opening, ...later] = play.moves;
  return { ...play, moves: [opening, ...later.slice(0, -1)] };
}

/** The play as a case that holds: each move with everything that came of it. */
export function asCase({ head, moves }: HandPlay, name: string): Record<string, unknown> {
  const turns = moves.map(({ turn, played }) => ({ ...turn, ...expectationsOf(outcomeOf(played)) }));
  return { name, ...head, turns };
}

function moved(play: HandPlay, move: PlayMove): HandPlay {
  const [opening, ...later] = play.moves;
  return { ...play, moves: [opening, ...later, move] };
}

/** What happened as lines for a terminal, each with its local time; timers are told only where they are set. */
export function transcriptOf({ state, happenings }: Played): string[] {
  const { timeZone } = state.facts.mentee;
  return happenings.flatMap((one) => {
    const words = wordsOf(one, timeZone);
    return words === null ? [] : [`${localStamp(one.at, timeZone)}  ${words.replaceAll('\n', `\n${' '.repeat(18)}`)}`];
  });
}

function wordsOf(one: Happening, timeZone: string): string | null {
  switch (one.kind) {
    case 'text':
      return `bot: ${one.text}`;
    case 'reply':
      return one.understood ? null : '(not understood)';
    case 'task':
      return `task is ${one.status}${one.againOn === null ? '' : `, asked again on ${one.againOn}`}`;
    case 'mentor':
      return `mentor is told: ${one.reason}`;
    case 'escalation':
      return `case is opened (${one.tier}): ${one.reason}`;
    case 'timer_set':
      return `(waits until ${localStamp(one.dueAt, timeZone)})`;
    case 'ended':
      return '(the conversation is over)';
    case 'failed':
      return `FAILED at ${one.step}: ${one.reason}`;
    case 'timer_cleared':
    case 'timer_rang':
      return null;
  }
}

/** Where the play stands, for somebody who looks behind the texts. */
export function standingOf({ conversation, timers, facts, now }: PlayState): string[] {
  const { timeZone } = facts.mentee;
  const { status, step, variables } = conversation;
  const named = Object.entries(variables).map(([name, value]) => `  ${name}: ${value}`);
  const running = Object.entries(timers).map(([timer, at]) => `  timer ${timer}: ${localStamp(at, timeZone)}`);
  const at = status === 'ended' ? 'the conversation is over' : `at the step ${step}`;
  const task =
    facts.task === null ? [] : [`  task ${facts.task.key}: ${facts.task.status}, due ${facts.task.deadlineOn}`];
  return [`${localStamp(now, timeZone)}, ${at}`, ...task, ...named, ...running];
}
