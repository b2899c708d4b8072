// What of a flow is structure: everything but its wording. Who is inside keeps it, whatever is published.

import type { StructureHash } from '../model/ids.ts';
import type { FlowSource } from './flow-schema.ts';
import { kindOf, type Step } from './steps/index.ts';
import { hashStructure } from './structure-hash.ts';

/** The identity of a flow's own structure, whatever it calls. */
export function hashOwn(
  { flow, start, inputs, variables = {} }: FlowSource,
  steps: Readonly<Record<string, Step>>,
): StructureHash {
  return hashStructure({ flow, start, inputs, variables, steps: withoutWording(steps) });
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
