// The manual tells the truth: every example in docs/flow-language.md passes the check, and every step type has a section.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileFlow } from '../../src/core/flow/compile.ts';
import { STEP_TYPES } from '../../src/core/flow/steps/index.ts';

const manual = readFileSync(new URL('../../docs/flow-language.md', import.meta.url), 'utf8');
const examples = [...manual.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
const sections = new Map(
  [...manual.matchAll(/^### (\w+)\n([\s\S]*?)(?=^##)/gm)].map((match) => [match[1], match[2] ?? '']),
);

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
      variables: { asked_on: 'date' },
      steps: {
        begin: { type: 'set', variable: 'asked_on', to: 'today', next: 'shown' },
        shown: step,
        ...(type === 'end' ? {} : { finish: { type: 'end' } }),
      },
    };
    expect(compileFlow(flow)).toMatchObject({ ok: true });
  });
});
