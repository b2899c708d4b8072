// Author tests of flows that call others, and of experiments: what is taken in a called flow counts for that flow.

import { describe, expect, it } from 'vitest';
import { playCase } from '../../../src/core/conversation/play-case.ts';
import { coverageOf } from '../../../src/core/conversation/play-coverage.ts';
import { compileFlows } from '../../../src/core/flow/compile-all.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import { caseOf, surroundings } from './play-people.ts';

const text = (en: string) => ({ en, es: `${en} (es)` });

const ASK = {
  flow: 'ask-amount',
  about: 'Asks for an amount.',
  start: 'ask',
  variables: { bill: 'text', amount: 'number' },
  inputs: ['bill'],
  steps: {
    ask: {
      type: 'ask',
      text: text('How much is left on the {bill} bill?'),
      answer: 'number',
      save_as: 'amount',
      next: 'known',
      invalid: { text: text('A number, please.'), tries: 1, next: 'unknown' },
      no_reply: { after: '1 day', next: 'unknown' },
    },
    known: { type: 'end', result: 'known' },
    unknown: { type: 'end', result: 'unknown' },
  },
};

const CALLER = {
  flow: 'caller',
  about: 'Asks twice.',
  start: 'rent',
  variables: { gap: 'number' },
  steps: {
    rent: {
      type: 'call',
      flow: 'ask-amount',
      with: { bill: 'rent' },
      save: { gap: 'amount' },
      on: { known: 'thank', unknown: 'finish' },
    },
    thank: { type: 'say', text: text('{gap} it is.'), next: 'finish' },
    finish: { type: 'end' },
  },
};

const DRAWN = {
  flow: 'drawn',
  about: 'Greets in one of two ways.',
  start: 'draw',
  steps: {
    draw: {
      type: 'random',
      experiment: 'greeting',
      variants: { warm: { next: 'warm' }, short: { next: 'short', share: 9 } },
    },
    warm: { type: 'say', text: text('Hello, {first_name}!'), next: 'finish' },
    short: { type: 'say', text: text('Hi.'), next: 'finish' },
    finish: { type: 'end' },
  },
};

const { flows, problems } = compileFlows(
  new Map<string, unknown>([
    ['ask-amount.yaml', ASK],
    ['caller.yaml', CALLER],
    ['drawn.yaml', DRAWN],
  ]),
);
const flowOf = (id: string): CompiledFlow => {
  const flow = flows.find((one) => one.id === id);
  if (flow === undefined) throw new Error(JSON.stringify([...problems]));
  return flow;
};
const playIn = (id: string, one: Parameters<typeof playCase>[0]) =>
  playCase(one, { ...surroundings(), flow: flowOf(id) });

describe('a flow that calls another', () => {
  const known = playIn(
    'caller',
    caseOf([
      { expect: 'How much is left on the rent bill?' },
      { reply: '430', expect: '430 it is.', remembers: { gap: 430 }, ends: true },
    ]),
  );
  const silent = playIn('caller', caseOf([{ wait: '2 days', expect: [], ends: true }]));

  it('is played through the other and back', () => {
    expect(known.differences).toEqual([]);
    expect(silent.differences).toEqual([]);
  });

  it('covers its own branches, and those of the other', () => {
    const flow = flowOf('caller');
    const coverage = coverageOf(flows, [{ flow, ways: [...known.ways, ...silent.ways] }]);
    expect(coverage.find((one) => one.flow === 'caller')).toMatchObject({ branches: 3, covered: 3 });
    expect(coverage.find((one) => one.flow === 'ask-amount')).toMatchObject({
      branches: 3,
      covered: 2,
      missing: [{ step: 'ask', way: 'invalid.next' }],
    });
  });
});

describe('a flow that others call', () => {
  const head = { with: { bill: 'rent' } };

  it('is played by itself with its inputs, and ends with its result', () => {
    const turns = [{ expect: 'How much is left on the rent bill?' }, { reply: '430', ends: 'known' }];
    expect(playIn('ask-amount', caseOf(turns, head)).differences).toEqual([]);
  });

  it('differs when it ends with another result, and an update writes that one', () => {
    const { differences, rewrites } = playIn('ask-amount', caseOf([{ wait: '1 day', ends: 'known' }], head));
    expect(differences).toEqual([{ path: ['turns', 0, 'ends'], about: 'ends', expected: 'known', got: 'unknown' }]);
    expect(rewrites).toEqual([{ path: ['turns', 0, 'ends'], value: 'unknown' }]);
  });
});

describe('an experiment', () => {
  it.each([
    ['warm', 'Hello, Maya!'],
    ['short', 'Hi.'],
  ])('is played as the case draws it: %s', (variant, words) => {
    const one = caseOf([{ expect: words, ends: true }], { draws: { greeting: variant } });
    const { differences, ways } = playIn('drawn', one);
    expect(differences).toEqual([]);
    expect(ways[0]).toEqual({ step: 'draw', way: `variants.${variant}.next` });
  });

  it('cannot be drawn as nobody is', () => {
    const one = caseOf([{ expect: 'Hi.' }], { draws: { greeting: 'cold' } });
    expect(playIn('drawn', one).differences).toEqual([
      { path: ['draws'], about: 'draws', expected: 'greeting: cold', got: 'nobody draws that on this way' },
    ]);
  });
});
