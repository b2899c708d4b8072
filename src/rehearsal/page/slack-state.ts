// The Slack part of the page's state: channels with their threads, and what each of the staff has before them. The shapes
// are written down in page-state.ts.

import type { JsonObject, SlackView } from '../slack/held.ts';
import { valuesOf } from '../slack/inputs.ts';
import { isJsonObject } from '../slack/method.ts';
import type { SlackMessage, SlackState } from '../slack/state.ts';
import { isReply, isShownInChannel, repliesOf } from '../slack/thread.ts';
import { stackOf } from '../slack/view-stack.ts';
import type { StaffMember } from '../start-vendors.ts';

/** The channels of the program, each with its roots and broadcasts. */
export function toChannels(
  slack: SlackState,
  town: { readonly counselorChannel: string; readonly staffChannel: string | null },
): readonly JsonObject[] {
  const known = slack.channels.filter(({ id }) => id === town.counselorChannel || id === town.staffChannel);
  return known.map((channel) => ({
    id: channel.id,
    name: channel.name,
    kind: channel.id === town.counselorChannel ? 'counselors' : 'staff',
    memberIds: channel.memberIds,
    messages: toThreads(slack, channel.id),
  }));
}

/** What one of the staff has before them: home tab, modals, the conversation with the app, words only they see. */
export function toPerson(slack: SlackState, member: StaffMember): JsonObject {
  const id = member.slackUserId;
  const home = slack.views.find((view) => view.type === 'home' && view.userId === id);
  const direct = slack.channels.find((channel) => channel.kind === 'im' && channel.userId === id);
  return {
    id,
    name: member.name,
    role: member.role,
    phone: member.phone ?? null,
    isDeleted: slack.users.find((user) => user.id === id)?.isDeleted ?? false,
    home: home === undefined ? null : toView(home),
    modals: stackOf(slack, id).map(toView),
    direct: direct === undefined ? null : { id: direct.id, messages: toThreads(slack, direct.id) },
    ephemerals: slack.ephemerals
      .filter((ephemeral) => ephemeral.userId === id)
      .map(({ userId: _, ...shown }) => ({ ...shown, name: slack.settings.botName })),
  };
}

/** All messages of a channel, replies beside their roots. */
export function toFlatMessages(slack: SlackState, channel: string): readonly JsonObject[] {
  return slack.messages.filter((message) => message.channel === channel).map((message) => toMessage(slack, message));
}

function toThreads(slack: SlackState, channel: string): readonly JsonObject[] {
  return slack.messages
    .filter((message) => message.channel === channel && isShownInChannel(message))
    .map((message) => ({
      ...toMessage(slack, message),
      replies: isReply(message) ? [] : repliesOf(slack, message).map((reply) => toMessage(slack, reply)),
    }));
}

function toMessage(slack: SlackState, message: SlackMessage): JsonObject {
  const replies = isReply(message) ? [] : repliesOf(slack, message);
  const latest = replies.at(-1);
  return {
    ts: message.ts,
    threadTs: message.threadTs,
    userId: message.userId,
    isFromApp: message.botId !== null,
    name: slack.users.find((user) => user.id === message.userId)?.name ?? message.userId,
    text: message.text,
    blocks: message.blocks,
    files: message.files.map(({ id, name, mimetype }) => ({ id, name, mimetype })),
    at: Number(message.ts) * 1000,
    editedAt: message.editedTs === null ? null : Number(message.editedTs) * 1000,
    isBroadcast: message.isBroadcast,
    replyCount: replies.length,
    latestReplyAt: latest === undefined ? null : Number(latest.ts) * 1000,
    replies: [],
  };
}

function toView(view: SlackView): JsonObject {
  return {
    id: view.id,
    type: view.type,
    callbackId: view.view.callback_id ?? '',
    hash: view.hash,
    title: wordsOf(view.view.title),
    submit: wordsOf(view.view.submit),
    close: wordsOf(view.view.close),
    blocks: view.view.blocks,
    values: valuesOf(view),
    errors: view.errors,
    trouble: view.trouble,
  };
}

function wordsOf(text: unknown): string | null {
  return isJsonObject(text) && typeof text.text === 'string' ? text.text : null;
}
