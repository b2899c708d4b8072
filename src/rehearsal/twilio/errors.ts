// Twilio's error answers: the JSON shape, and the words of the codes that a program meets.

import { type Reply, replyJson } from '../wire/exchange.ts';

interface KnownError {
  readonly status: number;
  readonly message: string;
}

const KNOWN: Readonly<Record<number, KnownError>> = {
  20003: { status: 401, message: 'Authenticate' },
  20005: { status: 401, message: 'Account is not active' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'Internal Server Error' },
  20503: { status: 503, message: 'Service Unavailable' },
  21211: { status: 400, message: "Invalid 'To' Phone Number" },
  21408: { status: 400, message: 'Permission to send an SMS has not been enabled for the region' },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: { status: 400, message: "The 'From' phone number provided is not a valid message-capable number" },
  21608: {
    status: 400,
    message: 'The number is unverified. Trial accounts cannot send messages to unverified numbers.',
  },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21611: { status: 429, message: "This 'From' number has exceeded the maximum number of queued messages" },
  21612: { status: 400, message: "The 'To' phone number is not currently reachable via SMS" },
  21614: { status: 400, message: "'To' number is not a valid mobile number" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit.' },
  21635: { status: 400, message: "'To' number cannot be a landline" },
  21701: { status: 404, message: 'The messaging service does not exist' },
};

/** An error answer with this code; an unknown code is a 400 with plain words. */
export function replyError(code: number): Reply {
  const known = KNOWN[code] ?? { status: 400, message: `Error ${code}` };
  const headers = code === 20003 ? { 'www-authenticate': 'Basic realm="Twilio API"' } : undefined;
  const moreInfo = `https://www.twilio.com/docs/errors/${code}`;
  return replyJson(known.status, { code, message: known.message, more_info: moreInfo, status: known.status }, headers);
}

const DELIVERY_ERRORS: Readonly<Record<number, string>> = {
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
  30034: 'Message from an unregistered number',
  30036: 'Validity period expired',
};

/** Twilio's words for a delivery error, as the `error_message` of a message. */
export function describeDeliveryError(code: number): string {
  return DELIVERY_ERRORS[code] ?? `Error ${code}`;
}
