// The payloads of what a person does with blocks: presses and choices in messages, modals and the home tab, submitted
// and closed modals. Values only; signing and sending stand elsewhere.

import type { Times } from '../wire/exchange.ts';
import type { InputValues, JsonObject, SlackEphemeral, SlackView } from './held.ts';
import { type Choice, enter, findElement, type PlacedElement, toElementState, valuesOf } from './inputs.ts';
import { toMessageObject, toViewObject } from './resource.ts';
import { issueResponsePath } from './respond.ts';
import { describeSender, nameOfChannel } from './sender.ts';
import type { SlackMessage, SlackState } from './state.ts';
import { issueTrigger, noteInView, stackOf } from './view-stack.ts';

/**
 * Where an element is: in a message, or in an open modal or home tab. The `ts` of words that only one person sees is
 * their id.
 */
export type ElementSite = { readonly channel: string; readonly ts: string } | { readonly viewId: string };

/** A press on a button. `value` is the button's when left out. */
export type Press = ElementSite & {
  readonly userId: string;
  readonly actionId: string;
  readonly blockId?: string;
  readonly value?: string;
};

/** A choice in a menu, a picker, boxes, or words typed into an input. */
export type Choosing = Omit<Press, 'value'> & ElementSite & { readonly choice: Choice };

/** A payload with the state that knows the trigger and the addresses in it. */
export interface Built {
  readonly state: SlackState;
  readonly payload: JsonObject;
}

/** The `block_actions` payload of a press; null when the message, the view or the button is not there. */
export function buildPress(before: SlackState, press: Press, times: Times, slackUrl: string): Built | null {
  const site = findSite(before, press);
  const place = site === null ? undefined : findElement(site.blocks, press);
  if (site === null || place === undefined) return null;
  const value = press.value ?? place.element.value;
  const { text, style } = place.element;
  const said = { ...given({ text }), ...given({ value }), ...given({ style }) };
  return buildActions(before, { site, place, userId: press.userId, said }, times, slackUrl);
}

/** What a choice leads to: the value kept in the view, and a payload where Slack tells the app at once. @throws in words */
export function buildChoice(
  before: SlackState,
  choosing: Choosing,
  times: Times,
  slackUrl: string,
): { readonly state: SlackState; readonly payload: JsonObject | null } | null {
  const site = findSite(before, choosing);
  const place = site === null ? undefined : findElement(site.blocks, choosing);
  if (site === null || place === undefined) return null;
  const said = toElementState(place, choosing.choice);
  const { userId } = choosing;
  if (!('view' in site)) {
    const entered = place.type === 'overflow' ? {} : enter({}, place, said);
    return buildActions(before, { site: { ...site, entered }, place, userId, said }, times, slackUrl);
  }
  const isKept = place.type !== 'overflow';
  const entered = isKept ? enter(site.view.entered, place, said) : site.view.entered;
  const state = noteInView(before, site.view.id, { entered });
  if (place.input !== null && place.input.dispatch_action !== true) return { state, payload: null };
  return buildActions(
    state,
    { site: { ...site, view: { ...site.view, entered } }, place, userId, said },
    times,
    slackUrl,
  );
}

/** The `view_submission` payload of a modal, with what its inputs hold. */
export function buildSubmission(before: SlackState, view: SlackView, values: InputValues, times: Times): Built {
  const { triggerId, state } = issueTrigger(before, view.userId, times.realNow);
  const payload = {
    type: 'view_submission',
    ...describeSender(before, view.userId),
    trigger_id: triggerId,
    view: { ...toViewObject(before.settings, view), state: { values } },
    response_urls: [],
  };
  return { state, payload };
}

/** The `view_closed` payload, which Slack sends for a view that asked for it. */
export function buildClosing(state: SlackState, view: SlackView): JsonObject {
  const about = { view: toViewObject(state.settings, view), is_cleared: false };
  return { type: 'view_closed', ...describeSender(state, view.userId), ...about };
}

