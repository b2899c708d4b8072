// The JSON that Slack's Web API gives for what it holds: messages, channels, users, views.

import type { JsonObject, SlackView } from './held.ts';
import { valuesOf } from './inputs.ts';
import type { SlackChannel, SlackMessage, SlackSettings, SlackState, SlackUser } from './state.ts';
import { findRoot, isReply, repliesOf } from './thread.ts';

/** A message object. Metadata is told only to who asks for it. */
export function toMessageObject(state: SlackState, message: SlackMessage, withMetadata: boolean): JsonObject {
  const { settings } = state;
  return {
    ...describeKind(state, message),
    type: 'message',
    user: message.userId,
    ts: message.ts,
    ...(message.botId === null ? {} : { bot_id: message.botId, app_id: settings.appId }),
    ...(message.clientMsgId === null ? {} : { client_msg_id: message.clientMsgId }),
    text: message.text,
    team: settings.teamId,
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.files.length === 0 ? {} : { files: message.files, upload: false }),
    ...(message.editedTs === null ? {} : { edited: { user: message.userId, ts: message.editedTs } }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...describeThread(state, message),
  };
}

function describeKind(state: SlackState, message: SlackMessage): JsonObject {
  if (message.isBroadcast && message.threadTs !== null) {
    const root = findRoot(state, message.channel, message.threadTs);
    return {
      subtype: 'thread_broadcast',
      ...(root === undefined ? {} : { root: toMessageObject(state, root, false) }),
    };
  }
  return message.files.length > 0 ? { subtype: 'file_share' } : {};
}

function describeThread(state: SlackState, message: SlackMessage): JsonObject {
  if (isReply(message)) {
    const root = state.messages.find((one) => one.channel === message.channel && one.ts === message.threadTs);
    return { thread_ts: message.threadTs, ...(root === undefined ? {} : { parent_user_id: root.userId }) };
  }
  const replies = repliesOf(state, message);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  const writers = [...new Set(replies.map((reply) => reply.userId))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: writers.length,
    reply_users: writers.slice(0, 5),
    latest_reply: latest.ts,
    is_locked: false,
    subscribed: false,
  };
}

/** A conversation object, of a channel or a direct conversation. */
export function toChannelObject(settings: SlackSettings, channel: SlackChannel): JsonObject {
  const common = {
    id: channel.id,
    created: 1_700_000_000,
    is_archived: channel.isArchived,
    is_org_shared: false,
    context_team_id: settings.teamId,
  };
  if (channel.kind === 'im') return { ...common, is_im: true, user: channel.userId, priority: 0 };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_general: false,
    is_shared: channel.isShared,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    pending_connected_team_ids: [],
    shared_team_ids: [settings.teamId],
    is_member: channel.isBotMember,
    creator: settings.botUserId,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.memberIds.length + (channel.isBotMember ? 1 : 0),
  };
}

/** A user object. */
export function toUserObject(settings: SlackSettings, user: SlackUser): JsonObject {
  return {
    id: user.id,
    team_id: settings.teamId,
    name: toHandle(user.name),
    deleted: user.isDeleted,
    real_name: user.name,
    tz: user.timeZone,
    profile: { real_name: user.name, display_name: user.name, team: settings.teamId },
    is_admin: false,
    is_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    is_stranger: user.isStranger,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 1_700_000_000,
  };
}

/** A view object, as methods return it and payloads carry it. */
export function toViewObject(settings: SlackSettings, view: SlackView): JsonObject {
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.view,
    id: view.id,
    team_id: settings.teamId,
    type: view.type,
    state: { values: valuesOf(view) },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    app_id: settings.appId,
    app_installed_team_id: settings.teamId,
    bot_id: settings.botId,
  };
}

/** A name as Slack's short user name. */
export function toHandle(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '.');
}
