// The review of a whole folder: the shipped one has nothing in it, and what one flow saves from another is not unused.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileProblem, formatFileProblem } from '../../src/adapters/system/file-problem.ts';
import { readFlowFolder } from '../../src/adapters/system/flow-files.ts';
import { reviewFolder, segmentsOf } from '../../src/adapters/system/review-files.ts';
import { builtInReplies } from '../../src/core/language/built-in-replies.ts';

const shipped = new URL('../../flows', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'icehouse-review-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const book = builtInReplies();
const MAY = Date.parse('2027-05-01T19:00:00Z');

function review(folder: string, now: number): readonly FileProblem[] {
  return reviewFolder(folder, readFlowFolder(folder), { now, book });
}

describe('the shipped folder', () => {
  it('has nothing to warn of in May', () => expect(review(shipped, MAY).map(formatFileProblem)).toEqual([]));

  it('has deadlines that are past in September, and only that', () => {
    const found = review(shipped, Date.parse('2027-09-01T19:00:00Z'));
    expect(found).toHaveLength(3);
    for (const { severity, message } of found) {
      expect(severity).toBe('warning');
      expect(message).toMatch(/^the deadline 2027-\d\d-\d\d is past/);
    }
  });

  it('lists what every text costs, at most two segments', () => {
    const rows = segmentsOf(shipped, readFlowFolder(shipped).flows);
    expect(rows.length).toBeGreaterThan(50);
    expect(new Set(rows.map(({ language }) => language))).toEqual(new Set(['en', 'es']));
    for (const { segments, costly_letters, line } of rows) {
      expect(segments).toBeLessThanOrEqual(2);
      expect(costly_letters).toEqual([]);
      expect(line).toBeGreaterThan(1);
    }
  });
});

const CALLER = `flow: caller
about: Calls another flow.
start: amount
variables:
  gap: number
steps:
  amount:
    type: call
    flow: ask-amount
    with: { what: bill }
    save: { gap: amount }
    on: { known: thanks, unknown: finish }
  thanks:
    type: say
    text: { en: "Thanks, {gap}.", es: "Gracias, {gap}." }
    next: finish
  finish: { type: end }
`;

describe('a flow that is called', () => {
  function foundWith(caller: string | null): string[] {
    const folder = mkdtempSync(join(scratch, 'case-'));
    cpSync(shipped, folder, { recursive: true, filter: (path) => !path.endsWith('/safety') });
    cpSync(new URL('./callable', import.meta.url), folder, { recursive: true });
    if (caller !== null) writeFileSync(join(folder, 'caller.yaml'), caller);
    expect(readFlowFolder(folder).problems).toEqual([]);
    return review(folder, MAY).map(({ message }) => message);
  }

  it('saves for nobody while nobody calls it, and its variables are its own file’s business', () => {
    expect(foundWith(null)).toEqual([
      'the variable "due" is never used',
      'the variable "amount" is saved and never looked at',
    ]);
    expect(foundWith(CALLER)).toEqual(['the variable "due" is never used']);
  });
});
