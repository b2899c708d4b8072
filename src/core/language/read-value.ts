// A reply that holds a value: a number, a day, an option, a phone number or an address, alone or with a second thought
// beside it. What is certain alone stays certain beside a question; beside a doubt it is asked back.

import type { AskedOption } from '../model/conversation.ts';
import { isCourteous } from './added-thought.ts';
import { isAside } from './aside.ts';
import { effectBehind, isClearlyAdded, type ValueKind } from './behind-value.ts';
import { clausesOf, correctionIn } from './clauses.ts';
import { readChangedNumber } from './count-change.ts';
import { toPlain, wordsOf } from './plain-reply.ts';
import { readAnswer } from './read-answer.ts';
import { readChoice } from './read-choice.ts';
import { readEmail, readPhone } from './read-contact.ts';
import { readDate } from './read-date.ts';
import { readNumber } from './read-number.ts';
import { reasonIn } from './reason.ts';
import { itemsOf, knownWords, type ReplyBook, type Role } from './reply-book.ts';
import { type Part, partsOf } from './reply-parts.ts';
import { halvesOf, isAsking, isNews } from './second-half.ts';

/** A reply, with what reading it needs; see understand.ts. */
interface Asked {
  readonly text: string;
  readonly language: 'en' | 'es';
  readonly options?: readonly AskedOption[];
  readonly today?: () => string;
}

interface Value {
  readonly band: 'accept' | 'confirm';
  readonly value: string | number;
}

/** A value, and the second half of a two-in-one as typed. */
interface ValueReading extends Value {
  readonly rest: string | null;
}

/** Longest reply that is cut into thoughts, in words; a longer one is a letter, and a person should read it. */
const MOST_WORDS = 60;

/** Longest reply whose second half is looked for behind a value, in characters. */
const LONGEST = 400;

/** "anything but online" names what is not meant. */
const ALL_BUT = /\b(?:any|anything|anytime|everything|all|todo|todos|cualquier\w*) (?:but|except|menos|excepto)\b/iu;

/** Reads a value and what else is said, or null when nobody could tell. */
export function readValue(book: ReplyBook, asked: Asked, kind: ValueKind): ValueReading | null {
  const isContact = kind === 'phone' || kind === 'email';
  if (!isContact && isAside(book, asked.text)) return null;
  if (!isContact && ALL_BUT.test(asked.text)) return readAfterAllBut(book, asked, kind);
  const reasoned = isContact ? null : readReasoned(book, asked, kind);
  if (reasoned?.isSure === true) return reasoned.found;
  const changed = kind === 'number' || kind === 'money' ? readChangedNumber(asked.text, kind === 'money') : null;
  if (changed !== null) return changed;
  const found = readThoughts(book, asked, kind);
  if (found !== null && isContact && isBare(asked.text)) return found;
  if (found !== null && found.rest !== null && isCourteous(found.rest)) return { ...found, rest: null };
  if ((found !== null && found.rest !== null) || asked.text.length > LONGEST) return found;
  return readBehind(book, asked, { kind, found }) ?? found ?? reasoned?.found ?? null;
}

/** "anything but a phone call. ok fine, email": what is named in a sentence of its own is likely. */
function readAfterAllBut(book: ReplyBook, asked: Asked, kind: ValueKind): ValueReading | null {
  const [, ...others] = asked.text.split(/[.!…\n]+\s*/u).filter((part) => part.trim() !== '');
  const text = others.join('. ').replace(/^(?:(?:ok|okay|fine|bueno|ya|lol|well|i guess|pues)[\s,]+)+/iu, '');
  if (text === '' || ALL_BUT.test(text) || ALL_BUT.test(asked.text.slice(asked.text.indexOf(text)))) return null;
  const value = readOne(book, { ...asked, text }, kind);
  return value === null ? null : { band: 'confirm', value: value.value, rest: null };
}

/** "july 3rd cuz on the 4th we have family over": what stands in a reason is no second value. */
function readReasoned(
  book: ReplyBook,
  asked: Asked,
  kind: ValueKind,
): { readonly found: ValueReading; readonly isSure: boolean } | null {
  const cut = asked.text.length > LONGEST ? null : reasonIn(asked.text);
  if (cut === null || !cut.isCertain || /[?¿]/.test(cut.reason) || correctionIn(cut.reason) !== null) return null;
  const value = readOne(book, { ...asked, text: cut.head }, kind);
  if (value === null) return null;
  const reason = cut.reason.replace(/^\S+\s+/u, '');
  const effect = effectBehind(book, reason, kind);
  if (effect === 'undone') return null;
  const isKept = isNews(book, { head: cut.head, rest: cut.reason, isMarked: true });
  const band = effect === 'none' ? value.band : 'confirm';
  return { found: { band, value: value.value, rest: isKept ? cut.reason : null }, isSure: value.band === 'accept' };
}

