// Phone numbers as programs write them in a CSV, and as they may be shown.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskPhone, parsePhone } from '../../../src/core/language/phone.ts';
import { asPhone } from '../../../src/core/model/ids.ts';

describe('a number that can be texted', () => {
  it.each([
    ['(213) 555-0123', '+12135550123'],
    ['213-555-0123', '+12135550123'],
    ['213.555.0123', '+12135550123'],
    ['213 555 0123', '+12135550123'],
    ['2135550123', '+12135550123'],
    ['12135550123', '+12135550123'],
    ['1-213-555-0123', '+12135550123'],
    ['+1 (213) 555-0123', '+12135550123'],
    ['+12135550123', '+12135550123'],
    ['  2135550123\t', '+12135550123'],
    ['＋１ ２１３ ５５５ ０１２３', '+12135550123'],
    ['787-555-0142', '+17875550142'],
    ['+1 939 555 0142', '+19395550142'],
    ['(808) 555-0100', '+18085550100'],
  ])('%j is %s', (raw, phone) => expect(parsePhone(raw)).toEqual({ ok: true, phone }));

  it('a Mexican number needs its country code', () => {
    expect(parsePhone('+52 55 1234 5678')).toEqual({ ok: true, phone: '+525512345678' });
  });

  it.each(['213', '787', '808', '212'])('555-01xx is kept for examples in area code %s', (area) => {
    expect(parsePhone(`${area}-555-0199`)).toEqual({ ok: true, phone: `+1${area}5550199` });
  });
});

describe('a number that cannot', () => {
  const hint = 'write ten digits, or + and the country code';
  it.each([
    ['', /^there is no phone number/],
    ['   ', /^there is no phone number/],
    ['n/a', /is not a phone number/],
    ['ask her mom', /is not a phone number/],
    ['555-0123', /not a number that exists|too many or too few/],
    ['213-555-012', /too many or too few/],
    ['213-555-01234', /too many or too few/],
    ['+1 213 555 01234', /too many or too few/],
    ['000-000-0000', /not a number that exists/],
    ['111-111-1111', /not a number that exists/],
    ['123-456-7890', /not a number that exists/],
    ['911', /too many or too few|not a number that exists/],
    ['88788', /too many or too few|not a number that exists/],
    ['741741', /too many or too few|not a number that exists/],
    ['+52 1 55 1234 5678', /too many or too few|not a number that exists/],
    ['tel:+12135550123', /.+/],
    ['044 55 1234 5678', /.+/],
    ['2.135550123E9', /.+/],
    ['213-555-0123, 213-555-0124', /.+/],
    ['=HYPERLINK("x")', /is not a phone number/],
    ['2'.repeat(41), /too long/],
  ])('%j', (raw, reason) => {
    const result = parsePhone(raw);
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
    if (!result.ok && !result.reason.includes('extension')) expect(result.reason).toContain(hint);
  });

  it.each(['213-555-0123 ext 4', '213-555-0123 x4', '(213) 555-0123 #4', '+12135550123;ext=4'])(
    '%j has an extension, which cannot be texted',
    (raw) => expect(parsePhone(raw)).toMatchObject({ ok: false, reason: expect.stringContaining('extension') }),
  );
});

it('never throws, and what it accepts is E.164 and reads as itself', () => {
  const digits = fc.array(fc.constantFrom(...'0123456789+-(). x'), { maxLength: 20 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string(), digits), (raw) => {
      const result = parsePhone(raw);
      if (!result.ok) return;
      expect(result.phone).toMatch(/^\+[1-9]\d{6,14}$/);
      expect(parsePhone(result.phone)).toEqual(result);
    }),
    { numRuns: 500 },
  );
});

it('shows two digits and no more', () => {
  expect(maskPhone(asPhone('+12135550123'))).toBe('•••23');
});
