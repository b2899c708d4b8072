// What came of one turn of an author test, in the words in which authors write it.

import type { FlowValue } from '../model/conversation.ts';
import { localStamp } from './play-clock.ts';
import type { Played } from './play-conversation.ts';

/** All that an author can expect of a turn. Moments are local, as `2027-06-04 10:00`. */
export interface TurnOutcome {
  readonly texts: readonly string[];
  /** Where the task was moved, last; null when it was not. */
  readonly task: string | null;
  readonly againOn: string | null;
  /** The timers that run after the turn. */
  readonly timers: Readonly<Record<string, string>>;
  readonly mentor: readonly string[];
  readonly escalations: readonly string[];
  readonly remembers: Readonly<Record<string, FlowValue>>;
  readonly isEnded: boolean;
  /** Whether the conversation ended in this very turn. */
  readonly endsNow: boolean;
  /** The result with which it ended in this turn; null without one. */
  readonly result: string | null;
  /** Why the flow could not go on, naming the step; null when it could. */
  readonly failure: string | null;
}

/** What came of a move. */
export function outcomeOf({ state, happenings }: Played): TurnOutcome {
  const moved = happenings.flatMap((one) => (one.kind === 'task' ? [one] : [])).at(-1);
  const failed = happenings.flatMap((one) => (one.kind === 'failed' ? [`${one.step}: ${one.reason}`] : []));
  const { timeZone } = state.facts.mentee;
  return {
    texts: happenings.flatMap((one) => (one.kind === 'text' ? [one.text] : [])),
    task: moved?.status ?? null,
    againOn: moved?.againOn ?? null,
    timers: Object.fromEntries(Object.entries(state.timers).map(([timer, at]) => [timer, localStamp(at, timeZone)])),
    mentor: happenings.flatMap((one) => (one.kind === 'mentor' ? [one.reason] : [])),
    escalations: happenings.flatMap((one) => (one.kind === 'escalation' ? [one.tier] : [])),
    remembers: state.conversation.variables,
    isEnded: state.conversation.status === 'ended',
    result: happenings.flatMap((one) => (one.kind === 'ended' ? [one.result] : [])).at(-1) ?? null,
    endsNow: happenings.some((one) => one.kind === 'ended'),
    failure: failed[0] ?? null,
  };
}

/** Whether a mentee or anybody behind would see that something happened. */
export function isSilent({ texts, task, mentor, escalations, endsNow, failure }: TurnOutcome): boolean {
  return texts.length + mentor.length + escalations.length === 0 && task === null && !endsNow && failure === null;
}
