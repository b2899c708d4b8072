// A counselor's own text: "ACK", alone or with the case's code, takes the case or keeps it; anything else is shown to
// staff.

import type { Counselor } from '../core/model/people.ts';
import { holderOf, isPagedAgain, isPaging } from '../core/safety/escalation.ts';
import { noteAnswersByText } from './ask-holder.ts';
import { changeCase } from './case-actions.ts';
import { standingWords } from './case-words.ts';
import { drillMark } from './drill-mark.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import { passOnToStaff } from './pass-on.ts';
import { hasLeft } from './person.ts';
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
  // Whoever was deactivated has left (SL-24): their word must not stop the paging.
  if (await hasLeft(stores, counselor)) return passOnToStaff(deps, stores, received);
  const match = ACKNOWLEDGE.exec(received.message.body);
  const escalation = match === null ? null : await caseMeant(stores, match[1], counselor);
  if (escalation === null) return passOnToStaff(deps, stores, received);
  const { now } = received;
  const said = await acknowledgeFor(deps, stores, escalation, { counselor, now, via: 'sms' });
  const text = `${drillMark(escalation)}${said}`;
  await noteAnswersByText(stores, escalation, counselor.id, now);
  const phone = counselor.phone ?? received.phone;
  if (phone === null) return;
  const key = `ack-answer:${received.inboundId}`;
  const row = replyRow({ ...received, phone, key, messageClass: 'alert', text, escalationId: escalation.id });
  await stores.outbox.add(row, now);
}

/** Takes the case, looks at it, or keeps it; resolves with what the counselor is answered. */
export async function acknowledgeFor(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  { counselor, now, via }: { readonly counselor: Counselor; readonly now: number; readonly via: 'sms' | 'call' },
): Promise<string> {
  const { caseCode } = escalation;
  const by = counselor.id;
  const audit = (action: string) =>
    stores.audit.add({
      at: now,
      actor: by,
      action,
      subjectKind: 'case',
      subject: escalation.id,
      detail: { via },
    });
  if (await changeCase(deps, stores, escalation, { kind: 'acknowledged', at: now, by }, now)) {
    await audit('case_acknowledged');
    return isPagedAgain(escalation.state)
      ? `Thank you. Alerts about case ${caseCode} rest for 10 minutes. Take over in Slack to answer.`
      : `Thank you. Case ${caseCode} is yours; paging has stopped. What fired is on the card in Slack.`;
  }
  const current = (await stores.escalations.byId(escalation.id)) ?? escalation;
  if (holderOf(current.state) !== by) {
    return `Case ${caseCode}: ${await standingWords(deps, stores, current, { by, now })} Thank you.`;
  }
  await changeCase(deps, stores, current, { kind: 'activity', at: now, by, answersMentee: false }, now);
  await audit('case_kept');
  return `Thank you. Case ${caseCode} stays with you.`;
}

/**
 * The case with this code; without a code the only one that pages, or that asks this counselor. Null when it is not
 * clear which is meant.
 */
async function caseMeant(stores: Stores, code: string | undefined, counselor: Counselor): Promise<Escalation | null> {
  if (code !== undefined) return stores.escalations.byCaseCode(code.toUpperCase());
  const meant = (await stores.escalations.unresolved()).filter(
    ({ state }) => isPaging(state) || (state.askedAt !== null && holderOf(state) === counselor.id),
  );
  return meant.length === 1 ? (meant[0] ?? null) : null;
}
