// What somebody of the team may see of a case beyond its card: earlier messages, contacts, the number to call, and the
// form that ends it. Whatever shows more than the card stands in the audit.

import type { EscalationId } from '../core/model/ids.ts';
import { firstNameOfCase } from './alert-card.ts';
import { whyNoTexts } from './cannot-text.ts';
import { auditCase, isOfTeam, NOT_FOR_MENTORS } from './case-actions.ts';
import { contactLines, theirTime } from './case-contacts.ts';
import { seenMark } from './case-seen.ts';
import { CASE_GONE, standingWords } from './case-words.ts';
import { type Doing, wordModal } from './doing.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Outbound, OutboundStatus } from './ports/messages.ts';
import type { Modal } from './ports/staff-room.ts';

type CaseAsk = Doing<{
  readonly kind: 'case_details' | 'case_call' | 'resolve_case';
  readonly escalationId: EscalationId;
}>;

/** Earlier messages are shown for two weeks, and never more than fit into a modal. */
const MESSAGES_FOR_MS = 14 * 24 * 3_600_000;
const MESSAGE_LIMIT = 60;

/** What was said with this person, oldest first, and the contacts of the roster once somebody has the case. */
export async function showCaseDetails(doing: CaseAsk): Promise<Modal> {
  const { deps, stores, person, now } = doing;
  const escalation = await findCase(doing);
  if (escalation === null || !isOfTeam(person)) return refuse('Case', escalation);
  const contacts = await contactLines(stores, escalation, person, now);
  const messages = await messagesOf(stores, escalation, now);
  await auditCase(doing, 'case_details_read', {
    messages: messages.length,
    contacts: contacts !== null && person.counselor !== null,
  });
  return {
    kind: 'case_details',
    escalationId: escalation.id,
    caseCode: escalation.caseCode,
    firstName: await firstNameOfCase(stores, escalation),
    messages,
    contacts,
    verdict: verdictShown(escalation),
    timeZone: deps.content.current().program.time_zone,
  };
}

/** The number to call, and whether texts reach it. */
export async function showCaseCall(doing: CaseAsk): Promise<Modal> {
  const { stores, person, now } = doing;
  const escalation = await findCase(doing);
  if (escalation === null || !isOfTeam(person)) return refuse('Call', escalation);
  const { menteeId, contact } = escalation;
  const mentee = menteeId === null ? null : await stores.people.mentee(menteeId);
  await auditCase(doing, 'case_number_shown');
  return {
    kind: 'case_call',
    escalationId: escalation.id,
    caseCode: escalation.caseCode,
    firstName: await firstNameOfCase(stores, escalation),
    phone: mentee?.phone ?? (contact?.kind === 'phone' ? contact.phone : null),
    theirTime: theirTime(mentee, now),
    contacts: await contactLines(stores, escalation, person, now),
    cannotText: await whyNoTexts(stores, escalation),
  };
}

/** The form that ends a case; a sentence when it is over already. */
export async function showResolveCase(doing: CaseAsk): Promise<Modal> {
  const { deps, stores, person, now } = doing;
  const escalation = await findCase(doing);
  if (escalation === null || !isOfTeam(person)) return refuse('Resolve', escalation);
  if (escalation.state.status === 'resolved') {
    return wordModal('Resolve', await standingWords(deps, stores, escalation, { by: person.actorId, now }));
  }
  return {
    kind: 'resolve_case',
    escalationId: escalation.id,
    caseCode: escalation.caseCode,
    firstName: await firstNameOfCase(stores, escalation),
    tier: escalation.state.tier,
    resumeAfterHours: deps.content.current().program.pause_after_case_hours,
    menteeId: escalation.menteeId,
    seen: await seenMark(stores, escalation),
  };
}

/** What was said of the page of a case that is over. A drill was no page. */
function verdictShown({ state, raisedBy }: Escalation): Extract<Modal, { kind: 'case_details' }>['verdict'] {
  const isJudged = state.status === 'resolved' && raisedBy !== 'drill';
  return isJudged ? { given: state.verdict, tier: state.tier } : null;
}

function findCase({ stores, what }: CaseAsk): Promise<Escalation | null> {
  return stores.escalations.byId(what.escalationId);
}

function refuse(title: string, escalation: Escalation | null): Modal {
  return wordModal(title, escalation === null ? CASE_GONE : NOT_FOR_MENTORS);
}

type Message = Extract<Modal, { kind: 'case_details' }>['messages'][number];

async function messagesOf(stores: Stores, { phoneHash }: Escalation, now: number): Promise<Message[]> {
  const since = now - MESSAGES_FOR_MS;
  const inbound = await stores.inbox.recent(phoneHash, since, MESSAGE_LIMIT);
  const outbound = (await stores.outbox.ofPhone(phoneHash)).flatMap(messageOf);
  const all = [
    ...inbound.map(
      ({ receivedAt, body, wordsRemovedAt }): Message => ({
        from: 'mentee',
        at: receivedAt,
        text: wordsRemovedAt == null ? body : REMOVED,
      }),
    ),
    ...outbound.filter(({ at }) => at >= since),
  ];
  return all.toSorted((a, b) => a.at - b.at).slice(-MESSAGE_LIMIT);
}

/** What stands in place of words that were removed after a case. */
const REMOVED = '(removed after the case)';
/** Texts that have reached the vendor, or may have. */
const SAID: ReadonlySet<OutboundStatus> = new Set(['claimed', 'sent', 'unknown']);

function messageOf({ body, status, messageClass, attemptedAt, createdAt }: Outbound): Message[] {
  if (body.kind !== 'sms' || !SAID.has(status)) return [];
  const from = messageClass === 'human_text' ? 'staff' : 'bot';
  return [{ from, at: attemptedAt ?? createdAt, text: body.text === '' ? REMOVED : body.text }];
}
