// What a reply means, as a family of answers, how sure that is, and what else it says. An answer stays one when something
// follows it; what a person must read of that is kept as the rest. Fillers and "who is this" answer nothing.

import { asksFor, isCourteous, isOwnSlip, putsOff } from './added-thought.ts';
import { isAside } from './aside.ts';
import { isLateAnswer, readExplained, readThinking } from './explained.ts';
import { toPlain } from './plain-reply.ts';
import { type FamilyReading, readAnswer } from './read-answer.ts';
import type { ReplyBook } from './reply-book.ts';
import type { Family } from './reply-words.ts';
import {
  effectOn,
  type Halves,
  halvesOf,
  isAsking,
  isAskingOutright,
  isNews,
  isOfOthers,
  repeats,
} from './second-half.ts';
import { wrynessOf } from './wry.ts';

/** Longest reply that is cut in two, in characters. */
const LONGEST = 400;
/** Heads that are read at most; each costs as much as a reply. */
const MOST_HEADS = 8;

/** Reads the family of a reply. `asksYesNo`: it answers a yes/no question, where "i will" is a yes. */
export function readFamily(book: ReplyBook, text: string, asksYesNo = false): FamilyReading {
  if (isAside(book, text) || isSmallTalk(text)) return { band: 'unclear', family: null, rest: null };
  const found =
    readLate(book, text, asksYesNo) ?? readOfOthers(book, text, asksYesNo) ?? readAround(book, text, asksYesNo);
  if (found.family === 'yes' && DECLINES.test(text)) return { ...found, band: 'confirm', family: 'no' };
  const rest = found.rest === null || isCourteous(found.rest) ? null : found.rest;
  const isWry =
    found.band === 'accept' && rest === null && (found.family === 'yes' || found.family === 'done') && WRY.test(text);
  const wryness = found.family === 'yes' || found.family === 'done' ? wrynessOf(text) : 'none';
  if (wryness === 'certain') return { band: 'unclear', family: null, rest: null };
  const isJoke = found.band === 'accept' && wryness === 'likely';
  // Rolled eyes say that it is meant the other way round.
  if (
    !asksYesNo &&
    rest === null &&
    found.family !== null &&
    MEANT_WRY.has(found.family) &&
    text.includes('\u{1F644}')
  ) {
    return { band: 'unclear', family: null, rest: null };
  }
  return { ...found, band: isWry || isJoke ? 'confirm' : found.band, rest };
}

/** "no thx i already have one" is a no, whatever follows. */
const DECLINES = /^\s*(?:no+|nah+|nope),? (?:thx|thanks|thank (?:you|u)|ty|gracias)\b/iu;
/** Short answers that may be meant the other way round. */
const WRY = /^(?=.{0,30}$).*(?:\u{1F644}|\bsu{2,}re\b|\byea+h?,? yea+h?\b)/iu;

const MEANT_WRY: ReadonlySet<Family> = new Set(['yes', 'done']);

/** "oops forgot. done now": what was forgotten is an apology, and the answer follows it. */
const FORGOT =
  /^\s*(?:(?:oh|oops|ups|ay|uy|omg|sorry|sry|my bad|perd[oó]n|lol|shoot|dang|i|yo|totally|completely|se me)[\s,!.]+)*(?:forgot|hab[ií]a olvidado|olvid[oó]|pas[oó])(?: (?:about it|to (?:text|tell|reply)(?: (?:u|you))?|to (?:text|reply) back|decirte|avisar|contestar))?(?:[,.!]+|\s+but|\s+pero)+\s*/iu;

