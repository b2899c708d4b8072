// A stage on which one conversation is played without a house: replies and jumps of the clock in, what the mentee and
// the people behind would see out. Its state is plain JSON, and a state is never changed: one step back is the one before.
// It knows nothing of gates: quiet hours, caps and consent hold texts back in the house, not here.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import type { ReplyBook } from '../language/reply-book.ts';
import type { Conversation, ConversationFacts, FlowValue } from '../model/conversation.ts';
import type { Effect } from '../model/effect.ts';
import type { ConversationEvent, TimerName } from '../model/event.ts';
import { asConversationId, asMenteeId } from '../model/ids.ts';
import type { TaskStatus } from '../model/task.ts';
import { advance } from './advance.ts';
import { type Way, wayTaken } from './play-ways.ts';
import { startConversation } from './start-conversation.ts';

/** What stays the same while it is played. `wording` is `flow` itself when nothing else was published since. */
export interface Stage {
  readonly flow: CompiledFlow;
  readonly wording: CompiledFlow;
  readonly replyBook: ReplyBook;
}

/** Where a play stands. Instants are epoch milliseconds. */
export interface PlayState {
  readonly now: number;
  readonly conversation: Conversation;
  readonly facts: ConversationFacts;
  /** The timers that run, with the instant at which each rings. */
  readonly timers: Readonly<Partial<Record<TimerName, number>>>;
}

/** One thing that happened, with its instant. */
export type Happening = { readonly at: number } & (
  | { readonly kind: 'reply'; readonly text: string; readonly understood: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'task'; readonly status: TaskStatus; readonly againOn: string | null }
  | { readonly kind: 'timer_set'; readonly timer: TimerName; readonly dueAt: number }
  | { readonly kind: 'timer_cleared' | 'timer_rang'; readonly timer: TimerName }
  | { readonly kind: 'mentor'; readonly reason: string }
  | { readonly kind: 'escalation'; readonly tier: string; readonly reason: string }
  /** `result` as the end of a sub-flow that is played by itself would tell its caller. */
  | { readonly kind: 'ended'; readonly result: string | null }
  | { readonly kind: 'failed'; readonly step: string; readonly reason: string }
);

/** What came of one move: the state after it, all that happened in order, and the ways that steps took. */
export interface Played {
  readonly state: PlayState;
  readonly happenings: readonly Happening[];
  readonly ways: readonly Way[];
}

/** Who is played with, and when it begins. `variables` are the inputs of a sub-flow. */
export interface Opening {
  readonly facts: ConversationFacts;
  readonly now: number;
  readonly variables?: Readonly<Record<string, FlowValue>>;
  /** Decides what is drawn in experiments. */
  readonly menteeId?: string;
}

/** Most timers that may ring in one jump of the clock; a flow that rings more often runs in circles. */
const RING_LIMIT = 500;

/** Begins the conversation. */
export function openPlay(stage: Stage, { facts, now, variables = {}, menteeId = 'mentee' }: Opening): Played {
  const { flow } = stage;
  const task = facts.task?.key ?? null;
  const fresh = startConversation({ id: asConversationId('play'), menteeId: asMenteeId(menteeId), flow, task });
  const conversation = { ...fresh, variables: { ...fresh.variables, ...variables } };
  return step(stage, { now, conversation, facts, timers: {} }, { kind: 'started' });
}

/** How long after whatever came before a mentee texts, so that each text stands for itself (milliseconds). */
const REPLIES_AFTER_MS = 5 * 60_000;

/** The mentee texts, five minutes after what was before; several texts come right after each other. */
export function playReplies(stage: Stage, state: PlayState, texts: readonly string[]): Played {
  const later = playUntil(stage, state, state.now + REPLIES_AFTER_MS);
  return texts.reduce((so, text) => playOneMore(stage, so, text), later);
}

/** One more text right after the last. */
export function playOneMore(stage: Stage, played: Played, text: string): Played {
  return then(played, step(stage, played.state, { kind: 'reply_received', text }));
}

