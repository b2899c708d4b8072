// From a parsed flow file to a flow that can be run: reads the steps, gives the structure its hash, prepares the texts.
// It never yields a flow that has a mistake in it.

import type { StructureHash } from '../model/ids.ts';
import { checkTargets, checkWays } from './check-graph.ts';
import { checkMigrate } from './check-migrate.ts';
import { checkTexts } from './check-texts.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { readWith } from './explain-issue.ts';
import { isFactName } from './facts.ts';
import { type FlowSource, flowSchema, NAME, storedFlowSchema, USUAL_SEGMENTS } from './flow-schema.ts';
import { compileTexts } from './flow-texts.ts';
import { promisesOf } from './flow-ways.ts';
import { callsOf, checkCalls, type FlowLibrary, linkFlow } from './link-flow.ts';
import { hashOwn } from './own-structure.ts';
import { didYouMean, type Problem, under } from './problem.ts';
import { findKind, kindOf, STEP_TYPES, type Step } from './steps/index.ts';

/** A compiled flow, or everything that is wrong with it. */
type Compiled =
  | { readonly ok: true; readonly flow: CompiledFlow }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A file that could be read as a flow. */
export interface ReadFlow {
  readonly source: FlowSource;
  readonly steps: Readonly<Record<string, Step>>;
}

const NO_FLOWS: FlowLibrary = new Map();

/**
 * Compiles plain data, as a YAML or JSON reader gives it. `library` holds the flows that it may call. A flow that calls one
 * with mistakes is refused without a problem of its own.
 */
export function compileFlow(data: unknown, library: FlowLibrary = NO_FLOWS): Compiled {
  const read = readFlowData(data);
  return 'problems' in read ? { ok: false, problems: read.problems } : compileRead(read, library);
}

/** The steps of a flow, each read by the schema of its type; or what cannot be read. */
export function readFlowData(data: unknown): ReadFlow | { readonly problems: readonly Problem[] } {
  const head = readWith(flowSchema, data);
  if ('problems' in head) return head;
  const { steps, problems } = readSteps(head.value);
  const named = [...checkNames(head.value), ...problems];
  return named.length > 0 ? { problems: named } : { source: head.value, steps };
}

/** Checks a flow by itself and links what it calls. */
export function compileRead({ source, steps }: ReadFlow, library: FlowLibrary): Compiled {
  const own = assemble(source, steps, library);
  const found = checkFlow(own, source.max_segments ?? USUAL_SEGMENTS, library);
  if (found.length > 0) return { ok: false, problems: found };
  const flow = linkFlow(own, library);
  if (flow === null) return { ok: false, problems: [] };
  const moved = checkMigrate(flow);
  return moved.length > 0 ? { ok: false, problems: moved } : { ok: true, flow };
}

/**
 * A stored definition as a flow again, for a conversation that pinned it. Only its shape is read: checks that were added
 * since must not stop those who are inside. Null when even the shape cannot be read.
 */
export function restoreFlow(definition: unknown): CompiledFlow | null {
  const stored = readWith(storedFlowSchema, definition);
  if ('problems' in stored) return null;
  const { called = {}, ...source } = stored.value;
  return restoreSource(source, called);
}

/**
 * A pinned flow in its newest words: each flow in it that is published with the same steps speaks as it is published, even
 * though another one beside it has changed since. The structure stays the pinned one.
 */
export function rewordFlow(pinned: CompiledFlow, published: ReadonlyMap<string, CompiledFlow>): CompiledFlow {
  const { called = {}, ...source } = pinned.source;
  const newest = (one: FlowSource): FlowSource => {
    const found = published.get(one.flow);
    if (found === undefined) return one;
    const { called: _, ...words } = found.source;
    return hashSource(words) === hashSource(one) ? words : one;
  };
  const inner = Object.fromEntries(Object.entries(called).map(([id, one]) => [id, newest(one)]));
  const reworded = restoreSource(newest(source), inner);
  return reworded?.structureHash === pinned.structureHash ? reworded : pinned;
}

function restoreSource(source: FlowSource, called: Readonly<Record<string, FlowSource>>): CompiledFlow | null {
  const { steps, problems } = readSteps(source);
  if (problems.length > 0) return null;
  const library = new Map<string, CompiledFlow | null>();
  for (const { flow: id } of callsOf(steps)) {
    // What stands above is left out, so that a definition that calls itself ends.
    const { [id]: inner, ...others } = called;
    library.set(id, inner === undefined ? null : restoreSource(inner, others));
  }
  return linkFlow(assemble(source, steps, library), library);
}

function checkFlow(flow: CompiledFlow, maxSegments: number, library: FlowLibrary): Problem[] {
  const outline = { stepNames: Object.keys(flow.steps), variables: flow.variables, flows: library };
  const own = Object.entries(flow.steps).flatMap(([name, step]) =>
    under(['steps', name], kindOf(step).check(step, outline)),
  );
  const targets = checkTargets(flow, library);
  const calls = checkCalls(flow, library);
  const ways = own.length + targets.length + calls.length > 0 ? [] : checkWays(flow, library);
  return [...checkInputs(flow), ...own, ...targets, ...calls, ...ways, ...checkTexts(flow, maxSegments)];
}

function checkInputs({ inputs, variables }: CompiledFlow): Problem[] {
  return inputs.flatMap((input, index): Problem[] => {
    const path = ['inputs', index];
    if (variables[input] === undefined) {
      const near = didYouMean(input, Object.keys(variables));
      const hint = near === 'Take it out.' ? 'Add it under "variables".' : near;
      return [{ path, message: `there is no variable "${input}" in this flow`, hint }];
    }
    if (inputs.indexOf(input) === index) return [];
    return [{ path, message: `"${input}" stands here twice`, hint: 'Take one of them out.' }];
  });
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

function hashSource(source: FlowSource): StructureHash {
  return hashOwn(source, readSteps(source).steps);
}

/** A flow by itself: what it calls is known of, and not linked yet. */
function assemble(source: FlowSource, steps: ReadFlow['steps'], library: FlowLibrary): CompiledFlow {
  const { flow, start, inputs, variables = {} } = source;
  const texts = compileTexts(steps);
  return {
    id: flow,
    about: source.about,
    start,
    structureHash: hashOwn(source, steps),
    steps,
    variables,
    inputs: inputs ?? [],
    scopes: new Map(),
    ...promisesOf({ start, steps, variables, inputs: inputs ?? [] }, library),
    needsTask: texts.needTask || Object.values(steps).some((step) => kindOf(step).needsTask(step)),
    texts,
    source,
  };
}
