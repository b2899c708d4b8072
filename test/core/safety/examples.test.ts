// What a counselor's example does to the screen, and what it can never do: the floor that ships is only added to.

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExamples, refuseExample } from '../../../src/core/safety/example-check.ts';
import { type Example, keepExamples, nextExampleId, parseExamples } from '../../../src/core/safety/example-schema.ts';
import { FLOOR, unheardFloor } from '../../../src/core/safety/floor.ts';
import { ORDINARY_TEXTS } from '../../../src/core/safety/ordinary.ts';
import { checkSafetyFiles } from '../../../src/core/safety/safety-check.ts';
import { screen } from '../../../src/core/safety/screen.ts';
import { compileScreen, withExamples } from '../../../src/core/safety/screen-compiler.ts';
import { SAFETY_FILES } from './screen-shipped.ts';

/** A signal of high that fires on words nobody says, so that a false page can be made at will. */
const PURPLE = 'my purple lobster is singing again';
const [english, ...others] = SAFETY_FILES;
if (english === undefined) throw new Error('no safety file');
const [anySignal] = english.signals;
if (anySignal === undefined) throw new Error('no signal');
const purple = {
  ...anySignal,
  id: 'purple-lobster',
  tier: 'high' as const,
  kind: 'self' as const,
  loweredBy: [],
  patterns: ['purple lobster'],
  examples: ['the purple lobster sings', 'a purple lobster', 'purple lobster here'],
  counterexamples: ['a red lobster', 'a purple crab'],
};
const compiled = compileScreen([{ ...english, signals: [...english.signals, purple] }, ...others], []);

const missed = (words: string, tier: 'crisis' | 'high' | 'moderate' = 'crisis'): Example => ({
  id: 'ex-1',
  was: 'missed',
  words,
  tier,
  kind: 'self',
});
const falsePage = (words: string): Example => ({ id: 'ex-2', was: 'false_page', words });
const tierOf = (example: Example, text: string) => screen(withExamples(compiled, [example]), { text }).tier;

const SEAT = 'after friday nobody has to save me a seat';

describe('an example of a missed text', () => {
  it.each([
    'After Friday nobody has to save me a seat.',
    'ok so after friday, nobody really has to save me a seat anymore',
    'AFTER FRIDAY NOBODY HAS TO SAVE ME A SEAAAT',
    'dont worry. after friday nobody has to save a seat for me',
  ])('raises a text like it: %s', (text) => {
    expect(screen(compiled, { text }).tier).toBe('none');
    expect(tierOf(missed(SEAT), text)).toBe('crisis');
  });

  it.each([
    'after friday you can save me a seat',
    'nobody has a seat on friday after class',
    'save me a seat after friday',
    'nobody has to save the date',
  ])('leaves a text alone that says something else: %s', (text) => {
    expect(tierOf(missed(SEAT), text)).toBe('none');
  });

  it('says which example spoke, and on which words', () => {
    const found = screen(withExamples(compiled, [missed(SEAT, 'high')]), { text: `lol ${SEAT} ok` });
    expect(found).toMatchObject({ tier: 'high', kind: 'self', signals: [{ id: 'ex-1', category: 'example' }] });
    expect(found.matched).toEqual([SEAT]);
  });

  it('never lowers what the signals say', () => {
    const text = `${SEAT}, i want to die`;
    expect(tierOf(missed(SEAT, 'moderate'), text)).toBe('crisis');
  });

  it('hears Spanish without its accents and in another spelling', () => {
    const words = 'dile a mi hermanita que mi cuarto ya es suyo';
    expect(tierOf(missed(words), 'Dile a mi hermanita qe mi kuarto ya es suyo')).toBe('crisis');
  });

  it('does not lose its negation: without it a sentence says the opposite', () => {
    const words = 'there will not be any more birthdays after this one';
    expect(tierOf(missed(words), words)).toBe('crisis');
    expect(tierOf(missed(words), 'there will be more birthdays after this one')).toBe('none');
  });

  it('fires on itself, whatever its words (property)', () => {
    const word = fc.constantFrom('letters', 'garage', 'brother', 'keeps', 'guitar', 'midnight', 'bridge', 'cousin');
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 12 }), (words) => {
        const text = words.join(' ');
        expect(tierOf(missed(text), text)).toBe('crisis');
      }),
    );
  });

  it('costs a long hostile text no more than its length', () => {
    const example = missed('nobody nobody seat seat nobody seat friday friday seat');
    const taught = withExamples(
      compiled,
      Array.from({ length: 50 }, () => example),
    );
    const time = (text: string): number => {
      const from = performance.now();
      for (let round = 0; round < 5; round += 1) screen(taught, { text });
      return performance.now() - from;
    };
    const short = 'nobody seat friday '.repeat(20);
    time(short);
    expect(time(short.repeat(4))).toBeLessThan(time(short) * 16 + 50);
  });
});

