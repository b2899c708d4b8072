// `icehouse flows check`: every mistake and every warning of the files, and what each text costs.

import { readContent } from '../adapters/system/content-files.ts';
import { countProblems, formatFileProblem } from '../adapters/system/file-problem.ts';
import { readFlowFolder } from '../adapters/system/flow-files.ts';
import { type PlacedSegments, segmentsOf } from '../adapters/system/review-files.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';

interface CheckOptions {
  readonly json?: boolean;
  readonly segments?: boolean;
}

/** Prints what was found, mistakes first. Only a mistake sets the exit code (1). */
export function checkFlows(given: string | undefined, options: CheckOptions): void {
  const folder = given ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const read = readContent(folder, { runExamples: true });
  const problems = read.ok ? read.warnings : read.problems;
  if (!read.ok) process.exitCode = 1;
  const rows = options.segments === true ? segmentsOf(folder, readFlowFolder(folder).flows) : null;
  if (options.json === true) {
    const listed = problems.map(({ severity = 'mistake', ...problem }) => ({ severity, ...problem }));
    const found = { ok: read.ok, problems: listed, ...(rows === null ? {} : { segments: rows }) };
    process.stdout.write(`${JSON.stringify(found)}\n`);
    return;
  }
  for (const line of [...problems.map(formatFileProblem), ...(rows ?? []).map(formatSegments)]) {
    process.stdout.write(`${line}\n`);
  }
  const files = read.ok ? `${Object.keys(read.files).length} files, ` : '';
  process.stdout.write(`${files}${countProblems(problems)}\n`);
}

function formatSegments({
  file,
  line,
  step,
  text,
  language,
  segments,
  characters,
  costly_letters,
}: PlacedSegments): string {
  const letters = costly_letters.length === 0 ? '' : `, because of ${costly_letters.join(' ')}`;
  const cost = `${segments} ${segments === 1 ? 'segment' : 'segments'}, ${characters} characters${letters}`;
  return `${file}:${line} ${step} ${text} ${language}: ${cost}`;
}
