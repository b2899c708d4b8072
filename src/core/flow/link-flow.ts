// Links called flows into their caller: flat steps, variables and texts under qualified names (`call_step.their_step`), so
// that one conversation, one structure and one state hold it all. What a name means is decided by where its step stands.

import type { FlowValue } from '../model/conversation.ts';
import type { CompiledFlow, Scope } from './compiled-flow.ts';
import type { StoredFlow } from './flow-schema.ts';
import type { Problem } from './problem.ts';
import type { Exit } from './step-kind.ts';
import { kindOf, type Step } from './steps/index.ts';
import { hashStructure } from './structure-hash.ts';

/** Flows that may be called, by id. Null: it exists, and cannot be used because of mistakes. */
export type FlowLibrary = ReadonlyMap<string, CompiledFlow | null>;

/** Most flows inside one another, the outermost not counted: deeper, nobody can see any more what happens. */
export const CALL_DEPTH_LIMIT = 5;
/** Most steps of a flow with all that it calls. Every call brings the steps of the called flow once more. */
export const LINKED_STEPS_LIMIT = 2_000;

/** The calls of a flow's own steps: the step's name, and the flow that it names. */
export function callsOf(steps: Readonly<Record<string, Step>>): { readonly step: string; readonly flow: string }[] {
  return Object.entries(steps).flatMap(([name, step]) => {
    const flow = kindOf(step).calls?.(step);
    return flow === undefined ? [] : [{ step: name, flow }];
  });
}

/** Calls that would make a flow too deep or too large. Every called flow is in the library, and linked itself. */
export function checkCalls(own: CompiledFlow, library: FlowLibrary): Problem[] {
  const calls = callsOf(own.steps).map((call) => ({ ...call, called: library.get(call.flow) }));
  const deep = calls
    .filter(({ called }) => called != null && depthOf(called) >= CALL_DEPTH_LIMIT)
    .map(({ step, flow }): Problem => {
      const message = `"${flow}" calls flows ${CALL_DEPTH_LIMIT} deep already; this would be one more`;
      return { path: ['steps', step, 'flow'], message, hint: 'Take a level out: call the inner flow directly.' };
    });
  const size = calls.reduce((sum, { called }) => sum + Object.keys(called?.steps ?? {}).length, 0);
  if (deep.length > 0 || size <= LINKED_STEPS_LIMIT) return deep;
  const message = `with all that it calls this flow has more than ${LINKED_STEPS_LIMIT} steps`;
  return [{ path: ['steps'], at: 'key', message, hint: 'Call fewer or smaller flows.' }];
}

function depthOf({ scopes }: CompiledFlow): number {
  return Math.max(0, ...[...scopes.keys()].map((name) => name.split('.').length));
}

/** The flow with all that it calls. Null when a called flow cannot be used. A flow that calls none is the same flow. */
export function linkFlow(own: CompiledFlow, library: FlowLibrary): CompiledFlow | null {
  const calls = callsOf(own.steps);
  if (calls.length === 0) return own;
  const called = new Map<string, CompiledFlow>();
  for (const { step, flow } of calls) {
    const found = library.get(flow);
    if (found == null) return null;
    called.set(step, found);
  }
  const all = [...called.values()];
  const hashes = Object.fromEntries(all.map((flow) => [flow.id, flow.structureHash]));
  return {
    ...own,
    ...joined(own, called),
    structureHash: hashStructure({ own: own.structureHash, called: hashes }),
    needsTask: own.needsTask || all.some(({ needsTask }) => needsTask),
    source: { ...own.source, ...migrateWithin(own, called), called: sourcesOf(all) },
  };
}

