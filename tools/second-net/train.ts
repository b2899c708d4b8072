// `npm run train:screen`: trains the second net on the authored lines and writes its weights. The same lines give the
// same file. Thresholds are settings of this file: docs/safety.md says how they were chosen.

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSafetyFiles } from '../../src/adapters/system/safety-files.ts';
import { OWN_FLOWS } from '../../src/config.ts';
import { compileScreen } from '../../src/core/safety/screen-compiler.ts';
import { everydayLines } from './everyday.ts';
import { bendLines, parseLines, readLines } from './lines.ts';
import { netOf, SHIPPED, TRAINING } from './net-of.ts';

/** Ordinary texts made by grammar, beside the written ones. */
const EVERYDAY = 3000;

/** How often an example is read: the floor stands on them. */
const HEARD = 3;

const { values: options } = parseArgs({
  options: {
    flows: { type: 'string', default: OWN_FLOWS },
    /** Lines of a program's own, beside the shipped ones. */
    more: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: SHIPPED },
  },
});

const safety = readSafetyFiles(options.flows, { runExamples: false });
if (!safety.ok) throw new Error(`the safety files have mistakes: ${JSON.stringify(safety.problems[0])}`);
const own = options.more.flatMap((file) => parseLines(readFileSync(resolve(file), 'utf8')));
// What each signal must hear, the net must lean to: a hint counts only where it does.
const examples = safety.files.flatMap(({ signals }) =>
  signals.flatMap(({ examples: texts, tier, category }) =>
    texts.flatMap((text) => Array.from({ length: HEARD }, () => ({ text, tier, category }))),
  ),
);
const lines = [...readLines(TRAINING), ...examples, ...own];
const net = netOf(compileScreen(safety.files, []), [...bendLines(lines, 11), ...everydayLines(EVERYDAY, 5)]);
writeFileSync(resolve(options.out), `${JSON.stringify(net)}\n`);
process.stdout.write(`${lines.length} lines learned; ${Math.round(net.weights.length / 1024)} KB in ${options.out}\n`);