type Site =
  | { readonly blocks: unknown; readonly message: SlackMessage; readonly entered: InputValues }
  | { readonly blocks: unknown; readonly ephemeral: SlackEphemeral; readonly entered: InputValues }
  | { readonly blocks: unknown; readonly view: SlackView };

interface Deed {
  readonly site: Site;
  readonly place: PlacedElement;
  readonly userId: string;
  /** What the action says beside its names. */
  readonly said: JsonObject;
}

function buildActions(before: SlackState, deed: Deed, times: Times, slackUrl: string): Built {
  const { site, place, userId } = deed;
  const triggered = issueTrigger(before, userId, times.realNow);
  const told = describeSite(triggered.state, deed, times, slackUrl);
  const action = {
    action_id: place.actionId,
    block_id: place.blockId,
    ...deed.said,
    type: place.type,
    action_ts: toActionTs(times.realNow, told.state.idCount),
  };
  const entered = 'view' in site ? site.view : { view: { blocks: site.blocks }, entered: site.entered };
  const payload = {
    type: 'block_actions',
    ...describeSender(before, userId),
    trigger_id: triggered.triggerId,
    ...told.fields,
    ...('view' in site ? {} : { state: { values: valuesOf(entered) } }),
    actions: [action],
  };
  return { state: told.state, payload };
}

function describeSite(state: SlackState, { site, userId }: Deed, times: Times, slackUrl: string) {
  if ('view' in site) {
    const { view } = site;
    const fields = { container: { type: 'view', view_id: view.id }, view: toViewObject(state.settings, view) };
    return { state, fields };
  }
  if ('ephemeral' in site) return describeEphemeral(state, site.ephemeral, times, slackUrl);
  const { channel, ts, threadTs } = site.message;
  const answered = issueResponsePath(state, { channel, ts, threadTs, userId, issuedAt: times.realNow });
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  const fields = {
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false, ...thread },
    channel: { id: channel, name: nameOfChannel(state, channel) },
    message: toMessageObject(state, site.message, true),
    response_url: slackUrl + answered.path,
  };
  return { state: answered.state, fields };
}

/** Slack sends no `message` of words that only one person sees. */
function describeEphemeral(state: SlackState, ephemeral: SlackEphemeral, times: Times, slackUrl: string) {
  const { id, userId, channel, threadTs, at } = ephemeral;
  const answered = issueResponsePath(state, { channel, ts: id, threadTs, userId, issuedAt: times.realNow });
  const messageTs = (at / 1000).toFixed(6);
  const fields = {
    container: { type: 'message', message_ts: messageTs, channel_id: channel, is_ephemeral: true },
    channel: { id: channel, name: nameOfChannel(state, channel) },
    response_url: slackUrl + answered.path,
  };
  return { state: answered.state, fields };
}

function findSite(state: SlackState, at: ElementSite & { readonly userId: string }): Site | null {
  if ('viewId' in at) {
    const view = state.views.find((open) => open.id === at.viewId && open.userId === at.userId);
    const isSeen = view?.type === 'home' || stackOf(state, at.userId).at(-1)?.id === at.viewId;
    return view === undefined || !isSeen ? null : { blocks: view.view.blocks, view };
  }
  const message = state.messages.find((one) => one.channel === at.channel && one.ts === at.ts);
  if (message !== undefined) return { blocks: message.blocks, message, entered: {} };
  const words = state.ephemerals.find(({ id, userId }) => id === at.ts && userId === at.userId);
  return words === undefined ? null : { blocks: words.blocks, ephemeral: words, entered: {} };
}

function given(field: JsonObject): JsonObject {
  return Object.values(field).some((value) => value === undefined) ? {} : field;
}

function toActionTs(realNow: number, count: number): string {
  return `${(realNow / 1000).toFixed(3)}${String(count % 1000).padStart(3, '0')}`;
}
