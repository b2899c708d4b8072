// The first state of a conversation, before its `started` event.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import type { Conversation } from '../model/conversation.ts';
import type { ConversationId, MenteeId } from '../model/ids.ts';

/** Who runs through what. `task` is the key of the task it is about; a flow with `needsTask` must have one. */
export interface StartedConversation {
  readonly id: ConversationId;
  readonly menteeId: MenteeId;
  readonly flow: CompiledFlow;
  readonly task: string | null;
}

/** Version 0, at the first step, with nothing sent. `advance` with the event `started` makes it speak. */
export function startConversation({ id, menteeId, flow, task }: StartedConversation): Conversation {
  return {
    id,
    menteeId,
    flowId: flow.id,
    structureHash: flow.structureHash,
    version: 0,
    status: 'active',
    step: flow.start,
    waiting: null,
    unanswered: null,
    task,
    variables: {},
  };
}
