// What a caller hears, as TwiML: the program's words in both languages, twice, then the end of the call. Numbers are read
// digit by digit, because a voice says "nine hundred eighty-eight" otherwise. A call to a counselor waits for a key.

/** The words, without markup. */
export interface CallWords {
  readonly en: string;
  readonly es: string;
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const TIMES = 2;
/** Digits of a number that is dialled, with what people put between them. */
const DIALLED = /\(?\d{3}\)?(?:[-.\s]?\d{3,4})*/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** The answer to a call. */
export function answerCall({ en, es }: CallWords): string {
  const once = `<Say language="en-US">${spoken(en)}</Say><Say language="es-MX">${spoken(es)}</Say>`;
  const said = Array.from({ length: TIMES }, () => once).join('<Pause length="1"/>');
  return `${XML}<Response>${said}</Response>`;
}

const KEY_TIMES = 3;
const KEY_SECONDS = 6;

/**
 * What a counselor hears who is phoned: the words, again and again, while one key is waited for. It goes to `action`;
 * null: to the address that answers with this.
 */
export function askForKey(words: string, action: string | null): string {
  const to = action === null ? '' : ` action="${escapeXml(action)}"`;
  const gather =
    `<Gather input="dtmf" numDigits="1" timeout="${KEY_SECONDS}" method="POST"${to}>` +
    `<Say language="en-US">${spoken(words)}</Say></Gather>`;
  return `${XML}<Response>${gather.repeat(KEY_TIMES)}</Response>`;
}

/** The last words of a call. */
export function endCall(words: string): string {
  return `${XML}<Response><Say language="en-US">${spoken(words)}</Say><Hangup/></Response>`;
}

function spoken(text: string): string {
  return escapeXml(text.replace(DIALLED, digitByDigit));
}

function digitByDigit(number: string): string {
  return (number.match(/\d+/gu) ?? []).map((part) => [...part].join(' ')).join(', ');
}

/** Letters that XML may not hold at all are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/gu, (letter) => ESCAPES[letter] ?? letter);
}
