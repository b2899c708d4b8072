// A flow as Mermaid text: every way is an edge, and whatever authors write, the text keeps to the grammar of a flowchart.

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlowFolder } from '../../../src/adapters/system/flow-files.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import { kindOf, STEP_TYPES } from '../../../src/core/flow/steps/index.ts';
import { toMermaid } from '../../../src/core/flow/to-mermaid.ts';
import { ROOT } from '../../support/source-tree.ts';
import { askAmount, bothBills, linked } from './sub-flows.ts';

const both = (en: string) => ({ en, es: `${en} (es)` });
/** A step of every type. */
const EVERY = {
  flow: 'every',
  about: 'Has a step of every type.',
  start: 'hello',
  variables: { count: 'number', arm: 'text', rent: 'number', day: 'date' },
  steps: {
    hello: { type: 'say', text: both('Hi {first_name}.'), next: 'ask' },
    ask: {
      type: 'ask',
      text: both('How many?'),
      answer: 'number',
      save_as: 'count',
      next: 'big',
      also: { stuck: 'tell' },
      invalid: { text: both('A number please.'), tries: 1, next: 'tell' },
      no_reply: { after: '2 days', next: 'again' },
    },
    // biome-ignore lint/suspicious/noThenProperty: the key is named so in the flow language.
    again: { type: 'repeat', times: 2, next: 'ask', then: 'raise' },
    big: { type: 'branch', on: 'count', cases: [{ at_least: 5, next: 'which' }], else: 'rest' },
    which: { type: 'branch', on: 'language', cases: [{ is: ['es', 'en'], next: 'arms' }], else: 'rest' },
    arms: {
      type: 'random',
      experiment: 'tone',
      variants: { short: { next: 'rest' }, long: { next: 'bill' } },
      save_as: 'arm',
    },
    bill: {
      type: 'call',
      flow: 'ask-amount',
      with: { label: 'housing' },
      save: { rent: 'amount' },
      on: { large: 'tell', small: 'rest' },
      next: 'over',
    },
    rest: { type: 'wait', for: '2 days', at: '10:00', next: 'plan' },
    plan: { type: 'set', variable: 'day', to: '2027-06-01', next: 'mark' },
    mark: { type: 'task', status: 'in_progress', again_on: 'day', next: 'over' },
    tell: { type: 'tell_mentor', reason: 'Needs a hand.', next: 'over' },
    raise: { type: 'escalate', tier: 'moderate', reason: 'Never answers.', next: 'over' },
    over: { type: 'end' },
  },
};
const compileTest = (): CompiledFlow => linked('every', askAmount(), EVERY);

const { flows: SHIPPED } = readFlowFolder(join(ROOT, 'flows'));

const WORDS = String.raw`"((?:[\p{L}\p{M}\p{N} .,!?¿¡'’…$_·-]|<br\/>|#\d+;)*)"`;
const ID = String.raw`([a-z]\w*)`;
const SHAPE = [
  ['\\[\\[', '\\]\\]'],
  ['\\[/', '/\\]'],
  ['\\[', '\\]'],
  ['\\(\\[', '\\]\\)'],
  ['\\(\\(', '\\)\\)'],
  ['\\{\\{', '\\}\\}'],
  ['\\{', '\\}'],
  ['>', '\\]'],
].map(([open, close]) => `${open}${WORDS}${close}`);
const NODE = new RegExp(`^${ID}(?:${SHAPE.join('|')})$`, 'u');
const EDGE = new RegExp(`^${ID} (?:-->\\|${WORDS}\\||-->|-\\.->) ${ID}$`, 'u');
const BEGIN = new RegExp(`^begin\\(\\[${WORDS}\\]\\) --> ${ID}$`, 'u');
const OPEN = new RegExp(`^subgraph ${ID} \\[${WORDS}\\]$`, 'u');
const CLASS_DEF = /^classDef [a-z]+ (?:(?:fill|stroke|color):#[0-9a-f]{6},?){3}$/;
const CLASS = /^class s\d+(?:,s\d+)* ([a-z]+)$/;

interface Picture {
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string | null }[];
  readonly graphs: readonly string[];
  readonly classed: ReadonlySet<string>;
}

