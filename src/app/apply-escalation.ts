// Turns the effects of a case into rows: posts and texts for staff, its timer, its alarms. Sends nothing itself.

import type { OutboundId } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import type { EscalationEffect } from '../core/safety/escalation.ts';
import { caseCard } from './alert-card.ts';
import { ALERT_KEY, alertRow, OVERTAKEN } from './alert-row.ts';
import { askHolder } from './ask-holder.ts';
import { giveBack } from './give-back.ts';
import type { HouseDeps } from './house-deps.ts';
import { isPage, pagePerson, skipPerson } from './page-person.ts';
import type { AlertHead, Escalation, Stores } from './ports/database.ts';
import type { Recipient } from './ports/messages.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { callOffNobodyYet, tellNobodyYet } from './tell-nobody-yet.ts';

export const ALERT_TIMER = 'alert';

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
const ADDS_ALERTS: ReadonlySet<EscalationEffect['kind']> = new Set([
  'alert_channel',
  'alert_by_sms',
  'skip_step',
  'ask_holder',
]);

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
      return pagePerson(deps, stores, escalation, effect.counselorId, deed);
    case 'skip_step':
      return skipPerson(deps, stores, escalation, effect.counselorId, deed);
    case 'tell_mentee_nobody_yet':
      return tellNobodyYet(deps, stores, escalation, deed.now);
    case 'update_alert':
      return updateAlerts(stores, escalation, deed);
    case 'set_alert_timer':
      return stores.timers.set({ kind: 'escalation', subject: escalation.id, name: ALERT_TIMER, dueAt: effect.dueAt });
    case 'stop_paging':
      return stopPaging(stores, escalation, deed);
    case 'clear_alert_timer':
      await stopPaging(stores, escalation, deed);
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
  await stores.outbox.add(
    alertRow(escalation.id, `${ALERT_KEY}${key}`, { recipient: COUNSELORS, body, dueAt: now }),
    now,
  );
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
  const row = alertRow(escalation.id, `${ALERT_KEY}${key}${ofPost}`, { recipient: COUNSELORS, body, dueAt: now });
  await stores.outbox.add(row, now);
}

/** Somebody is at it: what has not left yet is overtaken, alerts and questions to whoever had it. */
async function stopPaging(stores: Stores, escalation: Escalation, { alertsSoFar }: Deed): Promise<void> {
  for (const { id, key, isPending, bodyKind } of await alertsSoFar()) {
    if (isPending && isPage({ key, bodyKind })) await stores.outbox.drop(id, OVERTAKEN);
  }
  await callOffNobodyYet(stores, escalation);
}
