// What a new structure of a flow means for one conversation that stands on an older one: nothing, a move, or a reason why
// the new structure may not be published yet. Pure; it decides, and move-conversation.ts carries it out.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import type { Step } from '../flow/steps/index.ts';
import type { Conversation, FlowValue } from '../model/conversation.ts';
import type { MoveTarget } from '../model/event.ts';
import { neededAt } from './needed-values.ts';

/** What becomes of a conversation when a flow is published. */
export type Fate =
  /** It stands on the published structure already. */
  | { readonly kind: 'same' }
  /** It finishes on its own structure: its step is still there, or the file says `stay`. */
  | { readonly kind: 'stays' }
  | { readonly kind: 'moves'; readonly to: MoveTarget }
  /** Nobody has said what becomes of it. `why` is a sentence without names of people. */
  | { readonly kind: 'blocked'; readonly why: string };

/**
 * `old` is the flow as the conversation pinned it, `next` the one to be published. `askedAt`: when its open question left
 * (epoch milliseconds); null when it has not left yet, and then it is asked anew in the words of the new structure.
 */
export function planMove(
  conversation: Conversation,
  { old, next, askedAt }: { readonly old: CompiledFlow; readonly next: CompiledFlow; readonly askedAt: number | null },
): Fate {
  if (conversation.structureHash === next.structureHash) return { kind: 'same' };
  const wish = next.source.migrate?.[conversation.step];
  if (wish === 'stay') return { kind: 'stays' };
  if (wish === undefined) return unmapped(conversation.step, old, next);
  if (wish === 'finish') return { kind: 'moves', to: { kind: 'finish' } };
  const step = wish === 'restart' ? next.start : wish;
  const absent = missingAt(wish === 'restart' ? {} : keptVariables(conversation.variables, next), next, step);
  if (absent !== null) return { kind: 'blocked', why: `step "${step}" has no value for {${absent}}` };
  if (next.needsTask && conversation.task === null) {
    return { kind: 'blocked', why: `the new flow needs a task, and the conversation is about none` };
  }
  if (wish === 'restart') return { kind: 'moves', to: { kind: 'restart' } };
  const stands = isAlike(old.steps[conversation.step], next.steps[step]) && isOpen(conversation, askedAt);
  return { kind: 'moves', to: stands ? { kind: 'stand', step, askedAt } : { kind: 'enter', step } };
}

function unmapped(step: string, old: CompiledFlow, next: CompiledFlow): Fate {
  const was = old.steps[step]?.type;
  const is = next.steps[step]?.type;
  if (is === undefined) return { kind: 'blocked', why: `the new flow has no step "${step}"` };
  if (is !== was) return { kind: 'blocked', why: `step "${step}" was of type ${was} and is of type ${is} now` };
  return { kind: 'stays' };
}

/** What the new structure knows of, with values of the same type. The counts of steps that are still there stay too. */
export function keptVariables(
  variables: Readonly<Record<string, FlowValue>>,
  next: CompiledFlow,
): Readonly<Record<string, FlowValue>> {
  const kept = Object.entries(variables).filter(([name, value]) => {
    const type = next.variables[name];
    return type === undefined ? isCountOf(name, next) : isOfType(value, type);
  });
  return Object.fromEntries(kept);
}

/** A step counts under a name that no author can write: `#` before the last part of its own. */
function isCountOf(name: string, { steps }: CompiledFlow): boolean {
  return name.includes('#') && Object.hasOwn(steps, name.replace('#', ''));
}

function isOfType(value: FlowValue, type: CompiledFlow['variables'][string]): boolean {
  if (type === 'number') return typeof value === 'number';
  if (type === 'yes_no') return typeof value === 'boolean' || value === 'yes' || value === 'no';
  if (type === 'date') return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return typeof value === 'string';
}

function missingAt(variables: Readonly<Record<string, FlowValue>>, next: CompiledFlow, step: string): string | null {
  return [...neededAt(next, step)].sort().find((name) => variables[name] === undefined) ?? null;
}

/** Whether who waits at the one can wait at the other: the same question to answer, or a pause. */
function isAlike(old: Step | undefined, next: Step | undefined): boolean {
  if (old?.type === 'wait' && next?.type === 'wait') return true;
  if (old?.type !== 'ask' || next?.type !== 'ask' || old.answer !== next.answer) return false;
  const valuesOf = (step: typeof old) => (step.options ?? []).map(({ value }) => value).sort();
  return JSON.stringify(valuesOf(old)) === JSON.stringify(valuesOf(next));
}

function isOpen({ waiting }: Conversation, askedAt: number | null): boolean {
  return waiting?.kind === 'time' || (waiting?.kind === 'reply' && askedAt !== null);
}
