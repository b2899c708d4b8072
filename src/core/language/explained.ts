// An answer that nobody could read as a whole because of what is told around it: a reason behind it, a guess before it,
// a worry about somebody else, a doubt about going at all. It says what the answer is then; it reads no words itself.

import { toPlain } from './plain-reply.ts';
import type { FamilyReading } from './read-answer.ts';
import { reasonIn } from './reason.ts';
import type { ReplyBook } from './reply-book.ts';
import type { Family } from './reply-words.ts';
import { effectOn, isAskingOutright, isNews } from './second-half.ts';

/** Reads a part of the reply as a reply of its own. */
export type ReadPart = (text: string) => FamilyReading;

/** Families that a person decides on; whoever thinks and then says one of them has said it. */
const DECIDED: ReadonlySet<Family | null> = new Set(['yes', 'no', 'done', 'not_yet']);
/** Answers whose second half may be a reason. */
const REASONED: ReadonlySet<Family | null> = new Set(['yes', 'no', 'done', 'not_yet', 'not_for_me']);

/** What a reply means that has an answer and more around it, or null when it is none of these. */
export function readExplained(book: ReplyBook, text: string, read: ReadPart): FamilyReading | null {
  return readLeaving(text, read) ?? readReasoned(book, text, read);
}

/** "yes sorry i shouldve said earlier": an apology for the delay says no more. */
const LATE =
  /\b(?:earlier|sooner|late|before|forgot|slow|delay|just saw|antes|tarde|apenas vi|olvid\w*|tard\w*|respond\w*|contest\w*|busy|ocupad[oa])\b/;
const APOLOGY = /^(?:(?:im |i am )?(?:so+ )?sorry|sry|perdon|my bad)\b/;

/** "sorry i cant" is another answer; "sorry i didnt reply" is none. */
const REFUSAL =
  /\b(?:cant|wont|not|dont|didnt|never|no|nunca|havent)\b(?! (?:(?:te|le|les|me|had|got|get|been able to|be able to) )?(?:answer|reply|respond|text|see|saw|conteste|contestaba|respondi|avise|vi)\w*)|[?¿]/;

function isForLateness(plain: string): boolean {
  return LATE.test(plain) && !REFUSAL.test(plain);
}

/** Whether an apology for the delay stands behind an answer. */
export function isLateAnswer(text: string): boolean {
  const cut = reasonIn(text);
  return cut !== null && APOLOGY.test(toPlain(cut.reason)) && isForLateness(toPlain(cut.reason));
}

/** "no cuz i work that day": the answer stands before its reason, which is kept when a person should read it. */
function readReasoned(book: ReplyBook, text: string, read: ReadPart): FamilyReading | null {
  const cut = reasonIn(text);
  if (cut === null) return null;
  const found = read(cut.head);
  if (found.band === 'unclear' || !REASONED.has(found.family) || found.rest !== null || found.family === null)
    return null;
  const plain = toPlain(cut.reason);
  if (APOLOGY.test(plain)) return isForLateness(plain) ? found : null;
  const effect = effectOn(book, cut.reason, found.family);
  if (effect !== 'none' && !cut.isCertain) return null;
  const rest = isNews(book, { head: cut.head, rest: cut.reason, isMarked: true }) ? cut.reason : null;
  return { band: effect === 'none' ? found.band : 'confirm', family: found.family, rest };
}

const THINKS =
  /^\s*(?:(?:um+|uh+|hm+|mm+|lol|well|pues|ay|ok|so)[\s,.!]+)*(?:i (?:think|believe|guess) so|think so|creo que s[ií]|yo creo que s[ií]|pienso que s[ií]|supongo que s[ií])(?: (?:lol|haha|jaja))*\s*(?:[?!.,…]+|\s(?=(?:idk|no s[eé]|let me|deja|wait|espera|actually)\b))\s*(?<more>\S.*)$/isu;

/** "i think so? let me not lie to u yes i do": the decision behind the guess counts, or the guess itself, asked back. */
export function readThinking(text: string, read: ReadPart): FamilyReading | null {
  const more = THINKS.exec(text)?.groups?.['more'];
  if (more === undefined) return null;
  const words = more.split(/\s+/);
  for (let from = 0; from < Math.min(words.length, 8); from += 1) {
    const decided = read(words.slice(from).join(' '));
    if (decided.band === 'accept' && DECIDED.has(decided.family)) return { ...decided, band: 'confirm' };
    if (decided.band === 'accept' && (decided.family === 'stuck' || decided.family === 'talk')) return null;
  }
  return { band: 'confirm', family: 'yes', rest: isAskingOutright(more) ? more : null };
}

const LEAVING =
  /(?:[,.;!…]+\s*|\s+)(?:and |y |but |pero )?(?:honestly |tbh |ngl |la verdad |lowkey |honestamente )?(?<doubt>(?:idk|i dont know|i don['’]?t (?:even )?know|(?:i ?['’]?a?m )?not (?:even )?sure|no s[eé]|ya no s[eé]|no estoy segur[oa]) (?:if|whether|de|que|si)(?: (?:i['’]?m|i am|i|ya|voy|yo|quiero|im))?(?: (?:even|still|really|a|voy|ir|gonna|want|wanna|to|realmente|todav[ií]a))* ?(?:going|go|attend|attending|coming|ir|vaya|college|voy|asistir|estudiar|enroll\w*)\b.*)$/isu;

/** "no i didnt and honestly idk if im even going anymore": the answer stands, and a person must hear the doubt. */
function readLeaving(text: string, read: ReadPart): FamilyReading | null {
  const match = LEAVING.exec(text);
  const doubt = match?.groups?.['doubt'];
  if (match === null || doubt === undefined) return null;
  const found = read(text.slice(0, match.index));
  if (found.band === 'unclear' || !DECIDED.has(found.family)) return null;
  return { ...found, band: 'confirm', rest: doubt };
}
