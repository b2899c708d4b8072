// Slack's limits on a modal or a home tab as an app sends it.

import { listComplaints, toBlocks } from './check-blocks.ts';
import { checkFields } from './check-fields.ts';
import { checkLength, checkOptionalText, checkText } from './check-text.ts';
import type { Refusal } from './content.ts';
import type { JsonObject } from './held.ts';
import { isJsonObject } from './method.ts';

const MOST_BLOCKS = 100;
const MOST_BYTES = 250_000;
const MESSAGE_BLOCKS = new Set(['file', 'video', 'markdown']);

/** The view when Slack would take it, or the refusal. */
export function checkView(view: unknown, type: 'modal' | 'home'): Refusal | { readonly view: JsonObject } {
  if (!isJsonObject(view)) return refuse(['missing required field: view [json-pointer:/view]']);
  if (view.type !== type) return refuse([`must be a ${type} [json-pointer:/view/type]`]);
  const blocks = toBlocks(view.blocks);
  if (blocks === null) return refuse(['missing required field: blocks [json-pointer:/view/blocks]']);
  const complaints = [
    ...checkFields(view, '/view'),
    ...(type === 'modal' ? checkFrame(view, blocks) : []),
    ...checkLength(view.private_metadata, 3000, '/view/private_metadata'),
    ...checkLength(view.callback_id, 255, '/view/callback_id'),
    ...checkLength(view.external_id, 255, '/view/external_id'),
    ...listComplaints(blocks, MOST_BLOCKS, '/view/blocks'),
    ...blocks.flatMap((block, index) =>
      MESSAGE_BLOCKS.has(String(block.type))
        ? [`unsupported type: ${String(block.type)} [json-pointer:/view/blocks/${index}/type]`]
        : [],
    ),
  ];
  if (complaints.length > 0) return refuse(complaints);
  return Buffer.byteLength(JSON.stringify(view)) > MOST_BYTES ? { error: 'view_too_large' } : { view };
}

function checkFrame(view: JsonObject, blocks: readonly JsonObject[]): string[] {
  const hasInput = blocks.some((block) => block.type === 'input');
  return [
    ...checkText(view.title, 24, '/view/title', 'plain_text'),
    ...checkOptionalText(view.submit, 24, '/view/submit'),
    ...checkOptionalText(view.close, 24, '/view/close'),
    ...(hasInput && !isJsonObject(view.submit)
      ? ['submit must be specified when a view has an input block [json-pointer:/view/submit]']
      : []),
  ];
}

function refuse(complaints: readonly string[]): Refusal {
  return { error: 'invalid_arguments', messages: complaints.map((text) => `[ERROR] ${text}`) };
}
