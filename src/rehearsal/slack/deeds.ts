// Everything that a person, or Slack itself, can do towards the house. Each deed changes the local Slack and gives the
// signed, unsent request that tells of it; what nobody could do on a screen throws, in words.

import type { HouseRequest, Times } from '../wire/exchange.ts';
import { type BlockDeeds, createBlockDeeds } from './block-deeds.ts';
import type { Desk } from './desk.ts';
import { dropEphemeral } from './ephemeral.ts';
import { openIm } from './find-channel.ts';
import type { JsonObject } from './held.ts';
import { buildCommand, buildEvent, type TypedCommand } from './payload.ts';
import { edit, erase, type MessagePlace, type Told, type Writing, write, writeDirect } from './people.ts';
import { toViewObject } from './resource.ts';
import { type SlackChannel, type SlackState, type SlackUser, takeTs } from './state.ts';
import { changeChannel, changeUser, uninstall } from './workspace.ts';

/** What people and Slack do. */
export interface SlackDeeds extends BlockDeeds {
  /** A person opens the app's home tab. */
  openHome(userId: string): HouseRequest;
  /** A person writes to the app in their direct conversation, or in a thread of it. */
  writeDirect(userId: string, text: string, more?: Pick<Writing, 'threadTs' | 'files'>): HouseRequest;
  /** A person writes in a channel. */
  writeChannel(writing: Omit<Writing, 'threadTs' | 'broadcast'>): HouseRequest;
  /** A person writes in a thread. */
  writeThread(writing: Writing & { readonly threadTs: string }): HouseRequest;
  /** A person changes the words of their own message. */
  editMessage(place: MessagePlace, text: string): HouseRequest;
  /** A person deletes their own message. */
  deleteMessage(place: MessagePlace): HouseRequest;
  /** A person types a slash command, in the conversation with the app when no channel is named. */
  command(command: Omit<TypedCommand, 'channel'> & { readonly channel?: string }): HouseRequest;
  /** A person takes words away that only they see. */
  dismiss(ephemeralId: string): void;
  /** Any event, in its envelope. */
  event(event: JsonObject): HouseRequest;
  /** Changes a channel (`{ isArchived: true }`); an event for each thing that is new. */
  changeChannel(id: string, change: Partial<Omit<SlackChannel, 'id'>>): readonly HouseRequest[];
  /** Changes a person (`{ isDeleted: true }`), and tells of it. */
  changeUser(id: string, change: Partial<Omit<SlackUser, 'id'>>): HouseRequest;
  /** Takes the app out of the workspace: two events, in this order, and no token works any more. */
  uninstall(): readonly [HouseRequest, HouseRequest];
}

/** Makes the deeds. */
export function createDeeds(desk: Desk): SlackDeeds {
  const { become, times, slackUrl } = desk;
  const sendEvent = (event: JsonObject) => {
    const built = buildEvent(desk.state(), event, times());
    become(built.state);
    return desk.signJson(built.payload);
  };
  const tell = (told: Told) => {
    become(told.state);
    return sendEvent(told.event);
  };
  // Events about the workspace carry a time of their own.
  const tellAll = (changed: { readonly state: SlackState; readonly events: readonly JsonObject[] }) => {
    become(changed.state);
    return changed.events.map((event) => {
      const stamped = takeTs(desk.state(), times().now);
      become(stamped.state);
      return sendEvent({ ...event, event_ts: stamped.ts });
    });
  };
  return {
    ...createBlockDeeds(desk),
    openHome: (userId) => tell(openHome(desk.state(), userId, times())),
    writeDirect: (userId, text, more = {}) => tell(writeDirect(desk.state(), { ...more, userId, text }, times())),
    writeChannel: (writing) => tell(write(desk.state(), writing, times())),
    writeThread: (writing) => tell(write(desk.state(), writing, times())),
    editMessage: (place, text) => tell(edit(desk.state(), { ...place, text }, times())),
    deleteMessage: (place) => tell(erase(desk.state(), place, times())),
    command(command) {
      const place = findPlace(desk.state(), command);
      const typed = { ...command, channel: place.channel };
      const built = buildCommand(place.state, typed, times(), slackUrl());
      become(built.state);
      return desk.signForm(built.form);
    },
    dismiss: (ephemeralId) => become(dropEphemeral(desk.state(), ephemeralId)),
    event: sendEvent,
    changeChannel: (id, change) => tellAll(changeChannel(desk.state(), id, change)),
    changeUser: (id, change) => one(tellAll(changeUser(desk.state(), id, change)), 0),
    uninstall() {
      const requests = tellAll(uninstall(desk.state()));
      return [one(requests, 0), one(requests, 1)];
    },
  };
}

function openHome(before: SlackState, userId: string, times: Times): Told {
  const opened = openIm(before, userId);
  if ('error' in opened) throw new Error(`nobody with the id ${userId} can open it: ${opened.error}`);
  const { ts, state } = takeTs(opened.state, times.now);
  const home = state.views.find((view) => view.type === 'home' && view.userId === userId);
  const shown = home === undefined ? {} : { view: toViewObject(state.settings, home) };
  const about = { user: userId, channel: opened.channel.id, tab: 'home', event_ts: ts };
  return { state, event: { type: 'app_home_opened', ...about, ...shown } };
}

function findPlace(state: SlackState, asked: { readonly userId: string; readonly channel?: string }) {
  if (asked.channel !== undefined) return { state, channel: asked.channel };
  const opened = openIm(state, asked.userId);
  if ('error' in opened) throw new Error(`nobody with the id ${asked.userId} can type: ${opened.error}`);
  return { state: opened.state, channel: opened.channel.id };
}

function one(requests: readonly HouseRequest[], index: number): HouseRequest {
  const request = requests[index];
  if (request === undefined) throw new Error('an event was not told');
  return request;
}
