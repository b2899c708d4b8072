// views.open, push, update, publish: modals and the home tab. A modal needs a trigger, good once and for three seconds.

import type { Times } from '../wire/exchange.ts';
import { makeHex } from '../wire/make-id.ts';
import { checkBlocks, toBlocks } from './check-blocks.ts';
import { isJsonObject, type MethodOutcome, type SlackArguments } from './method.ts';
import { toViewObject } from './resource.ts';
import { type JsonObject, type SlackState, type SlackView, takeSlackId } from './state.ts';

const TRIGGER_LIFE_MS = 3000;
const DEEPEST_STACK = 3;

type Failure = { readonly error: string; readonly messages?: readonly string[] };

/** views.open */
export function openView(before: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const read = readView(args, 'modal');
  if ('error' in read) return read;
  const used = useTrigger(before, args.text('trigger_id'), times);
  if ('error' in used) return used;
  const taken = takeSlackId(used.state, 'V');
  return store(taken.state, {
    id: taken.id,
    rootId: taken.id,
    previousId: null,
    type: 'modal',
    userId: used.userId,
    view: read.view,
  });
}

/** views.push: on top of the person's open modal */
export function pushView(before: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const read = readView(args, 'modal');
  if ('error' in read) return read;
  const used = useTrigger(before, args.text('trigger_id'), times);
  if ('error' in used) return used;
  const stack = before.views.filter((open) => open.type === 'modal' && open.userId === used.userId);
  const top = stack.at(-1);
  if (top === undefined) return { error: 'not_found' };
  if (stack.length >= DEEPEST_STACK) return { error: 'push_limit_reached' };
  const taken = takeSlackId(used.state, 'V');
  const { rootId } = top;
  return store(taken.state, {
    id: taken.id,
    rootId,
    previousId: top.id,
    type: 'modal',
    userId: used.userId,
    view: read.view,
  });
}

/** views.update by view_id or external_id; a stale `hash` is refused */
export function updateView(state: SlackState, args: SlackArguments): MethodOutcome {
  const read = readView(args, 'modal');
  if ('error' in read) return read;
  const old = findView(state, args);
  if (old === undefined) return { error: 'not_found' };
  if (args.has('hash') && args.text('hash') !== old.hash) return { error: 'hash_conflict' };
  return store(state, { ...old, view: read.view });
}

/** views.publish: a person's home tab */
export function publishView(before: SlackState, args: SlackArguments): MethodOutcome {
  const read = readView(args, 'home');
  if ('error' in read) return read;
  const userId = args.text('user_id');
  if (!before.users.some((user) => user.id === userId)) return { error: 'user_not_found' };
  const old = before.views.find((open) => open.type === 'home' && open.userId === userId);
  if (old !== undefined) return store(before, { ...old, view: read.view });
  const { id, state } = takeSlackId(before, 'V');
  return store(state, { id, rootId: id, previousId: null, type: 'home', userId, view: read.view });
}

/** A new trigger for a person, with the state that knows it. */
export function issueTrigger(before: SlackState, userId: string, realNow: number) {
  const { id, state } = takeSlackId(before, 'trigger');
  const trigger = { id: `${state.idCount}.${realNow}.${id.toLowerCase()}`, userId, issuedAt: realNow };
  const triggers = [...state.triggers.filter((old) => realNow - old.issuedAt <= 10 * TRIGGER_LIFE_MS), trigger];
  return { triggerId: trigger.id, state: { ...state, triggers } };
}

function useTrigger(
  state: SlackState,
  id: string,
  times: Times,
): Failure | { readonly state: SlackState; readonly userId: string } {
  const trigger = state.triggers.find((candidate) => candidate.id === id);
  if (trigger === undefined) return { error: 'invalid_trigger_id' };
  if (times.realNow - trigger.issuedAt > TRIGGER_LIFE_MS) return { error: 'expired_trigger_id' };
  const triggers = state.triggers.filter((candidate) => candidate !== trigger);
  return { state: { ...state, triggers }, userId: trigger.userId };
}

function findView(state: SlackState, args: SlackArguments): SlackView | undefined {
  const externalId = args.text('external_id');
  if (externalId !== '') return state.views.find((view) => view.view.external_id === externalId);
  return state.views.find((view) => view.id === args.text('view_id'));
}

function readView(args: SlackArguments, type: 'modal' | 'home'): Failure | { readonly view: JsonObject } {
  const view = args.json('view');
  if (!isJsonObject(view)) return { error: 'invalid_arguments' };
  const blocks = toBlocks(view.blocks);
  if (view.type !== type || blocks === null) return { error: 'invalid_arguments' };
  const title = isJsonObject(view.title) && typeof view.title.text === 'string' ? view.title.text : '';
  if (type === 'modal' && (title === '' || title.length > 24)) return { error: 'invalid_arguments' };
  if (blocks.some((block) => block.type === 'input') && type === 'modal' && view.submit === undefined) {
    return { error: 'invalid_arguments' };
  }
  if (typeof view.private_metadata === 'string' && view.private_metadata.length > 3000)
    return { error: 'invalid_arguments' };
  const complaint = checkBlocks(blocks, 100);
  return complaint ?? { view };
}

function store(state: SlackState, given: Omit<SlackView, 'hash'>): MethodOutcome {
  const idCount = state.idCount + 1;
  const view: SlackView = { ...given, hash: `${idCount}.${makeHex(state.settings.seed, 'hash', idCount).slice(0, 8)}` };
  const others = state.views.filter((candidate) => candidate.id !== view.id);
  return {
    state: { ...state, idCount, views: [...others, view] },
    result: { view: toViewObject(state.settings, view) },
  };
}