function joined(own: CompiledFlow, called: ReadonlyMap<string, CompiledFlow>) {
  const steps: Record<string, Step> = {};
  const variables = { ...own.variables };
  const scopes = new Map<string, Scope>();
  const templates = new Map(own.texts.templates);
  const usedBy = new Map(own.texts.usedBy);
  for (const [name, step] of Object.entries(own.steps)) {
    steps[name] = step;
    const flow = called.get(name);
    if (flow === undefined) continue;
    const within = (inner: string): string => `${name}.${inner}`;
    const { inputs, variables: types, results, pauses } = flow;
    scopes.set(name, { flow: flow.id, start: within(flow.start), inputs, variables: types, results, pauses });
    for (const [inner, scope] of flow.scopes) scopes.set(within(inner), { ...scope, start: within(scope.start) });
    for (const [inner, value] of Object.entries(flow.steps)) steps[within(inner)] = value;
    for (const [inner, type] of Object.entries(flow.variables)) variables[within(inner)] = type;
    for (const [key, template] of flow.texts.templates) templates.set(within(key), template);
    for (const [inner, used] of flow.texts.usedBy) usedBy.set(within(inner), used);
  }
  const needTask = own.texts.needTask || [...called.values()].some(({ texts }) => texts.needTask);
  return { steps, variables, scopes, texts: { ...own.texts, templates, usedBy, needTask } };
}

/**
 * What called flows say of those who stand at their old steps holds wherever they are called; the caller's own word goes
 * first. To `restart` a called flow is to begin it anew, not its caller.
 */
function migrateWithin(
  { source }: CompiledFlow,
  called: ReadonlyMap<string, CompiledFlow>,
): { readonly migrate?: Record<string, string> } {
  const inner = [...called].flatMap(([name, flow]) =>
    Object.entries(flow.source.migrate ?? {}).map(([from, to]): [string, string] => {
      if (to === 'finish' || to === 'stay') return [`${name}.${from}`, to];
      return [`${name}.${from}`, `${name}.${to === 'restart' ? flow.start : to}`];
    }),
  );
  const all = { ...Object.fromEntries(inner), ...source.migrate };
  return Object.keys(all).length === 0 ? {} : { migrate: all };
}

function sourcesOf(flows: readonly CompiledFlow[]): NonNullable<StoredFlow['called']> {
  return Object.assign({}, ...flows.map(({ id, source: { called, ...source } }) => ({ ...called, [id]: source })));
}

/** The qualified name of the step within whose call a step stands; null for the flow's own steps. */
export function callerOf(step: string): string | null {
  const dot = step.lastIndexOf('.');
  return dot < 0 ? null : step.slice(0, dot);
}

/** A name as it is written in the flow that a step belongs to, qualified. */
export function qualify(name: string, step: string): string {
  const caller = callerOf(step);
  return caller === null ? name : `${caller}.${name}`;
}

/** What a flow that is called by `caller` holds, by its own names. */
export function valuesWithin(
  caller: string,
  variables: Readonly<Record<string, FlowValue>>,
): Readonly<Record<string, FlowValue>> {
  const prefix = `${caller}.`;
  const own = Object.entries(variables).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** The variables without those of the flow that `caller` calls. */
export function valuesWithout(
  caller: string,
  variables: Readonly<Record<string, FlowValue>>,
): Readonly<Record<string, FlowValue>> {
  const prefix = `${caller}.`;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith(prefix)));
}

/**
 * Where a conversation can go from a step of a linked flow, by qualified names: into a called flow, and from an end of one
 * to every way of its caller.
 */
export function linkedExits(flow: CompiledFlow, name: string): Exit[] {
  const step = flow.steps[name];
  if (step === undefined) return [];
  const scope = flow.scopes.get(name);
  if (scope !== undefined) {
    return [{ path: ['flow'], to: scope.start, sets: scope.inputs.map((input) => `${name}.${input}`) }];
  }
  const caller = callerOf(name);
  const calling = caller === null || step.type !== 'end' ? undefined : flow.steps[caller];
  if (caller === null || calling === undefined) return qualified(kindOf(step).exits(step), name);
  const called = flow.scopes.get(caller);
  return qualified(kindOf(calling).exits(calling, called && new Map([[called.flow, called]])), caller);
}

function qualified(exits: readonly Exit[], step: string): Exit[] {
  return exits.map((exit) => ({
    ...exit,
    to: qualify(exit.to, step),
    sets: (exit.sets ?? []).map((variable) => qualify(variable, step)),
  }));
}
