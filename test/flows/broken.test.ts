// Broken files: each begins with the findings that must come, as authors read them. The place counts the lines below that
// comment. `UPDATE=1` rewrites the comments: review the diff.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileProblem, formatFileProblem } from '../../src/adapters/system/file-problem.ts';
import { readFlow, readFlowFolder } from '../../src/adapters/system/flow-files.ts';
import { reviewFlowText, reviewFolder } from '../../src/adapters/system/review-files.ts';
import { builtInReplies } from '../../src/core/language/built-in-replies.ts';

const folder = new URL('./broken/', import.meta.url);
const shipped = new URL('../../flows', import.meta.url).pathname;
const names = readdirSync(folder);
const scratch = mkdtempSync(join(tmpdir(), 'icehouse-broken-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const TODAY = '2027-05-01';
const NOW = Date.parse(`${TODAY}T19:00:00Z`);
const book = builtInReplies();
const review = { today: TODAY, readingGrade: 6, readByCallers: new Set<string>(), replyBook: book };

/** The findings in one flow that calls no other. */
function findingsOf(source: string, name: string): readonly FileProblem[] {
  const { flow, problems } = readFlow(source, 'example.yaml', name === 'name-of-file.txt' ? 'example' : null);
  return flow === null ? problems : [...problems, ...reviewFlowText(source, 'example.yaml', flow, review)];
}

/** The findings in one file of a folder that is otherwise sound: the shipped one, and a flow that can be called. */
function findingsInFolder(source: string, file: string): readonly FileProblem[] {
  const whole = mkdtempSync(join(scratch, 'case-'));
  cpSync(shipped, whole, { recursive: true, filter: (path) => !path.endsWith('/safety') });
  cpSync(new URL('./callable', import.meta.url), whole, { recursive: true });
  writeFileSync(join(whole, file), source);
  const read = readFlowFolder(whole);
  const found = [...read.problems, ...reviewFolder(whole, read, { now: NOW, book })];
  return found
    .filter((problem) => problem.file === join(whole, file))
    .map((problem) => ({ ...problem, file: problem.file.slice(whole.length + 1) }));
}

const FOLDER_FILES = { call: 'example.yaml', tasks: 'tasks.yaml', program: 'program.yaml' } as const;

function fileOf(name: string): string | null {
  const [, about = ''] = /^(call|tasks|program)-/.exec(name) ?? [];
  return about === 'call' || about === 'tasks' || about === 'program' ? FOLDER_FILES[about] : null;
}

describe('broken files', () => {
  it('are many', () => expect(names.length).toBeGreaterThanOrEqual(100));

  it.each(names)('%s', (name) => {
    const written = readFileSync(new URL(name, folder), 'utf8');
    const expected = (/^(?:#! .*\n)+/.exec(written)?.[0] ?? '').split('\n').filter((line) => line !== '');
    const source = written.replace(/^(?:#! .*\n)+/, '');
    const file = fileOf(name);
    const problems = file === null ? findingsOf(source, name) : findingsInFolder(source, file);
    const found = problems.map((problem) => `#! ${formatFileProblem(problem)}`);
    expect(found).not.toEqual([]);
    if (process.env.UPDATE === undefined) expect(found).toEqual(expected);
    else writeFileSync(new URL(name, folder), `${found.join('\n')}\n${source}`);
  });
});
