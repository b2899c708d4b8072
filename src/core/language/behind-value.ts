// What a thought behind a value ("3 but i wanna drop one") does to it: nothing, makes it a guess, or takes it back.

import { toPlain } from './plain-reply.ts';
import { itemsOf, knownWords, type ReplyBook } from './reply-book.ts';
import { type Halves, isAsking, isAskingOutright } from './second-half.ts';

/** What a reply may be read as, beside a yes, a no or a family. */
export type ValueKind = 'number' | 'money' | 'date' | 'choice' | 'phone' | 'email';

/** Beside a value that is certain already only what asks or says "but", "also" is a second half. */
export function isClearlyAdded({ rest, isMarked }: Halves): boolean {
  return isMarked ? isAsking(rest) || /^(?:but|pero|and|y|also|btw|tambi[eé]n)\b/iu.test(rest) : isAskingOutright(rest);
}

const AGAIN =
  /^(?:(?:but|pero|and|y|so|oh|lol)[\s,]+)*(?:jk|no[,\s.]|nope|nah|wait|espera|actually|or|o|nvm|mejor|scratch|neither|maybe|tal vez|quiza|sorry|perdon|i mean|digo)\b/;
const LESS_SURE =
  /\b(?:maybe|might|probably|not sure|if|unless|depends|depende|a lo mejor|quiza|quizas|tal vez|no se si|idk if|creo|i think|change)\b/;

/** What a second half with its own subject does to the value. */
export function effectBehind(book: ReplyBook, rest: string, kind: ValueKind): 'none' | 'doubted' | 'undone' {
  const plain = toPlain(rest);
  if (kind === 'phone' || kind === 'email' || isAsking(rest)) return AGAIN.test(plain) ? 'undone' : 'none';
  if (
    AGAIN.test(plain) &&
    !/^(?:(?:but|pero|and|y)\s+)*no (?:me|se|tengo|hay|le|nos|puedo|entiendo|encuentro)\b/.test(plain)
  ) {
    return 'undone';
  }
  // "5 and my dog": somebody is counted in, or not.
  if (LESS_SURE.test(plain) || (kind === 'number' && /^(?:and my|y mi|plus|con mi)\b/.test(plain))) return 'doubted';
  return itemsOf(book, knownWords(book, rest)).some(({ role }) => role === 'hedge') ? 'doubted' : 'none';
}
