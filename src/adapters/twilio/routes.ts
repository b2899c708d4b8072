// Twilio's doors: /twilio/inbound, /twilio/status, /twilio/voice and, for calls that the house makes, voice/ack and
// voice/status. Verify, parse, hand over, answer after the commit; nothing else. Who calls is answered without the
// database.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AcknowledgeByCall } from '../../app/acknowledge-by-call.ts';
import type { Log } from '../../app/ports/log.ts';
import type { InboundMessage } from '../../app/ports/messages.ts';
import type { Receipt } from '../../app/ports/senders.ts';
import { type Form, readForm } from './form.ts';
import { parseCallReceipt, parseInbound, parseKeyPress, parseReceipt } from './parse.ts';
import type { Verify } from './verify.ts';
import { answerCall, askForKey, type CallWords, endCall } from './voice.ts';

export interface TwilioDoors {
  readonly verify: Verify;
  /** Resolves once the text is committed; a rejection is answered 503, so that Twilio tries again (TW-11). */
  readonly receiveMessage: (message: InboundMessage) => Promise<void>;
  readonly recordReceipt: (receipt: Receipt) => Promise<void>;
  /** A key was pressed in a call that the house made; rejects when that could not be committed. */
  readonly acknowledgeByCall: AcknowledgeByCall;
  /** What somebody hears who calls the number. */
  readonly callWords: () => CallWords;
  readonly log: Log;
}

const NOT_KEPT = 'That could not be saved. Press 1 once more, or open Slack now.';
const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Answers a request below /twilio/. */
export function createTwilioRoutes(doors: TwilioDoors): (request: IncomingMessage, response: ServerResponse) => void {
  const takers = new Map([
    ['/twilio/inbound', takeInbound],
    ['/twilio/status', takeReceipt],
    ['/twilio/voice', takeCall],
    ['/twilio/voice/ack', takeKey],
    ['/twilio/voice/status', takeCallReceipt],
  ]);
  return (request, response) => {
    const pathAndQuery = request.url ?? '/';
    const cut = pathAndQuery.indexOf('?');
    const path = cut === -1 ? pathAndQuery : pathAndQuery.slice(0, cut);
    const take = takers.get(path);
    if (take === undefined) return refuse(response, 404);
    if (request.method !== 'POST') return refuse(response, 405);
    readForm(request, (read) => {
      if (read.kind === 'broken') return response.destroy();
      if (read.kind === 'too_large') return refuseAndClose(request, response);
      if (!doors.verify(pathAndQuery, header(request, 'x-twilio-signature'), read.form)) {
        doors.log.warn('twilio_signature_refused', { status: '403' });
        return refuse(response, 403);
      }
      take(read.form, new URLSearchParams(cut === -1 ? '' : pathAndQuery.slice(cut + 1)), response);
    });
  };

  function takeInbound(form: Form, _query: URLSearchParams, response: ServerResponse): void {
    const message = parseInbound(form);
    if (message === null) return refuse(response, 400);
    commitThenAnswer(doors.receiveMessage(message), response);
  }

  function takeReceipt(form: Form, query: URLSearchParams, response: ServerResponse): void {
    const receipt = parseReceipt(form, query);
    if (receipt === null) return refuse(response, 400);
    commitThenAnswer(doors.recordReceipt(receipt), response);
  }

  function takeCallReceipt(form: Form, query: URLSearchParams, response: ServerResponse): void {
    const receipt = parseCallReceipt(form, query);
    if (receipt === null) return refuse(response, 400);
    commitThenAnswer(doors.recordReceipt(receipt), response);
  }

  /** "Acknowledged" is said only after the commit; a key that could not be kept is asked for once more by Twilio. */
  function takeKey(form: Form, query: URLSearchParams, response: ServerResponse): void {
    const press = parseKeyPress(form, query);
    if (press === null) return refuse(response, 400);
    doors.acknowledgeByCall(press).then(
      ({ words, asksAgain }) => answerXml(response, asksAgain ? askForKey(words, null) : endCall(words)),
      () => answerXml(response, askForKey(NOT_KEPT, null)),
    );
  }

  /** The log says that somebody called, and not who. */
  function takeCall(_form: Form, _query: URLSearchParams, response: ServerResponse): void {
    doors.log.info('call_answered');
    answerXml(response, answerCall(doors.callWords()));
  }

  function commitThenAnswer(committed: Promise<void>, response: ServerResponse): void {
    committed.then(
      () => answerXml(response, EMPTY_TWIML),
      () => refuse(response, 503),
    );
  }
}

function answerXml(response: ServerResponse, twiml: string): void {
  response.writeHead(200, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(twiml) });
  response.end(twiml);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 });
  response.end();
}

/** Too large to read on: answer, and let the connection go with whatever is still coming. */
function refuseAndClose(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(413, { 'content-length': 0, connection: 'close' });
  response.end(() => request.destroy());
}
