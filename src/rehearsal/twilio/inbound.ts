// A text from a phone to the program's number: what Twilio stores, how it minds its opt-out list, and the form it
// posts.

import { makeHex } from '../wire/make-id.ts';
import { KEYWORD_REPLIES, readKeyword } from './keyword.ts';
import { countSegments } from './segments.ts';
import { type TwilioMessage, type TwilioState, takeSid } from './state.ts';

/** A text that somebody sends. `to` is the program's number when left out. */
export interface InboundText {
  readonly from: string;
  readonly body: string;
  readonly to?: string;
  readonly media?: readonly { readonly url: string; readonly contentType: string }[];
}

/** Takes a text in: the state after it, the form for the webhook, and the token that retries of it share. */
export function receiveText(
  before: TwilioState,
  text: InboundText,
  now: number,
): { readonly state: TwilioState; readonly form: URLSearchParams; readonly idempotencyToken: string } {
  const { sid, state } = takeSid(before, (text.media ?? []).length > 0 ? 'MM' : 'SM');
  const message = toMessage(state, text, sid, now);
  const stored = { ...state, messages: [...state.messages, message] };
  const form = toInboundForm(state, message, text.media ?? []);
  const hex = makeHex(state.settings.seed, 'token', state.idCount);
  const idempotencyToken = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { state: mindKeyword(stored, message, now), form, idempotencyToken };
}

function toMessage(state: TwilioState, text: InboundText, sid: string, now: number): TwilioMessage {
  return {
    sid,
    direction: 'inbound',
    from: text.from,
    to: text.to ?? state.settings.programNumber,
    body: text.body,
    status: 'received',
    errorCode: null,
    ...countSegments(text.body),
    mediaCount: (text.media ?? []).length,
    media: text.media ?? [],
    messagingServiceSid: state.settings.messagingServiceSid,
    statusCallback: null,
    validityPeriod: 0,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
  };
}

function toInboundForm(
  state: TwilioState,
  message: TwilioMessage,
  media: readonly { readonly url: string; readonly contentType: string }[],
): URLSearchParams {
  const form = new URLSearchParams({
    ToCountry: 'US',
    ToState: 'CA',
    SmsMessageSid: message.sid,
    NumMedia: String(media.length),
    ToCity: 'LOS ANGELES',
    FromZip: '90012',
    SmsSid: message.sid,
    FromState: 'CA',
    SmsStatus: 'received',
    FromCity: 'LOS ANGELES',
    Body: message.body,
    FromCountry: 'US',
    To: message.to,
    MessagingServiceSid: state.settings.messagingServiceSid,
    ToZip: '90012',
    NumSegments: String(message.segments),
    MessageSid: message.sid,
    AccountSid: state.settings.accountSid,
    From: message.from,
    ApiVersion: '2010-04-01',
  });
  media.forEach((item, index) => {
    form.set(`MediaUrl${index}`, item.url);
    form.set(`MediaContentType${index}`, item.contentType);
  });
  const keyword = readKeyword(message.body);
  if (state.settings.keywordHandling === 'advanced' && keyword !== null) form.set('OptOutType', keyword);
  return form;
}

function mindKeyword(state: TwilioState, message: TwilioMessage, now: number): TwilioState {
  const keyword = readKeyword(message.body);
  const handling = state.settings.keywordHandling;
  if (keyword === null || handling === 'off') return state;
  const others = state.optedOut.filter((phone) => phone !== message.from);
  const optedOut = keyword === 'STOP' ? [...others, message.from] : keyword === 'START' ? others : state.optedOut;
  const listed = { ...state, optedOut };
  return handling === 'block' ? listed : confirm(listed, message, KEYWORD_REPLIES[keyword], now);
}

// Twilio's own confirmation passes its own list, and nobody is called back about it.
function confirm(before: TwilioState, inbound: TwilioMessage, body: string, now: number): TwilioState {
  const { sid, state } = takeSid(before, 'SM');
  const reply: TwilioMessage = {
    ...inbound,
    sid,
    direction: 'outbound-reply',
    from: inbound.to,
    to: inbound.from,
    body,
    status: 'delivered',
    ...countSegments(body),
    mediaCount: 0,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
  };
  return { ...state, messages: [...state.messages, reply] };
}
