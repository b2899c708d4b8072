// A text as words: every disguise gives the plain word, every word keeps its place, and long texts cost what they weigh.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWords } from '../../../src/core/language/normalise.ts';

/** The likeliest reading of each word. */
const plain = (text: string): string =>
  readWords(text)
    .map((word) => word.forms[0] ?? '')
    .join(' ');
/** Whether some word, or some words together, can be read so. */
const canRead = (text: string, form: string): boolean =>
  readWords(text).some((word) => word.forms.includes(form) || word.joins.some((join) => join.form === form));

describe('the plain words of a text', () => {
  it.each([
    ['Hello there', 'hello there'],
    ['  Hello,\tthere!\n', 'hello there'],
    ['ESTÁ AQUÍ mañana', 'esta aqui manana'],
    ["don't", 'do not'],
    ['don’t', 'do not'],
    ['DONT', 'do not'],
    ['idk', 'i do not know'],
    ['im gonna', 'i am going to'],
    ['xq no kiero', 'porque no quiero'],
    ['u ok', 'you ok'],
    ['wannaaa', 'want to'],
    ["'quoted'", 'quoted'],
    ['and/or', 'and or'],
    ['half-done', 'half done'],
    ['42', '#'],
    ['1st', '#'],
    ['', ''],
    ['... !!! ???', ''],
  ])('%j is read as %j', (text, words) => expect(plain(text)).toBe(words));
});

describe('F28: the same word in disguise', () => {
  it.each([
    ['ST0P', 'stop'],
    ['st0p', 'stop'],
    ['ЅТОР', 'stop'],
    ['STОP', 'stop'],
    ['ｓｔｏｐ', 'stop'],
    ['𝓼𝓽𝓸𝓹', 'stop'],
    ['Ⓢⓣⓞⓟ', 'stop'],
    ['s\u200bt\u200co\u200dp', 'stop'],
    ['\u202estop\u202c', 'stop'],
    ['st\u00adop', 'stop'],
    ['sto\u0301p', 'stop'],
    ['s̶t̶o̶p̶', 'stop'],
    ['stoooop', 'stop'],
    ['ssstop', 'stop'],
    ['s t o p', 'stop'],
    ['s.t.o.p', 'stop'],
    ['s-t-o-p', 'stop'],
    ['k1ll', 'kill'],
    ['su!cide', 'suicide'],
    ['s u i c i d e', 'suicide'],
    ['d1e', 'die'],
    ['*stop*', 'stop'],
    ['k$ll me $$$', 'me'],
  ])('%j can be read as %s', (text, form) => expect(canRead(text, form)).toBe(true));

  it.each([
    ['a b', 'ab'],
    ['u r', 'ur'],
    ['stop', 'sotp'],
  ])('%j is never %s', (text, form) => expect(canRead(text, form)).toBe(false));

  it('emoji are words of their own, skin tones and joiners leave no trace', () => {
    const words = readWords('ok 👍🏽 stop👩‍👩‍👧');
    expect(words.map((word) => [word.forms[0], word.isEmoji])).toEqual([
      ['ok', false],
      ['👍', true],
      ['stop', false],
      ['👩', true],
      ['👩', true],
      ['👧', true],
    ]);
  });

  it('a word keeps its sound, for Spanish as it is typed', () => {
    const sound = (text: string) => readWords(text)[0]?.forms.find((form) => form.startsWith('~'));
    expect(sound('kiero')).toBe(sound('quiero'));
    expect(sound('bamos')).toBe(sound('vamos'));
    expect(sound('ablar')).toBe(sound('hablar'));
  });
});

describe('places and sentences', () => {
  it.each([
    ['Hi. Stop', [true, true]],
    ['hi stop', [true, false]],
    ['hi, stop', [true, false]],
    ['hi!stop', [true, false]],
    ['hi\nstop', [true, true]],
    ['¿ok? ¡stop!', [true, true]],
  ])('%j opens sentences at %j', (text, wanted) => {
    const words = readWords(text);
    if (words.length === wanted.length) expect(words.map((word) => word.opensSentence)).toEqual(wanted);
    else expect(words).toHaveLength(1);
  });

  it.each(['I dont want to', 'ÁÉ “so” s t o p', '👍🏽 ok 𝓼𝓽𝓸𝓹 ok'])('each word of %j knows where it stood', (text) => {
    const words = readWords(text);
    for (const { start, end } of words) expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
    expect(words.every(({ start, end }) => start < end && end <= text.length)).toBe(true);
  });

  it('whatever is typed, places are inside the text, in order, and every word has a reading', () => {
    const anyText = fc.array(fc.integer({ min: 1, max: 0x10ffff })).map((points) => String.fromCodePoint(...points));
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string()), (text) => {
        let before = 0;
        for (const { start, end, forms } of readWords(text)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(forms.length).toBeGreaterThan(0);
          before = start;
        }
      }),
    );
  });
});

describe('long texts', () => {
  const timeOf = (text: string): number => {
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      readWords(text);
      return performance.now() - began;
    });
    return Math.min(...times);
  };

  it.each([
    ['words', 'i dont want to stop by the office '],
    ['one word without end', 'stoooop'],
    ['spaced letters', 's t o p '],
    ['hidden marks', 's\u200b\u0301'],
    ['signs', '$!@*'],
    ['exclamations', 'a!'],
    ['emoji', '👩‍👩‍👧'],
  ])('%s: eight times the text takes about eight times as long', (_, piece) => {
    const short = piece.repeat(Math.ceil(600 / piece.length));
    readWords(short.repeat(8));
    const ratio = timeOf(short.repeat(8)) / Math.max(timeOf(short), 0.05);
    expect(ratio).toBeLessThan(24);
  });
});
