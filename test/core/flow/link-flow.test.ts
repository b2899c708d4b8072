// Flows that call flows: what is refused, what makes their structure, and how they are stored.

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileFlow, restoreFlow } from '../../../src/core/flow/compile.ts';
import { compileFlows } from '../../../src/core/flow/compile-all.ts';
import { flowIdOfPath, isFlowPath } from '../../../src/core/flow/flow-paths.ts';
import { CALL_DEPTH_LIMIT, LINKED_STEPS_LIMIT, linkedExits } from '../../../src/core/flow/link-flow.ts';
import { compileTasks } from '../../../src/core/flow/task-schema.ts';
import { askAmount, bothBills, folderOf, linked, outer } from './sub-flows.ts';

interface FlowData {
  readonly flow: string;
  readonly inputs?: readonly string[];
}

/** A flow that only calls the given ones, one after the other. */
function calling(id: string, ...called: readonly string[]) {
  const calls = called.map((flow, index) => [`call_${index}`, { type: 'call', flow, next: nextOf(index, called) }]);
  const start = called.length === 0 ? 'over' : 'call_0';
  return { flow: id, about: 'Calls.', start, steps: { ...Object.fromEntries(calls), over: { type: 'end' } } };
}

function nextOf(index: number, called: readonly string[]): string {
  return index + 1 < called.length ? `call_${index + 1}` : 'over';
}

function problemsOf(...flows: readonly FlowData[]): string[] {
  return [...folderOf(...flows).problems].flatMap(([path, found]) =>
    found.map(({ path: at, message, hint }) => `${path} ${at.join('.')}: ${message}. ${hint}`),
  );
}

describe('a linked flow', () => {
  const flow = linked('outer', askAmount(), bothBills, outer);

  it('holds the steps and variables of all that it calls under qualified names', () => {
    expect(Object.keys(flow.steps)).toEqual(
      expect.arrayContaining([
        'bills',
        'bills.housing',
        'bills.housing.ask',
        'bills.tuition.ask',
        'bills.over',
        'over',
      ]),
    );
    expect(flow.variables).toMatchObject({ 'bills.gap': 'number', 'bills.tuition.amount': 'number' });
    expect(flow.scopes.get('bills.tuition')).toMatchObject({ flow: 'ask-amount', start: 'bills.tuition.ask' });
  });

  it('needs a task when a flow inside needs one', () => {
    const asks = askAmount('How much before {deadline}, for {label}?');
    expect(flow.needsTask).toBe(false);
    expect(linked('outer', asks, bothBills, outer).needsTask).toBe(true);
  });

  it('is the same without calls, whatever stands beside it', () => {
    const alone = compileFlow(askAmount());
    expect(alone.ok && alone.flow.structureHash).toBe(linked('ask-amount', askAmount(), bothBills).structureHash);
  });

  it('leads into the called flow, and out of it by every way of its caller', () => {
    expect(linkedExits(flow, 'bills.housing').map(({ to }) => to)).toEqual(['bills.housing.ask']);
    expect(linkedExits(flow, 'bills.housing').flatMap(({ sets }) => sets)).toEqual(['bills.housing.label']);
    const ends = linkedExits(flow, 'bills.tuition.large');
    expect(ends.map(({ to }) => to)).toEqual(['bills.sum', 'bills.sum', 'bills.mentor', 'bills.over']);
    expect(ends[0]?.sets).toEqual(['bills.gap']);
    expect(linkedExits(flow, 'over')).toEqual([]);
    expect(linkedExits(flow, 'no_such_step')).toEqual([]);
  });
});

describe('the structure of a caller', () => {
  const { structureHash } = linked('outer', askAmount(), bothBills, outer);

  it('stays when only words inside change', () => {
    const changed = askAmount('What is still open for {label}?');
    expect(linked('outer', changed, bothBills, outer).structureHash).toBe(structureHash);
  });

  it('changes with the structure of a flow inside, two levels down', () => {
    const changed = JSON.parse(JSON.stringify(askAmount()).replace('2 days', '3 days'));
    expect(linked('outer', changed, bothBills, outer).structureHash).not.toBe(structureHash);
  });

  it('changes with the inputs', () => {
    const more = { ...askAmount(), inputs: ['label', 'amount'] };
    expect(linked('ask-amount', more).structureHash).not.toBe(linked('ask-amount', askAmount()).structureHash);
  });
});

