// What must hold between the rows and the vendors after every step.

import { isCrisis } from '../words.ts';
import { checkInThread } from './check-relay.ts';
import { accuse, type Witness } from './witness.ts';

const ONCE = new Set(['nudge', 'answer', 'keyword_answer', 'human_text']);

export function checkRows(witness: Witness): void {
  checkCounts(witness);
  checkOpenCases(witness);
  checkInbox(witness);
}

function checkCounts(witness: Witness): void {
  const { observer } = witness.scene;
  const wrong = [
    ...observer.all<{ id: string }>(
      'select id from conversations c where version <> (select count(*) from conversation_events e where e.conversation_id = c.id)',
    ),
    ...observer.all<{ id: string }>(
      'select id from escalations c where version <> (select count(*) from escalation_events e where e.escalation_id = c.id)',
    ),
  ];
  for (const { id } of wrong) accuse(witness, 'version', `${id} has another version than events`);
  for (const { menteeId } of observer.all<{ menteeId: string }>(
    "select mentee_id as menteeId from conversations where status = 'active' group by mentee_id having count(*) > 1",
  )) {
    accuse(witness, 'two-conversations', `mentee ${menteeId} is in two at once`);
  }
}

function checkOpenCases(witness: Witness): void {
  const { observer } = witness.scene;
  for (const { phone } of observer.all<{ phone: string }>(
    'select phone_hash as phone from escalations where is_resolved = 0 group by phone_hash having count(*) > 1',
  )) {
    accuse(witness, 'two-cases', `a phone has two open cases (${phone})`);
  }
}

function checkInbox(witness: Witness): void {
  const { observer } = witness.scene;
  for (const { id } of observer.all<{ id: string }>(
    'select external_id as id from inbox group by source, external_id having count(*) > 1',
  )) {
    accuse(witness, 'inbox-twice', `${id} is in the inbox twice`);
  }
  for (const { id, reason } of observer.all<{ id: string; reason: string }>(
    "select id, unprocessed_reason as reason from inbox where status = 'unprocessed'",
  )) {
    accuse(witness, 'unprocessed', `inbound ${id} failed with ${reason}`);
  }
}

/** No text of the classes that go once is twice at Twilio. Looks at what left since the last time. */
export function checkDoubles(witness: Witness): void {
  const { observer, twilio } = witness.scene;
  const accepted = new Map<string, number>();
  for (const message of twilio.state().messages) {
    if (message.direction !== 'outbound-api' || message.statusCallback === null) continue;
    const id = new URL(message.statusCallback).searchParams.get('outbound') ?? '';
    accepted.set(id, (accepted.get(id) ?? 0) + 1);
  }
  for (const [id, count] of accepted) {
    if (count < 2) continue;
    const row = observer.outbound(id);
    if (row !== null && ONCE.has(row.message_class))
      accuse(witness, 'twice', `${row.message_class} ${row.key} is at Twilio ${count} times`);
  }
}

/** Called when the house has answered 200 to a text: it is stored, and distress has its case by now. */
export function checkReceived(
  witness: Witness,
  text: { sid: string; from: string; body: string; isFirst: boolean },
): void {
  const { observer } = witness.scene;
  const stored = observer.first<{ id: string; receivedAt: number }>(
    "select id, received_at as receivedAt from inbox where source = 'twilio' and external_id = ?",
    text.sid,
  );
  if (stored === null) return accuse(witness, 'lost-inbound', `${text.sid} was acknowledged and is not stored`);
  if (!text.isFirst) return;
  checkInThread(witness, { ...stored, inboundId: stored.id, phoneHash: observer.hashOf(text.from) });
  if (!isCrisis(text.body)) return;
  const open = observer.first(
    'select id from escalations where phone_hash = ? and (is_resolved = 0 or updated_at >= ?)',
    observer.hashOf(text.from),
    stored.receivedAt,
  );
  if (open === null) accuse(witness, 'no-case', `a text in distress was acknowledged without a case (${text.sid})`);
}
