// Slack's limits on texts, ids and option lists, shared by blocks, elements and views. Each complaint points at its place
// the way Slack's own do.

import { checkFields } from './check-fields.ts';
import { isJsonObject } from './method.ts';

/** Complaints about a text object of at most so many characters. */
export function checkText(value: unknown, most: number, at: string, type?: 'plain_text'): string[] {
  if (!isJsonObject(value)) return [`missing required field: text [json-pointer:${at}]`];
  if (type !== undefined && value.type !== type)
    return [`must provide an object of type ${type} [json-pointer:${at}/type]`];
  if (value.type !== 'plain_text' && value.type !== 'mrkdwn') return [`unsupported type [json-pointer:${at}/type]`];
  if (typeof value.text !== 'string' || value.text === '')
    return [`must be more than 0 characters [json-pointer:${at}/text]`];
  return [...checkLength(value.text, most, `${at}/text`), ...checkFields(value, at)];
}

/** Complaints about a text object that may be left out. */
export function checkOptionalText(value: unknown, most: number, at: string): string[] {
  return value === undefined || value === null ? [] : checkText(value, most, at, 'plain_text');
}

/** Complaints about the length of a string; what is no string has none. */
export function checkLength(value: unknown, most: number, at: string): string[] {
  return typeof value === 'string' && value.length > most
    ? [`must be less than ${most + 1} characters [json-pointer:${at}]`]
    : [];
}

/** Complaints about the number of items in a list. */
export function checkCount(value: unknown, limits: readonly [number, number], at: string): string[] {
  const [least, most] = limits;
  const count = Array.isArray(value) ? value.length : 0;
  if (count < least) return [`no less than ${least} items allowed [json-pointer:${at}]`];
  return count > most ? [`no more than ${most} items allowed [json-pointer:${at}]`] : [];
}

/** Complaints about options: how many, their texts and values. */
export function checkOptions(
  value: unknown,
  at: string,
  kind: { readonly most: number; readonly mayBeMrkdwn: boolean },
): string[] {
  const options: readonly unknown[] = Array.isArray(value) ? value : [];
  return [
    ...checkCount(value, [1, kind.most], at),
    ...options.flatMap((option, index) => checkOption(option, `${at}/${index}`, kind.mayBeMrkdwn)),
  ];
}

function checkOption(option: unknown, at: string, mayBeMrkdwn: boolean): string[] {
  if (!isJsonObject(option)) return [`must be an object [json-pointer:${at}]`];
  return [
    ...checkText(option.text, 75, `${at}/text`, mayBeMrkdwn ? undefined : 'plain_text'),
    ...(typeof option.value === 'string' ? [] : [`missing required field: value [json-pointer:${at}]`]),
    ...checkLength(option.value, 150, `${at}/value`),
    ...(option.description === undefined ? [] : checkText(option.description, 75, `${at}/description`)),
  ];
}

/** Complaints about a confirmation dialog, when there is one. */
export function checkConfirm(value: unknown, at: string): string[] {
  if (!isJsonObject(value)) return [];
  return [
    ...checkText(value.title, 100, `${at}/title`, 'plain_text'),
    ...checkText(value.text, 300, `${at}/text`),
    ...checkText(value.confirm, 30, `${at}/confirm`, 'plain_text'),
    ...checkText(value.deny, 30, `${at}/deny`, 'plain_text'),
  ];
}

/** Whether two JSON values say the same, whatever the order of their fields. */
export function isSame(one: unknown, other: unknown): boolean {
  return toCanonical(one) === toCanonical(other);
}

function toCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toCanonical).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${field}:${toCanonical(value[field])}`).join()}}`;
}

/** The total number of characters in the text objects of a value. */
export function countText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countText(item), 0);
  if (!isJsonObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + countText(item), own);
}
