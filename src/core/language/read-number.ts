// One number out of a reply: "24", "$430", "about 1,200", "twenty four", "veinticuatro". Two different numbers, a date,
// a phone number or words that nobody expected around it: nothing is read.

import { AROUND_NUMBER, MULTIPLIERS, NUMBER_WORDS } from './number-words.ts';
import { toPlain, withoutEmoji } from './plain-reply.ts';
import { findSlip } from './typo.ts';

const TOKEN = /\$?\s?\d[\d,]*(?:\.\d+)?k?|:[a-z]+|[a-z]+|\S/g;
const FIGURE = /^\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?(k?)$/;
/** More digits than this are an account or a phone number. */
const MOST_DIGITS = 7;

/** A number and whether it is certain; what is not is asked back. */
export interface NumberReading {
  readonly band: 'accept' | 'confirm';
  readonly value: number;
}

/** Words that make a number a guess. */
const GUESSED =
  /\b(?:idk|dunno|not sure|no se|maybe|probably|prob|quiza|quizas|tal vez|talvez|a lo mejor|at least|at most|more than|less than|over|under|up to|almost|nearly|mas de|menos de|al menos|por lo menos|casi|or so|ish|i guess|guess|supongo)\b/g;
/** Two numbers are meant, another thing is numbered, or the number is taken back. */
const NO_NUMBER =
  /\b(?:or|between|entre|not|dont|neither|call|text|am|pm|street|st|ave|apt|room|percent|o|and a half)\b|\d[\dk]* to \$?\d|\d\s*[-/:]\s*\d|%|\b(?:no|ni)\b|\d(?!hrs?\b|k\b|ish\b|mins?\b|yrs?\b|days?\b|units?\b|cr\b)[a-z]/;
const LOOSE_WORDS: Readonly<Record<string, number>> = {
  couple: 2,
  par: 2,
  dozen: 12,
  docena: 12,
  none: 0,
  nothing: 0,
  ninguno: 0,
  ninguna: 0,
};
const MOST_UNKNOWN = 8;
/** With one of these a figure is a guess, even when every word is known. */
const ROUGHLY =
  /\b(?:mas de|menos de|mas o menos|more than|less than|over|under|at least|at most|creo|think|supongo|guess|or so|o asi)\b|\dish\b|\?/;

/** Counted in another measure than most questions ask: it may be the answer to another one, and is asked back. */
const ANOTHER_MEASURE =
  /\b(?:units?|credits?|unidades|creditos|mins?|minutes?|minutos|miles|millas|pages?|paginas|percent)\b/;

/** Replies that mean a number without naming one. */
const NAMED_FIGURES: readonly { readonly pattern: RegExp; readonly value: number }[] = [
  {
    pattern:
      /^(?:its |it was |es |fue |todo )?(?:free|gratis|nada|nothing|none|zilch)(?: (?:at all|lol|yet|todavia|of them|de nada|they covered it))*$/,
    value: 0,
  },
  {
    pattern:
      /^(?:(?:i|we|yo|pues) )*(?:dont|do not|no) (?:have|owe|got|tengo|tenemos|debo|debemos)(?: (?:any|anything|none|nada|ninguno|ninguna|one|money|kids|siblings))+(?: lol)?$|^(?:no|zero) (?:cost|balance|siblings|kids|money|classes)$/,
    value: 0,
  },
  { pattern: /^(?:its )?(?:just|only|solo|nomas|nada mas|solamente) (?:me|myself|yo|the one)$/, value: 1 },
  {
    pattern:
      /^(?:(?:solo|nomas|nada mas|solamente|tengo|es|son|pues|llevo|tomo) ){0,3}(?:una?|uno)(?: (?:sola|solo|clase|materia|nada mas|nomas|solamente|por ahora|gracias|jaja)){0,3}$/,
    value: 1,
  },
];

