// What people really type, with what a person would make of it: replies.table.jsonl. `says` is the family, the value or
// the date; `band` whether it is taken at once or asked back. Today is Wednesday 2027-06-16.

import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { builtInReplies } from '../../../src/core/language/built-in-replies.ts';
import type { ReplyWords } from '../../../src/core/language/reply-words.ts';
import { EXPECTATIONS, type Expectation, understand } from '../../../src/core/language/understand.ts';

const row = z.strictObject({
  expects: z.enum(EXPECTATIONS),
  language: z.enum(['en', 'es']),
  text: z.string(),
  options: z.array(z.string()).default([]),
  says: z.string(),
  band: z.enum(['accept', 'confirm', 'unclear']),
  rest: z.string().optional(),
  /** The mentee's local date; Wednesday 2027-06-16 when absent. */
  today: z.string().optional(),
  /** The day that "later" names. */
  date: z.string().optional(),
});
type Row = z.infer<typeof row>;

const rows = readFileSync(new URL('./replies.table.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => row.parse(JSON.parse(line)));

function read({
  text,
  expects,
  language,
  options,
  today,
}: Pick<Row, 'text' | 'expects' | 'language' | 'options' | 'today'>) {
  return understand(builtInReplies(), {
    text,
    expects,
    language,
    options: options.map((label) => ({ value: label, label })),
    today: () => today ?? '2027-06-16',
  });
}

function said(found: ReturnType<typeof read>): string {
  if (found.value === null) return found.family;
  return typeof found.value === 'boolean' ? (found.value ? 'yes' : 'no') : String(found.value);
}

describe('the table of replies', () => {
  it('is long, and in both languages', () => {
    expect(rows.length).toBeGreaterThanOrEqual(2000);
    for (const language of ['en', 'es']) {
      expect(rows.filter((one) => one.language === language).length).toBeGreaterThanOrEqual(100);
    }
  });

  it.each(rows)('$expects $text says $says', (one) => {
    const found = read(one);
    expect({ band: found.band, rest: found.rest }).toEqual({ band: one.band, rest: one.rest ?? null });
    if (one.says === 'unclear') expect(found.band).toBe('unclear');
    else expect(said(found)).toBe(one.says);
    if (one.date !== undefined) expect(found.date).toBe(one.date);
  });
});

describe('what nobody should guess', () => {
  const cases: [Expectation, string, string, string][] = [
    ['task', 'no problem', 'unclear', 'unclear'],
    ['task', 'yes but later', 'confirm', 'later'],
    ['task', 'nothing yet', 'accept', 'not_yet'],
    ['task', 'idk', 'unclear', 'unclear'],
    ['task', 'k', 'unclear', 'unclear'],
    ['task', 'who is this', 'unclear', 'unclear'],
    ['task', 'lol yea right', 'unclear', 'unclear'],
    ['yes_no', 'ay equis ya que', 'unclear', 'unclear'],
    ['number', '12 units', 'confirm', '12'],
    ['money', 'i already paid it all off', 'accept', '0'],
    ['task', 'not sure', 'unclear', 'unclear'],
    ['task', 'maybe', 'unclear', 'unclear'],
    ['task', 'I think so', 'confirm', 'done'],
    ['task', 'did it but it bounced', 'confirm', 'stuck'],
    ['task', 'almost done', 'accept', 'not_yet'],
    ['task', "yes i'm stuck", 'accept', 'stuck'],
    ['task', '\u{1F44D}', 'confirm', 'done'],
    ['yes_no', '\u{1F44D}', 'accept', 'yes'],
    ['yes_no', 'no problem', 'confirm', 'yes'],
    ['yes_no', 'I think so', 'confirm', 'yes'],
    ['date', 'end of the month', 'confirm', '2027-06-30'],
    ['date', 'next fri', 'confirm', '2027-06-25'],
    ['number', 'idk like 400', 'confirm', '400'],
  ];
  it.each(cases)('%s %j is %s %s', (expects, text, band, says) => {
    const found = read({ expects, text, language: 'en', options: [] });
    expect([found.band, said(found)]).toEqual([band, says]);
  });
});

describe('any reply', () => {
  const words = fc.constantFrom(
    ...rows.map((one) => one.text),
    'not',
    'but',
    '?',
    '12',
    '\n',
    '\u{1F937}',
    'ñ',
    '(',
    '@',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
  );

  it('is read without a throw, and always the same', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...EXPECTATIONS), fc.constantFrom('en', 'es'), (text, expects, language) => {
        const one = { text, expects, language, options: ['In a dorm', 'At home'] } as const;
        const options = [...one.options];
        const found = read({ ...one, options });
        expect(read({ ...one, options })).toEqual(found);
        if (found.band === 'unclear') expect(found.value).toBeNull();
        else expect(found.value).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it.each(EXPECTATIONS)('is read in a time that grows no faster than its length, as %s', (expects) => {
    for (const seed of [
      'done ',
      'not ',
      '1',
      '1 ',
      'a@',
      'el 3 ',
      'so ',
      'done? ',
      'idk. ',
      '(213) ',
      'ha',
      ', ',
      'y cuando ',
      '4, why ',
      'no wait ',
      'if ',
      'yes? ',
      '👍 ',
      'aaaa',
      'el 3 de ',
      'but ',
      '  ',
    ]) {
      const time = (length: number): number => {
        const text = seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
        const began = performance.now();
        for (let count = 0; count < 5; count += 1)
          read({ text, expects, language: 'en', options: ['In a dorm', 'No'] });
        return (performance.now() - began) / 5;
      };
      time(250);
      expect(time(1600), `${JSON.stringify(seed)} of 1,600 characters`).toBeLessThan(20);
      const short = Math.min(time(250), time(250), time(250));
      const long = Math.min(time(1000), time(1000), time(1000));
      expect(long, `${JSON.stringify(seed)} took ${long} ms`).toBeLessThan(Math.max(20, short * 16));
    }
  });
});

it('ships the words of flows/replies', () => {
  const files = (['en', 'es'] as const).map((language) => {
    const url = new URL(`../../../flows/replies/${language}.yaml`, import.meta.url);
    const words = parse(readFileSync(url, 'utf8')) as ReplyWords;
    const bare = Object.entries(words.families).map(([name, one]) => [
      name,
      { ...one, examples: [], counterexamples: [] },
    ]);
    return { ...words, families: Object.fromEntries(bare) };
  });
  const built = new URL('../../../src/core/language/built-in-replies.json', import.meta.url);
  if (process.env.UPDATE !== undefined) writeFileSync(built, `${JSON.stringify(files)}\n`);
  expect(JSON.parse(readFileSync(built, 'utf8'))).toEqual(files);
});
