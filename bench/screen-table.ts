// `npm run bench:screen`: how much of a labelled sample the distress screen finds, whom it pages for nothing, and what a
// text costs. Samples are given by path; without any, the repository's own fixtures are read.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSafetyFiles } from '../src/adapters/system/safety-files.ts';
import { OWN_FLOWS } from '../src/config.ts';
import { netsWith } from '../src/core/safety/built-in-net.ts';
import { screen } from '../src/core/safety/screen.ts';
import { type CompiledScreen, compileScreen } from '../src/core/safety/screen-compiler.ts';
import { median, percentile, show, table } from './figures.ts';
import { type Judged, rowsOf, type SampleLine } from './screen-rows.ts';

const HELP = `npm run bench:screen [-- FILE_OR_FOLDER...] [--flows FOLDER] [--missed]

Reads JSON lines {"text","label","category","lang","accept"}; a line without a label is an ordinary text.
Without a path: the paths in SCREEN_SAMPLES (parted by ":"), or the repository's own fixtures.
  --missed   also prints every line in the wrong tier; never use it on texts of real people that others may read
`;
const FIXTURES = fileURLToPath(new URL('../test/core/safety/distress-dev.jsonl', import.meta.url));
const COST_LENGTH = 160;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    flows: { type: 'string', default: OWN_FLOWS },
    missed: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith('.jsonl'));
  return names.sort().map((name) => join(path, name));
}

function judge(compiled: CompiledScreen, file: string): readonly Judged[] {
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return rows.map((row) => {
    const line = JSON.parse(row) as SampleLine;
    return { label: 'none', category: '', lang: 'en', ...line, tier: screen(compiled, { text: line.text }).tier };
  });
}

/** Microseconds a text of 160 characters, made of the sample's own texts; the best of several passes. */
function cost(compiled: CompiledScreen, lines: readonly Judged[]): { readonly median: number; readonly p99: number } {
  const joined = lines.map((line) => line.text).join(' ');
  const count = Math.min(400, Math.max(1, Math.floor(joined.length / COST_LENGTH)));
  const texts = Array.from({ length: count }, (_, at) => joined.slice(at * COST_LENGTH, (at + 1) * COST_LENGTH));
  const best = texts.map(() => Number.POSITIVE_INFINITY);
  for (let pass = 0; pass < 6; pass += 1) {
    for (const [at, text] of texts.entries()) {
      const began = performance.now();
      screen(compiled, { text });
      best[at] = Math.min(best[at] ?? 0, (performance.now() - began) * 1_000);
    }
  }
  return { median: median(best), p99: percentile(best, 0.99) };
}

function main(): void {
  if (options.help) return void process.stdout.write(HELP);
  const named = positionals.length > 0 ? positionals : (process.env['SCREEN_SAMPLES'] ?? '').split(':').filter(Boolean);
  const found = named.filter((path) => existsSync(path));
  const read = readSafetyFiles(options.flows, { runExamples: false });
  if (!read.ok) throw new Error(`the safety files have mistakes: ${JSON.stringify(read.problems[0])}`);
  const compiled = compileScreen(read.files, netsWith(read.ownNet));
  let all: readonly Judged[] = [];
  for (const file of (found.length > 0 ? found : [FIXTURES]).flatMap(filesOf)) {
    const lines = judge(compiled, file);
    all = [...all, ...lines];
    process.stdout.write(`${table([`${basename(file)} (${lines.length})`, 'lines', '%'], rowsOf(lines))}\n`);
    if (!options.missed) continue;
    for (const line of lines.filter((each) => each.tier !== each.label)) {
      process.stdout.write(`  ${line.label} read as ${line.tier}: ${line.text}\n`);
    }
  }
  const micros = cost(compiled, all);
  const row = ['one text', show(micros.median), show(micros.p99)];
  process.stdout.write(`${table([`${COST_LENGTH} characters`, 'median µs', 'p99 µs'], [row])}\n`);
}

main();
