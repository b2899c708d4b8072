// The author tests of a flow as written: who, which day, what is texted, how the clock jumps, and what must come of it.
// Owns their shape and the mistakes in it; what a test finds is said in core/conversation/play-case.ts.

import { z } from 'zod';
import { isClockTime, isLocalDate, isTimeZone } from '../model/local-time.ts';
import { TASK_STATUSES } from '../model/task.ts';
import { parseDuration } from './duration.ts';
import { readWith } from './explain-issue.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';

/** What a mentee texts; a bare number is meant as text. */
const said = z.union([z.string(), z.number()]).transform(String);

const turnSchema = z.strictObject({
  reply: said.optional().describe('Write what the mentee texts, in quotes.'),
  replies: z.array(said).min(1).optional().describe('List what the mentee texts, one line each with a dash.'),
  wait: z.string().optional().describe('Write how long nothing is texted, like 2 days or 3 hours.'),
  until: z
    .string()
    .optional()
    .describe('Write a day like 2027-06-04 or friday, an hour like 10:00, or both like 2027-06-04 10:00.'),
  expect: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Write the text that the mentee gets, in quotes; several as a list.'),
  task: z
    .enum(TASK_STATUSES)
    .optional()
    .describe(`Write where the task then stands: ${TASK_STATUSES.join(', ')}.`),
  again_on: z.string().optional().describe('Write the day on which the task is asked about again, like 2027-06-04.'),
  timers: z
    .union([z.literal('none'), z.partialRecord(z.enum(['wait', 'no_reply']), z.string())])
    .optional()
    .describe('Write none, or wait or no_reply, each with its moment like 2027-06-04 10:00.'),
  mentor: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Write what the mentor is told; several as a list.'),
  escalation: z
    .enum(['crisis', 'high', 'moderate', 'none'])
    .optional()
    .describe('Write crisis, high, moderate or none: the case that is opened.'),
  remembers: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('Write variables of the flow with what they then hold.'),
  ends: z
    .union([z.boolean(), z.string()])
    .optional()
    .describe('Write true when the conversation is over, false when it is not; of a sub-flow also its result.'),
  nothing: z.literal(true).optional().describe('Write true when nothing at all may happen.'),
});

const caseSchema = z.strictObject({
  name: z.string().min(1).describe('Write in a few words what this case shows.'),
  first_name: z.string().min(1).optional().describe("Write the mentee's first name."),
  language: z.enum(['en', 'es']).optional().describe('Write en or es.'),
  college: z.string().min(1).optional().describe("Write the mentee's college."),
  mentor: z.string().min(1).optional().describe("Write the mentor's first name, or none."),
  time_zone: z.string().optional().describe('Write a time zone like America/Los_Angeles.'),
  today: z.string().optional().describe('Write the day on which it begins, like 2027-06-01.'),
  at: z.string().optional().describe('Write the hour at which it begins, like 10:00.'),
  task: z.string().optional().describe('Write the key of a task of tasks.yaml, or none.'),
  deadline: z.string().optional().describe('Write the last day of the task, like 2027-07-01.'),
  status: z
    .enum(TASK_STATUSES)
    .optional()
    .describe(`Write where the task stands: ${TASK_STATUSES.join(', ')}.`),
  with: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('Write the inputs of a sub-flow with their values.'),
  draws: z
    .record(z.string(), z.string())
    .optional()
    .describe('Write each experiment with the variant that this mentee draws.'),
  turns: z
    .array(turnSchema)
    .min(1)
    .describe('List what happens: reply, replies, wait or until, each with what then comes.'),
});

/** Schema of `<flow>.test.yaml`. */
export const flowTestSchema = z.strictObject({
  cases: z.array(caseSchema).min(1).describe('List the cases, each with "name" and "turns".'),
});

/** One turn: at most one of `reply`, `replies`, `wait`, `until`; all else is what must come of it. */
export type FlowTestTurn = Readonly<z.infer<typeof turnSchema>>;

/** One case of a flow's tests. What it leaves out has a usual value. */
export type FlowTestCase = Readonly<z.infer<typeof caseSchema>>;

/** What makes a turn happen. */
const MOVES = ['reply', 'replies', 'wait', 'until'] as const;

/** What a turn can say that must come of it. */
export const EXPECTATIONS = [
  'expect',
  'task',
  'again_on',
  'timers',
  'mentor',
  'escalation',
  'remembers',
  'ends',
  'nothing',
] as const satisfies readonly (keyof FlowTestTurn)[];

/** What the cases may speak of. */
export interface TestedFlow {
  readonly variables: readonly string[];
  /** Variables that must be given, of a flow that others call. */
  readonly inputs: readonly string[];
  readonly tasks: readonly string[];
  /** Whether cases without any expected text are let through, because they are about to be filled in. */
  readonly mayBeEmpty: boolean;
}

/** Reads the cases of one file; with a problem in it there are none. */
export function readFlowTests(
  data: unknown,
  flow: TestedFlow,
): { readonly cases: readonly FlowTestCase[]; readonly problems: readonly Problem[] } {
  const read = readWith(flowTestSchema, data);
  if ('problems' in read) return { cases: [], problems: read.problems };
  const { cases } = read.value;
  const problems = cases.flatMap((one, index) => [
    ...checkCase(one, ['cases', index], flow),
    ...checkName(cases, index),
    ...one.turns.flatMap((turn, at) => checkTurn(turn, at, { path: ['cases', index, 'turns', at], flow })),
  ]);
  return { cases: problems.length > 0 ? [] : cases, problems };
}