describe('an example of a false page', () => {
  it('lowers a text like it to moderate, and never to none', () => {
    expect(screen(compiled, { text: PURPLE }).tier).toBe('high');
    const found = screen(withExamples(compiled, [falsePage(PURPLE)]), { text: `${PURPLE} lol` });
    expect(found.tier).toBe('moderate');
    expect(found.signals.map(({ id }) => id)).toEqual(expect.arrayContaining(['purple-lobster', 'ex-2']));
  });

  it('lowers nothing when more is said than the example', () => {
    const text = `${PURPLE} and the whole kitchen smells of burned plastic since monday evening`;
    expect(tierOf(falsePage(PURPLE), text)).toBe('high');
  });

  it('never lowers what an explicit signal calls a crisis', () => {
    expect(tierOf(falsePage(PURPLE), `${PURPLE} i want to die`)).toBe('crisis');
    expect(tierOf(falsePage('i really want to die of this'), 'i really want to die of this')).toBe(
      screen(compiled, { text: 'i really want to die of this' }).tier,
    );
  });

  it('the floor is added to and never edited away: no example lowers a line of danger of the shipped signals', () => {
    const lines = SAFETY_FILES.flatMap(({ signals }) => signals)
      .filter(({ tier }) => tier === 'crisis')
      .flatMap(({ examples }) => examples);
    expect(lines.length).toBeGreaterThan(80);
    const lowering = withExamples(
      compiled,
      lines.map((words, at) => ({ id: `ex-${at + 1}`, was: 'false_page', words })),
    );
    for (const text of lines) {
      const before = screen(compiled, { text }).tier;
      if (before === 'crisis') expect([text, screen(lowering, { text }).tier]).toEqual([text, 'crisis']);
    }
  });
});

describe('an example is refused', () => {
  it.each([
    ['too short', missed('see you'), 'too little'],
    ['an everyday sentence', missed('i am going to the store'), 'said every day'],
    ['an everyday text of the fixtures', missed(longest(ORDINARY_TEXTS)), 'everyday text'],
    ['what the screen hears already', missed('i want to die'), 'reads this as crisis already'],
    ['a false page that pages nobody', falsePage('the bus was late again today'), 'pages nobody'],
    ['a false page that is an explicit crisis', falsePage('i want to die because of this class'), 'no example lowers'],
    ['a false page that would hide danger', falsePage('the purple lobster sings'), 'would hide'],
  ])('%s', (_, example, why) => {
    expect(refuseExample(compiled, example)).toContain(why);
  });

  it('and one that does good is taken', () => {
    expect(refuseExample(compiled, missed(SEAT))).toBeNull();
    expect(refuseExample(compiled, falsePage('my purple lobster balloon is singing at the party again'))).toBeNull();
  });

  it('by the check of the file, with its place', () => {
    const file = { examples: [missed(SEAT), { ...missed('see you'), id: 'ex-3' }], removed: [] };
    expect(checkExamples(compiled, file)).toMatchObject([{ path: ['examples', 1, 'words'] }]);
  });
});

function longest(texts: readonly string[]): string {
  const short = texts.filter((text) => text.split(' ').length < 12 && screen(compiled, { text }).tier === 'none');
  return short.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

describe('the file of examples', () => {
  it('is empty where there is none, and names what is wrong', () => {
    expect(parseExamples(undefined)).toEqual({ ok: true, file: { examples: [], removed: [] } });
    expect(parseExamples({ examples: [{ id: 'ex-1', was: 'missed', words: 'x' }] })).toMatchObject({ ok: false });
    expect(parseExamples({ examples: [missed(SEAT), missed(SEAT)] })).toMatchObject({
      ok: false,
      problems: [{ message: '"ex-1" is there twice' }],
    });
  });

  it('keeps what was added in Slack when a folder without it is published, until it is named as removed', () => {
    const published = { examples: [missed(SEAT), falsePage(PURPLE)], removed: [] };
    const folder = { examples: [], removed: [] };
    expect(keepExamples(folder, published).examples.map(({ id }) => id)).toEqual(['ex-1', 'ex-2']);
    const without = keepExamples({ examples: [], removed: ['ex-1'] }, published);
    expect(without).toEqual({ examples: [falsePage(PURPLE)], removed: ['ex-1'] });
    expect(nextExampleId(without)).toBe('ex-3');
    expect(nextExampleId({ examples: [], removed: ['ex-7'] })).toBe('ex-8');
  });
});

it('the everyday texts that ship are lines of the training files that were written as none', () => {
  const folder = new URL('../../../flows/safety/training/', import.meta.url);
  const none = new Set(
    readdirSync(folder).flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): { text: string; tier: string } => JSON.parse(line))
        .flatMap(({ text, tier }) => (tier === 'none' ? [text] : [])),
    ),
  );
  expect(ORDINARY_TEXTS.length).toBeGreaterThan(3_000);
  expect(ORDINARY_TEXTS.filter((text) => !none.has(text))).toEqual([]);
});

describe('the floor that ships', () => {
  it('is heard whole by the shipped signals', () => {
    expect(FLOOR.length).toBeGreaterThan(150);
    expect(unheardFloor(compileScreen(SAFETY_FILES))).toEqual([]);
  });

  it('is refused when a signal was edited away, or hidden by a mask', () => {
    const without = { ...english, signals: english.signals.filter(({ id }) => id !== 'kill-self') };
    const hiding = {
      ...english,
      masks: [...english.masks, { id: 'hides', patterns: ['want to die'], examples: ['x'] }],
    };
    for (const edited of [without, hiding]) {
      const problems = checkSafetyFiles([edited, ...others], []);
      expect(problems.map(({ message }) => message)).toEqual(
        expect.arrayContaining([expect.stringContaining('is part of the floor')]),
      );
    }
  });

  it('stands under every screen that examples were added to, whatever they say', () => {
    const taught = withExamples(
      compiled,
      FLOOR.filter(({ tier }) => tier === 'crisis').map(({ text }, at) => ({
        id: `ex-${at + 1}`,
        was: 'false_page',
        words: text,
      })),
    );
    expect(unheardFloor(taught).filter(({ tier }) => tier === 'crisis')).toEqual(
      unheardFloor(compiled).filter(({ tier }) => tier === 'crisis'),
    );
  });
});