describe('what a called flow says of its old steps', () => {
  const moved = { ...askAmount(), migrate: { ask_amount: 'ask', first: 'restart', second: 'finish', third: 'stay' } };

  it('holds wherever it is called, also two levels down', () => {
    expect(linked('outer', moved, bothBills, outer).source.migrate).toEqual(
      Object.fromEntries(
        ['bills.housing', 'bills.tuition'].flatMap((call) => [
          [`${call}.ask_amount`, `${call}.ask`],
          [`${call}.first`, `${call}.ask`],
          [`${call}.second`, 'finish'],
          [`${call}.third`, 'stay'],
        ]),
      ),
    );
  });

  it('gives way to what the caller says, and is the same when it was stored', () => {
    const caller = { ...bothBills, migrate: { 'housing.ask_amount': 'tuition.ask' } };
    const flow = linked('both-bills', moved, caller);
    expect(flow.source.migrate).toMatchObject({
      'housing.ask_amount': 'tuition.ask',
      'tuition.ask_amount': 'tuition.ask',
    });
    expect(restoreFlow(flow.source)?.source.migrate).toEqual(flow.source.migrate);
  });
});

describe('a stored caller', () => {
  it('is the same flow when it is read back without what is published', () => {
    const flow = linked('outer', askAmount(), bothBills, outer);
    const restored = restoreFlow(JSON.parse(JSON.stringify(flow.source)));
    expect(restored?.structureHash).toBe(flow.structureHash);
    expect(Object.keys(restored?.steps ?? {})).toEqual(Object.keys(flow.steps));
    expect([...(restored?.texts.templates.keys() ?? [])]).toEqual([...flow.texts.templates.keys()]);
    expect(restored?.needsTask).toBe(flow.needsTask);
  });

  it('is null when a flow that it calls is not stored with it, or calls itself', () => {
    expect(restoreFlow(calling('a', 'b'))).toBeNull();
    const circle = { ...calling('a', 'b'), called: { b: calling('b', 'a') } };
    expect(restoreFlow(circle)).toBeNull();
    expect(restoreFlow({ ...calling('a', 'b'), called: { b: calling('b', 'b') } })).toBeNull();
  });

  it('cannot be written by an author', () => {
    const compiled = compileFlow({ ...calling('a'), called: {} });
    expect(compiled.ok ? [] : compiled.problems.map(({ message }) => message)).toEqual(['"called" is not known here']);
  });
});

