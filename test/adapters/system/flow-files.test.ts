// A folder of flows on disk: folders within it, flows that call one another, tests beside them, and where mistakes stand.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readContent } from '../../../src/adapters/system/content-files.ts';
import { readFlowFolder } from '../../../src/adapters/system/flow-files.ts';
import { compileContent } from '../../../src/app/content.ts';
import { askAmount, bothBills } from '../../core/flow/sub-flows.ts';

const shipped = new URL('../../../flows', import.meta.url).pathname;
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** The shipped folder with more files in it. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'flows-'));
  made.push(folder);
  cpSync(shipped, folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function problemsIn(folder: string): string[] {
  return readFlowFolder(folder).problems.map(
    ({ file, line, column, message }) => `${file.slice(folder.length + 1)}:${line}:${column} ${message}`,
  );
}

describe('a folder of flows', () => {
  it('holds flows in folders of its own, which may call one another', () => {
    const folder = folderWith({
      'money/both-bills.yaml': stringify(bothBills),
      'money/parts/ask-amount.yaml': stringify(askAmount()),
    });
    expect(problemsIn(folder)).toEqual([]);
    const { flows } = readFlowFolder(folder);
    expect(flows.find(({ id }) => id === 'both-bills')?.scopes.size).toBe(2);
  });

  it('is stored with paths under the folder, and compiles again; tests of flows are no content', () => {
    const folder = folderWith({
      'money/both-bills.yaml': stringify(bothBills),
      'money/ask-amount.yaml': stringify(askAmount()),
      'money/both-bills.test.yaml': 'not: a flow\n',
    });
    const read = readContent(folder, { runExamples: false });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(Object.keys(read.files)).toEqual(expect.arrayContaining(['money/both-bills.yaml', 'money/ask-amount.yaml']));
    expect(Object.keys(read.files).filter((path) => path.endsWith('.test.yaml'))).toEqual([]);
    expect(compileContent(1, read.files).flows.get('both-bills')?.steps).toHaveProperty(['tuition.ask']);
    // The safety screen is compiled with it, which takes seconds on a busy machine.
  }, 60_000);

  it('does not take files of folders with a meaning of their own for flows', () => {
    const folder = folderWith({ 'colleges/lattc.yaml': 'name: LATTC\n', 'answers/housing.yaml': 'about: housing\n' });
    expect(problemsIn(folder)).toEqual([]);
  });

  it('says in which file, line and column a call is wrong', () => {
    const wrong = stringify(bothBills).replace('flow: ask-amount', 'flow: ask-amuont');
    const folder = folderWith({ 'both-bills.yaml': wrong, 'ask-amount.yaml': stringify(askAmount()) });
    expect(problemsIn(folder)).toEqual(['both-bills.yaml:10:11 there is no flow "ask-amuont"']);
  });

  it('blames the called flow alone for its mistakes, also when it cannot be read', () => {
    const both = stringify(bothBills);
    const broken = stringify(askAmount()).replace('type: branch', 'type: brunch');
    expect(problemsIn(folderWith({ 'both-bills.yaml': both, 'ask-amount.yaml': broken }))).toEqual([
      expect.stringMatching(/^ask-amount\.yaml:\d+:\d+ there is no step type "brunch"$/),
    ]);
    expect(problemsIn(folderWith({ 'both-bills.yaml': both, 'ask-amount.yaml': 'flow: "' }))).toEqual([
      expect.stringMatching(/^ask-amount\.yaml:1:\d+ this is not YAML/),
    ]);
  });

  it('refuses two flows with one name, wherever they stand', () => {
    const amount = stringify(askAmount());
    const folder = folderWith({ 'ask-amount.yaml': amount, 'money/ask-amount.yaml': amount });
    expect(problemsIn(folder)).toEqual([
      'money/ask-amount.yaml:1:7 there is another flow "ask-amount", in ask-amount.yaml',
    ]);
  });

  it('wants a flow to be called like its file', () => {
    const folder = folderWith({ 'money/amounts.yaml': stringify(askAmount()) });
    expect(problemsIn(folder)).toEqual([
      'money/amounts.yaml:1:7 the file is called "amounts" but the flow "ask-amount"',
    ]);
  });
});