/** Whether a case names what must be texted somewhere; one that does not could never fail. */
export function expectsSomething({ turns }: FlowTestCase): boolean {
  return turns.some(({ expect, nothing }) => nothing === true || (expect !== undefined && [expect].flat().length > 0));
}

function checkName(cases: readonly FlowTestCase[], index: number): Problem[] {
  const name = cases[index]?.name;
  if (cases.findIndex((one) => one.name === name) === index) return [];
  const message = `two cases are called "${name}"`;
  return [{ path: ['cases', index, 'name'], message, hint: 'Give each its own name.' }];
}

function checkCase(one: FlowTestCase, path: Path, flow: TestedFlow): Problem[] {
  const problems: Problem[] = [];
  const say = (key: string, message: string, hint: string): void => {
    problems.push({ path: [...path, key], message, hint });
  };
  for (const key of ['today', 'deadline'] as const) {
    const day = one[key];
    if (day !== undefined && !isLocalDate(day)) say(key, `"${day}" is not a date`, 'Write a date like 2027-06-01.');
  }
  if (one.at !== undefined && !isClockTime(one.at))
    say('at', `"${one.at}" is not an hour`, 'Write an hour like 10:00.');
  if (one.time_zone !== undefined && !isTimeZone(one.time_zone)) {
    say('time_zone', `"${one.time_zone}" is not a time zone`, 'Write one like America/Los_Angeles.');
  }
  if (one.task !== undefined && one.task !== 'none' && !flow.tasks.includes(one.task)) {
    say('task', `there is no task "${one.task}"`, didYouMean(one.task, flow.tasks));
  }
  if (!flow.mayBeEmpty && !expectsSomething(one)) {
    const hint = 'Add "expect" to a turn, or have it written: icehouse flows test --update.';
    say('turns', 'this case never says what is texted, so it could not fail', hint);
  }
  for (const input of flow.inputs) {
    if (one.with !== undefined && Object.hasOwn(one.with, input)) continue;
    say('with', `this flow must be given "${input}"`, `Add "with" to the case, with ${input} and its value.`);
  }
  return [...problems, ...checkInputs(one.with, [...path, 'with'], flow)];
}

function checkTurn(turn: FlowTestTurn, index: number, { path, flow }: { path: Path; flow: TestedFlow }): Problem[] {
  const moves = MOVES.filter((move) => turn[move] !== undefined);
  const expected = EXPECTATIONS.filter((key) => turn[key] !== undefined);
  const problems = [...checkMoments(turn, path), ...checkVariables(turn.remembers, [...path, 'remembers'], flow)];
  if (moves.length > 1) {
    const message = `this turn has both "${moves[0]}" and "${moves[1]}"`;
    problems.push({ path: [...path, moves[1] ?? ''], at: 'key', message, hint: 'Make two turns of it.' });
  }
  if (moves.length === 0 && index > 0) {
    const hint = 'Add reply, replies, wait or until. Only the first turn may go without: it is how the flow begins.';
    problems.push({ path, message: 'nothing happens in this turn', hint });
  }
  if (turn.nothing && expected.length > 1) {
    const hint = 'Keep one of them.';
    problems.push({ path: [...path, 'nothing'], at: 'key', message: '"nothing" stands beside something', hint });
  }
  return problems;
}

function checkMoments({ wait, again_on, timers }: FlowTestTurn, path: Path): Problem[] {
  const problems: Problem[] = [];
  if (wait !== undefined && parseDuration(wait.trim()) === null) {
    const hint = 'Write a number and a unit, like 2 days or 3 hours; a year at most.';
    problems.push({ path: [...path, 'wait'], message: `"${wait}" is not a duration`, hint });
  }
  if (again_on !== undefined && !isLocalDate(again_on)) {
    const hint = 'Write a date like 2027-06-04.';
    problems.push({ path: [...path, 'again_on'], message: `"${again_on}" is not a date`, hint });
  }
  for (const [timer, at] of Object.entries(timers === undefined || timers === 'none' ? {} : timers)) {
    const [day = '', hour = ''] = (at ?? '').split(' ');
    if (isLocalDate(day) && isClockTime(hour)) continue;
    const hint = 'Write a day and an hour, like 2027-06-04 10:00.';
    problems.push({ path: [...path, 'timers', timer], message: `"${at}" is not a moment`, hint });
  }
  return problems;
}

function checkInputs(given: FlowTestCase['with'], path: Path, { inputs }: TestedFlow): Problem[] {
  return Object.keys(given ?? {})
    .filter((name) => !inputs.includes(name))
    .map((name) => ({
      path: [...path, name],
      at: 'key',
      message: `this flow is not given "${name}"`,
      hint: didYouMean(name, inputs),
    }));
}

function checkVariables(named: FlowTestTurn['remembers'], path: Path, { variables }: TestedFlow): Problem[] {
  return Object.keys(named ?? {})
    .filter((name) => !variables.includes(name))
    .map((name) => ({
      path: [...path, name],
      at: 'key',
      message: `this flow has no variable "${name}"`,
      hint: didYouMean(name, variables),
    }));
}