/** "but one is online": known words only, and still something else than the value. */
function isTurned(rest: string): boolean {
  return /^(?:but|pero|aunque)\s+\S+\s+\S+\s+\S/iu.test(rest);
}

interface Behind {
  readonly kind: ValueKind;
  readonly found: ValueReading | null;
}

/** "3 but i wanna drop one how do i do that": the value stands first, and what follows is for a person. */
function readBehind(book: ReplyBook, asked: Asked, { kind, found }: Behind): ValueReading | null {
  const isContact = kind === 'phone' || kind === 'email';
  for (const half of halvesOf(asked.text).toReversed()) {
    if (!isNews(book, half) && !(found === null && isTurned(half.rest))) continue;
    if (found?.band === 'accept' && !isContact && !isClearlyAdded(half)) continue;
    const value = readOne(book, { ...asked, text: half.head }, kind);
    if (value === null || (value.band !== 'accept' && found === null && !isContact)) continue;
    if (found !== null && found.value !== value.value) return null;
    const effect = effectBehind(book, half.rest, kind);
    if (effect === 'undone' || speaksOfAnother(book, { ...asked, text: half.rest }, { kind, value })) return null;
    const isSure =
      (found?.band === 'accept' && effect !== 'doubted') ||
      (effect === 'none' && !isContact && value.band === 'accept');
    return { band: isSure ? 'accept' : 'confirm', value: value.value, rest: half.rest };
  }
  return null;
}

/** "7 but 2 are labs" counts some of the seven. */
const A_PART = /^(?:but|pero|and|y)\s+\S+\s+(?:of (?:them|those)\s+|de ell[ao]s\s+)?(?:are|is|son|es)\b/iu;

/** Whether the second half names another value of the same kind; "one" and "una" hardly do. */
function speaksOfAnother(
  book: ReplyBook,
  asked: Asked,
  { kind, value }: { readonly kind: ValueKind; readonly value: Value },
): boolean {
  if (kind === 'choice') {
    const pieces = clausesOf(book, asked.text).map((part) => readOption(book, part.text, asked.options ?? []));
    return pieces.some((other) => other?.band === 'accept' && other.value !== value.value) && !isAsking(asked.text);
  }
  if (kind === 'phone' || kind === 'email') return false;
  if (kind === 'date') {
    const other = readOne(book, asked, kind);
    return other !== null && other.value !== value.value && !isAsking(asked.text);
  }
  return (
    /\d/.test(asked.text) &&
    !A_PART.test(asked.text) &&
    !isAsking(asked.text) &&
    !/\b(?:pages?|page|parts?|am|pm|days?|dias|pagina)\b/i.test(asked.text)
  );
}

/** Reads a value among the thoughts of a reply. */
function readThoughts(book: ReplyBook, asked: Asked, kind: ValueKind): ValueReading | null {
  const { text } = asked;
  const read = (part: string): Value | null => readOne(book, { ...asked, text: part }, kind);
  const whole = read(text);
  if (wordsOf(text).length > MOST_WORDS) return whole && { ...whole, rest: null };
  const isContact = kind === 'phone' || kind === 'email';
  if (whole?.band === 'accept' && (!isContact || isBare(text))) return { ...whole, rest: null };
  const found =
    beside(book, partsOf(book, text), { read, kind }) ?? beside(book, clausesOf(book, text), { read, kind });
  if (found !== null && whole?.band === 'accept')
    return found.value === whole.value ? { ...found, band: 'accept' } : null;
  if (found?.band === 'accept' && (whole === null || whole.value === found.value)) return found;
  if (whole?.band === 'accept') return { ...whole, rest: null };
  const corrected = readCorrection(text, read);
  if (corrected !== null) return corrected;
  if (found !== null && (whole === null || whole.value === found.value)) return found;
  return whole === null ? null : { ...whole, rest: null };
}

/** Whether a number or an address has hardly a word beside it. */
function isBare(text: string): boolean {
  return text.split(/\s+/).filter((word) => /^\p{L}[^\d@]*$/u.test(word)).length <= 2;
}

/** "5 wait no 6": what was said last is likely. */
function readCorrection(text: string, read: (text: string) => Value | null): ValueReading | null {
  const taken = correctionIn(text);
  const value = taken === null ? null : read(taken.after);
  if (taken === null || value === null) return null;
  return { ...value, band: taken.before === '' ? value.band : 'confirm', rest: null };
}

