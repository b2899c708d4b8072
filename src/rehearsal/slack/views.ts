// views.open, push, update, publish: modals and the home tab. A modal needs a trigger, good once and for three seconds.

import type { Times } from '../wire/exchange.ts';
import { checkView } from './check-view.ts';
import type { SlackView } from './held.ts';
import type { MethodOutcome, SlackArguments } from './method.ts';
import { toViewObject } from './resource.ts';
import type { SlackState } from './state.ts';
import { addView, closeStack, DEEPEST_STACK, isTakenName, replaceView, stackOf, useTrigger } from './view-stack.ts';

/** views.open: a new stack, in place of one that the person has open */
export function openView(before: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const read = checkView(args.json('view'), 'modal');
  if ('error' in read) return read;
  if (isTakenName(before, read.view, null)) return { error: 'duplicate_external_id' };
  const used = useTrigger(before, args.text('trigger_id'), times);
  if ('error' in used) return used;
  const { userId } = used;
  return show(addView(closeStack(used.state, userId), { userId, view: read.view, type: 'modal' }));
}

/** views.push: on top of the person's open modal */
export function pushView(before: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const read = checkView(args.json('view'), 'modal');
  if ('error' in read) return read;
  if (isTakenName(before, read.view, null)) return { error: 'duplicate_external_id' };
  const used = useTrigger(before, args.text('trigger_id'), times);
  if ('error' in used) return used;
  const { userId } = used;
  const stack = stackOf(used.state, userId);
  if (stack.length === 0) return { error: 'not_found' };
  if (stack.length >= DEEPEST_STACK) return { error: 'push_limit_reached' };
  return show(addView(used.state, { userId, view: read.view, type: 'modal' }));
}

/** views.update by view_id or external_id; a stale `hash` is refused */
export function updateView(state: SlackState, args: SlackArguments): MethodOutcome {
  const read = checkView(args.json('view'), 'modal');
  if ('error' in read) return read;
  const old = findModal(state, args);
  if (old === undefined) return { error: 'not_found' };
  if (args.has('hash') && args.text('hash') !== old.hash) return { error: 'hash_conflict' };
  if (isTakenName(state, read.view, old.id)) return { error: 'duplicate_external_id' };
  return show(replaceView(state, old, read.view));
}

/** views.publish: a person's home tab */
export function publishView(before: SlackState, args: SlackArguments): MethodOutcome {
  const read = checkView(args.json('view'), 'home');
  if ('error' in read) return read;
  const userId = args.text('user_id');
  if (!before.users.some((user) => user.id === userId)) return { error: 'user_not_found' };
  const old = before.views.find((open) => open.type === 'home' && open.userId === userId);
  if (args.has('hash') && old !== undefined && args.text('hash') !== old.hash) return { error: 'hash_conflict' };
  if (isTakenName(before, read.view, old?.id ?? null)) return { error: 'duplicate_external_id' };
  if (old !== undefined) return show(replaceView(before, old, read.view));
  return show(addView(before, { userId, view: read.view, type: 'home' }));
}

function findModal(state: SlackState, args: SlackArguments): SlackView | undefined {
  const modals = state.views.filter((view) => view.type === 'modal');
  const externalId = args.text('external_id');
  if (externalId !== '') return modals.find((view) => view.view.external_id === externalId);
  return modals.find((view) => view.id === args.text('view_id'));
}

function show({ state, view }: { readonly state: SlackState; readonly view: SlackView }): MethodOutcome {
  return { state, result: { view: toViewObject(state.settings, view) } };
}
