// `icehouse rehearse`: plays the program year with synthetic mentees, prints what would be sent, and writes it as one page.
// Exit code 1 when the house did what it must never do.

import { writeFileSync } from 'node:fs';
import { readContent } from '../adapters/system/content-files.ts';
import { formatFileProblem } from '../adapters/system/file-problem.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';
import { isLocalDate } from '../core/model/local-time.ts';
import { linesOf } from '../rehearsal/town/lines.ts';
import { pageOf } from '../rehearsal/town/page.ts';
import { MOST_MENTEES } from '../rehearsal/town/people.ts';
import { rehearse } from './rehearse-play.ts';

interface Given {
  readonly mentees: string;
  readonly seed: string;
  readonly from: string;
  readonly months: string;
  readonly centsPerSegment: string;
  readonly flows?: string;
  /** A path; false with `--no-html`. */
  readonly html: string | false;
  readonly json?: boolean;
  readonly reportOnly?: boolean;
}

/** Plays, prints, writes; `--report-only` leaves the exit code at 0. */
export async function rehearseYear(given: Given): Promise<void> {
  const numbers = {
    mentees: wholeNumber('--mentees', given.mentees, 1, MOST_MENTEES),
    seed: wholeNumber('--seed', given.seed, 0, 2 ** 31),
    months: wholeNumber('--months', given.months, 1, 36),
  };
  if (!isLocalDate(given.from)) throw new Error(`--from ${given.from} is not a date such as 2027-05-01`);
  const centsPerSegment = Number(given.centsPerSegment);
  if (!(centsPerSegment >= 0))
    throw new Error(`--cents-per-segment ${given.centsPerSegment} is not a number such as 1.2`);
  const folder = given.flows ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const read = readContent(folder, { runExamples: false });
  if (!read.ok) {
    const lines = read.problems.slice(0, 5).map(formatFileProblem);
    throw new Error(`the flows in ${folder} have mistakes ("icehouse flows check" lists all):\n${lines.join('\n')}`);
  }
  const options = { files: read.files, ...numbers, from: given.from, centsPerSegment };
  const report = await rehearse(options, ({ on, month, months, texts }) =>
    process.stderr.write(`${on}  month ${month} of ${months}, ${texts} texts so far\n`),
  );
  const { transcripts, ...figures } = report;
  process.stdout.write(given.json === true ? `${JSON.stringify(figures)}\n` : `${linesOf(report).join('\n')}\n`);
  if (given.html !== false) {
    writeFileSync(given.html, pageOf(report));
    process.stderr.write(`The page with charts and ${transcripts.length} transcripts: ${given.html}\n`);
  }
  if (report.violationTotal > 0 && given.reportOnly !== true) process.exitCode = 1;
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${option} ${text} is not a whole number from ${least} to ${most}`);
}