/** Reads what is drawn, and refuses every line that is not of the few kinds that a flowchart here has. */
function parseMermaid(text: string): Picture {
  const [head, ...lines] = text.trimEnd().split('\n');
  expect(head).toBe('flowchart TD');
  const nodes = new Map<string, string>();
  const edges: { from: string; to: string; label: string | null }[] = [];
  const graphs: string[] = [];
  const classed = new Set<string>();
  let depth = 0;
  for (const line of lines.map((one) => one.trim())) {
    const [edge, node, begin, open] = [EDGE.exec(line), NODE.exec(line), BEGIN.exec(line), OPEN.exec(line)];
    if (edge) edges.push({ from: edge[1] ?? '', label: edge[2] ?? null, to: edge[3] ?? '' });
    else if (begin) edges.push({ from: 'begin', label: null, to: begin[2] ?? '' });
    else if (open) {
      graphs.push(open[2] ?? '');
      depth += 1;
    } else if (line === 'end') depth -= 1;
    else if (node) nodes.set(node[1] ?? '', node.slice(2).find((words) => words !== undefined) ?? '');
    else if (CLASS.test(line)) for (const id of line.split(' ')[1]?.split(',') ?? []) classed.add(id);
    else expect(line).toMatch(CLASS_DEF);
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  for (const { from, to } of edges) {
    if (from !== 'begin') expect(nodes.has(from), from).toBe(true);
    expect(nodes.has(to), to).toBe(true);
  }
  return { nodes, edges, graphs, classed };
}

function expectWhole(flow: CompiledFlow): Picture {
  const picture = parseMermaid(toMermaid(flow, 'es'));
  const steps = Object.values(flow.steps);
  const ways = steps.reduce((sum, step) => sum + kindOf(step).exits(step).length, 0);
  expect(picture.nodes.size).toBe(steps.length);
  expect(picture.edges).toHaveLength(ways + flow.scopes.size + 1);
  expect(picture.graphs).toHaveLength(flow.scopes.size);
  expect(picture.classed).toEqual(new Set(picture.nodes.keys()));
  return picture;
}

/** What Mermaid shows for the numbers. */
function shown(words: string): string {
  return words.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('a flow as Mermaid text', () => {
  it.each(SHIPPED.map((flow) => [flow.id, flow] as const))('has every step and way of %s', (_, flow) => {
    const { edges } = expectWhole(flow);
    expect(edges.map(({ label }) => label)).toContain('no reply after 2 days');
  });

  it('draws every step type', () => {
    const flow = compileTest();
    expect(new Set(Object.values(flow.steps).map(({ type }) => type))).toEqual(new Set(STEP_TYPES));
    const { nodes, edges } = expectWhole(flow);
    for (const type of STEP_TYPES)
      expect([...nodes.values()].some((words) => words.includes(`<br/>${type}`))).toBe(true);
    const labels = edges.map(({ label }) => label);
    for (const label of [
      'invalid',
      'answered',
      'again',
      'not any more',
      'at least 5',
      'es or en',
      'else',
      'short',
      'stuck',
    ]) {
      expect(labels).toContain(label);
    }
  });

  it('draws called flows inside, with the way in and the ways by result', () => {
    const flow = linked('both-bills', askAmount(), bothBills);
    const { graphs, edges } = expectWhole(flow);
    expect(graphs).toEqual(['ask-amount', 'ask-amount']);
    expect(edges.map(({ label }) => label)).toContain('large');
  });

  it('keeps to the grammar and shows the words, whatever authors write', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '"]',
        '"--> x',
        'a|b',
        '#quot;',
        '`x`',
        '%%{init: {}}%%',
        'end',
        '<b>',
        'style a:b#c;',
        'a\nend\n',
      ),
    );
    fc.assert(
      fc.property(hostile, (words) => {
        const flow = compileTest();
        const say: CompiledFlow['steps'][string] = { type: 'say', text: { en: words, es: words }, next: 'over' };
        const { nodes } = parseMermaid(toMermaid({ ...flow, steps: { ...flow.steps, hello: say } }, 'en'));
        const drawn = [...nodes.values()].find((one) => one.startsWith('hello<br/>')) ?? '';
        const plain = words.replace(/\s+/gu, ' ').trim();
        if ([...plain].length > 60) return;
        expect(shown(drawn)).toBe(plain === '' ? 'hello<br/>say' : `hello<br/>say · ${plain}`);
      }),
    );
  });

  it('shortens long texts', () => {
    const flow = compileTest();
    const say = { type: 'say' as const, text: { en: 'word '.repeat(50), es: 'x' }, next: 'over' };
    const { nodes } = parseMermaid(toMermaid({ ...flow, steps: { ...flow.steps, hello: say } }, 'en'));
    const drawn = [...nodes.values()].find((one) => one.startsWith('hello<br/>')) ?? '';
    expect(drawn.endsWith('…')).toBe(true);
    expect(drawn.length).toBeLessThan(90);
  });
});
