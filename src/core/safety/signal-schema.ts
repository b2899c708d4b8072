// The shape of flows/safety/<language>.yaml: slots, idiom masks, context words and signals, all owned by counselors.
// It checks shape only; whether the patterns can be read and do what their examples say is checked in safety-check.

import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id is small letters, digits and single dashes');
const pattern = z.string().trim().min(1).max(400);
const patterns = z.array(pattern).min(1);
const text = z.string().min(1).max(1600);

/** What a text speaks of, which chooses the reply and never the tier. */
export const KINDS = ['self', 'someone_else', 'abuse', 'threat_to_others', 'immigration', 'not_going'] as const;
export type Kind = (typeof KINDS)[number];

/** Which contexts may lower a signal. `denial` is on unless a signal says otherwise. */
const LOWERINGS = ['denial', 'joke', 'past', 'topic'] as const;
export type Lowering = (typeof LOWERINGS)[number];

const signal = z
  .strictObject({
    id,
    tier: z.enum(['crisis', 'high', 'moderate']),
    category: id,
    kind: z.enum(KINDS).default('self'),
    loweredBy: z.array(z.enum(LOWERINGS)).default(['denial']),
    patterns: z.array(pattern).default([]),
    /** Patterns that harmless texts share. They count only where the second net leans the same way. */
    hints: patterns.optional(),
    unless: patterns.optional(),
    examples: z.array(text).min(3),
    counterexamples: z.array(text).min(2),
  })
  .refine((given) => given.patterns.length > 0 || given.hints !== undefined, 'a signal needs patterns, or hints');

const mask = z.strictObject({
  id,
  patterns,
  /** Texts that must stay silent. */
  examples: z.array(text).min(1),
  /** Texts that hold the idiom beside real danger, which must still be found. */
  stillFound: z.array(text).optional(),
});

const context = z.strictObject({
  humour: patterns,
  earnest: patterns,
  trivial: patterns,
  past: patterns,
  present: patterns,
  topic: patterns,
});

export const safetyFileSchema = z.strictObject({
  language: z.enum(['en', 'es']),
  /** Words that may stand between any two others without changing what is meant. */
  fillers: z.array(z.string().min(1)).default([]),
  /** Core words that are recognised with one letter wrong. At least five letters each. */
  misspellable: z.array(z.string().min(5)).default([]),
  /** Words that look like a misspelt core word and are none. */
  notMisspelt: z.array(z.string().min(1)).default([]),
  negators: z.array(z.string().min(1)),
  /** Words that carry a negation on to what follows: "not *going to* …". */
  negationCarriers: z.array(z.string().min(1)),
  slots: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a slot is named in capitals'), patterns),
  masks: z.array(mask),
  context,
  /** What means "yes, a little" right after a counselor or the bot asked about safety. */
  yesAfterSafetyQuestion: patterns,
  signals: z.array(signal).min(1),
});

/** One language's file, parsed. */
export type SafetyFile = z.infer<typeof safetyFileSchema>;
export type SignalDefinition = SafetyFile['signals'][number];

/** What is wrong in a safety file: where (path of keys), what, and what would be right. */
export interface SafetyProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

/** Reads parsed YAML as a safety file, or says what is wrong with it. */
export function parseSafetyFile(
  data: unknown,
):
  | { readonly ok: true; readonly file: SafetyFile }
  | { readonly ok: false; readonly problems: readonly SafetyProblem[] } {
  const result = safetyFileSchema.safeParse(data);
  if (result.success) return { ok: true, file: result.data };
  const problems = result.error.issues.map((issue) => ({
    path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    message: issue.message,
    hint: 'see docs/safety.md for the keys of a safety file and what each may hold',
  }));
  return { ok: false, problems };
}
