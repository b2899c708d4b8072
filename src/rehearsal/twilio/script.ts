// Takes the trouble that the local Twilio was told to make (fault.ts) when its request comes.

import { takeRule } from '../wire/rule.ts';
import type { AnswerFault, CallbackFault, FateFault, TwilioFault, TwilioOperation, TwilioRule } from './fault.ts';
import type { TwilioState } from './state.ts';

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
