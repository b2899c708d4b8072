// Broken flow files: each begins with the problems that must be found in it, as authors read them. The place counts the
// lines below that comment. `UPDATE=1` rewrites the comments: review the diff.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatFileProblem } from '../../src/adapters/system/file-problem.ts';
import { readFlow } from '../../src/adapters/system/flow-files.ts';

const folder = new URL('./broken/', import.meta.url);
const names = readdirSync(folder);

describe('broken flow files', () => {
  it('are many', () => expect(names.length).toBeGreaterThanOrEqual(40));

  it.each(names)('%s', (name) => {
    const written = readFileSync(new URL(name, folder), 'utf8');
    const expected = (/^(?:#! .*\n)+/.exec(written)?.[0] ?? '').split('\n').filter((line) => line !== '');
    const source = written.replace(/^(?:#! .*\n)+/, '');
    const id = name === 'name-of-file.txt' ? 'example' : null;
    const found = readFlow(source, 'example.yaml', id).problems.map((problem) => `#! ${formatFileProblem(problem)}`);
    expect(found).not.toEqual([]);
    if (process.env.UPDATE === undefined) expect(found).toEqual(expected);
    else writeFileSync(new URL(name, folder), `${found.join('\n')}\n${source}`);
  });
});
