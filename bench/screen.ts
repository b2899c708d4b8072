// The distress screen by itself: microseconds a text, over the lines that its tests are held against.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readContent } from '../src/adapters/system/content-files.ts';
import { compileContent } from '../src/app/content.ts';
import { readConsentWord } from '../src/core/safety/consent-words.ts';
import { screen } from '../src/core/safety/screen.ts';
import { median, percentile, show, table } from './figures.ts';

const FIXTURES = fileURLToPath(new URL('../test/core/safety/distress-dev.jsonl', import.meta.url));
/** Everyday texts, for a checkout without the fixtures. */
const EVERYDAY = [
  'Later',
  'Friday',
  'done',
  'I finished it yesterday, thanks!',
  'ya lo mandé',
  'whats the link again?',
];
const EVERYDAY_TEXTS = 300;
const PASSES = 3;

export interface ScreenReport {
  readonly texts: number;
  readonly fromFixtures: boolean;
  readonly screenMicros: { readonly median: number; readonly p99: number };
  readonly withPreviousMicros: { readonly median: number; readonly p99: number };
  readonly consentMicros: { readonly median: number; readonly p99: number };
}

export function measureScreen(flows: string): ScreenReport {
  const read = readContent(flows, { runExamples: false });
  if (!read.ok) throw new Error(`the flows have mistakes: ${JSON.stringify(read.problems[0])}`);
  const compiled = compileContent(0, read.files).screen;
  const fromFixtures = existsSync(FIXTURES);
  const texts = fromFixtures
    ? readTexts(FIXTURES)
    : Array.from({ length: EVERYDAY_TEXTS }, (_, index) => EVERYDAY[index % EVERYDAY.length] ?? '');
  return {
    texts: texts.length,
    fromFixtures,
    screenMicros: time(texts, (text) => screen(compiled, { text })),
    withPreviousMicros: time(texts, (text, index) =>
      screen(compiled, { text, previous: texts.slice(Math.max(0, index - 4), index) }),
    ),
    consentMicros: time(texts, (text) => readConsentWord(text)),
  };
}

function readTexts(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { readonly text: string }).text);
}

/** The first pass warms up; of the others each text counts with its best, which leaves the neighbours' noise out. */
function time(
  texts: readonly string[],
  work: (text: string, index: number) => unknown,
): { median: number; p99: number } {
  const best = texts.map(() => Number.POSITIVE_INFINITY);
  for (let pass = 0; pass <= PASSES; pass += 1) {
    for (const [index, text] of texts.entries()) {
      const began = performance.now();
      work(text, index);
      const micros = (performance.now() - began) * 1_000;
      if (pass > 0) best[index] = Math.min(best[index] ?? micros, micros);
    }
  }
  return { median: median(best), p99: percentile(best, 0.99) };
}

export function printScreen(report: ScreenReport): string {
  const row = (name: string, micros: { readonly median: number; readonly p99: number }) => [
    name,
    show(micros.median),
    show(micros.p99),
  ];
  const source = report.fromFixtures ? 'test fixtures' : 'everyday texts; the fixtures are not there';
  return table(
    [`the screen alone (${report.texts} ${source})`, 'median µs', 'p99 µs'],
    [
      row('one text', report.screenMicros),
      row('with four earlier texts', report.withPreviousMicros),
      row('consent words', report.consentMicros),
    ],
  );
}
