// The local Slack in process: holds the state of the pure machine and nothing else. It moves no bytes and starts no
// timer; whoever owns it carries the requests that it hands out, over HTTP or straight into a handler.

import type { HouseAddress, HouseRequest, Times, VendorAnswer, VendorRequest } from '../wire/exchange.ts';
import type { SlackFault, SlackRule } from './fault.ts';
import { openIm } from './find-channel.ts';
import { handleSlack } from './machine.ts';
import { buildCommand, buildEvent, buildPress, buildSubmission, type Press } from './payload.ts';
import { addSlackRule } from './script.ts';
import { buildSlackRequest, type SlackRetry } from './signature.ts';
import {
  createSlackState,
  type JsonObject,
  type SlackChannel,
  type SlackMessage,
  type SlackSettings,
  type SlackState,
  type SlackUser,
  takeTs,
} from './state.ts';

/** A Slack that one can hold in the hand. All requests that it hands out are signed and unsent. */
export interface LocalSlack {
  /** Everything it knows, as plain JSON. */
  state(): SlackState;
  /** One Web API call, or a POST to a `response_url`. */
  answer(request: VendorRequest): VendorAnswer;
  /** A press on a button of a message; throws when the message has no such button. */
  press(press: Press): HouseRequest;
  /** A person writes to the app in their direct conversation. */
  writeDirect(userId: string, text: string): HouseRequest;
  /** A person opens the app's home tab. */
  openHome(userId: string): HouseRequest;
  /** A person submits an open modal. */
  submit(viewId: string, values: JsonObject): HouseRequest;
  /** A person types a slash command in a channel. */
  command(command: {
    readonly userId: string;
    readonly channel: string;
    readonly command: string;
    readonly text: string;
  }): HouseRequest;
  /** Slack's question whether the address answers. */
  verifyUrl(challenge: string): HouseRequest;
  /** Any event, in its envelope. */
  event(event: JsonObject): HouseRequest;
  /** Signs any body; a test forges with another secret or an old time, or repeats with retry headers. */
  sign(content: SlackContent, how?: SlackSigning): HouseRequest;
  /** Makes trouble: for the next call (the default), so many, or `'always'`; for a method, a channel, or all. */
  script(fault: SlackFault, reach?: Partial<Omit<SlackRule, 'fault'>>): void;
  /** Ends all scripted trouble. */
  clearScripts(): void;
  /** Wholly down, or up again. */
  setDown(isDown: boolean): void;
  /** Refuses every call with this error (`token_revoked`), or with none. */
  setAuthError(error: string | null): void;
  /** Changes a channel (`{ isArchived: true }`). */
  changeChannel(id: string, change: Partial<Omit<SlackChannel, 'id'>>): void;
  /** Changes a person (`{ isDeleted: true }`). */
  changeUser(id: string, change: Partial<Omit<SlackUser, 'id'>>): void;
  /** Calls `listener` after each change of state, until the function it returns is called. */
  onChange(listener: () => void): () => void;
}

/** A body as Slack sends it: JSON for events, a form for the rest. */
type SlackContent = { readonly type: 'json' | 'form'; readonly body: string };

/** How a signature is to differ from a plain good one. */
interface SlackSigning {
  readonly signingSecret?: string;
  readonly realNow?: number;
  readonly retry?: SlackRetry;
}

/** What a local Slack is made of. `times`, `house` and `slackUrl` are read anew at every use. */
export interface LocalSlackOptions {
  readonly settings: SlackSettings;
  readonly users: readonly SlackUser[];
  readonly channels: readonly SlackChannel[];
  readonly house: HouseAddress;
  readonly times: () => Times;
  /** Where this Slack itself is reached, without a slash at the end: `response_url` starts with it. */
  readonly slackUrl: () => string;
}

/** Makes a local Slack. */
export function createLocalSlack({ settings, users, channels, house, times, slackUrl }: LocalSlackOptions): LocalSlack {
  let state = createSlackState(settings, users, channels);
  const listeners = new Set<() => void>();
  const become = (next: SlackState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const sign = (content: SlackContent, how: SlackSigning = {}) =>
    buildSlackRequest(
      `${house.baseUrl.replace(/\/+$/, '')}/slack/events`,
      how.signingSecret ?? settings.signingSecret,
      how.realNow ?? times().realNow,
      content,
      how.retry,
    );
  const signJson = (value: JsonObject) => sign({ type: 'json', body: JSON.stringify(value) });
  const signForm = (form: URLSearchParams) => sign({ type: 'form', body: form.toString() });
  const signPayload = (value: JsonObject) => signForm(new URLSearchParams({ payload: JSON.stringify(value) }));
  const sendEvent = (event: JsonObject) => {
    const built = buildEvent(state, event, times());
    become(built.state);
    return signJson(built.payload);
  };

  return {
    state: () => state,
    answer(request) {
      const handled = handleSlack(state, request, times());
      become(handled.state);
      return handled.answer;
    },
    press(press) {
      const built = buildPress(state, press, times(), slackUrl());
      if (built === null) throw new Error(`no button ${press.actionId} on message ${press.ts} in ${press.channel}`);
      become(built.state);
      return signPayload(built.payload);
    },
    writeDirect(userId, text) {
      const opened = openIm(state, userId);
      if ('error' in opened) throw new Error(`nobody with the id ${userId} can write: ${opened.error}`);
      const { ts, state: stamped } = takeTs(opened.state, times().now);
      const message = createPersonMessage(opened.channel.id, ts, userId, text);
      become({ ...stamped, messages: [...stamped.messages, message] });
      const event = {
        type: 'message',
        channel_type: 'im',
        channel: message.channel,
        user: userId,
        text,
        ts,
        event_ts: ts,
      };
      return sendEvent({ ...event, team: settings.teamId });
    },
    openHome(userId) {
      const opened = openIm(state, userId);
      if ('error' in opened) throw new Error(`nobody with the id ${userId} can open it: ${opened.error}`);
      const { ts, state: stamped } = takeTs(opened.state, times().now);
      become(stamped);
      return sendEvent({
        type: 'app_home_opened',
        user: userId,
        channel: opened.channel.id,
        tab: 'home',
        event_ts: ts,
      });
    },
    submit(viewId, values) {
      const view = state.views.find((candidate) => candidate.id === viewId);
      if (view === undefined) throw new Error(`no open view ${viewId}`);
      const built = buildSubmission(state, view, values, times());
      become(built.state);
      return signPayload(built.payload);
    },
    command(command) {
      const built = buildCommand(state, command, times(), slackUrl());
      become(built.state);
      return signForm(built.form);
    },
    verifyUrl: (challenge) => signJson({ token: 'unused', challenge, type: 'url_verification' }),
    event: sendEvent,
    sign,
    script: (fault, reach = {}) => become(addSlackRule(state, { times: 1, ...reach, fault })),
    clearScripts: () => become({ ...state, rules: [] }),
    setDown: (isDown) => become({ ...state, isDown }),
    setAuthError: (authError) => become({ ...state, authError }),
    changeChannel: (id, change) => become({ ...state, channels: changeById(state.channels, id, change) }),
    changeUser: (id, change) => become({ ...state, users: changeById(state.users, id, change) }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function changeById<T extends { readonly id: string }>(
  list: readonly T[],
  id: string,
  change: Partial<Omit<T, 'id'>>,
): readonly T[] {
  return list.map((item) => (item.id === id ? { ...item, ...change } : item));
}

function createPersonMessage(channel: string, ts: string, userId: string, text: string): SlackMessage {
  return { channel, ts, threadTs: null, userId, botId: null, text, blocks: [], metadata: null, editedTs: null };
}
