// Verified webhook forms → values of the app. Every field is checked for its kind; unknown ones are ignored (TW-01).

import type { CallPress } from '../../app/acknowledge-by-call.ts';
import type { InboundMessage, Media } from '../../app/ports/messages.ts';
import type { Receipt } from '../../app/ports/senders.ts';
import { asOutboundId } from '../../core/model/ids.ts';
import { problemOf } from './error-codes.ts';
import { type Form, field } from './form.ts';

/** Twilio sends at most ten media with a message. */
export const MEDIA_LIMIT = 10;
const SID = /^[A-Za-z0-9]{2,64}$/;

/** Our own number keeps an address that nobody can be answered at, so that the house never talks to itself (TW-16). */
export function addressOf(from: string, to: string | null): string {
  return from === to ? `self:${from}` : from;
}

/** A text in, or null when the form lacks what a text must have. */
export function parseInbound(form: Form): InboundMessage | null {
  const sid = field(form, 'MessageSid') ?? field(form, 'SmsSid');
  const from = field(form, 'From');
  if (sid === null || !SID.test(sid) || from === null || from === '') return null;
  return {
    source: 'twilio',
    externalId: sid,
    from: { kind: 'phone', address: addressOf(from, field(form, 'To')) },
    body: (field(form, 'Body') ?? '').replaceAll('\u0000', ''),
    media: parseMedia(form),
    vendorKeyword: parseKeyword(field(form, 'OptOutType')),
  };
}

function parseMedia(form: Form): Media[] {
  const declared = Number(field(form, 'NumMedia') ?? '0');
  const count = Number.isInteger(declared) ? Math.min(Math.max(declared, 0), MEDIA_LIMIT) : 0;
  const media: Media[] = [];
  for (let index = 0; index < count; index += 1) {
    const url = field(form, `MediaUrl${index}`);
    if (url !== null) media.push({ url, contentType: field(form, `MediaContentType${index}`) ?? 'unknown' });
  }
  return media;
}

function parseKeyword(optOutType: string | null): InboundMessage['vendorKeyword'] {
  return optOutType === 'STOP' || optOutType === 'START' || optOutType === 'HELP' ? optOutType : null;
}

/** A delivery receipt, or null when the form lacks the message's id or status. */
export function parseReceipt(form: Form, query: URLSearchParams): Receipt | null {
  const sid = field(form, 'MessageSid') ?? field(form, 'SmsSid');
  const status = field(form, 'MessageStatus') ?? field(form, 'SmsStatus');
  if (sid === null || !SID.test(sid) || status === null || status === '') return null;
  const code = field(form, 'ErrorCode');
  const outbound = query.get('outbound');
  return {
    outboundId: outbound === null || outbound === '' ? null : asOutboundId(outbound),
    providerId: sid,
    status,
    problem: code === null || code === '' || code === '0' ? null : problemOf(Number(code)),
    code: code === '' ? null : code,
  };
}

/** What was pressed during a call that the house made, or null when the form does not say for which. */
export function parseKeyPress(form: Form, query: URLSearchParams): CallPress | null {
  const outbound = query.get('outbound');
  if (outbound === null || outbound === '') return null;
  return { outboundId: asOutboundId(outbound), digits: field(form, 'Digits') ?? '' };
}

/** Twilio's words for a call that reached no phone; one that rang in vain is none of them. */
const NOT_CONNECTED: readonly string[] = ['failed', 'canceled'];

/** What became of a call that the house made. */
export function parseCallReceipt(form: Form, query: URLSearchParams): Receipt | null {
  const sid = field(form, 'CallSid');
  const status = field(form, 'CallStatus');
  const outbound = query.get('outbound');
  if (sid === null || !SID.test(sid) || status === null || status === '') return null;
  const failed = NOT_CONNECTED.includes(status);
  return {
    outboundId: outbound === null || outbound === '' ? null : asOutboundId(outbound),
    providerId: sid,
    status: failed ? 'failed' : status,
    problem: failed ? 'unreachable' : null,
    code: failed ? `call_${status}` : null,
  };
}
