// `icehouse rehearse`: a small year through the real house, twice the same; the page that stands alone; what is refused.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContent } from '../../src/adapters/system/content-files.ts';
import { type Progress, rehearse } from '../../src/commands/rehearse-play.ts';
import { OWN_FLOWS } from '../../src/config.ts';
import { linesOf } from '../../src/rehearsal/town/lines.ts';
import { CHECKS } from '../../src/rehearsal/town/observer.ts';
import { pageOf } from '../../src/rehearsal/town/page.ts';
import type { RehearsalReport } from '../../src/rehearsal/town/report.ts';
import { icehouse } from '../support/icehouse.ts';

const LONG = 60_000;

let folder: string;
let report: RehearsalReport;
const progress: Progress[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-rehearse-'));
  report = await play((step) => progress.push(step));
}, LONG);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function play(onProgress?: (step: Progress) => void): Promise<RehearsalReport> {
  const read = readContent(OWN_FLOWS, { runExamples: false });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const options = { files: read.files, mentees: 20, seed: 7, from: '2027-05-01', months: 3, centsPerSegment: 1.2 };
  return rehearse(options, onProgress);
}

function digestOf({ tookMs: _, ...rest }: RehearsalReport): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}

describe('a small summer', () => {
  it('looks at every rule there is something to look at for, and finds nothing', () => {
    for (const check of CHECKS) {
      expect(report.violations[check], check).toBe(0);
      if (check !== 'sends_on_expired_facts') expect(report.checked[check], check).toBeGreaterThan(10);
    }
    expect(report.violationTotal).toBe(0);
  });

  it('texts everybody, hears most, opens and ends cases, and has people leave and come back', () => {
    expect(report.byKind.nudge).toBeGreaterThan(40);
    expect(report.byKind.answer).toBeGreaterThan(20);
    expect(report.inboundTexts).toBeGreaterThan(40);
    expect(report.cases.opened).toBeGreaterThan(0);
    expect(report.cases.unresolved).toBe(0);
    expect(report.optOuts).toBeGreaterThan(0);
    expect(report.questions.reduce((sum, { asked }) => sum + asked, 0)).toBeGreaterThan(60);
    expect(report.weeks.reduce((sum, { total }) => sum + total, 0)).toBe(report.texts);
  });

  it('says month by month how far it has come, and how the tasks stand', () => {
    expect(progress.map(({ on, month }) => [on, month])).toEqual([
      ['2027-05-31', 1],
      ['2027-06-30', 2],
      ['2027-07-31', 3],
    ]);
    expect(report.taskStatus).toHaveLength(3);
    const done = report.taskStatus.map(({ tasks }) => tasks.done);
    expect(done.toSorted((a, b) => a - b)).toEqual(done);
    expect(done.at(-1)).toBeGreaterThan(10);
  });

  it('is told in lines, with the rules at the end', () => {
    const lines = linesOf(report).join('\n');
    expect(lines).toContain('20 synthetic mentees, 3 months from 2027-05-01, seed 7');
    expect(lines).toMatch(/Busiest week: from 2027-\d\d-\d\d, \d+ texts/);
    expect(lines).toMatch(/second open question +0 of \d+/);
  });

  it('is drawn on a page that asks nothing of the network, and shows what people wrote as text', () => {
    const page = pageOf({
      ...report,
      transcripts: [
        {
          habit: 'chatty',
          firstName: 'Maya',
          language: 'en',
          timeZone: 'America/Los_Angeles',
          lines: [{ at: Date.parse('2027-06-07T10:00:00-07:00'), from: 'mentee', body: '<script>alert(1)</script>' }],
        },
      ],
    });
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|<link|<img|url\(|https?:\/\//);
    expect(page).toContain('Mon, Jun 7, 2027, 10:00 AM');
    for (const svg of page.match(/<svg[\s\S]*?<\/svg>/g) ?? []) expect(svg).toMatch(/role="img"[\s\S]*<title id="/);
    expect(page.match(/<svg/g)).toHaveLength(4);
  });

  it('says on the page what must not have happened, and where to look', () => {
    const violations = { ...report.violations, sends_to_opted_out: 2 };
    const page = pageOf({ ...report, violationTotal: 2, violations });
    expect(page).toContain('<p class="bad">2 times something happened that must never happen. See the table');
    expect(page).toMatch(/A text to a student who has opted out<\/td><td class="n">\d+<\/td><td class="n alarming">2</);
    expect(pageOf(report)).not.toContain('class="bad"');
  });

  it(
    'is the same year for the same seed',
    async () => {
      expect(digestOf(await play())).toBe(digestOf(report));
    },
    LONG,
  );
});

describe('the command', () => {
  it(
    'prints one object, writes the page where it is told to, and exits with 0',
    async () => {
      const file = join(folder, 'summer.html');
      const args = ['rehearse', '--mentees', '6', '--months', '1', '--json', '--html', file];
      const { code, out, err } = await icehouse(args);
      expect(code, err).toBe(0);
      const printed: unknown = JSON.parse(out);
      expect(printed).toMatchObject({
        mentees: 6,
        months: 1,
        violationTotal: 0,
        checked: { wrong_language: expect.any(Number) },
      });
      expect(err).toContain('month 1 of 1');
      expect(readFileSync(file, 'utf8')).toContain('<h1>A rehearsed year</h1>');
    },
    LONG,
  );

  it.each([
    [['--mentees', '0'], '--mentees 0 is not a whole number from 1 to 3000'],
    [['--from', 'May'], '--from May is not a date such as 2027-05-01'],
    [['--cents-per-segment', 'x'], '--cents-per-segment x is not a number such as 1.2'],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await icehouse(['rehearse', '--no-html', ...args]);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});
