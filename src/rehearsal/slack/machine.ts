// Slack's Web API as one pure function: state, request and times in, state and answer out. Knows the methods, the token
// and the scripted trouble; what a method does stands in its own file.

import { type Reply, replyJson, type Times, type VendorAnswer, type VendorRequest } from '../wire/exchange.ts';
import { deleteMessage, getPermalink, postMessage, updateMessage } from './chat.ts';
import { channelHistory, channelInfo, channelMembers, openConversation, threadReplies } from './conversations.ts';
import { postEphemeral } from './ephemeral.ts';
import { type MethodOutcome, readArguments, type SlackMethod } from './method.ts';
import { respond } from './respond.ts';
import { answerCall, refuseCall, takeSlackFault } from './script.ts';
import type { SlackState } from './state.ts';
import { checkToken, renewToken, withClient } from './tokens.ts';
import { authTest, userInfo, userList } from './users.ts';
import { openView, publishView, pushView, updateView } from './views.ts';

const METHODS: ReadonlyMap<string, SlackMethod> = new Map<string, SlackMethod>([
  ['auth.test', authTest],
  ['chat.postMessage', postMessage],
  ['chat.postEphemeral', postEphemeral],
  ['chat.update', updateMessage],
  ['chat.delete', deleteMessage],
  ['chat.getPermalink', getPermalink],
  ['conversations.info', channelInfo],
  ['conversations.history', channelHistory],
  ['conversations.replies', threadReplies],
  ['conversations.open', openConversation],
  ['conversations.members', channelMembers],
  ['oauth.v2.access', renewToken],
  ['users.info', userInfo],
  ['users.list', userList],
  ['views.open', openView],
  ['views.push', pushView],
  ['views.update', updateView],
  ['views.publish', publishView],
]);
/** It brings a client's secret, and no token. */
const WITHOUT_TOKEN = 'oauth.v2.access';

/** Handles one request: `/api/<method>`, or a `response_url`. */
export function handleSlack(
  before: SlackState,
  request: VendorRequest,
  times: Times,
): { readonly state: SlackState; readonly answer: VendorAnswer } {
  if (before.isDown) return { state: before, answer: { kind: 'reset' } };
  const name = /^\/api\/([A-Za-z0-9.]+)$/.exec(request.path)?.[1];
  if (name === undefined) return respond(before, request, times);
  const args = withClient(readArguments(request.headers['content-type'] ?? '', request.body), request);
  const { fault, state } = takeSlackFault(before, name, args.has('channel') ? args.text('channel') : null);
  const refused = refuseCall(fault);
  if (refused !== null) return { state, answer: refused };
  const authError = name === WITHOUT_TOKEN ? null : checkToken(state, request, { args, realNow: times.realNow });
  const method = METHODS.get(name);
  if (authError !== null) return { state, answer: toReply(state, { error: authError }) };
  if (method === undefined) return { state, answer: toReply(state, { error: 'unknown_method' }) };
  const outcome = method(state, args, times);
  return {
    state: 'error' in outcome ? state : outcome.state,
    answer: answerCall(fault, toReply(state, outcome)),
  };
}

function toReply(state: SlackState, outcome: MethodOutcome): Reply {
  const headers = { 'x-oauth-scopes': state.settings.scopes.join(','), 'x-slack-req-id': String(state.idCount) };
  if (!('error' in outcome)) return replyJson(200, { ok: true, ...outcome.result }, headers);
  const messages = outcome.messages ?? [];
  const more = messages.length === 0 ? {} : { errors: messages, response_metadata: { messages } };
  return replyJson(200, { ok: false, error: outcome.error, ...more }, headers);
}
