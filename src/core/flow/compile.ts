// From a parsed flow file to a flow that can be run: reads the steps, gives the structure its hash, prepares the texts.
// It never yields a flow that has a mistake in it.

import { checkTargets, checkWays } from './check-graph.ts';
import { checkTexts } from './check-texts.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { readWith } from './explain-issue.ts';
import { isFactName } from './facts.ts';
import { type FlowSource, flowSchema, NAME, USUAL_SEGMENTS } from './flow-schema.ts';
import { compileTexts } from './flow-texts.ts';
import { didYouMean, type Problem, under } from './problem.ts';
import { findKind, kindOf, STEP_TYPES, type Step } from './steps/index.ts';
import { hashStructure } from './structure-hash.ts';

/** A compiled flow, or everything that is wrong with it. */
type Compiled =
  | { readonly ok: true; readonly flow: CompiledFlow }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Compiles plain data, as a YAML or JSON reader gives it. */
export function compileFlow(data: unknown): Compiled {
  const head = readWith(flowSchema, data);
  if ('problems' in head) return { ok: false, problems: head.problems };
  const source = head.value;
  const { steps, problems } = readSteps(source);
  const named = [...checkNames(source), ...problems];
  if (named.length > 0) return { ok: false, problems: named };
  const flow = assemble(source, steps);
  const found = checkFlow(flow, source.max_segments ?? USUAL_SEGMENTS);
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, flow };
}

/**
 * A stored definition as a flow again, for a conversation that pinned it. Only its shape is read: checks that were added
 * since must not stop those who are inside. Null when even the shape cannot be read.
 */
export function restoreFlow(definition: unknown): CompiledFlow | null {
  const head = readWith(flowSchema, definition);
  if ('problems' in head) return null;
  const { steps, problems } = readSteps(head.value);
  return problems.length > 0 ? null : assemble(head.value, steps);
}

function checkFlow(flow: CompiledFlow, maxSegments: number): Problem[] {
  const outline = { stepNames: Object.keys(flow.steps), variables: flow.variables };
  const own = Object.entries(flow.steps).flatMap(([name, step]) =>
    under(['steps', name], kindOf(step).check(step, outline)),
  );
  const targets = checkTargets(flow);
  const ways = own.length + targets.length > 0 ? [] : checkWays(flow);
  return [...own, ...targets, ...ways, ...checkTexts(flow, maxSegments)];
}

function readSteps(source: FlowSource): { steps: Record<string, Step>; problems: Problem[] } {
  const steps: Record<string, Step> = {};
  const problems: Problem[] = [];
  for (const [name, data] of Object.entries(source.steps)) {
    const path = ['steps', name];
    const kind = findKind(data.type);
    if (kind === null) {
      const message = `there is no step type "${data.type}"`;
      problems.push({ path: [...path, 'type'], message, hint: didYouMean(data.type, STEP_TYPES) });
      continue;
    }
    const read = readWith(kind.schema, data);
    if ('problems' in read) problems.push(...under(path, read.problems));
    else steps[name] = read.value;
  }
  return { steps, problems };
}

function checkNames(source: FlowSource): Problem[] {
  const places = [
    ...Object.keys(source.steps).map((name) => ({ path: ['steps', name], name })),
    ...Object.keys(source.variables ?? {}).map((name) => ({ path: ['variables', name], name })),
  ];
  return places.flatMap(({ path, name }): Problem[] => {
    if (!NAME.test(name)) {
      const hint = 'Use small letters, digits and underscores, and begin with a letter.';
      return [{ path, at: 'key', message: `"${name}" cannot be a name`, hint }];
    }
    if (path[0] === 'steps' || !isFactName(name)) return [];
    return [{ path, at: 'key', message: `{${name}} is already a fact`, hint: 'Choose another name.' }];
  });
}

function assemble(source: FlowSource, steps: Readonly<Record<string, Step>>): CompiledFlow {
  const variables = source.variables ?? {};
  const structure = { flow: source.flow, start: source.start, variables, steps: withoutWording(steps) };
  const texts = compileTexts(steps);
  return {
    id: source.flow,
    about: source.about,
    start: source.start,
    structureHash: hashStructure(structure),
    steps,
    variables,
    needsTask: texts.needTask || Object.values(steps).some((step) => kindOf(step).needsTask(step)),
    texts,
    source,
  };
}

function withoutWording(steps: Readonly<Record<string, Step>>): unknown {
  const entries = Object.entries(steps).map(([name, step]) => {
    const wording = new Set(
      kindOf(step)
        .texts(step)
        .map((text) => text.path.join('.')),
    );
    return [name, strip(step, wording, '')];
  });
  return Object.fromEntries(entries);
}

function strip(value: unknown, wording: ReadonlySet<string>, at: string): unknown {
  if (wording.has(at)) return null;
  if (typeof value !== 'object' || value === null) return value;
  const inner = (key: string): string => (at === '' ? key : `${at}.${key}`);
  if (Array.isArray(value)) return value.map((item, index) => strip(item, wording, inner(String(index))));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, strip(item, wording, inner(key))]));
}
