// What Twilio will say while this house is down: `icehouse doctor` asks the fallback as Twilio does, and looks for the
// numbers that a student in danger needs. Reads only, within a time and a size; nobody's words or number are sent along.

import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { Finding } from '../../app/ports/finding.ts';

/** A fallback as the console names it. */
export interface Fallback {
  /** Whose it is, in words: "the service". */
  readonly whose: string;
  readonly kind: 'text' | 'call';
  readonly url: string | null;
  /** How Twilio asks it. */
  readonly method: string;
}

export interface FallbackSettings {
  readonly publicBaseUrl: string;
  readonly accountSid: string;
  /** Signs the question: a TwiML Bin answers nothing else. */
  readonly authToken: string;
}

/** Asks one address; `fetch`, unless a test has another. */
export type Ask = (url: string, init: RequestInit) => Promise<Response>;

/** Twilio waits fifteen seconds at most; whoever waits for the doctor should not. */
const TIMEOUT_MS = 8_000;
/** Twilio takes no TwiML that is longer. */
const LENGTH_LIMIT = 64 * 1024;
const NAMES = { text: 'fallback URL', call: 'voice fallback URL' } as const;
const VERBS = { text: /<Message\b/u, call: /<(?:Say|Play)\b/u } as const;
/** Also "9 8 8", as a voice is told, so that it does not say "nine hundred eighty-eight". */
const NUMBERS = [
  { number: '988', said: /(?<!\d)9[\s.-]?8[\s.-]?8(?!\d)/u },
  { number: '911', said: /(?<!\d)9[\s.-]?1[\s.-]?1(?!\d)/u },
] as const;
const GUIDE = 'docs/operations.md, The fallback';

/** Whether it is set, on another host, and whether it answers with 988 and 911. Never throws. */
export async function inspectFallback(fallback: Fallback, settings: FallbackSettings, ask: Ask): Promise<Finding[]> {
  const { whose, kind, url } = fallback;
  const isSet = isElsewhere(url, settings.publicBaseUrl);
  const set: Finding = {
    what: `the ${NAMES[kind]} of ${whose} is set, on another host`,
    ok: isSet,
    mend: `set one that is hosted elsewhere, so that a student in danger gets an answer while this house is down: ${GUIDE}`,
  };
  if (!isSet || url === null) return [set];
  const fault = await askFor(fallback, url, settings, ask);
  const what = `the ${NAMES[kind]} of ${whose} answers with 988 and 911`;
  return [set, { what, ok: fault === null, mend: fault === null ? '' : `${fault}: ${GUIDE}` }];
}

/** An address that can be asked, and not on the host that is down when it is needed. */
function isElsewhere(address: string | null, publicBaseUrl: string): boolean {
  if (address === null || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' && hostname !== new URL(publicBaseUrl).hostname;
}

/** What is wrong with its answer, in words for whoever mends it; null when it is well. */
async function askFor(fallback: Fallback, url: string, settings: FallbackSettings, ask: Ask): Promise<string | null> {
  try {
    const { address, init } = question(url, fallback.method, settings);
    const response = await ask(address, init);
    if (!response.ok) return `it answers ${response.status} to a ${fallback.method}`;
    if (!(response.headers.get('content-type') ?? '').includes('xml')) return 'its answer is not served as text/xml';
    return faultOf(fallback.kind, await startOf(response));
  } catch {
    return 'it does not answer';
  }
}

/** As Twilio asks: signed, and by the method of the console, which some static hosts refuse. */
function question(url: string, method: string, { accountSid, authToken }: FallbackSettings) {
  const address = new URL(url);
  address.hash = '';
  address.searchParams.set('AccountSid', accountSid);
  const signature = getExpectedTwilioSignature(authToken, address.href, {});
  const init: RequestInit = {
    method,
    headers: { 'x-twilio-signature': signature },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  return { address: address.href, init };
}

/** No more of a body than TwiML may have, however much is sent. */
async function startOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (response.body === null) return text;
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LENGTH_LIMIT) break;
  }
  return text;
}

function faultOf(kind: Fallback['kind'], twiml: string): string | null {
  if (!twiml.includes('<Response')) return 'its answer is not TwiML';
  if (!VERBS[kind].test(twiml))
    return kind === 'text' ? 'its answer has no <Message>' : 'its answer says nothing aloud';
  const missing = NUMBERS.filter(({ said }) => !said.test(twiml)).map(({ number }) => number);
  return missing.length === 0 ? null : `its answer does not say ${missing.join(' or ')}`;
}
