// Slack's limits on the elements of blocks: buttons, menus, pickers, inputs, and where each may stand.

import { checkFields } from './check-fields.ts';
import {
  checkConfirm,
  checkCount,
  checkLength,
  checkOptionalText,
  checkOptions,
  checkText,
  isSame,
} from './check-text.ts';
import type { JsonObject } from './held.ts';
import { optionsOf } from './inputs.ts';
import { isJsonObject } from './method.ts';

/** Where an element stands. */
export type ElementPlace = 'section' | 'actions' | 'input';

const PICKERS = ['static_select', 'datepicker', 'timepicker', 'radio_buttons', 'checkboxes'];
const ALLOWED: Readonly<Record<ElementPlace, ReadonlySet<string>>> = {
  section: new Set([...PICKERS, 'button', 'overflow', 'multi_static_select', 'image']),
  actions: new Set([...PICKERS, 'button', 'overflow']),
  input: new Set([...PICKERS, 'multi_static_select', 'plain_text_input']),
};
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Complaints about one element. */
export function checkElement(element: JsonObject, place: ElementPlace, at: string): string[] {
  const type = typeof element.type === 'string' ? element.type : '';
  if (!ALLOWED[place].has(type)) return [`unsupported type: ${type} [json-pointer:${at}/type]`];
  if (type === 'image')
    return typeof element.alt_text === 'string' ? [] : [`missing required field: alt_text [json-pointer:${at}]`];
  return [
    ...checkFields(element, at),
    ...checkLength(element.action_id, 255, `${at}/action_id`),
    ...checkConfirm(element.confirm, `${at}/confirm`),
    ...checkOptionalText(element.placeholder, 150, `${at}/placeholder`),
    ...checkType(type, element, at),
  ];
}

function checkType(type: string, element: JsonObject, at: string): string[] {
  switch (type) {
    case 'button':
      return checkButton(element, at);
    case 'static_select':
    case 'multi_static_select':
      return checkMenu(element, at);
    case 'overflow':
      return checkOptions(element.options, `${at}/options`, { most: 5, mayBeMrkdwn: false });
    case 'radio_buttons':
    case 'checkboxes':
      return [
        ...checkOptions(element.options, `${at}/options`, { most: 10, mayBeMrkdwn: true }),
        ...checkInitial(element, at),
      ];
    case 'datepicker':
      return checkPattern(element.initial_date, DATE, `${at}/initial_date`);
    case 'timepicker':
      return checkPattern(element.initial_time, TIME, `${at}/initial_time`);
    default:
      return checkTextInput(element, at);
  }
}

function checkButton(element: JsonObject, at: string): string[] {
  const style = element.style;
  return [
    ...checkText(element.text, 75, `${at}/text`, 'plain_text'),
    ...checkLength(element.value, 2000, `${at}/value`),
    ...checkLength(element.url, 3000, `${at}/url`),
    ...checkLength(element.accessibility_label, 75, `${at}/accessibility_label`),
    ...(style === undefined || style === 'primary' || style === 'danger'
      ? []
      : [`must be a valid enum value [json-pointer:${at}/style]`]),
  ];
}

function checkMenu(element: JsonObject, at: string): string[] {
  const groups = element.option_groups;
  if (groups === undefined)
    return [
      ...checkOptions(element.options, `${at}/options`, { most: 100, mayBeMrkdwn: false }),
      ...checkInitial(element, at),
    ];
  const list: readonly unknown[] = Array.isArray(groups) ? groups : [];
  return [
    ...checkCount(groups, [1, 100], `${at}/option_groups`),
    ...list
      .filter(isJsonObject)
      .flatMap((group, index) => [
        ...checkText(group.label, 75, `${at}/option_groups/${index}/label`, 'plain_text'),
        ...checkOptions(group.options, `${at}/option_groups/${index}/options`, { most: 100, mayBeMrkdwn: false }),
      ]),
    ...checkInitial(element, at),
  ];
}

// Slack wants the whole option again, not only its value.
function checkInitial(element: JsonObject, at: string): string[] {
  const options = optionsOf(element);
  const isOption = (value: unknown) => options.some((option) => isSame(option, value));
  const several = element.initial_options;
  if (element.initial_option !== undefined && !isOption(element.initial_option))
    return [`initial option must be one of the provided options [json-pointer:${at}/initial_option]`];
  if (several === undefined) return [];
  if (!Array.isArray(several) || several.length === 0)
    return [`no less than 1 items allowed [json-pointer:${at}/initial_options]`];
  return several.every(isOption)
    ? []
    : [`initial options must be among the provided options [json-pointer:${at}/initial_options]`];
}

function checkPattern(value: unknown, pattern: RegExp, at: string): string[] {
  return value === undefined || (typeof value === 'string' && pattern.test(value))
    ? []
    : [`failed to match pattern [json-pointer:${at}]`];
}

function checkTextInput(element: JsonObject, at: string): string[] {
  const { min_length: least, max_length: most } = element;
  return [
    ...(least !== undefined && !isWithin(least, 0, 3000) ? [`must be 0 to 3000 [json-pointer:${at}/min_length]`] : []),
    ...(most !== undefined && !isWithin(most, 1, 3000) ? [`must be 1 to 3000 [json-pointer:${at}/max_length]`] : []),
    ...checkLength(element.initial_value, typeof most === 'number' ? most : 3000, `${at}/initial_value`),
  ];
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}
