// The manual tells the truth: every example in docs/flow-language.md passes the check, and every step type has a section.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { playCase } from '../../src/core/conversation/play-case.ts';
import { coverageOf } from '../../src/core/conversation/play-coverage.ts';
import { compileFlow } from '../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../src/core/flow/compiled-flow.ts';
import { readFlowTests } from '../../src/core/flow/flow-test-schema.ts';
import { STEP_TYPES } from '../../src/core/flow/steps/index.ts';
import { builtInReplies } from '../../src/core/language/built-in-replies.ts';

const manual = readFileSync(new URL('../../docs/flow-language.md', import.meta.url), 'utf8');
const examples = [...manual.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
const sections = new Map(
  [...manual.matchAll(/^### (\w+)\n([\s\S]*?)(?=^##)/gm)].map((match) => [match[1], match[2] ?? '']),
);

/** Steps that some examples lead to. */
const NEIGHBOURS = {
  ask_again: { type: 'wait', for: '1 day', next: 'shown' },
  warm_words: { type: 'say', text: { en: 'Hi {first_name}!', es: '¡Hola {first_name}!' }, next: 'finish' },
};

describe('the manual', () => {
  it('shows a whole flow that passes the check', () => {
    expect(compileFlow(parse(examples[0] ?? ''))).toMatchObject({ ok: true });
  });

  it('has a section for each step type, and no other', () => {
    expect([...sections.keys()].sort()).toEqual([...STEP_TYPES].sort());
  });

  it.each(STEP_TYPES)('shows a %s that passes the check', (type) => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(sections.get(type) ?? '') ?? [];
    const step = parse(example) as { type: string };
    expect(step.type).toBe(type);
    const flow = {
      flow: 'example',
      about: 'Around one step.',
      start: 'begin',
      variables: { asked_on: 'date', greeting: 'text', gap: 'number' },
      steps: {
        begin: { type: 'set', variable: 'asked_on', to: 'today', next: 'shown' },
        shown: step,
        ...Object.fromEntries(Object.entries(NEIGHBOURS).filter(([name]) => example.includes(`next: ${name}`))),
        ...(type === 'end' ? {} : { finish: { type: 'end' } }),
      },
    };
    expect(compileFlow(flow, calledIn(sections.get(type) ?? ''))).toMatchObject({ ok: true });
  });
});

describe('the tests that the manual shows', () => {
  const compiled = compileFlow(parse(examples[0] ?? ''));
  const shown = examples.filter((example) => example.startsWith('cases:'));
  const around = {
    tasks: [],
    program: { name: 'Bridge Program', phone: '(213) 555-0100', time_zone: 'America/Los_Angeles' },
    replyBook: builtInReplies(),
  };

  it('hold for the whole flow that it shows, and take all of its branches', () => {
    if (!compiled.ok) throw new Error('the whole flow does not pass the check');
    const { flow } = compiled;
    const known = { variables: Object.keys(flow.variables), inputs: flow.inputs, tasks: [], mayBeEmpty: false };
    const read = shown.map((example) => readFlowTests(parse(example), known));
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    const results = read.flatMap(({ cases }) => cases).map((one) => playCase(one, { ...around, flow }));
    expect(results.length).toBeGreaterThan(0);
    expect(results.flatMap(({ differences }) => differences)).toEqual([]);
    const ways = results.flatMap((result) => result.ways);
    expect(coverageOf([flow], [{ flow, ways }])[0]?.missing).toEqual([]);
  });
});

/** Whole flows that a section shows beside its step: those that the step calls. */
function calledIn(section: string): Map<string, CompiledFlow> {
  const shown = [...section.matchAll(/```yaml\n(flow:[\s\S]*?)```/g)].map((match) =>
    compileFlow(parse(match[1] ?? '')),
  );
  return new Map(shown.flatMap((compiled) => (compiled.ok ? [[compiled.flow.id, compiled.flow] as const] : [])));
}
