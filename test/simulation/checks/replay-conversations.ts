// The recorded events of each conversation, advanced again with the facts that were known then, give its stored state.

import { isDeepStrictEqual } from 'node:util';
import { eventColumn, stateColumn } from '../../../src/adapters/db/conversation-columns.ts';
import type { Content } from '../../../src/app/content.ts';
import { advance } from '../../../src/core/conversation/advance.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import type { Conversation } from '../../../src/core/model/conversation.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { accuse, type Witness } from './witness.ts';

interface ConversationRow {
  readonly id: string;
  readonly mentee_id: string;
  readonly flow_id: string;
  readonly version: number;
  readonly status: string;
  readonly step: string;
  readonly task: string | null;
  readonly sealed_state: string;
}

/** No mentee's conversations took more replies than the mentee sent texts: a text that comes twice is acted on once. */
function checkReplies(witness: Witness, menteeId: string): void {
  const { observer } = witness.scene;
  const texts = observer.first<{ count: number }>(
    'select count(*) as count from inbox where phone_hash = (select phone_hash from mentees where id = ?)',
    menteeId,
  );
  const rows = observer.all<{ id: string; version: number; sealed_event: string }>(
    `select e.conversation_id as id, e.version, e.sealed_event from conversation_events e
       join conversations c on c.id = e.conversation_id where c.mentee_id = ?`,
    menteeId,
  );
  const replies = rows.filter(({ id, version, sealed_event }) => {
    return eventColumn.open(observer.codec, `${id}:${version}`, sealed_event).event.kind === 'reply_received';
  });
  if (replies.length > (texts?.count ?? 0)) {
    accuse(
      witness,
      'acted-twice',
      `mentee ${menteeId} sent ${texts?.count ?? 0} texts and answered ${replies.length} times`,
    );
  }
}

/** `seen` remembers versions already told. */
export function replayConversations(witness: Witness, content: Content, seen: Map<string, number>): void {
  const { observer } = witness.scene;
  for (const row of observer.all<ConversationRow>('select * from conversations')) {
    if (seen.get(row.id) === row.version) continue;
    seen.set(row.id, row.version);
    checkReplies(witness, row.mentee_id);
    const told = tellAgain(witness, content, row);
    const { waiting, variables, unanswered } = stateColumn.open(observer.codec, row.id, row.sealed_state);
    const stored = [row.version, row.status, row.step, waiting, variables, untimed(unanswered)];
    // Through JSON, as it was stored; the order of keys says nothing.
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(told)), JSON.parse(JSON.stringify(stored)))) {
      accuse(witness, 'replay', `conversation ${row.id} is not what its events make it`);
    }
  }
}

function tellAgain({ scene: { observer } }: Witness, content: Content, row: ConversationRow): unknown {
  const flow = content.flows.get(row.flow_id);
  if (flow === undefined) return `no flow ${row.flow_id}`;
  const id = asConversationId(row.id);
  let conversation = startConversation({ id, menteeId: asMenteeId(row.mentee_id), flow, task: row.task });
  const events = observer.all<{ version: number; sealed_event: string; recorded_at: number }>(
    'select version, sealed_event, recorded_at from conversation_events where conversation_id = ? order by version',
    row.id,
  );
  for (const recorded of events) {
    const { event, facts } = eventColumn.open(observer.codec, `${row.id}:${recorded.version}`, recorded.sealed_event);
    const result = advance(conversation, event, { flow, wording: flow, facts, now: recorded.recorded_at });
    if (!result.ok) return result.failure.reason;
    conversation = result.conversation;
  }
  const { version, status, step, waiting, variables, unanswered } = conversation;
  return [version, status, step, waiting, variables, untimed(unanswered)];
}

/** When a question was texted, the house asks the outbox and not the events: a timer may know it a little later. */
function untimed(unanswered: Conversation['unanswered']): unknown {
  return unanswered && { ...unanswered, waiting: { ...unanswered.waiting, askedAt: null } };
}
