// What a person of the team asked last about safety, and what a short answer to it means. "Are you thinking of suicide?"
// and "are you safe?" want opposite answers, and "is it safe to text you?" asks about the phone.

import { toPlain, wordsOf } from '../language/plain-reply.ts';

/**
 * `danger`: a yes means danger ("are you thinking about hurting yourself?") · `safe`: a no does ("are you safe right
 * now?") · `texting`: about the phone alone ("is it safe to text you?").
 */
export type SafetyQuestion = 'danger' | 'safe' | 'texting';

const TEXTING = [
  /\b(?:safe|ok|okay|alright) (?:for (?:me|us) )?to (?:text|write|message|call|talk)\b/,
  /\b(?:seguro|segura|bien) (?:que te )?(?:escrib|llam|mand|habl)/,
  /\b(?:puedo|podemos) (?:escribirte|llamarte|mandarte)\b/,
  /\b(?:can|may|should) (?:i|we) (?:text|call|write)\b/,
];
const DANGER = [
  /\b(?:suicid\w*|kill(?:ing)? yourself|end(?:ing)? your life|tak(?:e|ing) your (?:own )?life|want to die|wish you were dead|better off dead)\b/,
  /\b(?:hurt|harm|cut)(?:ting|ing)? yourself\b/,
  /\bself harm\b/,
  /\b(?:are|r) (?:you|u) (?:\w+ )?in (?:any |immediate )?danger\b/,
  /\b(?:do|does) (?:you|u) (?:have|feel) (?:a plan|unsafe|in danger)\b/,
  /\bunsafe\b/,
  /\b(?:matarte|suicidarte|quitarte la vida|hacerte dano|lastimarte|cortarte|morirte|quieres morir)\b/,
  /\b(?:corres|estas en|hay) (?:algun )?peligro\b/,
];
const SAFE = [
  /\b(?:are|r) (?:you|u|ya) (?:\w+ ){0,2}(?:safe|ok|okay|alright)\b/,
  /\b(?:do|can) (?:you|u) (?:feel|stay|keep yourself|be) (?:\w+ )?safe\b/,
  /\b(?:you|u) (?:feel|feeling) safe\b/,
  /\b(?:you|u) safe\b/,
  /\b(?:estas|te sientes|sigues) (?:\w+ )?(?:a salvo|segur[ao]|bien|fuera de peligro)\b/,
];

/** The last question of a text, if it is about safety. Without a question mark the whole text is read as one. */
export function safetyQuestionIn(text: string): SafetyQuestion | null {
  const plain = toPlain(text);
  const asked = plain.split(/[?¿]/).filter((part) => part.trim() !== '');
  // "Are you safe? I am here for you." asks; the words after the last mark only say something.
  const marks = (plain.match(/\?/g) ?? []).length;
  const parts = marks > 0 && !/\?\s*$/.test(plain) ? asked.slice(0, -1) : asked;
  const last = (parts.at(-1) ?? plain).split(/[.!\n]/).findLast((part) => part.trim() !== '') ?? plain;
  const sentence = wordsOf(last).join(' ');
  if (matches(TEXTING, sentence)) return 'texting';
  if (matches(DANGER, sentence)) return 'danger';
  return matches(SAFE, sentence) ? 'safe' : null;
}

function matches(patterns: readonly RegExp[], sentence: string): boolean {
  return patterns.some((pattern) => pattern.test(sentence));
}

const ANSWER_WORDS = 6;
/** Says, or will not deny, that they are not safe. "I guess" is left to the person who asked. */
const NOT_SAFE =
  /^(?:n|no|nop|nope|nah|not|nunca|never|para nada|:down)\b|\b(?:not|isnt|aint) (?:really|safe|ok|okay|sure|anymore|now)\b|\b(?:unsafe|in danger|idk|dunno)\b|\bi do ?nt (?:know|think so|feel safe)\b|\bno (?:se|creo|mucho|estoy|me siento)\b|\b(?:tengo miedo|en peligro)\b/;
/** A no that says yes: "no worries, im safe". */
const RELIEF =
  /\b(?:no (?:worries|problem|te preocupes)|not in danger|dont worry)\b|\b(?:im|i am|estoy) (?:safe|ok|okay|fine|good|bien|a salvo)$/;

/** What an answer means for the screen. */
export interface HeardAnswer {
  /** Whether "yes", "a little" and the like are a crisis: the screen's `afterSafetyQuestion`. */
  readonly afterSafetyQuestion: boolean;
  /** Whether it says, in a few words, that they are not safe. */
  readonly isNotSafe: boolean;
}

/**
 * Reads an answer by what was asked. A yes is a crisis after "are you thinking of suicide?", a no after "are you safe?".
 * After a question about the phone ("is it safe to text you?"), and after none, nothing follows from either.
 */
export function hearSafetyAnswer(question: SafetyQuestion | null, text: string): HeardAnswer {
  const words = question === 'safe' ? wordsOf(toPlain(text)) : [];
  const said = words.join(' ');
  const isShort = words.length > 0 && words.length <= ANSWER_WORDS;
  return {
    afterSafetyQuestion: question === 'danger',
    isNotSafe: isShort && NOT_SAFE.test(said) && !RELIEF.test(said),
  };
}
