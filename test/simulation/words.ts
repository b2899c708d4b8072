// What the people of the town say. The crisis lines are found by the screen with certainty and the plain ones never;
// both are checked when a run begins.

import type { Language } from '../../src/core/model/people.ts';
import { screen } from '../../src/core/safety/screen.ts';
import type { CompiledScreen } from '../../src/core/safety/screen-compiler.ts';

export const CRISIS: Readonly<Record<Language, readonly string[]>> = {
  en: ['i want to die', 'i am going to kill myself tonight'],
  es: ['quiero morirme', 'me quiero matar'],
};

export const PLAIN: Readonly<Record<Language, readonly string[]>> = {
  en: ['what time does the office open', 'ok thx', 'hmm', 'is it raining there', 'purple monkey', '👍'],
  es: ['a que hora abre la oficina', 'ok gracias', 'mmm', 'llueve por alla', 'mono morado', '👍'],
};

interface Answers {
  readonly done: string;
  readonly stuck: string;
  readonly later: string;
  readonly notForMe: string;
  readonly talk: string;
  readonly days: readonly string[];
}

export const ANSWERS: Readonly<Record<Language, Answers>> = {
  en: {
    done: 'DONE',
    stuck: 'STUCK',
    later: 'LATER',
    notForMe: 'NOT FOR ME',
    talk: 'TALK',
    days: ['tomorrow', 'friday'],
  },
  es: {
    done: 'LISTO',
    stuck: 'ATORADO',
    later: 'LUEGO',
    notForMe: 'NO ES PARA MI',
    talk: 'HABLAR',
    days: ['mañana', 'viernes'],
  },
};

/** Words about consent and what each means, as this town knows them. */
export const CONSENT_WORDS: ReadonlyMap<string, 'opted_out' | 'active'> = new Map([
  ['STOP', 'opted_out'],
  ['stop.', 'opted_out'],
  ['ALTO', 'opted_out'],
  ['stop texting me', 'opted_out'],
  ['START', 'active'],
  ['EMPEZAR', 'active'],
]);

export const OPT_OUT: Readonly<Record<Language, readonly string[]>> = {
  en: ['STOP', 'stop.', 'stop texting me'],
  es: ['ALTO', 'STOP'],
};
export const OPT_IN: Readonly<Record<Language, readonly string[]>> = { en: ['START'], es: ['EMPEZAR', 'START'] };

/** Both at once: it opts out, and it is a case. */
export const STOP_IN_CRISIS = 'STOP texting me i want to die';

/** What counselors write to a student, each followed by a number of its own. */
export const WORDS_OF_COUNSELORS: readonly string[] = [
  'how are you right now',
  'can I call you',
  'thank you for telling me',
  'is somebody with you',
  'estoy contigo',
];
/** In every line that stays in a thread. No student ever reads it. */
export const REMARK = 'zz-remark';
/** Words in a thread that do what a button does. */
export const THREAD_COMMANDS: readonly string[] = ['ack', 'Take over', 'release.', 'ACK'];

/** Whether a text on a phone was written by a counselor. */
export function isOfCounselor(body: string): boolean {
  return /\(n\d+\)/.test(body);
}

const ALL_CRISIS = [...CRISIS.en, ...CRISIS.es];

export function isCrisis(body: string): boolean {
  return ALL_CRISIS.some((line) => body.includes(line));
}

/** What a text says about consent, by this town's own list; null when nothing. */
export function consentOf(body: string): 'opted_out' | 'active' | null {
  return body === STOP_IN_CRISIS ? 'opted_out' : (CONSENT_WORDS.get(body) ?? null);
}

/** Throws when the screen reads the town's lines otherwise than the checkers do. */
export function requireKnownWords(compiled: CompiledScreen): void {
  for (const text of [...ALL_CRISIS, STOP_IN_CRISIS]) {
    if (screen(compiled, { text }).tier !== 'crisis') throw new Error(`the screen does not find a crisis in "${text}"`);
  }
  const answers = Object.values(ANSWERS).flatMap(({ days, ...rest }) => [...days, ...Object.values(rest)]);
  for (const text of [...PLAIN.en, ...PLAIN.es, ...answers.map(String)]) {
    const { tier } = screen(compiled, { text });
    if (tier === 'crisis' || tier === 'high') throw new Error(`the screen finds ${tier} in "${text}"`);
  }
}
