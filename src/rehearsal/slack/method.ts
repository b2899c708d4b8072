// What every Web API method is: arguments and state in, state and result out; and how arguments are read.

import type { Times } from '../wire/exchange.ts';
import type { JsonObject } from './held.ts';
import type { SlackState } from './state.ts';

/** The outcome of one method. `result` has no `ok`; an error is a name from Slack's reference. */
export type MethodOutcome =
  | { readonly state: SlackState; readonly result: JsonObject }
  | { readonly error: string; readonly messages?: readonly string[] };

/** One Web API method. */
export type SlackMethod = (state: SlackState, args: SlackArguments, times: Times) => MethodOutcome;

/** The arguments of a call: text, with JSON inside where a value is not plain. */
export interface SlackArguments {
  /** The value as text; '' when it is missing. */
  text(name: string): string;
  /** The value as a truth value; false when it is missing. */
  flag(name: string): boolean;
  /** The parsed value; null when it is missing, undefined when it is not JSON. */
  json(name: string): unknown;
  /** Whether the argument was given. */
  has(name: string): boolean;
}

/** Reads the body of a call, form-encoded or JSON. */
export function readArguments(contentType: string, body: string): SlackArguments {
  const values = contentType.includes('json') ? readJsonBody(body) : new Map(new URLSearchParams(body));
  const text = (name: string) => values.get(name) ?? '';
  return {
    text,
    flag: (name) => ['1', 'true'].includes(text(name).toLowerCase()),
    has: (name) => values.has(name),
    json: (name) => (values.has(name) ? parseJson(text(name)) : null),
  };
}

/** The value that a JSON text stands for, undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJsonBody(body: string): Map<string, string> {
  const parsed = parseJson(body);
  if (!isJsonObject(parsed)) return new Map();
  return new Map(
    Object.entries(parsed).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
