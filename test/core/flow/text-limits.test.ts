import { describe, expect, it } from 'vitest';
import { compileFlow } from '../../../src/core/flow/compile.ts';

function flowThatSays(en: string) {
  return {
    flow: 'limits',
    about: 'Says one thing.',
    start: 'say_it',
    steps: { say_it: { type: 'say', text: { en, es: 'Hola.' }, next: 'finish' }, finish: { type: 'end' } },
  };
}

describe('TX-10: a text that is too long never gets as far as a send', () => {
  it('takes one that fits', () => {
    expect(compileFlow(flowThatSays('Hello.')).ok).toBe(true);
  });

  it.each([
    ['over the carrier’s 1600 characters', 'a'.repeat(1_601)],
    ['over the flow’s segments', 'a'.repeat(600)],
    ['over the segments because one curly quote makes them short', `${'a'.repeat(300)}’`],
  ])('refuses one %s', (_, text) => {
    const compiled = compileFlow(flowThatSays(text));
    expect(compiled.ok ? [] : compiled.problems.map((problem) => problem.path.at(-1))).toContain('en');
  });
});
