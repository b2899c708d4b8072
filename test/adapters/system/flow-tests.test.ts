// Author tests on disk: each mistake with its place, and updates that touch nothing but expectations.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatFileProblem } from '../../../src/adapters/system/file-problem.ts';
import { caseNames, testFileOf } from '../../../src/adapters/system/flow-test-files.ts';
import { appendCase } from '../../../src/adapters/system/flow-test-write.ts';
import { testFlows } from '../../../src/adapters/system/flow-tests.ts';

const scratch = mkdtempSync(join(tmpdir(), 'icehouse-flow-tests-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const FLOW = `flow: bill
about: Asks about the bill.
start: ask_bill
variables: { is_paid: yes_no }
steps:
  ask_bill:
    type: ask
    text: { en: "Is your {task} in?", es: "¿Ya mandaste tu {task}?" }
    answer: yes_no
    save_as: is_paid
    on: { yes: finish, no: thank }
    invalid: { text: { en: "Yes or no?", es: "¿Sí o no?" }, tries: 1, next: finish }
    no_reply: { after: 2 days, next: finish }
  thank: { type: say, text: { en: "Then soon: please.", es: "Pronto." }, next: finish }
  finish: { type: end }
`;

/** A folder with the program's own files, the flow `bill`, and these tests of it. */
function folderWith(tests: string, name = 'bill.test.yaml'): { folder: string; file: string } {
  const folder = mkdtempSync(join(scratch, 'case-'));
  const shipped = new URL('../../../flows', import.meta.url).pathname;
  cpSync(join(shipped, 'program.yaml'), join(folder, 'program.yaml'));
  const task = 'title: { en: bill, es: cuenta }, deadline: 2027-07-01, link: "https://example.edu/x", lead_days: 9';
  writeFileSync(join(folder, 'tasks.yaml'), `tasks: { bill: { ${task}, flow: bill } }\n`);
  writeFileSync(join(folder, 'bill.yaml'), FLOW);
  writeFileSync(join(folder, name), tests);
  return { folder, file: join(folder, name) };
}

/** The problems of these cases, without the folder. */
function problemsOf(tests: string, name?: string): string[] {
  const { folder } = folderWith(tests, name);
  return testFlows(folder).problems.map((problem) =>
    formatFileProblem({ ...problem, file: problem.file.slice(folder.length + 1) }),
  );
}

const inCase = (lines: string): string => `cases:\n  - name: one\n${lines}`;
const inTurn = (lines: string): string => inCase(`    turns:\n      - expect: "Is your bill in?"\n${lines}`);
const AT = 'bill.test.yaml';

describe('a mistake in a test file', () => {
  it.each([
    [
      'a case that could not fail',
      inCase('    turns:\n      - reply: "yes"\n        ends: true\n'),
      `${AT}:3:5 this case never says what is texted, so it could not fail. Add "expect" to a turn, or have it written: icehouse flows test --update.`,
    ],
    [
      'an unknown key',
      inTurn('      - replly: "yes"\n'),
      `${AT}:5:9 "replly" is not known here. Did you mean "reply"?`,
    ],
    [
      'two moves in one turn',
      inTurn('      - reply: "yes"\n        wait: 1 day\n'),
      `${AT}:6:9 this turn has both "reply" and "wait". Make two turns of it.`,
    ],
    [
      'a turn without a move',
      inTurn('      - expect: "Hi."\n'),
      `${AT}:5:9 nothing happens in this turn. Add reply, replies, wait or until. Only the first turn may go without: it is how the flow begins.`,
    ],
    [
      'a duration in words',
      inTurn('      - wait: two days\n'),
      `${AT}:5:15 "two days" is not a duration. Write a number and a unit, like 2 days or 3 hours; a year at most.`,
    ],
    [
      '"nothing" beside something',
      inTurn('      - reply: "yes"\n        nothing: true\n        ends: true\n'),
      `${AT}:6:9 "nothing" stands beside something. Keep one of them.`,
    ],
    [
      'a timer at no moment',
      inTurn('      - reply: "yes"\n        timers: { wait: friday }\n'),
      `${AT}:6:25 "friday" is not a moment. Write a day and an hour, like 2027-06-04 10:00.`,
    ],
    [
      'a variable that is none',
      inTurn('      - reply: "yes"\n        remembers: { is_payd: true }\n'),
      `${AT}:6:22 this flow has no variable "is_payd". Did you mean "is_paid"?`,
    ],
    [
      'a status that is none',
      inTurn('      - reply: "yes"\n        task: finished\n'),
      `${AT}:6:15 "finished" does not fit "task". Write where the task then stands: not_started, in_progress, done, stuck, not_applicable, unknown.`,
    ],
    [
      'a day that does not exist',
      inCase('    today: 2027-06-31\n    turns:\n      - expect: "Hi."\n'),
      `${AT}:3:12 "2027-06-31" is not a date. Write a date like 2027-06-01.`,
    ],
    [
      'an hour that is none',
      inCase('    at: noon\n    turns:\n      - expect: "Hi."\n'),
      `${AT}:3:9 "noon" is not an hour. Write an hour like 10:00.`,
    ],
    [
      'a zone that is none',
      inCase('    time_zone: Pacific\n    turns:\n      - expect: "Hi."\n'),
      `${AT}:3:16 "Pacific" is not a time zone. Write one like America/Los_Angeles.`,
    ],
    [
      'a task that is none',
      inCase('    task: bil\n    turns:\n      - expect: "Hi."\n'),
      `${AT}:3:11 there is no task "bil". Did you mean "bill"?`,
    ],
    [
      'two cases of one name',
      `${inTurn('')}  - name: one\n    turns:\n      - expect: "Hi."\n`,
      `${AT}:5:11 two cases are called "one". Give each its own name.`,
    ],
    [
      'no cases',
      'cases: []\n',
      `${AT}:1:1 a list is outside the limits of "cases". List the cases, each with "name" and "turns".`,
    ],
  ])('is named with its place: %s', (_, tests, problem) => expect(problemsOf(tests)).toEqual([problem]));

  it('is named for inputs that a sub-flow must be given, and for those that it does not know', () => {
    const { folder } = folderWith(inCase('    with: { bil: rent }\n    turns:\n      - expect: "Hi."\n'));
    const called = FLOW.replace('variables: {', 'inputs: [bill]\nvariables: { bill: text,').replace(
      'Then',
      '{bill}: then',
    );
    writeFileSync(join(folder, 'bill.yaml'), called);
    writeFileSync(join(folder, 'tasks.yaml'), 'tasks: {}\n');
    expect(testFlows(folder).problems.map(({ line, column, message, hint }) => [line, column, message, hint])).toEqual([
      [3, 5, 'this flow must be given "bill"', 'Add "with" to the case, with bill and its value.'],
      [3, 13, 'this flow is not given "bil"', 'Did you mean "bill"?'],
    ]);
  });

  it('is named for tests of a flow that does not exist', () => {
    expect(problemsOf(inTurn(''), 'bil.test.yaml')).toEqual([
      'bil.test.yaml:1:1 these are the tests of "bil", and there is no such flow. Did you mean "bill"?',
    ]);
  });
});

const WRITTEN = `# Tests of the bill.
cases:
  # The usual way.
  - name: says no
    turns:
      - expect: "Is your bill in?" # as it is
      - reply: 'no' # an apostrophe is enough
        ends: false # it was so once
        expect: Old words.
        task: done
  - name: says yes
    turns:
      - reply: "yes"
`;

describe('an update', () => {
  const { folder, file } = folderWith(WRITTEN);

  it('is asked for by differences with their place', () => {
    const { folder: other } = folderWith(WRITTEN.slice(0, WRITTEN.indexOf('  - name: says yes')));
    const { failures } = testFlows(other);
    expect(failures.map(({ line, column, turn, about, got }) => [line, column, turn, about, got])).toEqual([
      [9, 17, 2, 'expect', 'Then soon: please.'],
      [10, 15, 2, 'task', 'nothing'],
      [8, 15, 2, 'ends', 'true'],
    ]);
    expect(failures[0]).toMatchObject({ flow: 'bill', case: 'says no', move: 'reply "no"', expected: 'Old words.' });
  });

  it('rewrites expectations, and leaves comments, order and everything else as they are', () => {
    expect(testFlows(folder, { update: true }).updated).toEqual([file]);
    expect(readFileSync(file, 'utf8')).toBe(`# Tests of the bill.
cases:
  # The usual way.
  - name: says no
    turns:
      - expect: "Is your bill in?" # as it is
      - reply: 'no' # an apostrophe is enough
        ends: true # it was so once
        expect: "Then soon: please."
  - name: says yes
    turns:
      - expect: "Is your bill in?"
      - reply: "yes"
        ends: true
`);
  });

  it('leaves tests that hold, and nothing to update', () => {
    expect(testFlows(folder)).toMatchObject({ problems: [], failures: [] });
    expect(testFlows(folder, { update: true }).updated).toEqual([]);
  });

  it('counts the branches that no case takes', () => {
    const { coverage } = testFlows(folder);
    expect(coverage).toEqual([
      {
        flow: 'bill',
        branches: 5,
        covered: 3,
        missing: [
          { step: 'ask_bill', way: 'invalid.next' },
          { step: 'ask_bill', way: 'no_reply.next' },
        ],
      },
    ]);
  });
});

describe('a case that is appended', () => {
  it('stands at the end, and what was there stays', () => {
    const { folder, file } = folderWith(WRITTEN);
    appendCase(file, 'bill', { name: 'played', turns: [{ expect: ['A: 1', 'two\nlines'] }] });
    expect(readFileSync(file, 'utf8')).toBe(
      `${WRITTEN}\n  - name: played\n    turns:\n      - expect:\n          - "A: 1"\n          - |-\n            two\n            lines\n`,
    );
    expect(caseNames(file)).toEqual(['says no', 'says yes', 'played']);
    expect(testFileOf(folder, 'bill')).toBe(file);
  });

  it('begins a file that is not there yet, beside its flow', () => {
    const { folder } = folderWith(WRITTEN);
    mkdirSync(join(folder, 'money'));
    writeFileSync(join(folder, 'money', 'rent.yaml'), FLOW.replace('flow: bill', 'flow: rent'));
    const file = testFileOf(folder, 'rent');
    expect(file).toBe(join(folder, 'money', 'rent.test.yaml'));
    expect(caseNames(file)).toEqual([]);
    appendCase(file, 'rent', { name: 'played', turns: [{ expect: 'Hi.' }] });
    expect(readFileSync(file, 'utf8')).toBe(
      '# Tests of rent. Run them with: npx icehouse flows test\n\ncases:\n  - name: played\n    turns:\n      - expect: "Hi."\n',
    );
  });

  it('takes nothing out of a file that holds something else', () => {
    for (const written of ['cases:\n  name: mine\n', '- name: mine\n', 'mine\n', 'cases:\n  - name: "mine\n']) {
      const { file } = folderWith(written);
      expect(() => appendCase(file, 'bill', { name: 'played', turns: [{ reply: 'no' }] })).toThrow('nothing was added');
      expect(readFileSync(file, 'utf8')).toBe(written);
    }
  });
});

describe('a file in which one part stands for another', () => {
  it('is refused by name when it would be written, and stays', () => {
    const written = `cases:
  - name: one
    turns: &same
      - reply: "no"
        expect: "old"
  - name: two
    turns: *same
`;
    const { folder, file } = folderWith(written);
    expect(() => testFlows(folder, { update: true })).toThrow(`${file} has "*same" in it`);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });
});
