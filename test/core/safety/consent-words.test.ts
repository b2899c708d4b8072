// What students write about consent, scored as a whole (TC-05) and by name, and every disguise of the word STOP (F28).
// First scores, before anything was mended: 180 of 189 revocations in the first list, 142 of 221 in a second that went
// for the gaps, and 2 of 317 other uses. Two fresh lists between the mends: 171 of 209, then 67 of 80; 7 of 264 others.
// The floors below hold on lists that the phrases were mended with. Only a fresh list says what a stranger's words do.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type ConsentWord,
  isCarrierKeyword,
  readConsentWord,
  readMistaken,
} from '../../../src/core/safety/consent-words.ts';

const read = (file: string): unknown => parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const phrasings = read('./consent-phrasings.yaml') as Record<string, string[]>;
const anyText = fc.array(fc.integer({ min: 1, max: 0x10ffff })).map((points) => String.fromCodePoint(...points));
const list = (name: string): string[] => phrasings[name] ?? [];
/** All texts anywhere in a table of replies, the keys too. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...textsIn(inner)]);
};

describe('TC-05: revocations in any words', () => {
  it.each(['opt_out_en', 'opt_out_es'])('finds at least 99 in 100 of %s, of 60 or more', (name) => {
    const missed = list(name).filter((text) => readConsentWord(text) !== 'opt_out');
    expect(list(name).length).toBeGreaterThanOrEqual(60);
    expect(missed.length / list(name).length, missed.join(' | ')).toBeLessThanOrEqual(0.01);
  });

  it.each(['no_opt_out_en', 'no_opt_out_es'])('takes fewer than 2 in 100 of %s for one, of 60 or more', (name) => {
    const wrong = list(name).filter((text) => readConsentWord(text) === 'opt_out');
    expect(list(name).length).toBeGreaterThanOrEqual(60);
    expect(wrong.length / list(name).length, wrong.join(' | ')).toBeLessThan(0.02);
  });

  it.each(['task', 'yes-no', 'number', 'date'])('lets every %s reply of a flow through', (name) => {
    const texts = textsIn(read(`../language/${name}-replies.yaml`)).filter((text) => text !== 'stop texting me');
    expect(texts.filter((text) => readConsentWord(text) !== null)).toEqual([]);
  });

  it.each([
    'should I stop by the office?',
    'can I cancel my housing?',
    'how do i quit my job',
    'when does the term end',
    'puedo dar de baja una clase?',
    'my ex wont stop texting me',
    'i just want the pain to stop',
    'hes threatening to post my nudes if i dont send more',
  ])('%j does not opt out', (text) => expect(readConsentWord(text)).toBeNull());

  it.each([
    'STOP. email me instead',
    'stop. i got your email',
    'dont text me at night. actually just stop texting me',
    'my ex wont leave me alone and now you. STOP',
    'ya no me mandes mensajes, mejor por correo',
  ])('%j: what explains another word does not explain the STOP away', (text) => {
    expect(readConsentWord(text)).toBe('opt_out');
  });

  it.each(['stop texting me i want to die', 'ya no me escribas, me quiero morir', 'STOP i hate my life'])(
    'F30: %j is an opt-out here; the screen reads the same text for itself',
    (text) => expect(readConsentWord(text)).toBe('opt_out'),
  );
});

describe('TC-04: the listed words', () => {
  const words = ['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe', 'stopall', 'optout'];
  const edges = ['', ' ', '  ', '\n', '\t', '.', '!', '!!!', '…', '"', ' 🛑', ' 😡😡', '\u200b', '\u2066', ' 👩‍👩‍👧'];
  const cases = [
    (word: string) => word,
    (word: string) => word.toUpperCase(),
    (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  ];

  it('opt out in any case, with any punctuation, blanks and emoji around them', () => {
    const pick = fc.tuple(
      fc.constantFrom(...words),
      fc.constantFrom(...cases),
      fc.constantFrom(...edges),
      fc.constantFrom(...edges),
    );
    fc.assert(
      fc.property(
        pick,
        ([word, write, before, after]) => readConsentWord(`${before}${write(word)}${after}`) === 'opt_out',
      ),
      { numRuns: 800 },
    );
  });

  it.each([
    'ST0P',
    'ЅТОР',
    'STОP',
    'ＳＴＯＰ',
    '𝐒𝐓𝐎𝐏',
    'S.T.O.P.',
    's t o p',
    'stopppp',
    'st\u00adop',
    '\u202eSTOP',
    'sto\u0301p',
  ])('F28: %j is STOP in disguise', (text) => expect(readConsentWord(text)).toBe('opt_out'));

  it('are found at the end of a very long text, in bounded time', () => {
    const story = 'i went to the office and they said to come back with the form. ';
    expect(readConsentWord(`${story.repeat(20)}Stop texting me.`)).toBe('opt_out');
    expect(readConsentWord(`${story.repeat(200)}STOP`)).toBe('opt_out');
  });
});

describe('the other words', () => {
  const expectAll = (name: string, word: ConsentWord, is: boolean) => {
    const wrong = list(name).filter((text) => (readConsentWord(text) === word) !== is);
    expect(list(name).length).toBeGreaterThan(8);
    expect(wrong).toEqual([]);
  };
  it('TC-09: START and UNSTOP alone opt in', () => expectAll('opt_in', 'opt_in', true));
  it('TC-09: YES never opts in, nor does start inside a sentence', () => expectAll('no_opt_in', 'opt_in', false));
  it('CA-04: HELP, INFO and AYUDA alone ask for help', () => expectAll('help', 'help', true));
  it('CA-04: help inside a sentence is no keyword', () => expectAll('no_help', 'help', false));
  it.each(['', '   ', '🎓', '...', '👍'])('%j says nothing', (text) => expect(readConsentWord(text)).toBeNull());
  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(anyText, (text) => readConsentWord(text) === null || text !== ''));
  });
});

describe('TC-14: who reached whom', () => {
  it.each(list('wrong_number'))('%j is a wrong number', (text) => expect(readMistaken(text)).toBe('wrong_number'));
  it.each(list('who_is_this'))('%j asks who texts', (text) => expect(readMistaken(text)).toBe('who_is_this'));
  it.each(list('no_wrong_number'))('%j is neither', (text) => expect(readMistaken(text)).toBeNull());
  it.each(['who is this?', 'wrong number', 'número equivocado'])('%j alone is no opt-out', (text) => {
    expect(readConsentWord(text)).toBeNull();
  });
  it('a wrong number that asks for an end is both', () => {
    expect(readMistaken('wrong number, stop texting me')).toBe('wrong_number');
    expect(readConsentWord('wrong number, stop texting me')).toBe('opt_out');
  });
});

describe('what the carrier answers by itself', () => {
  it.each(['STOP', ' stop ', 'Unsubscribe', 'END', 'quit', 'REVOKE', 'OptOut', 'start', 'YES', 'help', 'INFO'])(
    '%j',
    (text) => {
      expect(isCarrierKeyword(text)).toBe(true);
    },
  );
  it.each(['stop.', 'please stop', 'opt out', 'alto', 'ST0P', 'stop 🛑', ''])('not %j', (text) => {
    expect(isCarrierKeyword(text)).toBe(false);
  });
});
