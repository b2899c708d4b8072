// The trouble that the local Twilio can be told to make, and for whom. Three kinds are independent of each other: how a
// request is answered, what becomes of the message, and how its callbacks travel.

import { takeRule, type Uses } from '../wire/rule.ts';
import type { TwilioState } from './state.ts';

/** How a request is answered. "Accepted" means that the message exists and is sent although the caller cannot know. */
export type AnswerFault =
  | { readonly kind: 'accept_then_hang' }
  | { readonly kind: 'accept_then_reset' }
  | { readonly kind: 'hang_before_accept' }
  | { readonly kind: 'reset_before_accept' }
  | { readonly kind: '429' }
  | { readonly kind: '500_accepted' }
  | { readonly kind: '500_not_accepted' }
  | { readonly kind: '503' }
  | { readonly kind: 'reject'; readonly code: number };

/** What becomes of an accepted message. `wait` leaves it in the queue until its validity period ends (30036). */
export type FateFault =
  | { readonly kind: 'final'; readonly status: 'undelivered' | 'failed'; readonly errorCode: number }
  | { readonly kind: 'wait' };

/** How a message's callbacks travel. `shuffled` sends them in the reverse order. */
export type CallbackFault =
  | { readonly kind: 'callbacks'; readonly how: 'shuffled' | 'doubled' | 'lost' }
  | { readonly kind: 'callbacks'; readonly how: 'late'; readonly lateMs: number };

export type TwilioFault = AnswerFault | FateFault | CallbackFault;

/** Which request an answer fault is for. */
export type TwilioOperation = 'create' | 'list' | 'fetch';

/** A fault with its reach: one recipient or all, so many times or always, one operation (`create` when left out). */
export interface TwilioRule {
  readonly fault: TwilioFault;
  readonly times: Uses;
  readonly to?: string;
  readonly on?: TwilioOperation;
}

/** Adds a rule behind those that are there. */
export function addTwilioRule(state: TwilioState, rule: TwilioRule): TwilioState {
  return { ...state, rules: [...state.rules, rule] };
}

/** The answer fault for this request, used up once. */
export function takeAnswerFault(state: TwilioState, on: TwilioOperation, to: string | null) {
  return take(state, on, to, isAnswerFault);
}

/** The fate of a message to this number, used up once. */
export function takeFateFault(state: TwilioState, to: string) {
  return take(state, 'create', to, isFateFault);
}

/** The trouble of a message's callbacks, used up once. */
export function takeCallbackFault(state: TwilioState, to: string) {
  return take(state, 'create', to, isCallbackFault);
}

function take<F extends TwilioFault>(
  state: TwilioState,
  on: TwilioOperation,
  to: string | null,
  isKind: (fault: TwilioFault) => fault is F,
): { readonly fault: F | null; readonly state: TwilioState } {
  const { rule, rules } = takeRule(
    state.rules,
    (r) => isKind(r.fault) && (r.on ?? 'create') === on && (r.to === undefined || r.to === to),
  );
  const fault = rule !== null && isKind(rule.fault) ? rule.fault : null;
  return { fault, state: rule === null ? state : { ...state, rules } };
}

function isFateFault(fault: TwilioFault): fault is FateFault {
  return fault.kind === 'final' || fault.kind === 'wait';
}

function isCallbackFault(fault: TwilioFault): fault is CallbackFault {
  return fault.kind === 'callbacks';
}

function isAnswerFault(fault: TwilioFault): fault is AnswerFault {
  return !isFateFault(fault) && !isCallbackFault(fault);
}
