// Turns the effects of a case into rows: posts and texts for staff, its timer, its alarms. Sends nothing itself.

import type { CounselorId, EscalationId, OutboundId } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import { type EscalationEffect, isPagedAgain } from '../core/safety/escalation.ts';
import { caseCard } from './alert-card.ts';
import { askHolder } from './ask-holder.ts';
import { giveBack } from './give-back.ts';
import type { HouseDeps } from './house-deps.ts';
import type { AlertHead, Escalation, Stores } from './ports/database.ts';
import type { NewOutbound, Outbound, OutboundBody, Recipient } from './ports/messages.ts';
import { raiseAlarm } from './raise-alarm.ts';

export const ALERT_TIMER = 'alert';
/** How the keys of all alerts of a case begin: its cards, their changes, and the texts to staff. */
export const ALERT_KEY = 'alert:';
/** The keys of what somebody is paged with: an alert, or a question to whoever has the case. */
const PAGES = /^(?:alert|ask):/u;
/** Rows that have not left and are overtaken: by a newer one of the same kind, or by somebody who took the case. */
const OVERTAKEN = 'superseded';

export async function applyEscalationEffects(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  effects: readonly EscalationEffect[],
  now: number,
): Promise<void> {
  const showsAnyhow = effects.some((effect) => effect.kind === 'update_alert');
  let alerts: Promise<AlertHead[]> | null = null;
  const alertsSoFar = () => {
    alerts ??= stores.outbox.alerts(escalation.id);
    return alerts;
  };
  for (const [index, effect] of effects.entries()) {
    const key = `${escalation.id}:${escalation.version}:${index}`;
    await applyOne(deps, stores, escalation, effect, { key, now, showsAnyhow, alertsSoFar });
    if (ADDS_ALERTS.has(effect.kind)) alerts = null;
  }
}

/** After these there are other cards and texts than before; a change of a card is neither. */
const ADDS_ALERTS: ReadonlySet<EscalationEffect['kind']> = new Set(['alert_channel', 'alert_by_sms', 'ask_holder']);

interface Deed {
  readonly key: string;
  readonly now: number;
  /** The cards that are there are rewritten by another effect of the same event. */
  readonly showsAnyhow: boolean;
  /** The cards and texts of the case that are there, read once for the effects of an event. */
  readonly alertsSoFar: () => Promise<AlertHead[]>;
}

async function applyOne(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  effect: EscalationEffect,
  deed: Deed,
): Promise<void> {
  switch (effect.kind) {
    case 'alert_channel':
      return alertChannel(deps, stores, escalation, deed);
    case 'alert_by_sms':
      return alertBySms(deps, stores, escalation, effect.counselorId, deed);
    case 'update_alert':
      return updateAlerts(stores, escalation, deed);
    case 'set_alert_timer':
      return stores.timers.set({ kind: 'escalation', subject: escalation.id, name: ALERT_TIMER, dueAt: effect.dueAt });
    case 'stop_paging':
      return stopPaging(stores, deed);
    case 'clear_alert_timer':
      await stopPaging(stores, deed);
      return stores.timers.clear('escalation', escalation.id, ALERT_TIMER);
    case 'ask_holder':
      return askHolder(deps, stores, escalation, { ...effect, key: deed.key, now: deed.now });
    case 'give_back':
      return giveBack(deps, stores, escalation, effect.at, deed.now);
    case 'raise_alarm':
      deps.log.error('escalation_alarm', { escalationId: escalation.id, reason: effect.reason });
      return raiseAlarm(deps.log, stores, {
        kind: effect.reason,
        subject: escalation.id,
        detail: `Case ${escalation.caseCode} has nobody left to page. Look into the counselors' channel now, and mend the on-call list.`,
        now: deed.now,
      });
    default:
      return unreachable(effect);
  }
}

function alertRow(
  escalationId: EscalationId,
  key: string,
  recipient: Recipient,
  body: OutboundBody,
  dueAt: number,
): NewOutbound {
  return {
    key,
    messageClass: 'alert',
    recipient,
    body,
    dueAt,
    escalationId,
    inReplyTo: null,
    isIntroduction: false,
    task: null,
    saidBy: null,
  };
}

const COUNSELORS: Recipient = { kind: 'slack_channel', channel: 'counselors' };

/** A card of the case; later words about it in the channel, and texts to staff, are none. */
function isCard({ key, bodyKind }: AlertHead): boolean {
  return bodyKind === 'slack_post' && key.startsWith(ALERT_KEY);
}

