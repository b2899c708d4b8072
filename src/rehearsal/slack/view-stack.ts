// The views that are open: triggers, the stack of modals of each person, and how a view takes another's place. What the
// person entered stays when a view is changed, for the inputs that keep their name and kind.

import type { Times } from '../wire/exchange.ts';
import { makeHex } from '../wire/make-id.ts';
import { nameBlocks, type Refusal } from './content.ts';
import type { InputValues, JsonObject, SlackView } from './held.ts';
import { elementsOf } from './inputs.ts';
import { isJsonObject } from './method.ts';
import { type SlackState, takeSlackId } from './state.ts';

/** Slack shows no more modals on top of each other. */
export const DEEPEST_STACK = 3;
const TRIGGER_LIFE_MS = 3000;

/** The open modals of a person, bottom first: the last one is seen. */
export function stackOf(state: SlackState, userId: string): readonly SlackView[] {
  return state.views.filter((view) => view.type === 'modal' && view.userId === userId);
}

/** A new trigger for a person, with the state that knows it. */
export function issueTrigger(before: SlackState, userId: string, realNow: number) {
  const { id, state } = takeSlackId(before, 'trigger');
  const trigger = { id: `${state.idCount}.${realNow}.${id.toLowerCase()}`, userId, issuedAt: realNow };
  const triggers = [...state.triggers.filter((old) => realNow - old.issuedAt <= 10 * TRIGGER_LIFE_MS), trigger];
  return { triggerId: trigger.id, state: { ...state, triggers } };
}

/** Uses a trigger up. */
export function useTrigger(
  state: SlackState,
  id: string,
  times: Times,
): Refusal | { readonly state: SlackState; readonly userId: string } {
  const trigger = state.triggers.find((candidate) => candidate.id === id);
  if (trigger === undefined) return { error: 'invalid_trigger_id' };
  if (times.realNow - trigger.issuedAt > TRIGGER_LIFE_MS) return { error: 'expired_trigger_id' };
  const triggers = state.triggers.filter((candidate) => candidate !== trigger);
  return { state: { ...state, triggers }, userId: trigger.userId };
}

/** Whether another open view of the team has the external id of this one. */
export function isTakenName(state: SlackState, view: JsonObject, own: string | null): boolean {
  const name = view.external_id;
  if (typeof name !== 'string' || name === '') return false;
  return state.views.some((open) => open.id !== own && open.view.external_id === name);
}

/** A view that is shown for the first time: a modal on top of what is open, or a home tab. */
export function addView(
  before: SlackState,
  given: { readonly userId: string; readonly view: JsonObject; readonly type: 'modal' | 'home' },
) {
  const top = given.type === 'modal' ? stackOf(before, given.userId).at(-1) : undefined;
  const { id, state } = takeSlackId(before, 'V');
  const fresh = { id, rootId: top?.rootId ?? id, previousId: top?.id ?? null, entered: {} };
  return place(state, { ...given, ...fresh });
}

/** A view in the place of the one that is there. */
export function replaceView(state: SlackState, old: SlackView, view: JsonObject) {
  return place(state, { ...old, view });
}

/** Changes what is not the app's: entered values, errors, trouble. Its hash stays. */
export function noteInView(
  state: SlackState,
  id: string,
  change: Partial<Pick<SlackView, 'entered' | 'errors' | 'trouble'>>,
): SlackState {
  return { ...state, views: state.views.map((view) => (view.id === id ? { ...view, ...change } : view)) };
}

/** Takes away a view, and what lies on it. */
export function closeView(state: SlackState, view: SlackView): SlackState {
  const stack = stackOf(state, view.userId);
  const gone = new Set(stack.slice(stack.findIndex((open) => open.id === view.id)).map((open) => open.id));
  return { ...state, views: state.views.filter((open) => !gone.has(open.id)) };
}

/** Takes away all modals of a person. */
export function closeStack(state: SlackState, userId: string): SlackState {
  return { ...state, views: state.views.filter((view) => view.type !== 'modal' || view.userId !== userId) };
}

function place(before: SlackState, given: Omit<SlackView, 'hash' | 'errors' | 'trouble'>) {
  const named = nameBlocks(before, Array.isArray(given.view.blocks) ? given.view.blocks.filter(isJsonObject) : []);
  const idCount = named.state.idCount + 1;
  const view: SlackView = {
    ...given,
    view: { ...given.view, blocks: named.blocks },
    hash: `${idCount}.${makeHex(before.settings.seed, 'hash', idCount).slice(0, 8)}`,
    entered: keepEntered(given.entered, named.blocks),
    errors: {},
    trouble: null,
  };
  const isThere = before.views.some((open) => open.id === view.id);
  const views = isThere ? before.views.map((open) => (open.id === view.id ? view : open)) : [...before.views, view];
  return { view, state: { ...named.state, idCount, views } };
}

function keepEntered(entered: InputValues, blocks: readonly JsonObject[]): InputValues {
  const kept: Record<string, Record<string, JsonObject>> = {};
  for (const { blockId, actionId, type } of elementsOf(blocks)) {
    const state = entered[blockId]?.[actionId];
    if (state?.type === type) kept[blockId] = { ...kept[blockId], [actionId]: state };
  }
  return kept;
}
