// Pages one person about a case: a direct message in Slack and a text. Both show on a locked screen, so they have neither
// name nor words of the mentee. A direct message alone is no rung: who has no phone is skipped for the next person.

import type { CounselorId, Phone } from '../core/model/ids.ts';
import { isPagedAgain } from '../core/safety/escalation.ts';
import { ALERT_KEY, alertRow, OVERTAKEN } from './alert-row.ts';
import { postInThread } from './case-thread.ts';
import { drillMark } from './drill-mark.ts';
import type { HouseDeps } from './house-deps.ts';
import { type WhySkipped, whySkipped } from './on-call.ts';
import { nameOfActor } from './person.ts';
import type { AlertHead, Escalation, Stores } from './ports/database.ts';
import type { NewOutbound, Outbound, Recipient } from './ports/messages.ts';
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
  return key.startsWith(DIRECT_KEY) || bodyKind === 'call' || (bodyKind === 'sms' && TEXT_PAGES.test(key));
}

/**
 * One person gets so many pages in so long, of all cases together; a further repeat is left out, a first page never. Calls
 * count apart: many texts at once may not keep the phone from ringing at all.
 */
const AT_ONCE = { text: 6, call: 2 } as const;
const PAGES_WINDOW_MS = 5 * 60_000;

/**
 * Whether this page may leave. The first text of a case, and of each tier of it, to a person always does; many repeats at
 * once would only teach people to look away, and the channel is told of each.
 */
async function mayPage(
  stores: Stores,
  { id, state }: Escalation,
  page: { readonly counselorId: CounselorId; readonly way: keyof typeof AT_ONCE; readonly now: number },
): Promise<boolean> {
  const { counselorId, way, now } = page;
  const isFirst = way === 'text' && (await stores.house.takeSlot('paged', `${id}:${counselorId}:${state.tier}`, now));
  const window = Math.floor(now / PAGES_WINDOW_MS);
  for (let place = 0; place < AT_ONCE[way]; place += 1) {
    if (await stores.house.takeSlot(`staff-pages-${way}`, `${counselorId}:${window}:${place}`, now)) return true;
  }
  return isFirst;
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
  if (!(await mayPage(stores, escalation, { counselorId, way: 'text', now }))) {
    return deps.log.warn('page_throttled', { escalationId: escalation.id });
  }
  const recipient = phoneOf(deps, counselor.phone, counselorId);
  const isToSame = (row: Outbound) => row.recipient.kind === 'phone' && row.recipient.counselorId === counselorId;
  await overtake(stores, escalation, isToSame);
  if (counselor.slackUserId !== null)
    await pageInSlack(stores, escalation, {
      slackUserId: counselor.slackUserId,
      words: pageWords(deps, escalation),
      ...page,
    });
  const body = { kind: 'sms', text: pageWords(deps, escalation) } as const;
  await stores.outbox.add(alertRow(escalation.id, `${ALERT_KEY}${key}`, { recipient, body, dueAt: now }), now);
}

/** The first step, together with the channel: whoever is on call is told in Slack before their phone is. */
export async function tellDirectly(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  counselorId: CounselorId,
  page: Page,
): Promise<void> {
  const counselor = await stores.people.counselor(counselorId);
  if (counselor?.slackUserId == null) return;
  const { state, caseCode } = escalation;
  const words = `${drillMark(escalation)}${deps.content.current().program.name}: ${state.tier} alert, case ${caseCode}. A mentee needs a counselor. Acknowledge it in the counselors' channel in Slack, or text ACK ${caseCode}; else your phone is next.`;
  await pageInSlack(stores, escalation, { slackUserId: counselor.slackUserId, words, ...page });
}

/** Their phone rings. Nobody is phoned about a case of which they were not texted just before. */
export async function phonePerson(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  counselorId: CounselorId,
  { key, now }: Page,
): Promise<void> {
  const counselor = await stores.people.counselor(counselorId);
  if (counselor?.phone == null) return;
  if (!(await mayPage(stores, escalation, { counselorId, way: 'call', now }))) {
    return deps.log.warn('page_throttled', { escalationId: escalation.id });
  }
  const recipient = phoneOf(deps, counselor.phone, counselorId);
  for (const row of await stores.outbox.pendingAlerts(escalation.id)) {
    if (row.body.kind === 'call') await stores.outbox.drop(row.id, OVERTAKEN);
  }
  const body = { kind: 'call', text: callWords(deps, escalation) } as const;
  await stores.outbox.add(alertRow(escalation.id, `${ALERT_KEY}${key}`, { recipient, body, dueAt: now }), now);
}

