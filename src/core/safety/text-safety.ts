// Whether it is safe to text somebody who told of abuse: the phone may be in the hands of the abuser (distress.md section
// 5). What their answer to "is it safe to text you?" says, and what the bot may still text by itself.

import { toPlain, wordsOf } from '../language/plain-reply.ts';

/** `asked`: the question is out · `safe`: they said yes · `not_safe`: they said no, and only a person texts them. */
export const TEXT_SAFETY = ['asked', 'safe', 'not_safe'] as const;
export type TextSafety = (typeof TEXT_SAFETY)[number];

/** Longer texts are no answer of one letter: a person reads them. */
const ANSWER_WORDS = 6;
const ANSWER_LETTERS = 80;

const YES: ReadonlySet<string> = new Set(
  'y|ye|yes|yep|yea|yeah|yup|sure|s|si|sip|claro|yes please|si por favor|yes it is|yeah it is|it is|it is safe|its safe|yes its safe|yes it is safe|yes safe|safe|yes you can|yes you can text|si es seguro|es seguro|si puedes|si esta bien'.split(
    '|',
  ),
);
const NO: ReadonlySet<string> = new Set(
  'n|no|nop|nope|nah|not safe|not really|no its not|no it is not|no it isnt|its not|it is not|it isnt|its not safe|it is not safe|it isnt safe|no not safe|no its not safe|not right now|not now|no not right now|no es seguro|no no es seguro|no ahora no|ahora no|ahorita no|no ahorita no|no mucho|no creo|i dont think so|no please|por favor no|please no|please dont|dont text|dont text me|no dont|no me escribas|no escribas|:down'.split(
    '|',
  ),
);

/**
 * What a text says to "is it safe to text you? Y or N", in English or Spanish; null when it is no such answer. A Y with
 * anything else beside it, and an "ok" that may only say that they have read it, are for a person: a hotline is never sent
 * on a guess.
 */
export function readTextSafety(text: string): Exclude<TextSafety, 'asked'> | null {
  if (text.length > ANSWER_LETTERS) return null;
  const words = wordsOf(toPlain(text));
  if (words.length === 0 || words.length > ANSWER_WORDS) return null;
  const said = words.join(' ');
  if (NO.has(said)) return 'not_safe';
  return YES.has(said) ? 'safe' : null;
}

/** Whether a short answer says itself what it is about ("not safe", "please dont text"), whatever was asked last. */
export function namesTexting(text: string): boolean {
  return /\b(?:safe|text|segur[oa]|escrib\w*)\b/.test(wordsOf(toPlain(text)).join(' '));
}

/** Whether a text is an answer to "is it safe to text you?" that says so itself, whatever else it may mean. */
export function answersTexting(text: string): boolean {
  return readTextSafety(text) !== null && namesTexting(text);
}

/** The most that is texted by the house after the question while no yes has come: one line that names no hotline. */
const LINES_WITHOUT_YES = 1;

/**
 * Whether the house may text one more neutral line by itself. After a no it may not; while nothing was answered it may
 * once; `linesSince`: how many it has texted in the case since it asked. Without a question it may.
 */
export function mayTextNeutral(safety: TextSafety | null | undefined, linesSince: number): boolean {
  if (safety === 'not_safe') return false;
  return safety !== 'asked' || linesSince < LINES_WITHOUT_YES;
}
