// The shipped folder as a whole, and what is refused in program.yaml and tasks.yaml.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatFileProblem } from '../../src/adapters/system/file-problem.ts';
import { readFlowFolder } from '../../src/adapters/system/flow-files.ts';
import { compileProgram } from '../../src/core/flow/program-schema.ts';

const shipped = new URL('../../flows', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'icehouse-flows-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The problems of a copy of the shipped folder in which one piece of one file is replaced. */
function problemsAfter(file: string, from: string | null, to: string): string[] {
  const folder = mkdtempSync(join(scratch, 'case-'));
  cpSync(shipped, folder, { recursive: true });
  if (from === null) rmSync(join(folder, file));
  else {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  }
  return readFlowFolder(folder).problems.map(({ file: found, ...problem }) =>
    formatFileProblem({ ...problem, file: found.slice(folder.length + 1) }).replace(/:\d+:\d+/, ''),
  );
}

describe('the shipped folder', () => {
  const { flows, tasks, program, problems } = readFlowFolder(shipped);

  it('has no problems', () => expect(problems).toEqual([]));
  it('has a flow for each of its tasks', () => {
    expect(tasks.map(({ key }) => key)).toEqual(['fafsa_corrections', 'housing_form', 'final_transcript']);
    expect(flows.filter(({ needsTask }) => needsTask)).toHaveLength(3);
  });
  it('finishes the texts that speak to nobody in particular', () => {
    const answers = Object.values(program?.keyword_answers ?? {}).flatMap(({ en, es }) => [en, es]);
    for (const answer of answers) expect(answer).not.toMatch(/[{}]/);
    expect(program?.keyword_answers.opt_out.en).toContain('Bridge Program');
  });
});

describe('a program of before', () => {
  it('has no exam weeks, and the house’s own texts to mentors', () => {
    const folder = mkdtempSync(join(scratch, 'old-'));
    cpSync(shipped, folder, { recursive: true });
    const file = join(folder, 'program.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(0, text.indexOf('# Weeks in which mentors')));
    const { program, problems } = readFlowFolder(folder);
    expect(problems).toEqual([]);
    expect(program?.exam_weeks).toEqual([]);
    expect(program?.mentor_texts).toEqual(readFlowFolder(shipped).program?.mentor_texts);
  });
});

describe('program.yaml is refused', () => {
  it.each([
    ['when it is missing', null, '', 'program.yaml this file is missing. Every program needs one.'],
    [
      'without the rates in the introduction',
      'Msg & data rates may apply. Reply HELP for help, STOP to stop."\n  es: "Hola',
      'Reply HELP for help, STOP to stop."\n  es: "Hola',
      'program.yaml this text must contain "Msg & data rates may apply". Put it back; it is required.',
    ],
    [
      'when the introduction no longer says that it is automated',
      'These texts are automated and our',
      'Our',
      'program.yaml this text must contain "automated". Put it back; it is required.',
    ],
    [
      'when HELP no longer names 988',
      'Call or text 988 any time, or call 911.',
      'Call 911.',
      'program.yaml this text must contain "988". Put it back; it is required.',
    ],
    [
      'when a text names a value that it has not',
      'en: "Thanks, I passed',
      'en: "{deadline} Thanks, I passed',
      'program.yaml there is no value {deadline} here. Use one of: program, program_phone, first_name, mentor, has_mentor, college.',
    ],
    [
      'with a time zone that does not exist',
      'America/Los_Angeles',
      'America/Los_Angles',
      'program.yaml "America/Los_Angles" is not a time zone. Write one like America/Los_Angeles.',
    ],
    [
      'with an exam week on a day that does not exist',
      'exam_weeks: []',
      'exam_weeks: [{ from: 2027-12-06, until: 2027-12-32, why: finals }]',
      'program.yaml "2027-12-32" is not a date. Write a date like 2027-12-06.',
    ],
    [
      'with an exam week that ends before it begins',
      'exam_weeks: []',
      'exam_weeks: [{ from: 2027-12-16, until: 2027-12-06, why: finals }]',
      'program.yaml "2027-12-06" is before "2027-12-16". Write the last day here.',
    ],
    [
      'when the weekly update by SMS no longer lists the mentees',
      'your week: {list}.',
      'your week.',
      'program.yaml this text must contain "{list}". Put it back; it is required.',
    ],
    [
      'when the introduction of mentors no longer says how to stop',
      'STOP to stop."\n  weekly_update',
      'goodbye."\n  weekly_update',
      'program.yaml this text must contain "STOP". Put it back; it is required.',
    ],
    [
      'when a text to mentors names a value that it has not',
      'alerted about {names}',
      'alerted about {names} and {list}',
      'program.yaml there is no value {list} here. Use one of: program, program_phone, first_name, names.',
    ],
    [
      'with an unknown text to mentors',
      '  saved_part:',
      '  saved_parts:',
      'program.yaml "saved_parts" is not known here. Did you mean "saved_part"?',
    ],
    [
      'with an unknown key',
      'weekly_unasked_texts: 2',
      'weekly_unasked_text: 2',
      'program.yaml "weekly_unasked_text" is not known here. Did you mean "weekly_unasked_texts"?',
    ],
  ])('%s', (_, from, to, problem) => expect(problemsAfter('program.yaml', from, to)).toContain(problem));
});

describe('tasks.yaml is refused', () => {
  it.each([
    [
      'with a flow that does not exist',
      'flow: nudge-housing-form',
      'flow: nudge-housing',
      'tasks.yaml there is no flow "nudge-housing". Did you mean "nudge-housing-form"?',
    ],
    [
      'with a day that does not exist',
      '2027-06-15',
      '2027-06-31',
      'tasks.yaml "2027-06-31" is not a date. Write a date like 2027-07-01.',
    ],
    [
      'with a link that is not https',
      'https://example.edu/aid',
      'http://example.edu/aid',
      'tasks.yaml "http://example.edu/aid" does not fit "link". Write a full address that begins with https://.',
    ],
    [
      'without a Spanish title',
      '      es: forma de vivienda\n',
      '',
      'tasks.yaml "es" is missing. Write the text in Spanish.',
    ],
  ])('%s', (_, from, to, problem) => expect(problemsAfter('tasks.yaml', from, to)).toContain(problem));
});

describe('what a caller hears', () => {
  it.each(['988', '911', '{program_phone}'])('must name %s in both languages', (part) => {
    const text = readFileSync(join(shipped, 'program.yaml'), 'utf8');
    const block = /^when_called:\n.*\n.*\n/m.exec(text)?.[0] ?? '';
    const problems = problemsAfter('program.yaml', block, block.replaceAll(part, 'us'));
    expect(problems.filter((problem) => problem.includes(`must contain "${part}"`))).toHaveLength(2);
  });

  it('has words of its own in a program that was written before it could say so', () => {
    const text = readFileSync(join(shipped, 'program.yaml'), 'utf8');
    const block = /^when_called:\n.*\n.*\n/m.exec(text)?.[0] ?? '';
    expect(problemsAfter('program.yaml', block, '')).toEqual([]);
    const { program } = compileProgram(parse(text.replace(block, '')));
    for (const words of [program?.when_called.en, program?.when_called.es]) {
      expect(words).toMatch(/911.*988/);
      expect(words).toContain('(213) 555-0100');
    }
  });
});
