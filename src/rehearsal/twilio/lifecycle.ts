// What becomes of a message after Twilio accepted it: the statuses it passes, when, and the callbacks that tell of
// them. The first status is in the answer to the create and has no callback.

import type { Times } from '../wire/exchange.ts';
import type { CallbackFault, FateFault } from './fault.ts';
import type { MessageStatus, PendingStep, TwilioMessage, TwilioState } from './state.ts';

/** A callback that is due: which message, and the status it tells (not always the one the message has by now). */
export interface DueCallback {
  readonly message: TwilioMessage;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
}

type Stage = Omit<PendingStep, 'sid' | 'what'>;

/** Everything that will happen to a new message. */
export function planSteps(
  message: TwilioMessage,
  fate: FateFault | null,
  trouble: CallbackFault | null,
  times: Times,
  stepMs: number,
): readonly PendingStep[] {
  const stages = planStages(message, fate, times, stepMs);
  const statuses = stages.map((stage): PendingStep => ({ ...stage, sid: message.sid, what: 'status' }));
  if (message.statusCallback === null) return statuses;
  const callbacks = troubleCallbacks(stages, trouble).map(
    (stage): PendingStep => ({ ...stage, sid: message.sid, what: 'callback' }),
  );
  return [...statuses, ...callbacks];
}

/** Does what is due: the new state, and the callbacks that leave now, in order. */
export function advanceMessages(
  state: TwilioState,
  times: Times,
): { readonly state: TwilioState; readonly callbacks: readonly DueCallback[] } {
  const due = state.pending.filter((step) => isDue(step, times)).sort((a, b) => a.at - b.at);
  if (due.length === 0) return { state, callbacks: [] };
  const changed = new Map<string, TwilioMessage>();
  const find = (sid: string) => changed.get(sid) ?? state.messages.find((message) => message.sid === sid);
  const callbacks: DueCallback[] = [];
  for (const step of due) {
    const message = find(step.sid);
    if (message === undefined) continue;
    if (step.what === 'status') changed.set(step.sid, applyStatus(message, step, times.now));
    else callbacks.push({ message, status: step.status, errorCode: step.errorCode });
  }
  return {
    state: {
      ...state,
      messages: state.messages.map((message) => changed.get(message.sid) ?? message),
      pending: state.pending.filter((step) => !isDue(step, times)),
    },
    callbacks,
  };
}

/** The earliest real time at which something is due, or null. Steps in program time are not counted. */
export function nextRealStepAt(state: TwilioState): number | null {
  const ats = state.pending.filter((step) => step.clock === 'real').map((step) => step.at);
  return ats.length === 0 ? null : Math.min(...ats);
}

function planStages(message: TwilioMessage, fate: FateFault | null, times: Times, stepMs: number): readonly Stage[] {
  const path: MessageStatus[] = message.status === 'accepted' ? ['queued'] : [];
  if (fate?.kind !== 'wait') path.push(...planPath(fate));
  const stages = path.map(
    (status, index): Stage => ({
      status,
      errorCode: fate?.kind === 'final' && index === path.length - 1 ? fate.errorCode : null,
      clock: 'real',
      at: times.realNow + stepMs * (index + 1),
    }),
  );
  if (fate?.kind !== 'wait') return stages;
  const expiresAt = message.createdAt + message.validityPeriod * 1000;
  return [...stages, { status: 'failed', errorCode: 30036, clock: 'program', at: expiresAt }];
}

function planPath(fate: FateFault | null): readonly MessageStatus[] {
  if (fate?.kind !== 'final') return ['sent', 'delivered'];
  return fate.status === 'failed' ? ['failed'] : ['sent', 'undelivered'];
}

function troubleCallbacks(stages: readonly Stage[], trouble: CallbackFault | null): readonly Stage[] {
  switch (trouble?.how) {
    case undefined:
      return stages;
    case 'lost':
      return [];
    case 'doubled':
      return stages.flatMap((stage) => [stage, stage]);
    case 'late':
      return stages.map((stage) => ({ ...stage, at: stage.at + trouble.lateMs }));
    case 'shuffled':
      return shuffle(stages);
  }
}

// The last status is told first. Held until the last is due, so that no callback runs ahead of what it tells.
function shuffle(stages: readonly Stage[]): readonly Stage[] {
  const last = stages.at(-1);
  if (last === undefined) return [];
  return stages.toReversed().map((stage) => ({ ...stage, clock: last.clock, at: last.at }));
}

function isDue(step: PendingStep, times: Times): boolean {
  return step.at <= (step.clock === 'real' ? times.realNow : times.now);
}

function applyStatus(message: TwilioMessage, step: PendingStep, now: number): TwilioMessage {
  const isSent = step.status === 'sent';
  return {
    ...message,
    status: step.status,
    errorCode: step.errorCode,
    updatedAt: now,
    sentAt: isSent ? now : message.sentAt,
  };
}
