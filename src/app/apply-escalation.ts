// Turns the effects of a case into rows: posts and texts for staff, its timer, its alarms. Sends nothing itself.

import type { CounselorId, EscalationId } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import type { EscalationEffect } from '../core/safety/escalation.ts';
import { alertCard } from './alert-card.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Outbound, OutboundBody, Recipient } from './ports/messages.ts';
import { raiseAlarm } from './raise-alarm.ts';

export const ALERT_TIMER = 'alert';

export async function applyEscalationEffects(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  effects: readonly EscalationEffect[],
  now: number,
): Promise<void> {
  for (const [index, effect] of effects.entries()) {
    await applyOne(deps, stores, escalation, effect, { key: `${escalation.id}:${escalation.version}:${index}`, now });
  }
}

interface Deed {
  readonly key: string;
  readonly now: number;
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
      return alertChannel(stores, escalation, deed);
    case 'alert_by_sms':
      return alertBySms(deps, stores, escalation, effect.counselorId, deed);
    case 'update_alert':
      return updateAlerts(stores, escalation, deed);
    case 'set_alert_timer':
      return stores.timers.set({ kind: 'escalation', subject: escalation.id, name: ALERT_TIMER, dueAt: effect.dueAt });
    case 'clear_alert_timer':
      await dropPending(stores, escalation, (row) => row.body.kind === 'sms');
      return stores.timers.clear('escalation', escalation.id, ALERT_TIMER);
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

function alertRow(escalationId: EscalationId, key: string, recipient: Recipient, body: OutboundBody, dueAt: number) {
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
  } as const;
}

const COUNSELORS: Recipient = { kind: 'slack_channel', channel: 'counselors' };

async function alertChannel(stores: Stores, escalation: Escalation, { key, now }: Deed): Promise<void> {
  // After an outage the channel shall see the case once, not every alert that could not be posted meanwhile.
  await dropPending(stores, escalation, (row) => row.body.kind === 'slack_post');
  const posts = await stores.outbox.alertPosts(escalation.id);
  const message = await alertCard(stores, escalation, posts.length + 1);
  await stores.outbox.add(
    alertRow(escalation.id, `alert:${key}`, COUNSELORS, { kind: 'slack_post', message }, now),
    now,
  );
}

/** Every post of the case shows how it stands, so that nobody presses an old button in vain. */
async function updateAlerts(stores: Stores, escalation: Escalation, { key, now }: Deed): Promise<void> {
  const posts = await stores.outbox.alertPosts(escalation.id);
  for (const [index, post] of posts.entries()) {
    const message = await alertCard(stores, escalation, index + 1);
    const body = { kind: 'slack_update', ofOutboundId: post.id, message } as const;
    await stores.outbox.add(alertRow(escalation.id, `alert:${key}:${post.id}`, COUNSELORS, body, now), now);
  }
}

/** The text shows on a locked screen: neither name nor words, only the case and what to do. */
async function alertBySms(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  counselorId: CounselorId,
  { key, now }: Deed,
): Promise<void> {
  const counselor = await stores.people.counselor(counselorId);
  if (counselor?.phone == null) {
    deps.log.warn('on_call_without_phone', { escalationId: escalation.id });
    const detail = 'A person on the on-call list has no phone: alerts by SMS skip them. Import their row with a phone.';
    return raiseAlarm(deps.log, stores, { kind: 'on_call_without_phone', subject: counselorId, detail, now });
  }
  const { program } = deps.content.current();
  const text =
    `${program.name}: ${escalation.state.tier} alert, case ${escalation.caseCode}. A mentee needs a counselor and nobody ` +
    `has acknowledged yet. Open the counselors' channel in Slack, or reply ACK ${escalation.caseCode} to take it.`;
  const recipient: Recipient = {
    kind: 'phone',
    phone: counselor.phone,
    phoneHash: deps.hashPhone(counselor.phone),
    menteeId: null,
    counselorId,
  };
  const isToSame = (row: Outbound) => row.recipient.kind === 'phone' && row.recipient.counselorId === counselorId;
  await dropPending(stores, escalation, isToSame);
  await stores.outbox.add(alertRow(escalation.id, `alert:${key}`, recipient, { kind: 'sms', text }, now), now);
}

/** Alerts that have not left and are overtaken: by a newer one of the same kind, or by somebody who took the case. */
async function dropPending(
  stores: Stores,
  escalation: Escalation,
  isOvertaken: (row: Outbound) => boolean,
): Promise<void> {
  for (const row of await stores.outbox.pendingAlerts(escalation.id)) {
    if (row.key.startsWith('alert:') && isOvertaken(row)) await stores.outbox.drop(row.id, 'superseded');
  }
}
