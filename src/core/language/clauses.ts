// Where one thought in a reply ends and the next begins, when no full stop says so: "4, why do u need it", "friday but
// call first", "5 wait no 6". It cuts and never reads.

import type { ReplyBook } from './reply-book.ts';
import { type Part, partsOf } from './reply-parts.ts';

/** Commas, and words with which another thought begins. Looks ahead by words only, so a long text takes no longer. */
const NEXT_THOUGHT =
  /,\s+|\s+(?=(?:but|pero|because|bc|cuz|porque|xq|so|why|what|where|who|how|when is|do i|do you|do u|can i|can you|can u|is that|is it|will you|will u|por qué|por que|cuándo|cuando|dónde|donde|cuál|cual|a qué hora|a que hora|a q hora|para qué|para que|hay que)\b)/giu;

/** The thoughts of a reply, in order. */
export function clausesOf(book: ReplyBook, text: string): readonly Part[] {
  return partsOf(book, text).flatMap((part) => {
    const pieces = part.text.split(NEXT_THOUGHT).filter((piece) => piece.trim() !== '');
    if (pieces.length < 2) return [part];
    return pieces.flatMap((piece) => partsOf(book, piece));
  });
}

const TAKEN_BACK =
  /\b(?:no wait|wait no|wait|actually|i mean|i meant|scratch that|never ?mind|nvm|my bad|oops|sorry|lol jk|jk|just kidding|so(?! (?:\p{L}+(?:ed|ing)|tired|busy|sick|hard|sad|bad|many|much|far|happy|lost|behind|over|scared|mad)\b)|entonces|correction|perd[oó]n|digo|espera|mejor|m[aá]s bien|quise decir)\b|(?<=\d|day|tmrw|tomorrow|lunes|martes|coles|jueves|viernes|bado|domingo)(?:,|\.+|…)? no,? (?=\S)|\s\*(?=\S)/giu;

/** What a reply says after it took something back ("5 wait no 6" says 6), with what stood before; null when it took nothing back. */
export function correctionIn(text: string): { readonly before: string; readonly after: string } | null {
  const last = [...text.matchAll(TAKEN_BACK)].at(-1);
  if (last === undefined) return null;
  const before = text
    .slice(0, last.index)
    .replace(TAKEN_BACK, ' ')
    .replace(/\bno\s*$/iu, '')
    .trim();
  const after = text
    .slice(last.index + last[0].length)
    .replace(/^[\s,.!:;-]*(?:(?:no|nah|its|it's|make it|make that|es|son|que sea)\b[\s,.!]*)*/iu, '')
    .trim();
  return after === '' ? null : { before, after };
}
