// The addresses given out as `response_url`: an app answers an action there without a token, by replacing the message,
// by words that only the person sees (the usual), or by writing in the channel. Good five times, for thirty minutes.

import { replyJson, type Times, type VendorAnswer, type VendorRequest } from '../wire/exchange.ts';
import { changeMessage, deleteMessage, postMessage } from './chat.ts';
import { isWordless, readContent } from './content.ts';
import { dropEphemeral, keepEphemeral } from './ephemeral.ts';
import type { SlackResponsePath } from './held.ts';
import { type MethodOutcome, readArguments, type SlackArguments } from './method.ts';
import { type SlackState, takeSlackId } from './state.ts';

const MOST_USES = 5;
const LIFE_MS = 1_800_000;

/** Handles a POST to a `response_url`. */
export function respond(
  state: SlackState,
  request: VendorRequest,
  times: Times,
): { readonly state: SlackState; readonly answer: VendorAnswer } {
  const target = state.responsePaths.find((candidate) => candidate.path === request.path);
  if (target === undefined || target.uses >= MOST_USES) return refuse(state, 404, 'used_url');
  if (times.realNow - target.issuedAt > LIFE_MS) return refuse(state, 404, 'expired_url');
  const used = changePath(state, { ...target, uses: target.uses + 1 });
  const outcome = carryOut(used, target, readArguments('application/json', request.body), times);
  if ('error' in outcome) return refuse(used, 400, outcome.error);
  return { state: outcome.state, answer: replyJson(200, { ok: true }) };
}

/** What a `response_url` belongs to. */
type ResponsePlace = Pick<SlackResponsePath, 'channel' | 'ts' | 'threadTs' | 'userId' | 'issuedAt'>;

/** A new `response_url` path for an action on a message (or on none), with the state that knows it. */
export function issueResponsePath(before: SlackState, place: ResponsePlace) {
  const { id, state } = takeSlackId(before, 'response');
  const path = `/actions/${state.settings.teamId}/${id}`;
  const target: SlackResponsePath = { ...place, path, uses: 0, ephemeralId: null };
  return { path, state: { ...state, responsePaths: [...state.responsePaths.slice(-99), target] } };
}

function carryOut(state: SlackState, target: SlackResponsePath, given: SlackArguments, times: Times): MethodOutcome {
  const args = withTarget(given, target);
  const message = state.messages.find((one) => one.channel === target.channel && one.ts === target.ts);
  if (given.flag('delete_original') && target.ephemeralId === null) return deleteMessage(state, args);
  if (given.flag('delete_original')) return { state: dropEphemeral(state, target.ephemeralId), result: {} };
  const content = readContent(given);
  if ('error' in content) return content;
  if (given.flag('replace_original') && message !== undefined && target.ephemeralId === null)
    return { state: changeMessage(state, message, content, times.now).state, result: {} };
  if (given.text('response_type') === 'in_channel') return postMessage(state, args, times);
  if (isWordless(content)) return { error: 'no_text' };
  const { userId, channel, threadTs, ts } = target;
  const before = given.flag('replace_original') ? dropEphemeral(state, target.ephemeralId) : state;
  const from = ts === null ? 'command' : 'button';
  const kept = keepEphemeral(before, { userId, channel, threadTs, from }, content, times.now);
  const uses = target.uses + 1;
  return { state: changePath(kept.state, { ...target, uses, ephemeralId: kept.id }), result: {} };
}

function withTarget(args: SlackArguments, target: SlackResponsePath): SlackArguments {
  const own: Readonly<Record<string, string>> = {
    channel: target.channel,
    ts: target.ts ?? '',
    thread_ts: target.threadTs ?? '',
  };
  return { ...args, text: (name) => own[name] ?? args.text(name) };
}

function changePath(state: SlackState, changed: SlackResponsePath): SlackState {
  return {
    ...state,
    responsePaths: state.responsePaths.map((path) => (path.path === changed.path ? changed : path)),
  };
}

function refuse(state: SlackState, status: number, error: string) {
  return { state, answer: replyJson(status, { ok: false, error }) };
}
