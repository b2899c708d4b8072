// A year in a process of its own: what it hands over, that it can be ended, and that a failure comes back in words.

import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/adapters/system/content-files.ts';
import { rehearseApart } from '../../src/commands/rehearse-apart.ts';
import type { Progress } from '../../src/commands/rehearse-play.ts';
import { OWN_FLOWS } from '../../src/config.ts';

const LONG = 60_000;

function optionsFor(mentees: number, months: number) {
  const read = readContent(OWN_FLOWS, { runExamples: false });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { files: read.files, mentees, seed: 7, from: '2027-05-01', months, centsPerSegment: 1.2 };
}

describe('a year in a process of its own', () => {
  it('tells each month, and hands over its page and its figures', { timeout: LONG }, async () => {
    const months: number[] = [];
    const played = await rehearseApart(optionsFor(6, 2), ({ month }) => months.push(month), AbortSignal.timeout(LONG));
    expect(months).toEqual([1, 2]);
    expect(played.page).toContain('6 synthetic students, 2 months');
    expect(played.headlines.map(({ name }) => name)).toContain('Texts sent');
    expect(played).toMatchObject({ verdict: 'Nothing happened that must never happen.', isGood: true });
  });

  it('ends at once when it is told to', { timeout: LONG }, async () => {
    const end = new AbortController();
    const heard: Progress[] = [];
    const began = performance.now();
    const played = rehearseApart(optionsFor(300, 16), (progress) => heard.push(progress), end.signal);
    setTimeout(() => end.abort(), 1_500);
    await expect(played).rejects.toThrow('it was ended from outside.');
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(heard.length).toBeLessThan(16);
  });

  it('says what was wrong with what it was given', { timeout: LONG }, async () => {
    const { 'program.yaml': _, ...files } = optionsFor(6, 1).files;
    const played = rehearseApart({ ...optionsFor(6, 1), files }, () => {}, AbortSignal.timeout(LONG));
    await expect(played).rejects.toThrow(/program/);
  });
});