/** Words that leave nothing over; without one of them what was paid may be a part. */
const ALL_OF_IT = /\b(?:nothing|nada|anything|zero|all|todo|off|full|owe|debo|debemos)\b/;
/** "already paid it", "ya no debo nada": nothing is owed. Only where money was asked for. */
const NOTHING_OWED =
  /^(?:(?:nothing|nada|none|zero|no|ya|its|it is|we|i|im|all|yo|pues|si|yes|lol|oh|0|\$0|cero|todo|esta|already|alr|just|everything) )*(?:(?:paid|pagado|pague|pagamos|pagaron|cubierto|covered|liquidado)(?: (?:it|all|off|of|in|full|already|everything|todo|todito|ya|lo|completo|for|up|now|by|my|fafsa|grant|beca|ayer|yesterday|lol|la|con|mi|last|week)){0,6}|(?:dont|do not|no) (?:owe|debo|debemos|le debo|les debo|le debemos)(?: (?:nothing|anything|any|nada|money|it|them|no|more|anymore|ya|a|la|escuela|nadie|the|school|lol)){0,5}|(?:no|zero|sin) (?:balance|saldo|deuda)(?: (?:left|due|ya)){0,2})$/;

/** The number in a reply, or null when there is none or nobody could tell which. Never negative. */
export function readNumber(text: string, isMoney = false): NumberReading | null {
  // A height is no number.
  if (/\d['’]\d/.test(text)) return null;
  const plain = tidy(text);
  const isNothingOwed = isMoney && NOTHING_OWED.test(plain.replace(/,/g, ''));
  if (isNothingOwed) return { band: ALL_OF_IT.test(plain) ? 'accept' : 'confirm', value: 0 };
  const certain = readTokens(plain.match(TOKEN) ?? []);
  if (certain !== null) {
    const isLoose = ROUGHLY.test(plain) || (!isMoney && ANOTHER_MEASURE.test(plain));
    return { band: isLoose ? 'confirm' : 'accept', value: certain };
  }
  const named = NAMED_FIGURES.find(({ pattern }) => pattern.test(plain));
  if (named !== undefined) return { band: 'confirm', value: named.value };
  const guess = plain.replace(GUESSED, ' ').replace(/(\d)ish\b/g, '$1');
  const value = readTokens(guess.replace(/[?]+/g, ' ').match(TOKEN) ?? []) ?? readLoosely(guess) ?? readRepeated(plain);
  return value === null ? null : { band: 'confirm', value };
}

const TIMES: Readonly<Record<string, number>> = { k: 1000, mil: 1000, thousand: 1000, grand: 1000, hundred: 100 };

function tidy(text: string): string {
  return withoutEmoji(toPlain(text))
    .trim()
    .replace(/([a-z])-([a-z])/g, '$1 $2')
    .replace(/\bi am\b/g, 'im')
    .replace(/[!.,]+(?=\s|$)/g, ' ')
    .replace(/(\d)\$/g, '$1 ')
    .replace(/\b(?:a|one) (?:grand|thousand)\b/g, '1000')
    .replace(/\b([a-z]{3,})(?: and a half| y medi[oa])\b/g, (said, word: string) => spelt(word, '.5 ish') ?? said)
    .replace(/\b([a-z]{3,}?)-?ish\b/g, (said, word: string) => spelt(word, 'ish') ?? said)
    .replace(/\bhalf a dozen\b|\bmedia docena\b/g, '6 ish')
    .replace(/\b(\d{1,3}) (?:and a half|1\/2|y medi[oa])\b/g, '$1.5 ish')
    .replace(/^\$?(\d{1,2}) (?:cents|centavos)$/g, (_, cents: string) => `${Number(cents) / 100}ish`)
    .replace(/[()"“”]/g, ' ')
    .replace(/\bveinti (?=[a-z])/g, 'veinti')
    .replace(/\bdie[zs] y (seis|siete|ocho|nueve)\b/g, 'dieci$1')
    .replace(/(\d(?:[\d.]*\d)?) ?(mil|thousand|grand|hundred)\b(?: (?:and |y |con )?(\d{1,3})\b)?/g, multiplied);
}

/** A number word with something more than it says: "cinco y media"; null when it is none. */
function spelt(word: string, more: string): string | null {
  const value = NUMBER_WORDS[word];
  return value === undefined ? null : `${value}${more}`;
}

function multiplied(_: string, count: string, times: string, more: string | undefined): string {
  return String(Number(count) * (TIMES[times] ?? 1) + Number(more ?? 0));
}

/** One number when every word around it is known. */
function readTokens(tokens: readonly string[]): number | null {
  const numbers: number[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? '';
    const spoken = readSpoken(tokens, at);
    const figure = readFigure(token);
    if (spoken !== null) {
      numbers.push(spoken.value);
      at += spoken.words;
    } else if (figure !== null) {
      numbers.push(figure);
      at += 1;
    } else if (AROUND_NUMBER.has(token) || token === '~') at += 1;
    else return null;
  }
  const [only] = new Set(numbers);
  return new Set(numbers).size === 1 && only !== undefined ? only : null;
}

/** The one number among words that nobody knows; also "a couple", "four fifty", and a slip in a number word. */
function readLoosely(plain: string): number | null {
  if (NO_NUMBER.test(plain) || /\d{8,}|\d\.\d{3}\.|^\s*-/.test(plain)) return null;
  const tokens = (plain.match(TOKEN) ?? []).map(mended);
  const numbers: number[] = [];
  let unknown = 0;
  for (let at = 0; at < tokens.length; ) {
    const spoken = readSpoken(tokens, at);
    const figure = readFigure(tokens[at] ?? '') ?? LOOSE_WORDS[tokens[at] ?? ''] ?? null;
    if (spoken !== null) numbers.push(spoken.value);
    else if (figure !== null) numbers.push(figure);
    else if (/\d/.test(tokens[at] ?? '')) return null;
    else if (!AROUND_NUMBER.has(tokens[at] ?? '')) unknown += 1;
    at += spoken?.words ?? 1;
  }
  if (unknown > MOST_UNKNOWN) return null;
  const [first = 0, second = 0] = numbers;
  const isTogether = numbers.length === 2 && areBeside(tokens);
  if (isTogether && first > 0 && first < 20 && second >= 10 && second < 100) return first * 100 + second;
  return new Set(numbers).size === 1 ? first : null;
}

/** "3 i think no yea 3": the number that was come back to. */
function readRepeated(plain: string): number | null {
  const tokens = plain.match(TOKEN) ?? [];
  if (tokens.length > 12 || /\b(?:or|o|between|entre|not|except)\b/.test(plain)) return null;
  const numbers = tokens.flatMap((token) => readFigure(token) ?? NUMBER_WORDS[token] ?? []);
  const [first] = numbers;
  return numbers.length > 1 && first !== undefined && new Set(numbers).size === 1 && numbers.at(-1) === first
    ? first
    : null;
}

/** "four fifty": two numbers with nothing between them. */
function areBeside(tokens: readonly string[]): boolean {
  const at = tokens.flatMap((token, index) => (isNumber(token) ? [index] : []));
  return at.at(-1) === (at[0] ?? 0) + at.length - 1;
}

function isNumber(token: string): boolean {
  return readFigure(token) !== null || NUMBER_WORDS[token] !== undefined;
}

const LONG_NUMBER_WORDS = Object.keys(NUMBER_WORDS).filter((word) => word.length > 4);

function mended(token: string): string {
  return /^[a-z]{5,}$/.test(token) && !AROUND_NUMBER.has(token) ? (findSlip(token, LONG_NUMBER_WORDS) ?? token) : token;
}

function readFigure(token: string): number | null {
  const match = FIGURE.exec(token);
  if (match === null) return null;
  const digits = (match[1] ?? '').replaceAll(',', '');
  if (digits.length > MOST_DIGITS) return null;
  const value = Number(digits + (match[2] ?? ''));
  return match[3] === 'k' ? value * 1000 : value;
}

function readSpoken(tokens: readonly string[], from: number): { value: number; words: number } | null {
  let total = 0;
  let current: number | null = null;
  let last = Number.POSITIVE_INFINITY;
  let at = from;
  for (; at < tokens.length; at += 1) {
    const word = tokens[at] ?? '';
    const value = NUMBER_WORDS[word];
    const multiplier = MULTIPLIERS[word];
    if (value !== undefined && (current === null || fitsAfter(last, value))) {
      current = (current ?? 0) + value;
      last = value;
    } else if (multiplier !== undefined) {
      const product: number = (current ?? 1) * multiplier;
      total = multiplier === 1000 ? total + product : total;
      current = multiplier === 1000 ? 0 : product;
      last = multiplier;
    } else if (
      !((word === 'and' || word === 'y') && current !== null && NUMBER_WORDS[tokens[at + 1] ?? ''] !== undefined)
    ) {
      break;
    }
  }
  return current === null ? null : { value: total + current, words: at - from };
}

/** "twenty four" and "doscientos diez" belong together; "two three" does not. */
function fitsAfter(last: number, value: number): boolean {
  if (last >= 1000) return true;
  return last >= 100 ? value < 100 : last >= 20 && last % 10 === 0 && value < 10;
}
