// Slack's limits on Block Kit, so that a message which the real Slack would refuse is refused here. The complaints
// point into the blocks the way Slack's own do.

import { isJsonObject } from './method.ts';
import type { JsonObject } from './state.ts';

const LONGEST_TOTAL_TEXT = 13_200;
const KNOWN_BLOCKS = new Set([
  'section',
  'divider',
  'image',
  'actions',
  'context',
  'input',
  'file',
  'header',
  'rich_text',
  'video',
  'markdown',
]);

/** What is wrong with a list of blocks, or null. `most` is 50 for a message and 100 for a view. */
export function checkBlocks(
  blocks: readonly JsonObject[],
  most: number,
): { readonly error: string; readonly messages: readonly string[] } | null {
  const complaints = blocks.length > most ? [`no more than ${most} items allowed [json-pointer:/blocks]`] : [];
  complaints.push(...blocks.flatMap((block, index) => checkBlock(block, `/blocks/${index}`)));
  const ids = blocks.map((block) => block.block_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) complaints.push('block_id must be unique [json-pointer:/blocks]');
  if (complaints.length > 0) return { error: 'invalid_blocks', messages: complaints.map((text) => `[ERROR] ${text}`) };
  return countText(blocks) > LONGEST_TOTAL_TEXT ? { error: 'msg_blocks_too_long', messages: [] } : null;
}

/** The blocks in a parsed argument; null when it is no list of objects. */
export function toBlocks(value: unknown): readonly JsonObject[] | null {
  return Array.isArray(value) && value.every(isJsonObject) ? value : null;
}

function checkBlock(block: JsonObject, at: string): string[] {
  const type = typeof block.type === 'string' ? block.type : '';
  if (!KNOWN_BLOCKS.has(type)) return [`unsupported type: ${type} [json-pointer:${at}/type]`];
  const complaints = checkLength(block.block_id, 255, `${at}/block_id`);
  switch (type) {
    case 'header':
      return [...complaints, ...checkText(block.text, 150, `${at}/text`, 'plain_text')];
    case 'section':
      return [...complaints, ...checkSection(block, at)];
    case 'context':
      return [...complaints, ...checkElements(block.elements, 10, at)];
    case 'actions':
      return [...complaints, ...checkElements(block.elements, 25, at)];
    case 'input':
      return [...complaints, ...checkText(block.label, 2000, `${at}/label`, 'plain_text')];
    case 'rich_text':
      return [
        ...complaints,
        ...(Array.isArray(block.elements) ? [] : [`missing required field: elements [json-pointer:${at}]`]),
      ];
    default:
      return complaints;
  }
}

function checkSection(block: JsonObject, at: string): string[] {
  const fields = Array.isArray(block.fields) ? block.fields : [];
  if (block.text === undefined && fields.length === 0)
    return [`must define either text or fields [json-pointer:${at}]`];
  return [
    ...(block.text === undefined ? [] : checkText(block.text, 3000, `${at}/text`)),
    ...(fields.length > 10 ? [`no more than 10 items allowed [json-pointer:${at}/fields]`] : []),
    ...fields.flatMap((field, index) => checkText(field, 2000, `${at}/fields/${index}`)),
    ...(isJsonObject(block.accessory) ? checkElement(block.accessory, `${at}/accessory`) : []),
  ];
}

function checkElements(elements: unknown, most: number, at: string): string[] {
  const list = toBlocks(elements);
  if (list === null || list.length === 0) return [`no less than 1 items allowed [json-pointer:${at}/elements]`];
  const ids = list.map((element) => element.action_id).filter((id) => id !== undefined);
  return [
    ...(list.length > most ? [`no more than ${most} items allowed [json-pointer:${at}/elements]`] : []),
    ...(new Set(ids).size < ids.length ? [`action_id must be unique in a block [json-pointer:${at}/elements]`] : []),
    ...list.flatMap((element, index) => checkElement(element, `${at}/elements/${index}`)),
  ];
}

function checkElement(element: JsonObject, at: string): string[] {
  if (element.type === 'plain_text' || element.type === 'mrkdwn') return checkText(element, 3000, at);
  const complaints = checkLength(element.action_id, 255, `${at}/action_id`);
  if (element.type !== 'button') return complaints;
  return [
    ...complaints,
    ...checkText(element.text, 75, `${at}/text`, 'plain_text'),
    ...checkLength(element.value, 2000, `${at}/value`),
    ...checkLength(element.url, 3000, `${at}/url`),
  ];
}

function checkText(value: unknown, most: number, at: string, type?: 'plain_text'): string[] {
  if (!isJsonObject(value)) return [`missing required field: text [json-pointer:${at}]`];
  if (type !== undefined && value.type !== type)
    return [`must provide an object of type ${type} [json-pointer:${at}/type]`];
  if (value.type !== 'plain_text' && value.type !== 'mrkdwn') return [`unsupported type [json-pointer:${at}/type]`];
  if (typeof value.text !== 'string' || value.text === '')
    return [`must be more than 0 characters [json-pointer:${at}/text]`];
  return checkLength(value.text, most, `${at}/text`);
}

function checkLength(value: unknown, most: number, at: string): string[] {
  return typeof value === 'string' && value.length > most
    ? [`must be less than ${most + 1} characters [json-pointer:${at}]`]
    : [];
}

function countText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countText(item), 0);
  if (!isJsonObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return Object.values(value).reduce<number>((sum, item) => sum + countText(item), own);
}
