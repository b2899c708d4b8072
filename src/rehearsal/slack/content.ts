// What a call wants a message to say, read and held against Slack's limits; used wherever an app writes.

import { checkBlocks, toBlocks } from './check-blocks.ts';
import type { JsonObject } from './held.ts';
import { isJsonObject, type SlackArguments } from './method.ts';
import { type SlackState, takeSlackId } from './state.ts';

const LONGEST_TEXT = 40_000;

/** What a message is to say; null fields were not given. */
export interface Content {
  readonly text: string | null;
  readonly blocks: readonly JsonObject[] | null;
  readonly metadata: JsonObject | null;
}

/** A refusal, with Slack's complaints where it gives them. */
export type Refusal = { readonly error: string; readonly messages?: readonly string[] };

/** Reads and checks text, blocks and metadata of a call. */
export function readContent(args: SlackArguments): Content | Refusal {
  const blocks = args.has('blocks') ? toBlocks(args.json('blocks')) : [];
  if (blocks === null) return { error: 'invalid_blocks_format' };
  const complaint = checkBlocks(blocks, 50);
  if (complaint !== null) return complaint;
  if (args.text('text').length > LONGEST_TEXT) return { error: 'msg_too_long' };
  const metadata = args.json('metadata');
  if (metadata !== null && !isMetadata(metadata)) return { error: 'invalid_metadata_format' };
  return { text: args.has('text') ? args.text('text') : null, blocks: args.has('blocks') ? blocks : null, metadata };
}

/** Whether there is nothing to say. */
export function isWordless(content: Content): boolean {
  return (content.text ?? '') === '' && (content.blocks ?? []).length === 0;
}

/** Gives each block an id of its own where the app gave none, as Slack does. */
export function nameBlocks(
  before: SlackState,
  blocks: readonly JsonObject[],
): { readonly state: SlackState; readonly blocks: readonly JsonObject[] } {
  let state = before;
  const named = blocks.map((block) => {
    if (typeof block.block_id === 'string' && block.block_id !== '') return block;
    const taken = takeSlackId(state, 'b');
    state = taken.state;
    return { ...block, block_id: taken.id };
  });
  return { state, blocks: named };
}

function isMetadata(value: unknown): value is JsonObject {
  return isJsonObject(value) && typeof value.event_type === 'string' && isJsonObject(value.event_payload);
}
