// Every step type has a case file beside this test, named by its type. A case is a step, what happens to it, and what it
// answers; or a step with the problems that its check must find. `UPDATE=1` rewrites the answers: review the diff.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import type { VariableType } from '../../../src/core/flow/facts.ts';
import type { CallableFlow, StepContext, StepKind } from '../../../src/core/flow/step-kind.ts';
import { findKind, STEP_TYPES, type Step } from '../../../src/core/flow/steps/index.ts';
import { builtInReplies } from '../../../src/core/language/built-in-replies.ts';
import type { ConversationFacts, FlowValue, Waiting } from '../../../src/core/model/conversation.ts';
import { asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from './people.ts';

interface Case {
  readonly about: string;
  readonly step: { readonly type: string };
  readonly now?: string;
  readonly language?: 'en' | 'es';
  readonly mentee?: string;
  readonly mentor?: null;
  readonly task?: null | { readonly status: string };
  readonly types?: Record<string, VariableType>;
  readonly variables?: Record<string, FlowValue>;
  readonly waiting?: Waiting;
  readonly reply?: string;
  readonly timer?: 'wait' | 'no_reply';
  /** The flow that this step called has ended so. */
  readonly returned?: { readonly result: string | null; readonly values: Record<string, FlowValue> };
  readonly calledTypes?: Record<string, VariableType>;
  /** Flows that can be called, each with its results and the variables that have a value at each; null: it has mistakes. */
  readonly flows?: Record<string, null | CalledCase>;
  readonly outcome?: unknown;
  readonly problems?: unknown;
}

interface CalledCase {
  readonly inputs?: string[];
  readonly variables?: Record<string, VariableType>;
  readonly results: Record<string, string[]>;
}

const fileOf = (type: string): URL => new URL(`./steps/${type}.yaml`, import.meta.url);
const update = process.env.UPDATE !== undefined;

describe.each(STEP_TYPES)('step type %s', (type) => {
  it('has a case file', () => expect(existsSync(fileOf(type)), `write test/core/flow/steps/${type}.yaml`).toBe(true));
  if (!existsSync(fileOf(type))) return;
  const document = parseDocument(readFileSync(fileOf(type), 'utf8'));
  const cases = document.toJS() as Case[];
  let changed = false;
  it.each(cases.map((one, index) => ({ ...one, index })))('$about', ({ index, ...one }) => {
    const wanted = 'problems' in one ? 'problems' : 'outcome';
    const found = wanted === 'problems' ? check(one) : run(one);
    if (!update) expect(found).toEqual(one[wanted]);
    else if (JSON.stringify(found) !== JSON.stringify(one[wanted])) {
      document.setIn([index, wanted], document.createNode(found));
      changed = true;
    }
  });
  if (update) {
    it('is rewritten when an answer changed', () => {
      if (changed) writeFileSync(fileOf(type), document.toString({ lineWidth: 120 }));
    });
  }
});

function read(one: Case): { kind: StepKind<Step>; step: Step } {
  const kind = findKind(one.step.type);
  if (kind === null) throw new Error(`no step type ${one.step.type}`);
  return { kind, step: kind.schema.parse(one.step) };
}

function check(one: Case): unknown {
  const { kind, step } = read(one);
  return kind
    .check(step, { stepNames: [], variables: one.types ?? {}, flows: flowsOf(one) })
    .map(({ path, message }) => ({ path, message }));
}

function flowsOf({ flows = {} }: Case): Map<string, CallableFlow | null> {
  return new Map(Object.entries(flows).map(([id, flow]) => [id, flow === null ? null : callable(flow)]));
}

function callable({ inputs = [], variables = {}, results }: CalledCase): CallableFlow {
  const known = Object.entries(results).map(
    ([result, values]) => [result === 'without' ? null : result, new Set(values)] as const,
  );
  return { inputs, variables, results: new Map(known), pauses: true };
}

function run(one: Case): unknown {
  const { kind, step } = read(one);
  const context = contextOf(one, step, kind);
  if (one.reply !== undefined) return plain(kind.resume(step, { kind: 'reply_received', text: one.reply }, context));
  if (one.timer !== undefined) return plain(kind.resume(step, { kind: 'timer_due', timer: one.timer }, context));
  if (one.returned !== undefined) return plain(kind.resume(step, { kind: 'returned', ...one.returned }, context));
  return plain(kind.enter(step, context));
}

function contextOf(one: Case, step: Step, kind: StepKind<Step>): StepContext {
  const facts: ConversationFacts = {
    ...maya,
    mentee: { ...maya.mentee, language: one.language ?? 'en' },
    mentor: one.mentor === null ? null : maya.mentor,
    task: one.task === null ? null : maya.task && { ...maya.task, ...one.task },
  };
  const text = (path: readonly (string | number)[], language: 'en' | 'es'): string =>
    kind.texts(step).find((found) => found.path.join('.') === path.join('.'))?.text[language] ?? 'no such text';
  return {
    now: Date.parse(one.now ?? '2027-06-16T17:00:00Z'),
    stepName: 'here',
    menteeId: asMenteeId(one.mentee ?? 'mentee-1'),
    facts,
    variables: one.variables ?? {},
    types: one.types ?? {},
    calledTypes: one.calledTypes,
    waiting: one.waiting ?? null,
    replyBook: builtInReplies(),
    say: (...path) => text(path, facts.mentee.language),
    tell: (...path) => text(path, 'en'),
  };
}

/** As JSON has it, with instants as ISO so that people can read them. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    (key === 'dueAt' || key === 'askedAt') && typeof inner === 'number' ? new Date(inner).toISOString() : inner,
  );
}
