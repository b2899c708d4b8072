// Creating a message: Twilio's checks in Twilio's order, then the message, its future, and the answer, each as
// scripted.

import { type Reply, replyHtml, replyJson, type Times, type VendorAnswer } from '../wire/exchange.ts';
import { replyError } from './errors.ts';
import type { AnswerFault } from './fault.ts';
import { planSteps } from './lifecycle.ts';
import { toMessageResource } from './resource.ts';
import { takeAnswerFault, takeCallbackFault, takeFateFault } from './script.ts';
import { countSegments } from './segments.ts';
import { type TwilioMessage, type TwilioState, takeSid } from './state.ts';

const LONGEST_BODY = 1600;
const LONGEST_VALIDITY_SECONDS = 36_000;

/** The state after the request and what the caller is told. */
export interface Handled {
  readonly state: TwilioState;
  readonly answer: VendorAnswer;
}

/** Handles POST Messages.json. */
export function createMessage(before: TwilioState, form: URLSearchParams, times: Times): Handled {
  const to = form.get('To') ?? '';
  const { fault, state } = takeAnswerFault(before, 'create', to);
  const refused = refuseBefore(fault);
  if (refused !== null) return { state: noteRefusal(state, to, refused, times.now), answer: refused };
  const code = checkForm(state, form);
  if (code !== null) {
    const answer = replyError(code);
    return { state: noteRefusal(state, to, answer, times.now), answer };
  }
  const accepted = accept(state, form, times);
  return { state: accepted.state, answer: answerAfter(fault, accepted.reply) };
}

/** The answer of a request that never reached the account, or null when it does. */
export function refuseBefore(fault: AnswerFault | null): VendorAnswer | null {
  switch (fault?.kind) {
    case 'hang_before_accept':
      return { kind: 'hang' };
    case 'reset_before_accept':
      return { kind: 'reset' };
    case '429':
      return replyError(20429);
    case '500_not_accepted':
      return replyHtml(500, 'Internal Server Error');
    case '503':
      return replyHtml(503, 'Service Temporarily Unavailable');
    case 'reject':
      return replyError(fault.code);
    default:
      return null;
  }
}

/** The answer of a request that was carried out, as the fault lets it through. */
export function answerAfter(fault: AnswerFault | null, reply: Reply): VendorAnswer {
  if (fault?.kind === 'accept_then_hang') return { kind: 'hang' };
  if (fault?.kind === 'accept_then_reset') return { kind: 'reset' };
  return fault?.kind === '500_accepted' ? replyHtml(500, 'Internal Server Error') : reply;
}

function checkForm(state: TwilioState, form: URLSearchParams): number | null {
  const to = form.get('To') ?? '';
  const body = form.get('Body') ?? '';
  const from = form.get('From');
  const service = form.get('MessagingServiceSid');
  if (to === '') return 21604;
  if (body.trim() === '' && !form.has('MediaUrl')) return 21602;
  if (body.length > LONGEST_BODY) return 21617;
  if (from === null && service === null) return 21603;
  if (from !== null && from !== state.settings.programNumber) return 21606;
  if (service !== null && service !== state.settings.messagingServiceSid) return 21701;
  if (!/^\+[1-9]\d{7,14}$/.test(to)) return 21211;
  return state.optedOut.includes(to) ? 21610 : null;
}

function accept(before: TwilioState, form: URLSearchParams, times: Times) {
  const media = form.getAll('MediaUrl').length;
  const { sid, state } = takeSid(before, media > 0 ? 'MM' : 'SM');
  const message = readMessage(state, form, sid, times.now);
  const fate = takeFateFault(state, message.to);
  const trouble = takeCallbackFault(fate.state, message.to);
  const steps = planSteps(message, fate.fault, trouble.fault, times, state.settings.stepMs);
  const next: TwilioState = {
    ...trouble.state,
    messages: [...state.messages, message],
    pending: [...state.pending, ...steps],
  };
  return { state: next, reply: replyJson(201, toMessageResource(state.settings, message)) };
}

function readMessage(state: TwilioState, form: URLSearchParams, sid: string, now: number): TwilioMessage {
  const body = form.get('Body') ?? '';
  const service = form.get('MessagingServiceSid');
  return {
    sid,
    direction: 'outbound-api',
    from: state.settings.programNumber,
    to: form.get('To') ?? '',
    body,
    status: service === null ? 'queued' : 'accepted',
    errorCode: null,
    ...countSegments(body),
    mediaCount: form.getAll('MediaUrl').length,
    messagingServiceSid: service,
    statusCallback: form.get('StatusCallback'),
    validityPeriod: Number(form.get('ValidityPeriod') ?? LONGEST_VALIDITY_SECONDS),
    createdAt: now,
    updatedAt: now,
    sentAt: null,
  };
}

function noteRefusal(state: TwilioState, to: string, answer: VendorAnswer, now: number): TwilioState {
  if (answer.kind !== 'reply' || answer.status !== 400) return state;
  const parsed: unknown = JSON.parse(answer.body);
  const code = typeof parsed === 'object' && parsed !== null && 'code' in parsed ? Number(parsed.code) : 0;
  return { ...state, refusals: [...state.refusals, { to, code, at: now }] };
}
