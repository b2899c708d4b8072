// The shape of flows/safety/examples.yaml: what counselors have taught the screen without a developer, each in words that
// were written for it. It checks shape only; whether an example does what it shall is checked in example-check.

import { z } from 'zod';
import { KINDS, type SafetyProblem } from './signal-schema.ts';

/** Where the examples stand in the content. A program of before has no such file. */
export const EXAMPLES = 'safety/examples.yaml';

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id is small letters, digits and single dashes');
const words = z.string().trim().min(1).max(400);

const example = z.discriminatedUnion('was', [
  /** A text that should have been found: it raises a text like it to its tier. */
  z.strictObject({
    id,
    was: z.literal('missed'),
    words,
    tier: z.enum(['crisis', 'high', 'moderate']),
    kind: z.enum(KINDS).default('self'),
  }),
  /** A text that paged for nothing: it lowers a text like it to moderate, and never further. */
  z.strictObject({ id, was: z.literal('false_page'), words }),
]);

const examplesSchema = z.strictObject({
  examples: z.array(example).default([]),
  /** Ids of examples that were added in Slack and are not wanted any more. */
  removed: z.array(id).default([]),
});

export type Example = z.infer<typeof example>;
export type ExamplesFile = z.infer<typeof examplesSchema>;

/** Reads parsed YAML as the examples, or says what is wrong. A file that is not there, or is empty, has none. */
export function parseExamples(
  data: unknown,
):
  | { readonly ok: true; readonly file: ExamplesFile }
  | { readonly ok: false; readonly problems: readonly SafetyProblem[] } {
  const result = examplesSchema.safeParse(data ?? {});
  if (!result.success) {
    const problems = result.error.issues.map((issue) => ({
      path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
      message: issue.message,
      hint: 'an example has id, was (missed or false_page) and words; a missed one also its tier',
    }));
    return { ok: false, problems };
  }
  const twice = twiceIn(result.data.examples.map((one) => one.id));
  if (twice === null) return { ok: true, file: result.data };
  const problem = { path: ['examples'], message: `"${twice}" is there twice`, hint: 'give each example its own id' };
  return { ok: false, problems: [problem] };
}

function twiceIn(ids: readonly string[]): string | null {
  return ids.find((one, at) => ids.indexOf(one) !== at) ?? null;
}

/**
 * Files that are published, with the examples that were added in Slack since those files were written: none is lost
 * because somebody publishes a folder that does not know it. Only an id under `removed` takes one away.
 */
export function keepExamples(given: ExamplesFile, published: ExamplesFile): ExamplesFile {
  const removed = [...new Set([...given.removed, ...published.removed])];
  const own = given.examples.filter((one) => !removed.includes(one.id));
  const added = published.examples.filter(
    (one) => !removed.includes(one.id) && !own.some((known) => known.id === one.id),
  );
  return { examples: [...own, ...added], removed };
}

/** The id of the next example: no number is given twice, not even that of one that was removed. */
export function nextExampleId({ examples, removed }: ExamplesFile): string {
  const numbers = [...examples.map((one) => one.id), ...removed].map((one) => Number(/^ex-(\d+)$/.exec(one)?.[1] ?? 0));
  return `ex-${Math.max(0, ...numbers) + 1}`;
}
