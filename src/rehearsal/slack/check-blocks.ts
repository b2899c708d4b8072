// Slack's limits on Block Kit, so that a message or a view which the real Slack would refuse is refused here. The
// complaints point into the blocks the way Slack's own do.

import { checkElement } from './check-element.ts';
import { checkFields } from './check-fields.ts';
import { checkCount, checkLength, checkOptionalText, checkText, countText } from './check-text.ts';
import type { JsonObject } from './held.ts';
import { isJsonObject } from './method.ts';

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
const RICH_PARTS = new Set(['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted']);

/** What is wrong with the blocks of a message, or null; `most` is 50. */
export function checkBlocks(
  blocks: readonly JsonObject[],
  most: number,
): { readonly error: string; readonly messages: readonly string[] } | null {
  const complaints = listComplaints(blocks, most, '/blocks');
  if (complaints.length > 0) return { error: 'invalid_blocks', messages: complaints.map((text) => `[ERROR] ${text}`) };
  return countText(blocks) > LONGEST_TOTAL_TEXT ? { error: 'msg_blocks_too_long', messages: [] } : null;
}

/** All complaints about blocks that stand at `at`. */
export function listComplaints(blocks: readonly JsonObject[], most: number, at: string): string[] {
  const ids = blocks.map((block) => block.block_id).filter((id) => id !== undefined);
  return [
    ...checkCount(blocks, [0, most], at),
    ...blocks.flatMap((block, index) => checkBlock(block, `${at}/${index}`)),
    ...(new Set(ids).size < ids.length ? [`block_id must be unique [json-pointer:${at}]`] : []),
  ];
}

/** The blocks in a parsed argument; null when it is no list of objects. */
export function toBlocks(value: unknown): readonly JsonObject[] | null {
  return Array.isArray(value) && value.every(isJsonObject) ? value : null;
}

function checkBlock(block: JsonObject, at: string): string[] {
  const type = typeof block.type === 'string' ? block.type : '';
  if (!KNOWN_BLOCKS.has(type)) return [`unsupported type: ${type} [json-pointer:${at}/type]`];
  const complaints = [...checkFields(block, at), ...checkLength(block.block_id, 255, `${at}/block_id`)];
  switch (type) {
    case 'header':
      return [...complaints, ...checkText(block.text, 150, `${at}/text`, 'plain_text')];
    case 'section':
      return [...complaints, ...checkSection(block, at)];
    case 'context':
      return [...complaints, ...checkContext(block.elements, `${at}/elements`)];
    case 'actions':
      return [...complaints, ...checkActions(block.elements, `${at}/elements`)];
    case 'input':
      return [...complaints, ...checkInput(block, at)];
    case 'rich_text':
      return [...complaints, ...checkRichText(block, at)];
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
    ...checkCount(fields, [0, 10], `${at}/fields`),
    ...fields.flatMap((field, index) => checkText(field, 2000, `${at}/fields/${index}`)),
    ...(isJsonObject(block.accessory) ? checkElement(block.accessory, 'section', `${at}/accessory`) : []),
  ];
}

function checkContext(elements: unknown, at: string): string[] {
  const list = toBlocks(elements) ?? [];
  return [
    ...checkCount(list, [1, 10], at),
    ...list.flatMap((element, index) =>
      element.type === 'image'
        ? checkElement(element, 'section', `${at}/${index}`)
        : checkText(element, 3000, `${at}/${index}`),
    ),
  ];
}

function checkActions(elements: unknown, at: string): string[] {
  const list = toBlocks(elements) ?? [];
  const ids = list.map((element) => element.action_id).filter((id) => id !== undefined);
  return [
    ...checkCount(list, [1, 25], at),
    ...(new Set(ids).size < ids.length ? [`action_id must be unique in a block [json-pointer:${at}]`] : []),
    ...list.flatMap((element, index) => checkElement(element, 'actions', `${at}/${index}`)),
  ];
}

function checkInput(block: JsonObject, at: string): string[] {
  return [
    ...checkText(block.label, 2000, `${at}/label`, 'plain_text'),
    ...checkOptionalText(block.hint, 2000, `${at}/hint`),
    ...(isJsonObject(block.element)
      ? checkElement(block.element, 'input', `${at}/element`)
      : [`missing required field: element [json-pointer:${at}]`]),
  ];
}

function checkRichText(block: JsonObject, at: string): string[] {
  const parts = toBlocks(block.elements);
  if (parts === null) return [`missing required field: elements [json-pointer:${at}]`];
  return parts.flatMap((part, index) => {
    const here = `${at}/elements/${index}`;
    if (!RICH_PARTS.has(String(part.type))) return [`unsupported type: ${part.type} [json-pointer:${here}/type]`];
    return Array.isArray(part.elements) ? [] : [`missing required field: elements [json-pointer:${here}]`];
  });
}
