import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SealedCodec } from '../../../src/adapters/db/sealed.ts';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const codec = new SealedCodec(key(1));
const place = { table: 'inbox', column: 'sealed_content', rowId: 'row-7' };

test('opens what it sealed, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(codec.open(place, codec.seal(place, text))).toBe(text);
    }),
  );
});

test('has the written form: format, key id, nonce, sealed text', () => {
  expect(codec.seal(place, 'hi')).toMatch(/^1:[0-9a-f]{8}:[\w-]{16}:[\w-]{24}$/);
  expect(codec.seal(place, 'hi').split(':')[1]).toBe(codec.keyId);
});

test('never seals the same text the same way, over many nonces', () => {
  const sealed = new Set(Array.from({ length: 2_000 }, () => codec.seal(place, 'hi')));
  expect(sealed.size).toBe(2_000);
});

test.each([
  ['row', { ...place, rowId: 'row-8' }],
  ['column', { ...place, column: 'other' }],
  ['table', { ...place, table: 'outbox' }],
])('does not open in another %s', (_, elsewhere) => {
  expect(() => codec.open(elsewhere, codec.seal(place, 'hi'))).toThrow(
    `${elsewhere.table}.${elsewhere.column} of row "${elsewhere.rowId}" does not open`,
  );
});

test('does not open when one letter was changed, and names the place without the content', () => {
  const sealed = codec.seal(place, 'i cannot pay the deposit');
  const [format, keyId, nonce, text = ''] = sealed.split(':');
  const changed = [format, keyId, nonce, (text.startsWith('A') ? 'B' : 'A') + text.slice(1)].join(':');
  expect(() => codec.open(place, changed)).toThrow('inbox.sealed_content of row "row-7" does not open: it was changed');
  expect(() => codec.open(place, changed)).not.toThrow(/deposit/);
});

test('tells a wrong key from a changed row', () => {
  const other = new SealedCodec(key(2));
  expect(() => other.open(place, codec.seal(place, 'hi'))).toThrow(
    `was sealed with data key ${codec.keyId}, but DATA_KEY is ${other.keyId}`,
  );
});

test.each(['', 'hello', '1:2', '2:aa:bb:cc', `1:${codec.keyId}::`])('says that %j is not one of its own', (text) => {
  expect(() => codec.open(place, text)).toThrow(/row "row-7"/);
});

test('hashes a number the same way each time, and differently under another key', () => {
  const hash = codec.hashPhone('+12135550101');
  expect(hash).toMatch(/^[\w-]{22}$/);
  expect(codec.hashPhone('+12135550101')).toBe(hash);
  expect(codec.hashPhone('+12135550102')).not.toBe(hash);
  expect(new SealedCodec(key(2)).hashPhone('+12135550101')).not.toBe(hash);
});

test.each(['', 'short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
  'refuses a data key that is not 32 bytes: %j',
  (dataKey) => {
    expect(() => new SealedCodec(dataKey)).toThrow('DATA_KEY must be 32 random bytes in base64');
  },
);