function readLate(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading | null {
  const forgot = FORGOT.exec(text);
  if (forgot === null || text.length > LONGEST) return null;
  const read = readTwo(book, text.slice(forgot[0].length), asksYesNo);
  return read.family === 'done' && read.band === 'accept' ? read : null;
}

/** What is told around an answer is looked at only when nobody could read the whole: reasons, guesses, doubts. */
function readAround(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading {
  const whole = readTwo(book, text, asksYesNo);
  const read = (part: string): FamilyReading => readTwo(book, part, asksYesNo);
  if (text.length > LONGEST) return whole;
  if (whole.family !== 'stuck' && whole.family !== 'talk') {
    const thinking = readThinking(text, read);
    if (thinking !== null) return thinking;
  }
  const isLost = whole.family === null || whole.band === 'unclear' || whole.family === 'question';
  if (!isLost && !(whole.band === 'confirm' && isLateAnswer(text))) return whole;
  return readExplained(book, text, read) ?? whole;
}

/** "yes but she hasnt answered me in 2 weeks can i get someone else": the yes is the mentee's, the "not" is not. */
const OWN_WORD =
  /^\s*(?<word>yes+|yea+h?|yep|yup|s[ií]+|no+|nope|nah)(?: (?:lol|i do|i did|i have|ya))?[,.!…\s]+(?<about>(?:but|pero|although|aunque) (?:she|he|they|it|my mentor|mi mentora?|ella|el|[eé]l|ellos|nobody|no one|nadie)\b(?! (?:says?|said|told|thinks?|wants?|doesn|don|dice|dijo|quiere|wont|won't)).*)$/isu;

function readOfOthers(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading | null {
  const { word = '', about = '' } = OWN_WORD.exec(text)?.groups ?? {};
  if (!asksYesNo || about === '' || text.length > LONGEST) return null;
  if (!isOfOthers(about) || LEFT_OPEN.test(toPlain(about))) return null;
  const { family, band } = readTwo(book, word, true);
  return band === 'accept' && (family === 'yes' || family === 'no')
    ? { band, family, rest: restOf(text, about) }
    : null;
}

const LEFT_OPEN =
  /\b(?:if|unless|maybe|might|depends|depende|si me|a menos|quiza|quizas|tal vez|not sure|idk|no se|wait|jk|actually no|let me)\b/;

function restOf(text: string, about: string): string {
  return text.slice(text.length - about.length).trim();
}

/** Asking us how we are, or what we saw: nothing about what was asked. */
const SMALL_TALK =
  /^\s*(?:(?:hey+|hi|hello|yo|lol|oye|hola|so|wait|omg)[\s,!]+)*(?:(?:did|do) (?:u|you|y'?all|ya)(?: guys)? (?:(?:see|watch|hear)(?! (?:my|if|that|it)\b)|get my (?:e?mail|text|msg|message|call|voicemail))\b|have (?:u|you|y'?all)(?: guys)? (?:seen|heard|watched|eaten)\b|(?:what|wat|wut|who|how|where) (?:are|r) (?:u|you|y'?all)(?: guys)? (?:doing|up to|at|from|rooting)\b|what did (?:u|you) (?:eat|do|watch|think)\b|(?:viste|vieron|escuchaste|oiste|o[ií]ste|ya viste|ya comiste)(?= (?:el|la|lo|los|las|que|al)\b|\?|$)|what(?:'?s| is) (?:u|you|ur|your) (?:fav\w*|name|sign)\b|c[oó]mo te llamas\b|cu[aá]l es tu (?:nombre|favorit\w+)\b)/iu;

/** "lakers lost again smh": a game, and not being lost. */
const SPORTS =
  /^\s*(?:(?:omg|bro|yo|lol|damn|dude|ugh|ay|uy|no manches)[\s,]+)*(?:the |los |las |el |my |mis? )?(?:lakers|dodgers|clippers|rams|chargers|raiders|warriors|angels|padres|giants|niners|49ers|galaxy|lafc|chivas|am[eé]rica|cruz azul|pumas|celtics|knicks|yankees|cowboys|chiefs|eagles|selecci[oó]n)\b(?: (?:game|just|really|finally|ya))? (?:lost|lose|won|win|blew|choked|suck\w*|perdi\w+|perdi[oó]|gan[oó]|ganaron|are (?:so )?(?:bad|trash|good))\b[^,.?]{0,30}[.!]*\s*$/iu;

function isSmallTalk(text: string): boolean {
  return SMALL_TALK.test(text) || SPORTS.test(text);
}

function readTwo(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading {
  const whole = readAnswer(book, text, asksYesNo);
  if (text.length > LONGEST || (whole.rest !== null && !leavesAnswer(whole.family, asksYesNo))) return whole;
  const halves = halvesOf(text).filter((half) => isNews(book, half));
  if (halves.length === 0) return whole;
  if (whole.band === 'accept' && !leavesAnswer(whole.family, asksYesNo)) return keepRest(book, halves, whole);
  const cut = readHead(book, halves, { whole, asksYesNo });
  return cut ?? whole;
}

/** Families that are no yes and no no: where one was asked, the word before them counts. */
function leavesAnswer(family: Family | null, asksYesNo: boolean): boolean {
  return asksYesNo && (family === 'talk' || family === 'stuck' || family === 'question' || family === 'later');
}

/** Trouble, a wish to talk and a question are read by a person whole; only what is added to them is a rest. */
const READ_WHOLE: ReadonlySet<Family | null> = new Set(['stuck', 'talk', 'question']);
const ADDED = /^(?:also|btw|by the way|and also|oh and|plus|y tambi[eé]n|tambi[eé]n|otra cosa|y otra cosa)\b/iu;
/** What nobody needs to know of whom a task is not for: it is never kept. */
const OWN_AFFAIR =
  /\b(?:daca|dreamer|undoc\w*|indocumentad\w*|papeles|papers|ab ?540|cadaa|social|ssn|visa|citizen|ciudadan\w*|immigra\w*|inmigra\w*|migra|pregnant|embarazada|sick|enferm\w*|foster|homeless)\b/iu;

/** A certain answer keeps what a person must read of its second half. */
function keepRest(book: ReplyBook, halves: readonly Halves[], whole: FamilyReading): FamilyReading {
  const { family } = whole;
  if (family === null) return whole;
  const found = halves.findLast(({ head, rest, isMarked }) => {
    if (READ_WHOLE.has(family)) return ADDED.test(rest);
    if (family === 'not_for_me' && !isAsking(rest)) return false;
    if (isMarked ? !isAsking(rest) && !OPENS_ANEW.test(rest) : !isAskingOutright(rest)) return false;
    if (!ADDED.test(rest) && repeats(book, rest, family)) return false;
    const alone = readAnswer(book, head, false);
    return alone.family !== null && alone.band === 'accept';
  });
  return found === undefined ? whole : { ...whole, rest: found.rest };
}

const OPENS_ANEW =
  /^(?:but|pero|also|btw|tambi[eé]n|y tambi[eé]n|and also|plus|oye|aunque|and (?:can|my|the|they|i need)|y (?:me|mi|necesito|ocupo|puedo))\b/iu;

interface Found {
  readonly whole: FamilyReading;
  readonly asksYesNo: boolean;
}

/** The longest head that is certain alone, when what follows leaves it one. */
function readHead(book: ReplyBook, halves: readonly Halves[], { whole, asksYesNo }: Found): FamilyReading | null {
  for (const half of halves.slice(-MOST_HEADS)) {
    const read = readAnswer(book, half.head, asksYesNo);
    if (read.band !== 'accept' || read.family === null || read.family === 'question') continue;
    if (READ_WHOLE.has(read.family) && (asksYesNo || !ADDED.test(half.rest))) continue;
    if (pullsAway(whole, read.family, { half, asksYesNo })) return null;
    if (!half.isMarked && repeats(book, half.rest, read.family)) continue;
    if (read.family === 'yes' && !asksYesNo && half.isMarked && putsOff(half.rest)) {
      return { band: 'confirm', family: 'later', rest: null };
    }
    const effect = effectOn(book, half.rest, read.family);
    // "but i think it was the wrong form": it was handed in, and somebody must look.
    const isWrong = read.family === 'done' && half.isMarked && isOwnSlip(half.rest) && /\bwrong\b/i.test(half.rest);
    if (effect === 'undone') return isWrong ? { band: 'confirm', family: 'done', rest: half.rest } : null;
    const isNone = !isAsking(half.rest) && repeats(book, half.rest, read.family);
    const rest = isNone || (read.family === 'not_for_me' && OWN_AFFAIR.test(half.rest)) ? null : half.rest;
    return { band: effect === 'none' ? 'accept' : 'confirm', family: read.family, rest };
  }
  return null;
}

/** Whether the reply as a whole was read as another family, which then counts: "did it but it bounced". */
function pullsAway(
  whole: FamilyReading,
  family: Family,
  { half, asksYesNo }: { readonly half: Halves; readonly asksYesNo: boolean },
): boolean {
  if (whole.family === null || whole.family === family) return false;
  if (leavesAnswer(whole.family, asksYesNo)) return false;
  if (ADDED.test(half.rest) || isAsking(half.rest)) return false;
  // A request for the link, and a slip that was made on the form, follow an answer and change none.
  if ((family === 'not_yet' || family === 'done') && half.isMarked && asksFor(half.rest)) return false;
  if (family === 'done' && half.isMarked && isOwnSlip(half.rest)) return false;
  // "not yet, my dad lost his job" is news beside the answer, and not what the mentee is stuck on.
  if (
    family === 'not_yet' &&
    half.isMarked &&
    /^(?:my|mi|mis) (?:mom|dad|ma|pa|mam|pap|parents|fam|bro|sis|grand|her|abuel|t[ií][ao])/iu.test(half.rest)
  )
    return false;
  const isAboutThis = whole.family === 'stuck' || whole.family === 'later' || whole.family === 'done';
  return isAboutThis || !(half.isMarked || asksYesNo) || !isOfOthers(half.rest);
}
