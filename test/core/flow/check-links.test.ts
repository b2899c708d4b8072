// Which links in a text are found, and which words are none.

import { describe, expect, it } from 'vitest';
import { checkLinks } from '../../../src/core/flow/check-links.ts';

const found = (text: string) =>
  checkLinks(text, ['text']).map(({ severity = 'mistake', message }) => [severity, message]);

describe('links', () => {
  it.each([
    ['Look: https://bit.ly/a', 'bit.ly'],
    ['Look: HTTPS://BIT.LY/a', 'BIT.LY'],
    ['Look: http://www.tinyurl.com/a', 'tinyurl.com'],
    ['Look at t.ly/abc!', 't.ly'],
    ['(goo.gl/x)', 'goo.gl'],
    ['https://lnkd.in', 'lnkd.in'],
  ])('%s is through a shortener', (text, host) => {
    expect(found(text)).toEqual([
      ['mistake', `"${host}" is a link shortener, and carriers block texts with one (CA-08)`],
    ]);
  });

  it.each([
    'See https://example.edu/aid.',
    'https://notbit.ly.example.edu/t.co',
    'Write to aid@example.edu or a.b@calstatela.edu.',
    'At 2 p.m. or 10:30 a.m. on 6.15.',
    'Listo.Es todo.Gracias',
    'Hi {first_name}, {link}',
  ])('nothing is wrong with %s', (text) => expect(found(text)).toEqual([]));

  it('one without https is found once, without the point behind it', () => {
    expect(found('See http://example.edu/a. Again: http://example.edu/a')).toEqual([
      ['mistake', 'the link "http://example.edu/a" is not safe'],
    ]);
    expect(found('Go to studentaid.gov.')).toEqual([
      ['warning', '"studentaid.gov" does not begin with https://, and not every phone shows it as a link'],
    ]);
  });
});
