// A number that was another one before: "was 5 but i dropped one", "its 1450 but it was 900 last week", "had 3, now 2".
// What is so now is likely, and asked back; nothing of this is ever taken at once.

import { NUMBER_WORDS } from './number-words.ts';
import { toPlain } from './plain-reply.ts';
import { readNumber } from './read-number.ts';

/** The number that holds now, with what else the reply says (as typed). */
export interface ChangedNumber {
  readonly band: 'confirm';
  readonly value: number;
  readonly rest: string | null;
}

const CUT =
  /\s*[,;!…]\s+|(?<=[a-z\d])\.+\s+|\n+|\s+(?=(?:but|pero|now|ahora|then|aunque|and now|y ahora|and it was|y era|up from|down from|instead of|en vez de|why|por qu[eé]|how come|is that|is it|qu[eé] pas[oó])\b)/iu;
const BEFORE =
  /\b(?:was|were|used to|had|started (?:with|w|at|out)|originally|before|last (?:week|month|year|time|semester)|up from|down from|instead of|era|eran|estaba|estaban|tenia|empece con|antes|en vez de|la semana pasada|el mes pasado|el ano pasado)\b/;
const NOW = /\b(?:now|ahora|its|it is|i have|im at|went (?:up|down) to|subio a|bajo a|ya son|ya solo|quedan?)\b/;
/** Past changes only: who wants to drop one still has all. */
const LESS =
  /\b(?:dropped|lost|quit|cancell?ed|gave up|deje|quite|perdi|cancele|di de baja|me sali de|me quitaron|they (?:took|cut))\b/;
const MORE = /\b(?:added|picked up|got (?:one|two|another)|agregue|meti|sume|anadi|me dieron|they added)\b/;
const ONE = /\b(?:one|another|a (?:class|course|lab)|una|uno|otra|otro)\b/;

/** Longest reply that is looked at (characters). */
const LONGEST = 200;

/** The number that holds now, or null when the reply speaks of no change. Nothing is added up where money was asked for. */
export function readChangedNumber(text: string, isMoney = false): ChangedNumber | null {
  const plain = toPlain(text);
  if (text.length > LONGEST || !/\d|[a-z]/.test(plain)) return null;
  if (!BEFORE.test(plain) && !LESS.test(plain) && !MORE.test(plain)) return null;
  const pieces = text.split(CUT).filter((piece) => piece.trim() !== '');
  if (pieces.length < 2) return null;
  return (isMoney ? null : readArithmetic(pieces)) ?? readHistory(pieces);
}

/** "was 5 but i dropped one": four are left. */
function readArithmetic(pieces: readonly string[]): ChangedNumber | null {
  const [first = '', second = '', ...others] = pieces;
  const plain = toPlain(second);
  const isLess = LESS.test(plain);
  if (isLess === MORE.test(plain) || /\b(?:not|never|no|didnt|if|si)\b/.test(plain)) return null;
  const from = readNumber(first) ?? onlyFigure(first);
  const by = onlyFigure(second) ?? (ONE.test(plain) ? { value: 1 } : null);
  if (from === null || by === null || by.value >= from.value) return null;
  const value = isLess ? from.value - by.value : from.value + by.value;
  return { band: 'confirm', value, rest: others.length === 0 ? null : others.join(' ') };
}

/** "its 1450 but it was 900 last week, why": the one that is not told of the past. */
function readHistory(pieces: readonly string[]): ChangedNumber | null {
  const told = pieces.map((piece) => {
    const plain = toPlain(piece);
    const figure = onlyFigure(piece);
    return { piece, figure, isPast: figure !== null && BEFORE.test(plain) && !/^(?:now|ahora)\b/.test(plain) };
  });
  const present = told.filter(({ figure, isPast }) => figure !== null && !isPast);
  const [now] = present;
  if (now === undefined || now.figure === null || !told.some(({ isPast }) => isPast)) return null;
  if (present.length > 1) return null;
  const at = told.indexOf(now);
  const isSaid = at > 0 ? NOW.test(toPlain(now.piece)) : true;
  if (!isSaid) return null;
  const rest = pieces
    .slice(at + 1)
    .join(' ')
    .trim();
  return { band: 'confirm', value: now.figure.value, rest: rest === '' ? null : rest };
}

/** The one figure or number word in a piece, whatever else it says. */
function onlyFigure(piece: string): { readonly value: number } | null {
  const words = toPlain(piece).match(/\$?\d[\d,]*(?:\.\d+)?k?|[a-z]+/g) ?? [];
  const figures = words.flatMap((word) => {
    const spoken = word === 'one' || word === 'una' || word === 'uno' ? undefined : NUMBER_WORDS[word];
    return /\d/.test(word) ? (readNumber(word)?.value ?? []) : (spoken ?? []);
  });
  const [only, ...more] = figures;
  return only === undefined || more.length > 0 ? null : { value: only };
}