/** The first card is the root of the case's thread; every later one is broadcast into it, so that the channel is told. */
async function alertChannel(deps: HouseDeps, stores: Stores, escalation: Escalation, deed: Deed): Promise<void> {
  const { key, now, showsAnyhow, alertsSoFar } = deed;
  const cards = (await alertsSoFar()).filter(isCard);
  // After an outage the channel shall see the case once, not every alert that could not be posted meanwhile.
  for (const { id, isPending } of cards) if (isPending) await stores.outbox.drop(id, OVERTAKEN);
  const posts = cards.filter(({ isPending }) => !isPending);
  const [root] = posts;
  const message = await caseCard(deps, stores, { escalation, round: posts.length + 1, now });
  const thread = root === undefined ? null : { ofOutboundId: root.id, broadcast: true };
  const body = { kind: 'slack_post', message, thread } as const;
  await stores.outbox.add(alertRow(escalation.id, `${ALERT_KEY}${key}`, COUNSELORS, body, now), now);
  // The card at the top says who is paged next, so it is never older than the last page.
  if (root !== undefined && !showsAnyhow) await rewrite(stores, escalation, { post: root.id, round: 1, deed });
}

/** Every post of the case shows how it stands, so that nobody presses an old button in vain. */
async function updateAlerts(stores: Stores, escalation: Escalation, deed: Deed): Promise<void> {
  const posts = (await deed.alertsSoFar()).filter(isCard);
  for (const [index, { id }] of posts.entries()) {
    await rewrite(stores, escalation, { post: id, round: index + 1, deed });
  }
}

/** What the card then shows is read when the change leaves: it is never older than the case. */
async function rewrite(
  stores: Stores,
  escalation: Escalation,
  card: { readonly post: OutboundId; readonly round: number; readonly deed: Deed },
): Promise<void> {
  const { post, round, deed } = card;
  const { key, now } = deed;
  const ofPost = `:${post}`;
  for (const { id, bodyKind, isPending, key: earlier } of await deed.alertsSoFar()) {
    if (isPending && bodyKind === 'slack_update' && earlier.endsWith(ofPost)) await stores.outbox.drop(id, OVERTAKEN);
  }
  const message = { kind: 'case_card', escalationId: escalation.id, round } as const;
  const body = { kind: 'slack_update', ofOutboundId: post, message } as const;
  await stores.outbox.add(alertRow(escalation.id, `${ALERT_KEY}${key}${ofPost}`, COUNSELORS, body, now), now);
}

async function alertBySms(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  counselorId: CounselorId,
  { key, now }: Deed,
): Promise<void> {
  const counselor = await stores.people.counselor(counselorId);
  if (counselor?.phone == null) {
    // Whoever has a case without being on call is told in Slack.
    if (!escalation.state.chain.includes(counselorId)) return;
    deps.log.warn('on_call_without_phone', { escalationId: escalation.id });
    const detail =
      'A person who is to be alerted has no phone: alerts by SMS skip them. Import their row with a phone.';
    return raiseAlarm(deps.log, stores, { kind: 'on_call_without_phone', subject: counselorId, detail, now });
  }
  const recipient: Recipient = {
    kind: 'phone',
    phone: counselor.phone,
    phoneHash: deps.hashPhone(counselor.phone),
    menteeId: null,
    counselorId,
  };
  const isToSame = (row: Outbound) =>
    row.body.kind === 'sms' && row.recipient.kind === 'phone' && row.recipient.counselorId === counselorId;
  for (const row of await stores.outbox.pendingAlerts(escalation.id)) {
    if (PAGES.test(row.key) && isToSame(row)) await stores.outbox.drop(row.id, OVERTAKEN);
  }
  const body: OutboundBody = { kind: 'sms', text: smsOf(deps, escalation) };
  await stores.outbox.add(alertRow(escalation.id, `${ALERT_KEY}${key}`, recipient, body, now), now);
}

/** The text shows on a locked screen: neither name nor words, only the case and what to do. */
function smsOf(deps: HouseDeps, { state, caseCode }: Escalation): string {
  const about = `${deps.content.current().program.name}: ${state.tier} alert, case ${caseCode}.`;
  if (isPagedAgain(state))
    return `${about} A mentee waits for an answer of the counselor who has them. Take over in the counselors' channel in Slack, or reply ACK ${caseCode} to look at it: alerts then rest for 10 minutes.`;
  if (state.status === 'handed_off')
    return `${about} It has become graver. You write with this mentee: open the counselors' channel in Slack now.`;
  return `${about} A mentee needs a counselor and nobody has acknowledged yet. Open the counselors' channel in Slack, or reply ACK ${caseCode} to take it.`;
}

/** Somebody is at it: what has not left yet is overtaken, alerts and questions to whoever had it. */
async function stopPaging(stores: Stores, { alertsSoFar }: Deed): Promise<void> {
  for (const { id, key, bodyKind, isPending } of await alertsSoFar()) {
    if (isPending && bodyKind === 'sms' && PAGES.test(key)) await stores.outbox.drop(id, OVERTAKEN);
  }
}
