// Pages one person about a case: a direct message in Slack and a text. Both show on a locked screen, so they have neither
// name nor words of the mentee. A direct message alone is no rung: who has no phone is skipped for the next person.

import type { CounselorId } from '../core/model/ids.ts';
import { isPagedAgain } from '../core/safety/escalation.ts';
import { ALERT_KEY, alertRow, OVERTAKEN } from './alert-row.ts';
import type { HouseDeps } from './house-deps.ts';
import { whySkipped } from './on-call.ts';
import type { AlertHead, Escalation, Stores } from './ports/database.ts';
import type { Outbound, Recipient } from './ports/messages.ts';
import { raiseAlarm } from './raise-alarm.ts';

/** Not that of a card: a direct message is no root of a thread, and one that is refused climbs no rung. */
const DIRECT_KEY = 'direct:';
/** The keys of texts with which somebody is paged: an alert, or a question to whoever has the case. */
const TEXT_PAGES = /^(?:alert|ask):/u;

interface Page {
  readonly key: string;
  readonly now: number;
}

/** Whether somebody is paged with it, so that it is in vain once a person has the case. */
export function isPage({ key, bodyKind }: Pick<AlertHead, 'key' | 'bodyKind'>): boolean {
  return key.startsWith(DIRECT_KEY) || (bodyKind === 'sms' && TEXT_PAGES.test(key));
}

/** By direct message and by text; what was to page them before and has not left is overtaken. */
export async function pagePerson(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  counselorId: CounselorId,
  page: Page,
): Promise<void> {
  const counselor = await stores.people.counselor(counselorId);
  if (counselor?.phone == null) {
    // Whoever has a case without being on call is told in Slack.
    if (!escalation.state.chain.includes(counselorId)) return;
    return skipPerson(deps, stores, escalation, counselorId, page);
  }
  const { key, now } = page;
  const recipient: Recipient = {
    kind: 'phone',
    phone: counselor.phone,
    phoneHash: deps.hashPhone(counselor.phone),
    menteeId: null,
    counselorId,
  };
  const isToSame = (row: Outbound) => row.recipient.kind === 'phone' && row.recipient.counselorId === counselorId;
  await overtake(stores, escalation, isToSame);
  if (counselor.slackUserId !== null) await pageInSlack(deps, stores, escalation, counselor.slackUserId, page);
  const body = { kind: 'sms', text: pageWords(deps, escalation) } as const;
  await stores.outbox.add(alertRow(escalation.id, `${ALERT_KEY}${key}`, { recipient, body, dueAt: now }), now);
}

/** No text can reach them: the operator hears why, and they are told in Slack as far as they are there. */
export async function skipPerson(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  counselorId: CounselorId,
  page: Page,
): Promise<void> {
  if ((await whySkipped(stores, counselorId)) !== 'no_phone') return;
  const counselor = await stores.people.counselor(counselorId);
  if (counselor?.slackUserId != null) await pageInSlack(deps, stores, escalation, counselor.slackUserId, page);
  deps.log.warn('on_call_without_phone', { escalationId: escalation.id });
  const detail = 'A person who is to be alerted has no phone: alerts by SMS skip them. Import their row with a phone.';
  await raiseAlarm(deps.log, stores, { kind: 'on_call_without_phone', subject: counselorId, detail, now: page.now });
}

async function pageInSlack(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  slackUserId: string,
  { key, now }: Page,
): Promise<void> {
  const recipient: Recipient = { kind: 'slack_user', slackUserId };
  // What could not be said in Slack to whoever was paged before is overtaken: they were texted.
  await overtake(stores, escalation, (row) => row.recipient.kind === 'slack_user' && row.createdAt < now);
  const body = {
    kind: 'slack_post',
    message: { kind: 'notice', title: pageWords(deps, escalation), lines: [] },
  } as const;
  await stores.outbox.add(alertRow(escalation.id, `${DIRECT_KEY}${key}`, { recipient, body, dueAt: now }), now);
}

async function overtake(stores: Stores, { id }: Escalation, isToSame: (row: Outbound) => boolean): Promise<void> {
  for (const row of await stores.outbox.pendingAlerts(id)) {
    if (isPage({ key: row.key, bodyKind: row.body.kind }) && isToSame(row)) await stores.outbox.drop(row.id, OVERTAKEN);
  }
}

/** Neither name nor words, only the case and what to do. */
function pageWords(deps: HouseDeps, { state, caseCode }: Escalation): string {
  const about = `${deps.content.current().program.name}: ${state.tier} alert, case ${caseCode}.`;
  if (isPagedAgain(state))
    return `${about} A mentee waits for an answer of the counselor who has them. Take over in the counselors' channel in Slack, or reply ACK ${caseCode} to look at it: alerts then rest for 10 minutes.`;
  if (state.status === 'handed_off')
    return `${about} It has become graver. You write with this mentee: open the counselors' channel in Slack now.`;
  return `${about} A mentee needs a counselor and nobody has acknowledged yet. Open the counselors' channel in Slack, or reply ACK ${caseCode} to take it.`;
}
