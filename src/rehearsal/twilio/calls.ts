// Calls that the house makes to counselors: Twilio's checks, the call as it rings, the key that is pressed in it, and
// what Twilio tells the house of it. No phone rings anywhere.

import { type Reply, replyJson } from '../wire/exchange.ts';
import { answerAfter, type Handled, refuseBefore } from './create-message.ts';
import { replyError } from './errors.ts';
import { toRfc2822 } from './resource.ts';
import { takeAnswerFault } from './script.ts';
import { type TwilioCall, type TwilioSettings, type TwilioState, takeSid } from './state.ts';

const LONGEST_TWIML = 4000;

/** Handles POST Calls.json. */
export function createCall(before: TwilioState, form: URLSearchParams, now: number): Handled {
  const to = form.get('To') ?? '';
  const { fault, state } = takeAnswerFault(before, 'call', to);
  const refused = refuseBefore(fault);
  if (refused !== null) return { state, answer: refused };
  const code = checkForm(state, form);
  if (code !== null) return { state, answer: replyError(code) };
  const taken = takeSid(state, 'CA');
  const call: TwilioCall = {
    sid: taken.sid,
    from: form.get('From') ?? '',
    to,
    twiml: form.get('Twiml') ?? '',
    statusCallback: form.get('StatusCallback'),
    status: 'queued',
    pressed: [],
    createdAt: now,
  };
  const next = { ...taken.state, calls: [...state.calls, call] };
  return { state: next, answer: answerAfter(fault, replyCall(state.settings, call)) };
}

function checkForm({ settings }: TwilioState, form: URLSearchParams): number | null {
  const to = form.get('To') ?? '';
  const twiml = form.get('Twiml');
  if (to === '') return 21201;
  if (form.get('From') !== settings.programNumber) return 21210;
  if (!/^\+[1-9]\d{7,14}$/.test(to)) return 21211;
  if (twiml === null && !form.has('Url')) return 21205;
  return (twiml?.length ?? 0) > LONGEST_TWIML ? 21209 : null;
}

function replyCall(settings: TwilioSettings, call: TwilioCall): Reply {
  const uri = `/2010-04-01/Accounts/${settings.accountSid}/Calls/${call.sid}.json`;
  return replyJson(201, {
    account_sid: settings.accountSid,
    answered_by: null,
    api_version: '2010-04-01',
    caller_name: null,
    date_created: toRfc2822(call.createdAt),
    date_updated: toRfc2822(call.createdAt),
    direction: 'outbound-api',
    duration: null,
    end_time: null,
    from: call.from,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    sid: call.sid,
    start_time: null,
    status: call.status,
    subresource_uris: {},
    to: call.to,
    uri,
  });
}

/** Where a pressed key goes, out of the call's TwiML; null when it waits for none. */
export function gatherAction({ twiml }: TwilioCall): string | null {
  const action = /<Gather\b[^>]*\baction="([^"]+)"/u.exec(twiml)?.[1];
  return action === undefined ? null : unescapeXml(action);
}

const ESCAPES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/gu, (whole, name: string) => ESCAPES[name] ?? whole);
}

/** What is heard in a call. */
export function heardIn({ twiml }: TwilioCall): string {
  const said = [...twiml.matchAll(/<Say\b[^>]*>([^<]*)<\/Say>/gu)].map(([, words = '']) => words);
  return unescapeXml([...new Set(said)].join(' '));
}

/** What Twilio posts about a call: with the key when one was pressed. */
export function callForm(settings: TwilioSettings, call: TwilioCall, extra: Readonly<Record<string, string>>) {
  return new URLSearchParams({
    AccountSid: settings.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.sid,
    CallStatus: call.status,
    Direction: 'outbound-api',
    From: call.from,
    To: call.to,
    ...extra,
  });
}

/** The state in which this call has changed. */
export function changeCall(state: TwilioState, sid: string, change: Partial<TwilioCall>): TwilioState {
  return { ...state, calls: state.calls.map((call) => (call.sid === sid ? { ...call, ...change } : call)) };
}
