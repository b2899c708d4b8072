// The step `branch`: looks at one thing that is known and goes the first way that fits, else the other way.
// It never texts anybody and never changes anything.

import { z } from 'zod';
import type { FlowValue } from '../../model/conversation.ts';
import { TASK_STATUSES } from '../../model/task.ts';
import type { VariableType } from '../facts.ts';
import { targetSchema } from '../local-text.ts';
import { didYouMean, type Problem } from '../problem.ts';
import type { FlowOutline, StepContext, StepKind } from '../step-kind.ts';
import { fits, LOOKS_LIKE, toFlowValue, type WrittenValue } from '../values.ts';

const written = z.union([z.string(), z.number(), z.boolean()]);

const caseSchema = z.strictObject({
  is: z
    .union([written, z.array(written).min(1)])
    .optional()
    .describe('Write one value, or a list of them in brackets.'),
  at_least: z.number().optional().describe('Write a number.'),
  at_most: z.number().optional().describe('Write a number.'),
  before: z.string().optional().describe('Write a date like 2027-07-01, or the word today.'),
  after: z.string().optional().describe('Write a date like 2027-07-01, or the word today.'),
  next: targetSchema,
});

const schema = z.strictObject({
  type: z.literal('branch'),
  on: z.string().describe('Write what to look at: a variable, task_status, language, college, has_mentor or deadline.'),
  cases: z.array(caseSchema).min(1).describe('Write at least one case, each with "is" (or a limit) and "next".'),
  else: targetSchema,
});

type Case = z.infer<typeof caseSchema>;

/** A `branch` step as written. */
export type BranchStep = z.infer<typeof schema>;

/** What a branch can look at besides variables: its type, its words where only some exist, and how it is read. */
const SUBJECTS: Record<string, Subject> = {
  task_status: { type: 'text', words: TASK_STATUSES, valueIn: ({ facts }) => facts.task?.status },
  language: { type: 'text', words: ['en', 'es'], valueIn: ({ facts }) => facts.mentee.language },
  college: { type: 'text', valueIn: ({ facts }) => facts.mentee.college },
  has_mentor: { type: 'yes_no', valueIn: ({ facts }) => facts.mentor !== null },
  deadline: { type: 'date', valueIn: ({ facts }) => facts.task?.deadlineOn },
};

interface Subject {
  readonly type: VariableType;
  readonly words?: readonly string[];
  readonly valueIn: (context: StepContext) => FlowValue | undefined;
}

const TESTS = ['is', 'at_least', 'at_most', 'before', 'after'] as const;
const TESTS_FOR: Record<VariableType, readonly string[]> = {
  text: ['is'],
  yes_no: ['is'],
  number: ['is', 'at_least', 'at_most'],
  date: ['is', 'before', 'after'],
};

/** The first case that fits; a thing that is not known yet fits none. */
export const branchKind: StepKind<BranchStep> = {
  type: 'branch',
  schema,
  exits: (step) => [
    ...step.cases.map((one, index) => ({ path: ['cases', index, 'next'], to: one.next })),
    { path: ['else'], to: step.else },
  ],
  texts: () => [],
  pauses: () => false,
  reads: () => [],
  needsTask: (step) => step.on === 'task_status' || step.on === 'deadline',
  check: (step, outline) => {
    const subject = subjectOf(step.on, outline.variables);
    if (subject !== null) return step.cases.flatMap((one, index) => checkCase(one, index, step.on, subject));
    const known = [...Object.keys(outline.variables), ...Object.keys(SUBJECTS)];
    return [{ path: ['on'], message: `nothing is called "${step.on}" here`, hint: didYouMean(step.on, known) }];
  },
  enter: (step, context) => {
    const subject = subjectOf(step.on, context.types);
    const value = subject?.valueIn(context);
    const match = step.cases.find((one) => subject && value !== undefined && holds(one, value, subject.type, context));
    return { kind: 'go', to: match?.next ?? step.else };
  },
  resume: () => ({ kind: 'stay' }),
};

function subjectOf(name: string, variables: FlowOutline['variables']): Subject | null {
  const type = variables[name];
  if (type !== undefined) return { type, valueIn: (context) => context.variables[name] };
  return Object.hasOwn(SUBJECTS, name) ? (SUBJECTS[name] ?? null) : null;
}

function holds(one: Case, value: FlowValue, type: VariableType, { now, facts }: StepContext): boolean {
  const read = (wanted: WrittenValue): FlowValue => toFlowValue(wanted, type, now, facts.mentee.timeZone);
  const listed = one.is === undefined ? null : [one.is].flat().map(read);
  return (
    (listed === null || listed.includes(value)) &&
    (one.at_least === undefined || Number(value) >= one.at_least) &&
    (one.at_most === undefined || Number(value) <= one.at_most) &&
    (one.before === undefined || value < read(one.before)) &&
    (one.after === undefined || value > read(one.after))
  );
}

function checkCase(one: Case, index: number, on: string, subject: Subject): Problem[] {
  const path = ['cases', index];
  const used = TESTS.filter((test) => one[test] !== undefined);
  if (used.length === 0) return [{ path, message: 'this case does not say when it fits', hint: 'Add "is".' }];
  return used.flatMap((test): Problem[] => {
    if (!TESTS_FOR[subject.type].includes(test)) {
      const message = `"${test}" cannot be used on ${on}, which holds ${subject.type}`;
      return [{ path: [...path, test], at: 'key', message, hint: `Use ${TESTS_FOR[subject.type].join(', ')}.` }];
    }
    return [one[test] ?? []].flat().flatMap((value) => checkValue(value, [...path, test], on, subject));
  });
}

function checkValue(value: WrittenValue, path: (string | number)[], on: string, subject: Subject): Problem[] {
  if (subject.words && !subject.words.includes(String(value))) {
    return [{ path, message: `${on} is never "${value}"`, hint: didYouMean(String(value), subject.words) }];
  }
  if (fits(value, subject.type)) return [];
  return [{ path, message: `"${value}" does not fit ${on}`, hint: `Write ${LOOKS_LIKE[subject.type]}.` }];
}