describe('the check of calls', () => {
  it('finds nothing in flows that are right', () => expect(problemsOf(askAmount(), bothBills, outer)).toEqual([]));

  it('offers the flow that was probably meant', () => {
    const hint = 'Did you mean "both-bills"?';
    expect(problemsOf(askAmount(), bothBills, calling('outer', 'both-bill'))).toEqual([
      `outer.yaml steps.call_0.flow: there is no flow "both-bill". ${hint}`,
    ]);
  });

  it('refuses circles, once', () => {
    const hint = 'Take this call out. To go round again, lead back with a step of type repeat.';
    expect(problemsOf(calling('a', 'a'))).toEqual([`a.yaml steps.call_0.flow: "a" calls itself. ${hint}`]);
    expect(problemsOf(calling('a', 'b'), calling('b', 'c'), calling('c', 'a'), calling('d', 'a'))).toEqual([
      `c.yaml steps.call_0.flow: "c" calls itself by way of a, b. ${hint}`,
    ]);
  });

  it('reports a mistake of a called flow in its own file, once', () => {
    const broken = JSON.parse(JSON.stringify(askAmount()).replace('"type":"branch"', '"type":"brunch"'));
    const { flows, problems } = folderOf(broken, bothBills, outer, calling('other'));
    expect([...problems].filter(([, found]) => found.length > 0).map(([path]) => path)).toEqual(['ask-amount.yaml']);
    expect(flows.map(({ id }) => id)).toEqual(['other']);
  });

  it('knows a flow that cannot even be read by the name of its file', () => {
    const { problems } = compileFlows(
      new Map<string, unknown>([
        ['a.yaml', calling('a', 'b')],
        ['b.yaml', null],
      ]),
    );
    expect([...problems].map(([path, found]) => [path, found.map(({ message }) => message)])).toEqual([
      ['b.yaml', ['this file is empty']],
      ['a.yaml', []],
    ]);
  });

  it('refuses two flows with one name', () => {
    const files = new Map([
      ['a.yaml', calling('a')],
      ['more/a.yaml', calling('a')],
    ]);
    expect(compileFlows(files).problems.get('more/a.yaml')).toMatchObject([
      { path: ['flow'], message: 'there is another flow "a", in a.yaml' },
    ]);
    expect(compileFlows(files).flows).toHaveLength(1);
  });

  it(`lets flows call ${CALL_DEPTH_LIMIT} deep and not deeper`, () => {
    const chain = (depth: number) =>
      Array.from({ length: depth + 1 }, (_, at) => calling(`f${at}`, ...(at < depth ? [`f${at + 1}`] : [])));
    expect(problemsOf(...chain(CALL_DEPTH_LIMIT))).toEqual([]);
    expect(problemsOf(...chain(CALL_DEPTH_LIMIT + 1))).toEqual([
      `f0.yaml steps.call_0.flow: "f1" calls flows ${CALL_DEPTH_LIMIT} deep already; this would be one more. ` +
        'Take a level out: call the inner flow directly.',
    ]);
  });

  it('refuses a flow that grows too large by its calls', () => {
    const many = (id: string): string[] => Array.from({ length: 15 }, () => id);
    const flows = [
      calling('f0', ...many('f1')),
      calling('f1', ...many('f2')),
      calling('f2', ...many('f3')),
      calling('f3'),
    ];
    expect(problemsOf(...flows)).toEqual([
      `f0.yaml steps: with all that it calls this flow has more than ${LINKED_STEPS_LIMIT} steps. ` +
        'Call fewer or smaller flows.',
    ]);
  });

  it('counts a saved variable only where the called flow has a value at every end with that result', () => {
    const wrong = JSON.parse(JSON.stringify(bothBills).replace('"unknown":"mentor"', '"unknown":"sum"'));
    expect(problemsOf(askAmount(), wrong)).toEqual([
      expect.stringMatching(/^both-bills\.yaml steps\.sum\.text: "gap" may have no value yet when "sum" is reached/),
    ]);
    const byNext = JSON.parse(JSON.stringify(bothBills).replace('"next":"over"}', '"next":"sum"}'));
    expect(problemsOf(askAmount(), byNext)).toHaveLength(1);
  });

  it('wants a value for a variable that is given', () => {
    const flow = {
      ...calling('a', 'ask-amount'),
      variables: { name: 'text' },
      steps: {
        call_0: { type: 'call', flow: 'ask-amount', with: { label: 'name' }, next: 'over' },
        over: { type: 'end' },
      },
    };
    expect(problemsOf(askAmount(), flow)).toEqual([
      expect.stringMatching(/^a\.yaml steps\.call_0\.with\.label: "name" may have no value yet/),
    ]);
  });

  it('counts a called flow that always asks as the pause of a loop, and one that may not ask as none', () => {
    const loop = (flow: string) => ({
      flow: 'loop',
      about: 'Goes round.',
      start: 'again',
      steps: {
        again: parse('{ type: repeat, times: 3, next: call, then: over }'),
        call: { type: 'call', flow, ...(flow === 'quick' ? {} : { with: { label: 'rent' } }), next: 'again' },
        over: { type: 'end' },
      },
    });
    expect(problemsOf(askAmount(), loop('ask-amount'))).toEqual([]);
    expect(problemsOf(calling('quick'), loop('quick')).join()).toMatch(/without a pause/);
  });

  it('refuses inputs that are no variables, or stand there twice', () => {
    expect(problemsOf({ ...askAmount(), inputs: ['lable', 'label', 'label'] })).toEqual([
      'ask-amount.yaml inputs.0: there is no variable "lable" in this flow. Did you mean "label"?',
      'ask-amount.yaml inputs.2: "label" stands here twice. Take one of them out.',
    ]);
  });

  it('refuses a task whose flow has inputs', () => {
    const { flows } = folderOf(askAmount(), calling('free'));
    const title = { en: 'A', es: 'A' };
    const task = { title, deadline: '2027-07-01', link: 'https://example.edu/a', lead_days: 3, flow: 'ask-amount' };
    expect(compileTasks({ tasks: { bill: task } }, flows).problems).toMatchObject([
      { path: ['tasks', 'bill', 'flow'], message: 'the flow "ask-amount" cannot begin by itself: it has inputs' },
    ]);
    expect(compileTasks({ tasks: { bill: { ...task, flow: 'free' } } }, flows).problems).toEqual([]);
  });
});

describe('paths of flows', () => {
  it.each(['nudge.yaml', 'money/bill.yaml', 'money/deep/bill.yaml'])('%s is one', (path) => {
    expect(isFlowPath(path)).toBe(true);
  });

  it.each([
    ...['tasks.yaml', 'program.yaml', 'bill.test.yaml', 'money/bill.test.yaml', 'safety/en.yaml', 'replies/es.yaml'],
    ...['colleges/lattc.yaml', 'answers/housing.yaml', 'schema.json'],
  ])('%s is none', (path) => expect(isFlowPath(path)).toBe(false));

  it('name their flow', () => expect(flowIdOfPath('money/deep/bill.yaml')).toBe('bill'));
});
