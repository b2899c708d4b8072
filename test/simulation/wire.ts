// The wire between the house and its vendors, without sockets: the real clients speak, the local vendors answer, and the
// simulation may hold a request or an answer back on the simulated clock. Everything that leaves is seen here first.

import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { VendorAnswer, VendorRequest } from '../../src/rehearsal/wire/exchange.ts';
import { createInProcessFetch } from '../../src/rehearsal/wire/in-process-fetch.ts';
import type { Life } from './life.ts';

/** How long a request and its answer travel, in simulated milliseconds; 0 is at once. */
export interface Delays {
  readonly requestMs: number;
  readonly answerMs: number;
}

export interface Wire {
  /** A request leaves the house at this moment. */
  readonly onLeave: (vendor: 'twilio' | 'slack', request: VendorRequest) => void;
  readonly ask: (vendor: 'twilio' | 'slack', request: VendorRequest) => VendorAnswer;
  readonly delays: (vendor: 'twilio' | 'slack') => Delays;
  /** Whether a request on its way arrives although its process died. */
  readonly arrivesAnyway: () => boolean;
  /** Gives what calls it off. */
  readonly after: (ms: number, name: string, run: () => void) => () => void;
}

/** The clients give up after so long. */
const TIME_LIMIT_MS = 10_000;

type Answered = Extract<VendorAnswer, { kind: 'reply' }>;

/** Carries one request. Throws the error of a time limit or a cut connection. */
function carry(wire: Wire, life: Life, vendor: 'twilio' | 'slack', request: VendorRequest): Promise<Answered> {
  return life.move(() => carryThere(wire, life, vendor, request));
}

async function carryThere(wire: Wire, life: Life, vendor: 'twilio' | 'slack', request: VendorRequest) {
  wire.onLeave(vendor, request);
  const { requestMs, answerMs } = wire.delays(vendor);
  const pause = (ms: number, name: string, before: () => void = () => {}) =>
    life.wait(
      new Promise((resolve) => {
        wire.after(ms, `${vendor} ${name}`, () => {
          before();
          resolve();
        });
      }),
    );
  let answer: VendorAnswer | null = null;
  const arrive = () => {
    if (!life.isOver || wire.arrivesAnyway()) answer = wire.ask(vendor, request);
  };
  if (requestMs > 0) await pause(requestMs, 'request', arrive);
  else arrive();
  const given = read(answer);
  if (given.kind === 'hang') {
    await pause(TIME_LIMIT_MS - requestMs, 'hangs');
    throw timeLimit();
  }
  if (answerMs > 0) await pause(answerMs, 'answer');
  if (given.kind === 'reset') throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' });
  return given;
}

// The answer is given inside a callback, which the compiler does not follow.
function read(answer: VendorAnswer | null): VendorAnswer {
  return answer ?? { kind: 'reset' };
}

function timeLimit(): Error {
  return Object.assign(new Error('no answer in time'), { name: 'TimeoutError', code: 'ECONNABORTED' });
}

/** The HTTP client that the real twilio client is given. */
export class WiredTwilioClient extends twilio.RequestClient {
  readonly #wire: Wire;
  readonly #life: Life;

  constructor(wire: Wire, life: Life) {
    super();
    this.#wire = wire;
    this.#life = life;
  }

  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const url = new URL(options.uri);
    for (const [name, value] of toPairs(options.params)) url.searchParams.append(name, value);
    const credentials = Buffer.from(`${options.username}:${options.password}`).toString('base64');
    const answer = await carry(this.#wire, this.#life, 'twilio', {
      method: options.method.toUpperCase(),
      path: url.pathname,
      query: url.searchParams,
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams(toPairs(options.data)).toString(),
    });
    return { statusCode: answer.status, body: toBody<T>(answer.body), headers: answer.headers };
  }
}

/** The fetch that the real Slack client is given. */
export function createSlackFetch(wire: Wire, life: Life): ReturnType<typeof createInProcessFetch> {
  return async (input, init) => {
    let request: VendorRequest | null = null;
    const readOnly = createInProcessFetch('http://slack.example', (seen) => {
      request = seen;
      return { kind: 'reply', status: 200, headers: {}, body: '' };
    });
    await readOnly(input, init);
    if (request === null) throw new Error('the request could not be read');
    const answer = await carry(wire, life, 'slack', request);
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}

function toPairs(values: unknown): [string, string][] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : [value].flat().map((item): [string, string] => [name, String(item)]),
  );
}

// The client parses a body that is text, and its own type says that there is none.
function toBody<T>(text: string): T {
  return text as T;
}
