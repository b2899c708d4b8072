// An answer at the head of a reply and the rest that follows it, at every place where another thought may begin: after a
// mark, before "but" or "and", or with nothing between. It says what the rest does to the answer; it reads no answer.

import { HARMLESS } from './judge-items.ts';
import { isEmoji, toPlain, wordsOf } from './plain-reply.ts';
import { type Item, itemsOf, knownWords, type ReplyBook, type Role } from './reply-book.ts';
import type { Family } from './reply-words.ts';

/** A reply cut in two, as typed. */
export interface Halves {
  readonly head: string;
  readonly rest: string;
  /** Whether a mark or a "but" stands between; without one the rest must say more to count. */
  readonly isMarked: boolean;
}

/** Places that are tried; who writes more thoughts than that writes a letter, which is not cut (count). */
const MOST_CUTS = 14;
const MARK =
  /(?:[,.;:)]+["']?\s+|[!\n…]+["']?\s*)(?=[\p{L}\d¿¡])|\?+\s+(?=\S)|\p{Extended_Pictographic}\uFE0F?\s*(?=\p{L})/u
    .source;
const TURN =
  /\s+(?=(?:but|pero|and|y|e|also|tambi[eé]n|btw|aunque|tho|though|so|bc|because|cuz|porque|xq|oye|plus|however|n|nomas que|solo que|except)\b)/u
    .source;
const OPENING =
  /\s+(?=(?:i|im|i'm|ive|idk|my|they|theyre|he|she|we|thats|(?:can|could|do|does|is|are|will)(?= (?:it|that|there|the|this|i|u|you|we|they|my|mi|he|she|someone)\b)|when|where|what|whats|who|whos|how|why|should|me (?=pued|mand|falta|pas|dij|dic|ayud|lleg|pid)|mi|mis|necesito|ocupo|cu[aá]ndo|d[oó]nde|c[oó]mo|cu[aá]l|cu[aá]nt[oa]s?|qu[eé] (?=hago|necesito|pasa|debo|sigue|llevo|papeles|es)|hay|puedo|pueden|puedes|mandame|quien|qui[eé]n|wait|please|pls|need|theres|there|someone|a q|a que|(?:just |nomas |solo )?(?:dime|d[ií]game|tell me|let me know|lmk))\b)/u
    .source;
const CUTS = new RegExp(`(?<mark>${MARK})|(?<turn>${TURN})|(?<opening>${OPENING})`, 'giu');

/** All ways to cut a reply in two, the longest head first. */
export function halvesOf(text: string): readonly Halves[] {
  const found: Halves[] = [];
  let last = 0;
  let wasMarked = false;
  for (const cut of text.matchAll(CUTS)) {
    const end = cut.index + cut[0].length;
    const isMarked = cut.groups?.['opening'] === undefined;
    const head = text.slice(0, cut.groups?.['mark'] === undefined ? cut.index : end).trim();
    const rest = text.slice(end).trim();
    const isBegun = wasMarked && wordsOf(text.slice(last, cut.index)).length <= 2;
    if (head === '' || rest === '' || isBegun || !(isMarked || standsAlone(head, rest))) continue;
    found.push({ head, rest, isMarked });
    last = end;
    wasMarked = isMarked;
    if (found.length > MOST_CUTS) return [];
  }
  return found.toReversed();
}

/** Answers of one word that nothing grows onto; "no" and "si" begin whole sentences in Spanish. */
const SINGLE =
  /^(?:done+|yes+|yea+h*|yep|yup|nope|nah|submitted|finished|sent|listo|sip|simon|nop|later|\S*\d\S*|[a-h]|mon|tues?|wed|thurs?|fri|sat|sun|\p{L}+day|tmrw?|tomorrow|today|tonight|hoy|mañana|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|none|zero|one|two|three|four|five|six|uno|dos|tres|cuatro|cinco|seis|online|text|call|email|texto|correo|llamada|dorms?|home)$/iu;

/** What cannot follow a Spanish "no". */
const AFTER_NO = /^(?:they|she|we|my|im|i|can|could|do|where|what|how|why|when)\b/i;

function standsAlone(head: string, rest: string): boolean {
  return /\s|@/.test(head) || SINGLE.test(head) || (/^no+$/i.test(head) && AFTER_NO.test(rest));
}

/** Words that open a second half and say nothing themselves. */
export const CONNECTIVES =
  /^(?:(?:but|pero|and|y|also|tambien|btw|by the way|aunque|tho|though|so|oye|oh|plus|however|n|ok|okay|wait|lol|ps|porque|bc|because|cuz|es que)\b[\s,]*)+/;
const ASKS =
  /[?¿]|^(?:can (?:u|you|i|he|she|they|someone|we|my|mi)|could (?:u|you|i|someone)|will (?:u|you|it|that|they|i)|do (?:i|u|you|we|they)|does|did (?:u|you|they|the)|is (?:it|that|there|the|this)|are (?:they|there|u|you|we)|am i|should i|when|where|what|whats|who|whos|how|why|cuant[oa]s?|cuando|donde(?! \w+[aei]r\b)|como(?! (?:a la|en|de|unos|unas|\d))|que|cual|quien|hay|puedo|pueden|puedes|a que|a q|me pueden|me puedes|me mandan|me pasan|se puede|tengo que|(?:just |nomas |solo )?(?:dime|digame|tell me|let me know|lmk) (?:what|when|where|how|if|a que|que|cuando|donde|como|la|el|the))\b/;
const TELLS: ReadonlySet<Role | null> = new Set(['stuck', 'talk', 'question', 'aftermath', 'negation', 'not_yet']);

/** Openings that ask for certain, with no mark before them. */
const ASKS_OUTRIGHT =
  /[?¿]|^(?:can (?:u|you|he|she|they|someone|i|we|my|mi)|could (?:u|you|someone)|i (?:also )?(?:need|lost|want)\b|necesito|ocupo|me falta|do (?:i|u|you|we|they)|does|did (?:u|you|they)|is (?:it|that|there)|are (?:they|there|u|you)|am i|should i|where do|wheres|what|whats|cuant[oa]s?|que (?:hago|necesito|pasa|debo|sigue|llevo|papeles|hora)|who|whos|how|why|donde (?!\w+[aei]r\b)|como le|como se|cual|hay|me pueden|me puedes|me mandan|me pasan|se puede|a que|a q|(?:just |nomas |solo )?(?:dime|digame|tell me|let me know|lmk) (?:what|when|where|how|a que|que|cuando|donde|como))\b/;

/** Whether a second half asks, also with nothing before it. */
export function isAskingOutright(rest: string): boolean {
  return ASKS_OUTRIGHT.test(toPlain(rest).replace(CONNECTIVES, ''));
}

/** Families that say the same to one question. */
const SAME: readonly (readonly (Role | null)[])[] = [
  ['yes', 'done', 'already'],
  ['no', 'not_yet'],
];

/** Whether a second half only says the answer again. */
export function repeats(book: ReplyBook, rest: string, family: Family): boolean {
  const same = SAME.find((roles) => roles.includes(family)) ?? [family];
  return !opensAnew(rest) && itemsOf(book, knownWords(book, rest)).some(({ role }) => same.includes(role));
}

/** Whether a second half asks. */
export function isAsking(rest: string): boolean {
  return ASKS.test(toPlain(rest).replace(CONNECTIVES, ''));
}

/** Whether a second half is something that a person must read: a question, a trouble, news, a wish. */
export function isNews(book: ReplyBook, { rest, isMarked }: Halves): boolean {
  const bare = toPlain(rest).replace(CONNECTIVES, '');
  const words = wordsOf(bare).filter((word) => !isEmoji(word));
  if (words.length < 2 || /^(?:if|unless|si (?=me|mi|hay|puedo))\b/.test(bare)) return false;
  if (words.length > (isMarked ? 1 : 2) && (isAsking(rest) || isAskingOutright(rest))) return true;
  const items = itemsOf(book, knownWords(book, bare));
  const unknown = items.filter(({ role, phrase }) => role === null && /[a-z]{2}/.test(phrase)).length;
  const isTold = items.some(({ role }) => role === 'stuck' || role === 'talk');
  if (isMarked && ((words.length > 3 && (WONDERS.test(bare) || /\bwrong\b/.test(bare))) || ONLY.test(bare)))
    return true;
  if (words.length < (isMarked ? 3 : 4) && !isTold) return false;
  if (items.every(({ role }) => isQuiet(role) || UNSURE.has(role)))
    return isMarked && opensAnew(rest) && words.length > 3;
  const isOthers = /^(?:my|mi|mis|they|he|she)\b/.test(bare);
  return unknown >= (isMarked || isOthers ? 1 : 2) || items.some(({ role }) => TELLS.has(role));
}

/** "idk if they got it": what became of it, which somebody can look up. */
const WONDERS =
  /^(?:(?:im |i am )?not (?:really )?sure|idk|i dont know|i do not know|dunno|no se|no estoy segur[oa](?: de)?) (?:if|whether|si) (?:they|it|the|she|he|i did it (?:right|wrong|correctly)|i put|lo|la|les|le|se|ya lo|ya les)\b/;

/** "but only til 3": a limit that somebody must know of. */
const ONLY =
  /^(?:only|just|solo|nomas|nada mas) (?:til+|until|after|before|from|for|at|on|hasta|despues de|antes de|de|por|los|el)\b/;

const UNSURE: ReadonlySet<Role | null> = new Set(['doubt', 'hedge', 'leans_yes', 'leans_no']);

/** "but", "also": the mentee says that something else follows. */
function opensAnew(rest: string): boolean {
  return /^(?:but|pero|also|tambien|btw|y tambien|and also|plus|oye|aunque|though)\b/.test(toPlain(rest));
}

function isQuiet(role: Role | null): boolean {
  return HARMLESS.has(role) || role === 'yes' || role === 'no' || role === 'already' || role === 'turn';
}

const TAKES_BACK =
  /^(?:jk|just kidding|sike|psych|not?$|no[,.!]|no wait|not really|nope|nah|nvm|never ?mind|or|o|except|menos|wait no|espera no|i lied|lies|actually no|no es cierto|mentira|es broma|era broma)(?:\b|$)/;
/** Somebody else, or a thing, is spoken of: what is not done there is not the mentee's answer. */
const OF_OTHERS =
  /^(?:(?:they|theyre|he|hes|she|shes|it|its|the|my|our|nobody|no one|someone|thats|their|his|her|me|nos|se|les|el|la|los|las|mi|mis|dicen|dice|dijeron|nadie|todavia no me|aun no me|no me|no nos|no se me|no les|nunca me)\b)/;
/** Who else must still sign or do it: then the thing is not done. */
const STILL_OPEN =
  /\b(?:sign|signed|finish|finished|submit|submitted|done|do it|did it|send it|sent it|firm\w*|termin\w*|mandad\w*|hecho|has to|have to|needs to|part|incomplete)\b/;

const REFUSES =
  /^(?:im |i am |i )?(?:not going to|not gonna|wont|will not|dont want to|no quiero|no (?:lo|la) voy a|ya no quiero)\b/;

/** "yes but my dad wont let me". */
const FORBIDDEN =
  /\b(?:wont let|doesnt want|dont want|said no|says no|no quiere|no quieren|no me deja|no me dejan|dice que no|dijo que no)\b/;

/** "no but i want to": hardly a no. */
const WISHES =
  /^(?:i |im |yo |si )?(?:want|wanna|would|will|plan|planning|trying|working|about to|quiero|si quiero|me interesa|me gustaria|voy a)\b/;

/** Families that speak against an answer. */
const AGAINST: Readonly<Partial<Record<Family, readonly Role[]>>> = {
  done: ['not_yet', 'later', 'no', 'negation', 'ahead', 'leans_no', 'not_for_me'],
  yes: ['no', 'not_yet', 'leans_no', 'not_for_me', 'later'],
  no: ['yes', 'leans_yes', 'done'],
  not_yet: ['done', 'yes', 'already', 'leans_yes'],
  later: ['done', 'already'],
  stuck: ['done'],
  not_for_me: ['yes'],
  talk: [],
};

/** What a second half does to an answer: nothing, makes it a guess, or takes it back. */
export function effectOn(book: ReplyBook, rest: string, family: Family): 'none' | 'doubted' | 'undone' {
  const bare = toPlain(rest).replace(CONNECTIVES, '');
  if (TAKES_BACK.test(bare)) return 'undone';
  if (isAsking(rest)) return 'none';
  if (/^(?:idk|i dont know|i do not know|not sure|no se|hopefully|i hope|ojala)\b/.test(bare)) return 'doubted';
  if (family === 'yes' && FORBIDDEN.test(bare)) return 'doubted';
  if (REFUSES.test(bare) || (family === 'no' && WISHES.test(bare))) return 'doubted';
  const items = itemsOf(book, knownWords(book, bare));
  const against = new Set<Role | null>(AGAINST[family] ?? []);
  const speaksAgainst = items.some(({ role }) => against.has(role));
  if (speaksAgainst && (!OF_OTHERS.test(bare) || STILL_OPEN.test(bare)))
    return isOwn(items, bare) ? 'undone' : 'doubted';
  if (
    /\b(?:if|unless|depends|depending|maybe|might|probably|unsure|a menos que|depende|quiza|quizas|tal vez)\b/.test(
      bare,
    )
  ) {
    return family === 'not_yet' || family === 'stuck' || family === 'not_for_me' ? 'none' : 'doubted';
  }
  if (items.some(({ role }) => role === 'hedge' || role === 'leans_yes' || role === 'leans_no')) {
    return ['not_yet', 'stuck', 'not_for_me', 'later'].includes(family) ? 'none' : 'doubted';
  }
  const isTrouble = items.some(({ role }) => role === 'stuck');
  return family === 'yes' && isTrouble && !OF_OTHERS.test(bare) ? 'doubted' : 'none';
}

/** Whether a second half speaks of somebody else, and not of what they must still do. */
export function isOfOthers(rest: string): boolean {
  const bare = toPlain(rest).replace(CONNECTIVES, '');
  return OF_OTHERS.test(bare) && !STILL_OPEN.test(bare);
}

/** Whether every word is known and the mentee speaks of the answer itself: "but i never sent it". */
function isOwn(items: readonly Item[], bare: string): boolean {
  return items.filter(({ role }) => role === null).length === 0 && !OF_OTHERS.test(bare);
}
