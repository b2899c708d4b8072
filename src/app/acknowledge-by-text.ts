// A counselor's own text: "ACK", alone or with the case's code, takes the case; anything else is shown to staff.

import type { Counselor } from '../core/model/people.ts';
import { changeCase } from './case-actions.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import { passOnToStaff } from './pass-on.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Received } from './received.ts';

const ACKNOWLEDGE = /^\s*(?:ack|acknowledge|1)\b[\s:#-]*([a-z0-9]{4})?\s*[.!]?\s*$/iu;

/** Twilio's signature says that the text is real, the roster says whose phone it is (CR-06). */
export async function acknowledgeByText(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  counselor: Counselor,
): Promise<void> {
  const match = ACKNOWLEDGE.exec(received.message.body);
  const escalation = match === null ? null : await caseMeant(stores, match[1]);
  if (escalation === null) return passOnToStaff(deps, stores, received);
  const { now } = received;
  await changeCase(deps, stores, escalation, { kind: 'acknowledged', at: now, by: counselor.id }, now);
  const current = await stores.escalations.byId(escalation.id);
  const first = current?.state.acknowledgedBy === counselor.id;
  const text = first
    ? `Thank you. Case ${escalation.caseCode} is yours; paging has stopped. What fired is on the card in Slack.`
    : `Case ${escalation.caseCode} was already acknowledged by somebody else. Thank you.`;
  const phone = counselor.phone ?? received.phone;
  if (phone === null) return;
  const key = `ack-answer:${received.inboundId}`;
  const row = replyRow({ ...received, phone, key, messageClass: 'alert', text, escalationId: escalation.id });
  await stores.outbox.add(row, now);
}

/** The case with this code, or without a code the only one that is open; null when it is not clear which is meant. */
async function caseMeant(stores: Stores, code: string | undefined): Promise<Escalation | null> {
  if (code !== undefined) return stores.escalations.byCaseCode(code.toUpperCase());
  const open = (await stores.escalations.unresolved()).filter((escalation) => escalation.state.status === 'open');
  return open.length === 1 ? (open[0] ?? null) : null;
}
