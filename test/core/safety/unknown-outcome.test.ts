// The last column of the class table (architecture 2.3): what becomes of a text whose fate at the provider is unknown.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageClass } from '../../../src/core/model/message.ts';
import { CALLBACK_WAIT_MS, decideUnknown, LIST_TRUSTED_MS } from '../../../src/core/safety/unknown-outcome.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CLASSES: readonly MessageClass[] = [
  'nudge',
  'answer',
  'safety_reply',
  'human_text',
  'keyword_answer',
  'alert',
  'case_note',
  'notice',
];
const ONCE = ['nudge', 'answer', 'keyword_answer'] as const;
const wait = (forMs: number) => ({ kind: 'wait', forMs });

describe('TX-04: a text that the provider has', () => {
  it.each(CLASSES)('a %s is adopted, however late and however often it was tried', (name) => {
    for (const [sinceMs, attempts] of [
      [0, 1],
      [MINUTE, 3],
      [48 * HOUR, 9],
    ] as const) {
      expect(decideUnknown(name, { sinceMs, attempts, seenAtProvider: true })).toEqual({ kind: 'adopt' });
    }
  });
});

describe('TX-03, TX-04: a nudge, an answer and a keyword answer are not sent again on a guess', () => {
  const table = [
    ['at once', 0, null, 1, wait(CALLBACK_WAIT_MS)],
    ['at once, also when the list lacks it', 0, false, 1, wait(CALLBACK_WAIT_MS)],
    ['after 20 seconds', 20_000, null, 1, wait(40_000)],
    ['after a minute without a callback', MINUTE, null, 1, wait(LIST_TRUSTED_MS - MINUTE)],
    ['after 3 minutes, not on the list: it may be late there', 3 * MINUTE, false, 1, wait(7 * MINUTE)],
    ['after 10 minutes, not on the list', LIST_TRUSTED_MS, false, 1, { kind: 'resend_gated' }],
    ['after 10 minutes, a second time', LIST_TRUSTED_MS, false, 2, { kind: 'lost' }],
    ['after 10 minutes, the provider cannot be asked', LIST_TRUSTED_MS, null, 1, wait(CALLBACK_WAIT_MS)],
    ['after 23 hours, the provider cannot be asked', 23 * HOUR, null, 1, wait(CALLBACK_WAIT_MS)],
    ['after a day, the provider cannot be asked', 24 * HOUR, null, 1, { kind: 'lost' }],
    ['after a day, not on the list', 24 * HOUR, false, 1, { kind: 'resend_gated' }],
  ] as const;
  const cells = ONCE.flatMap((name) => table.map(([when, ...cell]) => [name, when, ...cell] as const));
  it.each(cells)('%s, %s', (name, _, sinceMs, seenAtProvider, attempts, wanted) => {
    expect(decideUnknown(name, { sinceMs, seenAtProvider, attempts })).toEqual(wanted);
  });
});

describe('the other classes', () => {
  it.each([
    ['safety_reply', 1, 'resend'],
    ['safety_reply', 7, 'resend'],
    ['alert', 1, 'resend'],
    ['alert', 50, 'resend'],
    ['human_text', 1, 'ask_person'],
    ['human_text', 2, 'ask_person'],
  ] as const)('a %s at attempt %i: %s', (name, attempts, kind) => {
    for (const seenAtProvider of [null, false]) {
      for (const sinceMs of [0, LIST_TRUSTED_MS, 30 * HOUR]) {
        expect(decideUnknown(name, { sinceMs, seenAtProvider, attempts })).toEqual({ kind });
      }
    }
  });
});

describe.each(['notice', 'case_note'] as const)('a %s', (name) => {
  it.each([1, 2, 40])(
    "at attempt %i is looked for, and posted again when it is not there: it may hold somebody's words",
    (attempts) => {
      const facts = { sinceMs: 0, attempts };
      expect(decideUnknown(name, { ...facts, seenAtProvider: null }).kind).toBe('wait');
      expect(decideUnknown(name, { ...facts, seenAtProvider: false }).kind).toBe('resend');
      expect(decideUnknown(name, { ...facts, seenAtProvider: true }).kind).toBe('adopt');
    },
  );
});

describe('TX-05: what holds always', () => {
  const anyFacts = fc.record({
    sinceMs: fc.integer({ min: -MINUTE, max: 72 * HOUR }),
    seenAtProvider: fc.constantFrom(true, false, null),
    attempts: fc.integer({ min: 1, max: 30 }),
  });

  it('a nudge, an answer and a keyword answer are handed over twice at most, and never before ten minutes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ONCE), anyFacts, (name, known) => {
        const { kind } = decideUnknown(name, known);
        expect(kind).not.toBe('resend');
        if (kind !== 'resend_gated') return;
        expect(known).toMatchObject({ seenAtProvider: false, attempts: 1 });
        expect(known.sinceMs).toBeGreaterThanOrEqual(LIST_TRUSTED_MS);
      }),
    );
  });

  it('a safety reply and an alert are never given up', () => {
    fc.assert(
      fc.property(fc.constantFrom('safety_reply', 'alert'), anyFacts, (name, known) => {
        expect(['adopt', 'resend']).toContain(decideUnknown(name, known).kind);
      }),
    );
  });

  it('a wait has an end in the future, and waiting comes to a decision', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CLASSES), fc.constantFrom(false, null), (name, seenAtProvider) => {
        let sinceMs = 0;
        for (let round = 0; round < 2000; round += 1) {
          const decision = decideUnknown(name, { sinceMs, seenAtProvider, attempts: 1 });
          if (decision.kind !== 'wait') return;
          expect(decision.forMs).toBeGreaterThan(0);
          sinceMs += decision.forMs;
        }
        throw new Error(`a ${name} waits for ever`);
      }),
    );
  });
});
