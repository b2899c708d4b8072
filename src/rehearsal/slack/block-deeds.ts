// What a person does with blocks: presses, choices, submitted and closed modals. Each deed changes the local Slack and
// gives the signed, unsent request that tells of it; what nobody could do on a screen throws, in words.

import type { HouseRequest } from '../wire/exchange.ts';
import type { Desk } from './desk.ts';
import type { InputValues, JsonObject, SlackView } from './held.ts';
import { type Choice, complainOfInputs, enter, findElement, toElementState, valuesOf } from './inputs.ts';
import { buildChoice, buildClosing, buildPress, buildSubmission, type Choosing, type Press } from './interaction.ts';
import { isJsonObject } from './method.ts';
import type { MessagePlace } from './people.ts';
import type { SlackState } from './state.ts';
import { closeView, stackOf } from './view-stack.ts';

/** What a person enters as they submit: block id → action id → a choice, or Slack's own state of the element. */
export type Entries = Readonly<Record<string, Readonly<Record<string, Choice | JsonObject>>>>;

/** What people do with blocks. */
export interface BlockDeeds {
  /** A press on a button of a message, the seen modal or the home tab; throws when there is none. */
  press(press: Press): HouseRequest;
  /** A choice in a menu, a picker or an input. Null when Slack keeps it until the modal is submitted. */
  choose(choosing: Choosing): HouseRequest | null;
  /** A person submits an open modal with what it shows, and `values` over it; a required input without words throws. */
  submit(viewId: string, values?: Entries): HouseRequest;
  /** A person closes a modal: the one beneath is seen again. Null when the app did not ask to be told. */
  closeView(viewId: string): HouseRequest | null;
}

/** Makes the deeds. */
export function createBlockDeeds(desk: Desk): BlockDeeds {
  const { become, times, slackUrl } = desk;
  const send = (state: SlackState, payload: JsonObject) => {
    become(state);
    return desk.signForm(new URLSearchParams({ payload: JSON.stringify(payload) }));
  };
  return {
    press(press) {
      const built = buildPress(desk.state(), press, times(), slackUrl());
      if (built === null) throw new Error(`no button ${press.actionId} ${whereIs(press)}`);
      return send(built.state, built.payload);
    },
    choose(choosing) {
      const built = buildChoice(desk.state(), choosing, times(), slackUrl());
      if (built === null) throw new Error(`no element ${choosing.actionId} ${whereIs(choosing)}`);
      if (built.payload !== null) return send(built.state, built.payload);
      become(built.state);
      return null;
    },
    submit(viewId, values = {}) {
      const { state, view, shown } = fillIn(desk.state(), findSeen(desk.state(), viewId), values);
      const built = buildSubmission(state, view, shown, times());
      return send(built.state, built.payload);
    },
    closeView(viewId) {
      const view = findSeen(desk.state(), viewId);
      const state = closeView(desk.state(), view);
      if (view.view.notify_on_close === true) return send(state, buildClosing(state, view));
      become(state);
      return null;
    },
  };
}

function fillIn(before: SlackState, old: SlackView, values: Entries) {
  const view = { ...old, entered: readEntries(old, values) };
  const shown = { ...valuesOf(view) };
  for (const [blockId, states] of Object.entries(view.entered)) shown[blockId] = { ...shown[blockId], ...states };
  const complaint = complainOfInputs(view.view.blocks, shown);
  if (complaint !== null) throw new Error(complaint);
  return { state: { ...before, views: before.views.map((open) => (open === old ? view : open)) }, view, shown };
}

function findSeen(state: SlackState, viewId: string): SlackView {
  const view = state.views.find((candidate) => candidate.id === viewId);
  if (view === undefined || view.type !== 'modal') throw new Error(`no open view ${viewId}`);
  if (stackOf(state, view.userId).at(-1) !== view) throw new Error(`view ${viewId} lies under another`);
  return view;
}

function readEntries(view: SlackView, values: Entries): InputValues {
  let entered = view.entered;
  for (const [blockId, states] of Object.entries(values)) {
    for (const [actionId, value] of Object.entries(states)) {
      const place = findElement(view.view.blocks, { blockId, actionId });
      if (isJsonObject(value)) {
        entered = { ...entered, [blockId]: { ...entered[blockId], [actionId]: value } };
      } else {
        if (place === undefined) throw new Error(`no input ${actionId} in block ${blockId}`);
        entered = enter(entered, place, toElementState(place, value));
      }
    }
  }
  return entered;
}

function whereIs(press: Pick<Press, 'actionId'> & Partial<MessagePlace> & { readonly viewId?: string }): string {
  return press.viewId === undefined ? `on message ${press.ts} in ${press.channel}` : `in view ${press.viewId}`;
}
