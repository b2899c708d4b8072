// Zod's findings in an author's words. Hints come from the descriptions in the schemas; names of keys are compared with
// what the schema allows at that place.

import { z } from 'zod';
import { didYouMean, type Path, type Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Reads plain data with a schema: the value, or the mistakes in it. */
export function readWith<Value>(
  schema: z.ZodType<Value>,
  data: unknown,
): { readonly value: Value } | { readonly problems: Problem[] } {
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data };
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return { problems: result.error.issues.flatMap((issue) => explain(issue, described, data)) };
}

function explain(issue: Issue, described: JsonSchema, data: unknown): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const here = schemaAt(described, path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(here?.properties ?? {});
    return issue.keys.map((key) => unknownKey([...path, key], key, known, data));
  }
  if (path.length === 0) return [notAFile(data)];
  const value = valueAt(data, path);
  const key = String(path.at(-1) ?? '');
  if (value === undefined) return [{ path, message: `"${key}" is missing`, hint: here?.description ?? 'Add it.' }];
  return [{ path, message: badValue(issue, value, key), hint: here?.description ?? 'Look it up in the manual.' }];
}

function notAFile(data: unknown): Problem {
  const message = data === null ? 'this file is empty' : `${kindOfValue(data)} is not what this file should hold`;
  return { path: [], message, hint: 'Begin with a copy of a file that works.' };
}

function unknownKey(path: Path, key: string, known: readonly string[], data: unknown): Problem {
  const present = valueAt(data, path.slice(0, -1));
  const free = known.filter((name) => typeof present !== 'object' || present === null || !Object.hasOwn(present, name));
  return { path, at: 'key', message: `"${key}" is not known here`, hint: didYouMean(key, free) };
}

function badValue(issue: Issue, value: unknown, key: string): string {
  const shown = typeof value === 'object' ? kindOfValue(value) : JSON.stringify(value);
  if (issue.code === 'too_small' || issue.code === 'too_big') return `${shown} is outside the limits of "${key}"`;
  return `${shown} does not fit "${key}"`;
}

function kindOfValue(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value !== 'object') return 'one line of text';
  return Array.isArray(value) ? 'a list' : 'a group of keys';
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    data,
  );
}

function schemaAt(schema: JsonSchema | undefined, path: Path): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((here, part) => {
    const inner = typeof part === 'number' ? here?.items : (here?.properties?.[part] ?? here?.additionalProperties);
    return typeof inner === 'object' && !Array.isArray(inner) ? inner : undefined;
  }, schema);
}