interface Way {
  readonly read: (text: string) => Value | null;
  readonly kind: ValueKind;
}

/** The one value among several thoughts; what else is said is the rest. */
function beside(book: ReplyBook, parts: readonly Part[], { read, kind }: Way): ValueReading | null {
  if (parts.length < 2) return null;
  const values = parts.map((part) => (part.asks ? null : read(part.text)));
  const at = values.findIndex((value) => value !== null);
  const value = values[at];
  if (value === undefined || value === null) return null;
  if (values.some((other) => other !== null && other.value !== value.value)) return null;
  const others = parts
    .filter((_, index) => values[index] === null)
    .map((part) => ({ ...part, effect: effectOf(book, part, kind) }));
  const effects = others.map(({ effect }) => effect);
  if (effects.includes('undone')) return null;
  const kept = others
    .filter((part) => part.asks || !(isCourtesy(book, part.text) || isMereDoubt(part)))
    .map((part) => part.text);
  const band = effects.includes('doubted') ? 'confirm' : value.band;
  return { band, value: value.value, rest: kept.length === 0 ? null : kept.join(' ') };
}

const TAKES_BACK = /^(?:jk|no|wait|espera|actually|or|o|nvm|mejor|perdon|scratch|neither|sorry)\b/;
const DOUBTING: ReadonlySet<Role | null> = new Set([
  'hedge',
  'leans_yes',
  'leans_no',
  'doubt',
  'negation',
  'no',
  'not_yet',
]);
const MORE_OR_LESS = /\b(?:pico|algo|change|something|between|entre|or|not|no|dont|cant)\b/;

/** What a second thought does to the value: nothing, makes it a guess, or takes it back. */
function effectOf(book: ReplyBook, { text, asks }: Part, kind: ValueKind): 'none' | 'doubted' | 'undone' {
  if (asks) return 'none';
  const plain = toPlain(text);
  if (kind === 'phone' || kind === 'email') return 'none';
  if (TAKES_BACK.test(plain)) return 'undone';
  if (kind !== 'choice' && /\d/.test(plain)) return 'undone';
  const isDoubted =
    MORE_OR_LESS.test(plain) || itemsOf(book, knownWords(book, text)).some(({ role }) => DOUBTING.has(role));
  return isDoubted ? 'doubted' : 'none';
}

/** "but not sure": it makes the value a guess, and a person learns nothing more from it. */
function isMereDoubt({ effect, text }: { readonly effect: string; readonly text: string }): boolean {
  return effect === 'doubted' && text.split(/\s+/).length <= 3;
}

function isCourtesy(book: ReplyBook, text: string): boolean {
  return knownWords(book, text).every((word) =>
    ['polite', 'small', 'yes', 'goodwill'].includes(book.phrases.get(word) ?? ''),
  );
}

function readOne(book: ReplyBook, { text, options, today, language }: Asked, kind: ValueKind): Value | null {
  if (kind === 'number' || kind === 'money') return readNumber(text, kind === 'money');
  if (kind === 'phone') return readPhone(text);
  if (kind === 'email') return readEmail(text);
  if (kind === 'choice') return readOption(book, text, options ?? []);
  const day = today === undefined ? null : readDate(text, today(), language);
  return day && { band: day.band, value: day.date };
}

function readOption(book: ReplyBook, text: string, options: readonly AskedOption[]): Value | null {
  const named = readChoice(text, options, book.alike);
  if (named?.band === 'accept') return named;
  const said = byFamily(book, text, options);
  return said?.band === 'accept' ? said : (named ?? said);
}

/** Longest reply that is a plain yes or no to such options, in words. */
const LONGEST_YES = 20;

/** Options that are a yes and a no take every yes and no. */
function byFamily(book: ReplyBook, text: string, options: readonly AskedOption[]): Value | null {
  if (wordsOf(text).length > LONGEST_YES) return null;
  const said = readAnswer(book, text, true);
  if (said.family === null || said.band === 'unclear') return null;
  // "en la tardecita" is a later hour, and "Mañana" as an option is one too: they are not the same.
  const isTime = (label: string): boolean =>
    said.family === 'later' && !itemsOf(book, knownWords(book, label)).some(({ role }) => role === 'later');
  const same = options.filter(({ label }) => readAnswer(book, label, true).family === said.family && !isTime(label));
  const [only] = same;
  return only === undefined || same.length > 1 || said.rest !== null ? null : { band: said.band, value: only.value };
}
