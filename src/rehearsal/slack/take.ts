// What Slack does with the house's answer to a request: a submitted modal closes, changes or shows errors, a command's
// answer is shown to the one who typed it. Knows both from the request itself.

import { type Delivery, isTaken } from '../wire/deliver.ts';
import type { HouseRequest, Times } from '../wire/exchange.ts';
import { postMessage } from './chat.ts';
import { checkView } from './check-view.ts';
import { isWordless, readContent } from './content.ts';
import { keepEphemeral } from './ephemeral.ts';
import type { JsonObject, SlackView } from './held.ts';
import { elementsOf } from './inputs.ts';
import { isJsonObject, parseJson, readArguments } from './method.ts';
import type { SlackState } from './state.ts';
import {
  addView,
  closeStack,
  closeView,
  DEEPEST_STACK,
  isTakenName,
  noteInView,
  replaceView,
  stackOf,
} from './view-stack.ts';

/** What Slack says above the buttons of a modal when the app's answer was none. */
const NO_CONNECTION = 'We had some trouble connecting. Try again?';

/** The state after the house answered, or did not. */
export function takeAnswer(state: SlackState, request: HouseRequest, delivery: Delivery, times: Times): SlackState {
  if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') return state;
  const form = new URLSearchParams(request.body);
  const payload = parseJson(form.get('payload') ?? '');
  const body = delivery.kind === 'answered' && isTaken(delivery) ? delivery.body : null;
  if (form.has('command')) return takeCommand(state, form, body, times);
  if (!isJsonObject(payload) || payload.type !== 'view_submission' || !isJsonObject(payload.view)) return state;
  const { id } = payload.view;
  const view = state.views.find((open) => open.id === id);
  return view === undefined ? state : takeSubmission(state, view, body);
}

function takeSubmission(state: SlackState, view: SlackView, body: string | null): SlackState {
  const trouble = noteInView(state, view.id, { errors: {}, trouble: NO_CONNECTION });
  if (body === null) return trouble;
  if (body.trim() === '') return closeView(state, view);
  const answer = parseJson(body);
  if (!isJsonObject(answer)) return trouble;
  switch (answer.response_action) {
    case undefined:
      return Object.keys(answer).length === 0 ? closeView(state, view) : trouble;
    case 'clear':
      return closeStack(state, view.userId);
    case 'errors':
      return showErrors(state, view, answer.errors) ?? trouble;
    case 'update':
    case 'push':
      return showView(state, view, answer) ?? trouble;
    default:
      return trouble;
  }
}

// Slack shows an error at an input block only, and shows none at all when one of them names another.
function showErrors(state: SlackState, view: SlackView, errors: unknown): SlackState | null {
  if (!isJsonObject(errors) || Object.keys(errors).length === 0) return null;
  const inputs = elementsOf(view.view.blocks).filter((place) => place.input !== null);
  const shown: Record<string, string> = {};
  for (const [blockId, text] of Object.entries(errors)) {
    if (typeof text !== 'string' || !inputs.some((place) => place.blockId === blockId)) return null;
    shown[blockId] = text;
  }
  return noteInView(state, view.id, { errors: shown, trouble: null });
}

function showView(state: SlackState, old: SlackView, answer: JsonObject): SlackState | null {
  const isPush = answer.response_action === 'push';
  const read = checkView(answer.view, 'modal');
  if ('error' in read || isTakenName(state, read.view, isPush ? null : old.id)) return null;
  if (!isPush) return replaceView(state, old, read.view).state;
  if (stackOf(state, old.userId).length >= DEEPEST_STACK) return null;
  const calm = noteInView(state, old.id, { errors: {}, trouble: null });
  return addView(calm, { userId: old.userId, view: read.view, type: 'modal' }).state;
}

function takeCommand(state: SlackState, form: URLSearchParams, body: string | null, times: Times): SlackState {
  const read = (name: string) => form.get(name) ?? '';
  const place = { userId: read('user_id'), channel: read('channel_id'), threadTs: null, from: 'command' as const };
  const say = (text: string) => keepEphemeral(state, place, { text, blocks: null, metadata: null }, times.now).state;
  const failed = `${read('command')} failed because the app did not respond.`;
  if (body === null) return say(failed);
  if (body.trim() === '') return state;
  const answer = parseJson(body);
  if (!isJsonObject(answer)) return say(body);
  const args = readArguments('application/json', JSON.stringify({ ...answer, channel: place.channel }));
  const content = readContent(args);
  if ('error' in content) return say(failed);
  if (isWordless(content)) return state;
  if (answer.response_type !== 'in_channel') return keepEphemeral(state, place, content, times.now).state;
  const posted = postMessage(state, args, times);
  return 'error' in posted ? say(failed) : posted.state;
}
