// What a step sees while it runs: the facts, its variables, and its texts in the newest wording with values filled in.
// It answers whether a value is missing before anything is rendered, so that no text ever goes out with a blank.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import { type ValueSource, valueFor } from '../flow/facts.ts';
import { textKey } from '../flow/flow-texts.ts';
import { callerOf, valuesWithin } from '../flow/link-flow.ts';
import type { StepContext } from '../flow/step-kind.ts';
import { builtInReplies } from '../language/built-in-replies.ts';
import type { ReplyBook } from '../language/reply-book.ts';
import type { Conversation, ConversationFacts } from '../model/conversation.ts';
import { invariant } from '../model/invariant.ts';
import type { Language } from '../model/people.ts';

interface Surroundings {
  readonly flow: CompiledFlow;
  readonly wording: CompiledFlow;
  readonly facts: ConversationFacts;
  readonly now: number;
  readonly replyBook?: ReplyBook;
}

/** The context of the step at which the conversation stands. */
export function stepContext(conversation: Conversation, around: Surroundings): StepContext {
  const { facts, now, flow } = around;
  const text = (language: Language, path: readonly (string | number)[]): string =>
    render(around.wording, textKey(conversation.step, path, language), sourceOf(conversation, around, language));
  return {
    now,
    // Called steps have the calling ones in front of their own name, with dots between.
    stepName: conversation.step.slice(conversation.step.lastIndexOf('.') + 1),
    menteeId: conversation.menteeId,
    facts,
    ...scopeOf(conversation, flow),
    calledTypes: flow.scopes.get(conversation.step)?.variables,
    waiting: conversation.waiting,
    replyBook: around.replyBook ?? builtInReplies(),
    say: (...path) => text(facts.mentee.language, path),
    tell: (...path) => text('en', path),
  };
}

/** The first name in braces, in any text of the step, for which there is no value; null when all are there. */
export function findMissingValue(conversation: Conversation, around: Surroundings): string | null {
  const used = around.wording.texts.usedBy.get(conversation.step) ?? [];
  if (used.length === 0) return null;
  const source = sourceOf(conversation, around, around.facts.mentee.language);
  return used.find((name) => valueFor(name, source) === null) ?? null;
}

function sourceOf(conversation: Conversation, { facts, flow }: Surroundings, language: Language): ValueSource {
  return { facts, ...scopeOf(conversation, flow), language };
}

/** Variables by the names that the step's own flow gives them. */
function scopeOf({ step, variables }: Conversation, flow: CompiledFlow): Pick<ValueSource, 'variables' | 'types'> {
  const caller = callerOf(step);
  if (caller === null) return { variables, types: flow.variables };
  return { variables: valuesWithin(caller, variables), types: flow.scopes.get(caller)?.variables ?? {} };
}

function render(wording: CompiledFlow, key: string, source: ValueSource): string {
  const template = wording.texts.templates.get(key);
  invariant(template, 'every text of a compiled flow is prepared');
  const values: Record<string, string | number> = {};
  for (const name of template.uses.keys()) {
    const value = valueFor(name, source);
    invariant(value !== null, 'values are looked for before a text is rendered');
    values[name] = value;
  }
  return template.render(values);
}
