// The trouble that the local Slack can be told to make, for one method, one channel, or everything.

import { replyHtml, replyJson, type VendorAnswer } from '../wire/exchange.ts';
import { takeRule } from '../wire/rule.ts';
import type { SlackFault, SlackRule } from './fault.ts';
import type { SlackState } from './state.ts';

/** Adds a rule behind those that are there. */
export function addSlackRule(state: SlackState, rule: SlackRule): SlackState {
  return { ...state, rules: [...state.rules, rule] };
}

/** The fault for this call, used up once. */
export function takeSlackFault(
  state: SlackState,
  method: string,
  channel: string | null,
): { readonly fault: SlackFault | null; readonly state: SlackState } {
  const { rule, rules } = takeRule(
    state.rules,
    (r) => (r.method === undefined || r.method === method) && (r.channel === undefined || r.channel === channel),
  );
  return { fault: rule?.fault ?? null, state: rule === null ? state : { ...state, rules } };
}

/** The answer of a call that was not carried out, or null when it is. */
export function refuseCall(fault: SlackFault | null): VendorAnswer | null {
  switch (fault?.kind) {
    case '429':
      return replyJson(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfterSeconds) });
    case '500':
      return replyHtml(500, 'Server Error');
    case 'hang_before_accept':
      return { kind: 'hang' };
    case 'reset_before_accept':
      return { kind: 'reset' };
    case 'error':
      return replyJson(200, { ok: false, error: fault.error });
    default:
      return null;
  }
}

/** The answer of a call that was carried out, as the fault lets it through. */
export function answerCall(fault: SlackFault | null, answer: VendorAnswer): VendorAnswer {
  if (fault?.kind === 'accept_then_hang') return { kind: 'hang' };
  if (fault?.kind === 'accept_then_reset') return { kind: 'reset' };
  return fault?.kind === '500_accepted' ? replyHtml(500, 'Server Error') : answer;
}
