// What a caller hears, as TwiML: the program's words in both languages, twice, then the end of the call. Numbers are read
// digit by digit, because a voice says "nine hundred eighty-eight" otherwise.

/** The words, without markup. */
export interface CallWords {
  readonly en: string;
  readonly es: string;
}

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
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${said}</Response>`;
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