function phoneOf(
  deps: HouseDeps,
  phone: Phone,
  counselorId: CounselorId,
): Extract<NewOutbound['recipient'], { kind: 'phone' }> {
  return { kind: 'phone', phone, phoneHash: deps.hashPhone(phone), menteeId: null, counselorId };
}

/** No text can reach them: the operator hears why, and they are told in Slack as far as they are there. */
export async function skipPerson(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  counselorId: CounselorId,
  page: Page,
): Promise<void> {
  const why = await whySkipped(stores, counselorId);
  if (why === null) return;
  await saySkipped(stores, escalation, { counselorId, why, now: page.now });
  if (why !== 'no_phone') return;
  const counselor = await stores.people.counselor(counselorId);
  if (counselor?.slackUserId != null)
    await pageInSlack(stores, escalation, {
      slackUserId: counselor.slackUserId,
      words: pageWords(deps, escalation),
      ...page,
    });
  deps.log.warn('on_call_without_phone', { escalationId: escalation.id });
  const detail = 'A person who is to be alerted has no phone: alerts by SMS skip them. Import their row with a phone.';
  await raiseAlarm(deps.log, stores, { kind: 'on_call_without_phone', subject: counselorId, detail, now: page.now });
}

const WHY_SKIPPED: Readonly<Record<WhySkipped, string>> = {
  no_phone: 'They have no phone on the roster: the next person is texted at once.',
  left: 'They have left: the next person is texted at once.',
};

/** In the thread, once for a case and person: the list is mended while the case goes on. */
async function saySkipped(
  stores: Stores,
  { id: escalationId }: Escalation,
  { counselorId, why, now }: { readonly counselorId: CounselorId; readonly why: WhySkipped; readonly now: number },
): Promise<void> {
  const title = `${await nameOfActor(stores, counselorId)} is skipped`;
  const message = { kind: 'notice', title, lines: [{ label: 'Why', text: WHY_SKIPPED[why] }] } as const;
  await postInThread(stores, { key: `skipped:${escalationId}:${counselorId}:${why}`, escalationId, message, now });
}

async function pageInSlack(
  stores: Stores,
  escalation: Escalation,
  { slackUserId, words, key, now }: Page & { readonly slackUserId: string; readonly words: string },
): Promise<void> {
  const recipient: Recipient = { kind: 'slack_user', slackUserId };
  // What could not be said in Slack to whoever was paged before is overtaken: they were texted.
  await overtake(stores, escalation, (row) => row.recipient.kind === 'slack_user' && row.createdAt < now);
  const body = { kind: 'slack_post', message: { kind: 'notice', title: words, lines: [] } } as const;
  await stores.outbox.add(alertRow(escalation.id, `${DIRECT_KEY}${key}`, { recipient, body, dueAt: now }), now);
}

async function overtake(stores: Stores, { id }: Escalation, isToSame: (row: Outbound) => boolean): Promise<void> {
  for (const row of await stores.outbox.pendingAlerts(id)) {
    if (isPage({ key: row.key, bodyKind: row.body.kind }) && isToSame(row)) await stores.outbox.drop(row.id, OVERTAKEN);
  }
}

/** What is heard: the case by its letters, never a name or a word of the mentee. */
function callWords(deps: HouseDeps, escalation: Escalation): string {
  const { state, caseCode } = escalation;
  const code = [...caseCode].join(', ');
  return `${drillMark(escalation)}This is ${deps.content.current().program.name}. ${state.tier} alert, case ${code}. Nobody has acknowledged it. Press 1 to acknowledge. Then open the counselors' channel in Slack.`;
}

/** Neither name nor words, only the case and what to do. */
function pageWords(deps: HouseDeps, escalation: Escalation): string {
  const { state, caseCode } = escalation;
  const about = `${drillMark(escalation)}${deps.content.current().program.name}: ${state.tier} alert, case ${caseCode}.`;
  if (isPagedAgain(state))
    return `${about} A mentee waits for an answer of the counselor who has them. Take over in the counselors' channel in Slack, or reply ACK ${caseCode} to look at it: alerts then rest for 10 minutes.`;
  if (state.status === 'handed_off')
    return `${about} It has become graver. You write with this mentee: open the counselors' channel in Slack now.`;
  return `${about} A mentee needs a counselor and nobody has acknowledged yet. Open the counselors' channel in Slack, or reply ACK ${caseCode} to take it.`;
}
