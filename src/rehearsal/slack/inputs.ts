// What a person can set in blocks: where each element stands, what it shows at first, and the state that a choice gives.
// Refuses in words what nobody could choose on a screen.

import type { InputValues, JsonObject, SlackView } from './held.ts';
import { isJsonObject } from './method.ts';

/** What a person chose: an option's value, several, a date, a time, a text, or nothing. */
export type Choice = string | readonly string[] | null;

/** An element with its place. */
export interface PlacedElement {
  readonly blockId: string;
  readonly actionId: string;
  readonly type: string;
  readonly element: JsonObject;
  /** The input block around it, null outside of one. */
  readonly input: JsonObject | null;
}

/** All elements that a person can press or set, in order. */
export function elementsOf(blocks: unknown): readonly PlacedElement[] {
  return toObjects(blocks).flatMap((block) => {
    const single = [block.accessory, block.element].filter(isJsonObject);
    const elements = block.type === 'actions' ? toObjects(block.elements) : single;
    const input = block.type === 'input' ? block : null;
    return elements.map((element) => ({
      blockId: String(block.block_id ?? ''),
      actionId: String(element.action_id ?? ''),
      type: String(element.type ?? ''),
      element,
      input,
    }));
  });
}

/** The element of that name, in any block when `blockId` is left out. */
export function findElement(
  blocks: unknown,
  place: { readonly actionId: string; readonly blockId?: string },
): PlacedElement | undefined {
  return elementsOf(blocks).find(
    (one) => one.actionId === place.actionId && (place.blockId === undefined || one.blockId === place.blockId),
  );
}

/** What every input of a view shows now. An input that is new since the person entered something stands as set. */
export function valuesOf(view: Pick<SlackView, 'view' | 'entered'>): InputValues {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const { blockId, actionId, type, element } of elementsOf(view.view.blocks)) {
    const first = initialState(element);
    if (first === null) continue;
    const entered = view.entered[blockId]?.[actionId];
    values[blockId] = { ...values[blockId], [actionId]: entered?.type === type ? entered : first };
  }
  return values;
}

/** The entered values with one more. */
export function enter(entered: InputValues, place: PlacedElement, state: JsonObject): InputValues {
  return { ...entered, [place.blockId]: { ...entered[place.blockId], [place.actionId]: state } };
}

/** The state that a choice gives an element, as it stands in `state.values` and in an action. @throws in words */
export function toElementState(place: PlacedElement, choice: Choice): JsonObject {
  const { element, type } = place;
  const list = typeof choice === 'string' ? [choice] : (choice ?? []);
  const one = list[0] ?? null;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: one === null ? null : pickOption(element, one) };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: list.map((value) => pickOption(element, value)) };
    case 'datepicker':
      return { type, selected_date: checkForm(one, /^\d{4}-\d{2}-\d{2}$/, 'a date such as 2027-05-04') };
    case 'timepicker':
      return { type, selected_time: checkForm(one, /^\d{2}:\d{2}$/, 'a time such as 17:00') };
    case 'plain_text_input':
      return { type, value: one === '' ? null : one };
    default:
      throw new Error(`nothing can be chosen in a ${type}`);
  }
}

/** Why Slack itself would not let the person submit, in words, or null. */
export function complainOfInputs(blocks: unknown, values: InputValues): string | null {
  for (const { blockId, actionId, element, input } of elementsOf(blocks)) {
    if (input === null) continue;
    const state = values[blockId]?.[actionId];
    const label = isJsonObject(input.label) ? String(input.label.text) : actionId;
    if (input.optional !== true && isEmpty(state)) return `“${label}” is required.`;
    const text = typeof state?.value === 'string' ? state.value : '';
    if (text !== '' && text.length < Number(element.min_length ?? 0)) return `“${label}” is too short.`;
    if (text.length > Number(element.max_length ?? 3000)) return `“${label}” is too long.`;
  }
  return null;
}

/** All options of an element, in groups or not. */
export function optionsOf(element: JsonObject): readonly JsonObject[] {
  return [
    ...toObjects(element.options),
    ...toObjects(element.option_groups).flatMap((group) => toObjects(group.options)),
  ];
}

function initialState(element: JsonObject): JsonObject | null {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'plain_text_input':
      return { type, value: element.initial_value ?? null };
    default:
      return null;
  }
}

function isEmpty(state: JsonObject | undefined): boolean {
  if (state === undefined) return true;
  const { type, ...held } = state;
  return Object.values(held).every(
    (value) => value === null || value === '' || (Array.isArray(value) && !value.length),
  );
}

function pickOption(element: JsonObject, value: string): JsonObject {
  const option = optionsOf(element).find((candidate) => candidate.value === value);
  if (option === undefined) throw new Error(`there is no option ${value} in ${String(element.action_id)}`);
  return option;
}

function checkForm(value: string | null, form: RegExp, words: string): string | null {
  if (value === null || form.test(value)) return value;
  throw new Error(`${value} is not ${words}`);
}

function toObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