/** The clock runs on until `until`; every timer that becomes due on the way rings at its own time. */
export function playUntil(stage: Stage, state: PlayState, until: number): Played {
  let played: Played = { state, happenings: [], ways: [] };
  for (let rung = 0; ; rung += 1) {
    const due = nextTimer(played.state, until);
    if (due === null) break;
    const { timer, at } = due;
    if (rung >= RING_LIMIT) return then(played, failing(played.state, 'it goes in circles: too many timers rang'));
    const rang: Played = {
      state: { ...played.state, now: at, timers: without(played.state.timers, timer) },
      happenings: [{ at, kind: 'timer_rang', timer }],
      ways: [],
    };
    played = then(played, then(rang, step(stage, rang.state, { kind: 'timer_due', timer })));
  }
  return { ...played, state: { ...played.state, now: Math.max(until, played.state.now) } };
}

/** Two moves as one. */
function then(first: Played, second: Played): Played {
  return {
    state: second.state,
    happenings: [...first.happenings, ...second.happenings],
    ways: [...first.ways, ...second.ways],
  };
}

function nextTimer({ timers }: PlayState, until: number): { timer: TimerName; at: number } | null {
  const names: readonly TimerName[] = ['wait', 'no_reply'];
  const due = names.flatMap((timer) => {
    const at = timers[timer];
    return at === undefined || at > until ? [] : [{ timer, at }];
  });
  return due.sort((a, b) => a.at - b.at)[0] ?? null;
}

function step(stage: Stage, state: PlayState, event: ConversationEvent): Played {
  const ways: Way[] = [];
  let result: string | null = null;
  const { facts, now } = state;
  const advanced = advance(state.conversation, event, {
    ...stage,
    facts,
    now,
    watch: (seen) => {
      const way = wayTaken(stage.flow, seen);
      if (way !== null) ways.push(way);
      if (seen.outcome.kind === 'end') result = seen.outcome.result ?? null;
    },
  });
  if (!advanced.ok) return failing(state, advanced.failure.reason, advanced.failure.step);
  const said: Happening[] =
    event.kind === 'reply_received'
      ? [{ at: now, kind: 'reply', text: event.text, understood: advanced.understood }]
      : [];
  const effects = advanced.effects.map(({ effect }) => effect);
  const { version, status } = advanced.conversation;
  // A late answer can end a conversation that was over already: it ends anew.
  const endsNow = status === 'ended' && version !== state.conversation.version;
  const ended: Happening[] = endsNow ? [{ at: now, kind: 'ended', result }] : [];
  return {
    state: effects.reduce(applyEffect, { ...state, conversation: throughJson(advanced.conversation) }),
    happenings: [...said, ...effects.map((effect) => happeningOf(effect, now)), ...ended],
    ways,
  };
}

function failing(state: PlayState, reason: string, at = state.conversation.step): Played {
  return { state, happenings: [{ at: state.now, kind: 'failed', step: at, reason }], ways: [] };
}

/** The state lies in a database between two events, and comes back as JSON gives it. */
function throughJson(conversation: Conversation): Conversation {
  return JSON.parse(JSON.stringify(conversation)) as Conversation;
}

function applyEffect(state: PlayState, effect: Effect): PlayState {
  if (effect.kind === 'set_timer') return { ...state, timers: { ...state.timers, [effect.timer]: effect.dueAt } };
  if (effect.kind === 'clear_timer') return { ...state, timers: without(state.timers, effect.timer) };
  const { task } = state.facts;
  if (effect.kind !== 'change_task' || task === null || task.key !== effect.task) return state;
  return { ...state, facts: { ...state.facts, task: { ...task, status: effect.status } } };
}

function without(timers: PlayState['timers'], gone: TimerName): PlayState['timers'] {
  return Object.fromEntries(Object.entries(timers).filter(([name]) => name !== gone));
}

function happeningOf(effect: Effect, at: number): Happening {
  switch (effect.kind) {
    case 'send_message':
      return { at, kind: 'text', text: effect.text };
    case 'set_timer':
      return { at, kind: 'timer_set', timer: effect.timer, dueAt: effect.dueAt };
    case 'clear_timer':
      return { at, kind: 'timer_cleared', timer: effect.timer };
    case 'change_task':
      return { at, kind: 'task', status: effect.status, againOn: effect.againOn };
    case 'tell_mentor':
      return { at, kind: 'mentor', reason: effect.reason };
    case 'open_escalation':
      return { at, kind: 'escalation', tier: effect.tier, reason: effect.reason };
  }
}
