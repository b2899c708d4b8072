// The addresses given out as `response_url`: an app answers an action there without a token, by replacing the message
// or by writing another.

import { replyJson, type Times, type VendorAnswer, type VendorRequest } from '../wire/exchange.ts';
import { changeMessage, deleteMessage, postMessage, readContent } from './chat.ts';
import { type MethodOutcome, readArguments, type SlackArguments } from './method.ts';
import { type SlackResponsePath, type SlackState, takeSlackId } from './state.ts';

/** Handles a POST to a `response_url`. */
export function respond(
  state: SlackState,
  request: VendorRequest,
  times: Times,
): { readonly state: SlackState; readonly answer: VendorAnswer } {
  const target = state.responsePaths.find((candidate) => candidate.path === request.path);
  if (target === undefined) return { state, answer: replyJson(404, { ok: false, error: 'used_url' }) };
  const outcome = carryOut(state, target, readArguments('application/json', request.body), times);
  if ('error' in outcome) return { state, answer: replyJson(400, { ok: false, error: outcome.error }) };
  return { state: outcome.state, answer: replyJson(200, { ok: true }) };
}

/** A new `response_url` path for an action on a message (or on none), with the state that knows it. */
export function issueResponsePath(before: SlackState, channel: string, ts: string | null) {
  const { id, state } = takeSlackId(before, 'response');
  const target: SlackResponsePath = { path: `/actions/${state.settings.teamId}/${id}`, channel, ts };
  return { path: target.path, state: { ...state, responsePaths: [...state.responsePaths.slice(-99), target] } };
}

function carryOut(state: SlackState, target: SlackResponsePath, given: SlackArguments, times: Times): MethodOutcome {
  const args = withTarget(given, target);
  const message = state.messages.find(
    (candidate) => candidate.channel === target.channel && candidate.ts === target.ts,
  );
  if (given.flag('delete_original')) return deleteMessage(state, args);
  if (!given.flag('replace_original') || message === undefined) return postMessage(state, args, times);
  const content = readContent(given);
  if ('error' in content) return content;
  return { state: changeMessage(state, message, content, times.now).state, result: {} };
}

function withTarget(args: SlackArguments, target: SlackResponsePath): SlackArguments {
  const text = (name: string) =>
    name === 'channel' ? target.channel : name === 'ts' ? (target.ts ?? '') : args.text(name);
  return { ...args, text };
}
