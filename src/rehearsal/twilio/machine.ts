// The REST API of the local Twilio as one pure function: state, request and times in, state and answer out. Knows the
// routes and the password; what a route does stands in its own file.

import { type Reply, replyJson, type Times, type VendorRequest } from '../wire/exchange.ts';
import { createCall } from './calls.ts';
import { answerAfter, createMessage, type Handled, refuseBefore } from './create-message.ts';
import { replyError } from './errors.ts';
import type { TwilioOperation } from './fault.ts';
import { listMessages } from './list-messages.ts';
import {
  toAccountResource,
  toMediaPage,
  toMessageResource,
  toNumberResource,
  toNumberSid,
  toServiceNumberResource,
  toServiceResource,
} from './resource.ts';
import { takeAnswerFault } from './script.ts';
import type { TwilioSettings, TwilioState } from './state.ts';

/** Handles one request. `inboundUrl` is the webhook that the console shows for the number's service. */
export function handleTwilio(state: TwilioState, request: VendorRequest, times: Times, inboundUrl: string): Handled {
  if (state.isDown) return { state, answer: { kind: 'reset' } };
  if (!isAuthorized(state.settings, request)) return { state, answer: replyError(20003) };
  const account = `/2010-04-01/Accounts/${state.settings.accountSid}`;
  if (request.path === `${account}/Messages.json`) {
    if (request.method === 'POST') return createMessage(state, new URLSearchParams(request.body), times);
    const list = () => listMessages(state, request.query);
    return request.method === 'GET' ? read(state, 'list', request.query.get('To'), list) : notFound(state);
  }
  if (request.path === `${account}/Calls.json` && request.method === 'POST') {
    return createCall(state, new URLSearchParams(request.body), times.now);
  }
  if (request.method !== 'GET') return notFound(state);
  const sid = /\/Messages\/((?:SM|MM)[0-9a-f]{32})\.json$/.exec(request.path)?.[1];
  const message = state.messages.find((candidate) => candidate.sid === sid);
  if (message !== undefined && request.path.startsWith(account)) {
    return read(state, 'fetch', message.to, () => replyJson(200, toMessageResource(state.settings, message)));
  }
  const listed = /\/Messages\/((?:SM|MM)[0-9a-f]{32})\/Media\.json$/.exec(request.path)?.[1];
  const withMedia = state.messages.find((candidate) => candidate.sid === listed);
  if (withMedia !== undefined && request.path.startsWith(account)) {
    return { state, answer: replyJson(200, toMediaPage(state.settings, withMedia)) };
  }
  return { state, answer: showConsole(state, request, account, inboundUrl) ?? replyError(20404) };
}

function read(state: TwilioState, on: TwilioOperation, to: string | null, answer: () => Reply): Handled {
  const taken = takeAnswerFault(state, on, to);
  return { state: taken.state, answer: refuseBefore(taken.fault) ?? answerAfter(taken.fault, answer()) };
}

function notFound(state: TwilioState): Handled {
  return { state, answer: replyError(20404) };
}

function showConsole(state: TwilioState, request: VendorRequest, account: string, url: string): Reply | null {
  const { settings } = state;
  const service = `/messaging/v1/Services/${settings.messagingServiceSid}`;
  switch (request.path) {
    case `${account}.json`:
      return replyJson(200, toAccountResource(settings));
    case `${account}/IncomingPhoneNumbers.json`:
      return replyJson(200, pageOfNumbers(state, request, url));
    case `${account}/IncomingPhoneNumbers/${toNumberSid(settings)}.json`:
      return replyJson(200, toNumberResource(state, url));
    case service:
      return replyJson(200, toServiceResource(state, url));
    case `${service}/PhoneNumbers`:
      return replyJson(200, pageOfServiceNumbers(settings));
    default:
      return null;
  }
}

function pageOfNumbers(state: TwilioState, request: VendorRequest, url: string) {
  const { settings } = state;
  const wanted = request.query.get('PhoneNumber') ?? settings.programNumber;
  const numbers = wanted === settings.programNumber ? [toNumberResource(state, url)] : [];
  const uri = `/2010-04-01/Accounts/${settings.accountSid}/IncomingPhoneNumbers.json?PageSize=50&Page=0`;
  return {
    end: 0,
    first_page_uri: uri,
    incoming_phone_numbers: numbers,
    next_page_uri: null,
    page: 0,
    page_size: 50,
    previous_page_uri: null,
    start: 0,
    uri,
  };
}

function pageOfServiceNumbers(settings: TwilioSettings) {
  const service = `https://messaging.twilio.com/v1/Services/${settings.messagingServiceSid}`;
  const url = `${service}/PhoneNumbers?PageSize=50&Page=0`;
  return {
    meta: {
      first_page_url: url,
      key: 'phone_numbers',
      next_page_url: null,
      page: 0,
      page_size: 50,
      previous_page_url: null,
      url,
    },
    phone_numbers: [toServiceNumberResource(settings)],
  };
}

function isAuthorized(settings: TwilioSettings, request: VendorRequest): boolean {
  const wanted = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64');
  return settings.authToken !== '' && request.headers.authorization === `Basic ${wanted}`;
}
