// Turns the effects of a case into rows: posts and texts for staff, its timer, its alarms. Sends nothing itself.

import type { OutboundId } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import type { EscalationEffect } from '../core/safety/escalation.ts';
import { caseCard } from './alert-card.ts';
import { ALERT_KEY, alertRow, OVERTAKEN } from './alert-row.ts';
import { askHolder } from './ask-holder.ts';
import { postInThread } from './case-thread.ts';
import { drillMark } from './drill-mark.ts';
import { giveBack } from './give-back.ts';
import type { HouseDeps } from './house-deps.ts';
import { isPage, pagePerson, phonePerson, skipPerson, tellDirectly } from './page-person.ts';
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
  'alert_direct',
  'alert_by_sms',
  'alert_by_call',
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
    case 'alert_direct':
      return tellDirectly(deps, stores, escalation, effect.counselorId, deed);
    case 'alert_by_call':
      return phonePerson(deps, stores, escalation, effect.counselorId, deed);
    case 'tell_operator':
      return tellOperator(deps, stores, escalation, deed.now);
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
      await sayNobody(stores, escalation, effect.reason, deed.now);
      deps.log.error('escalation_alarm', { escalationId: escalation.id, reason: effect.reason });
      return raiseAlarm(deps.log, stores, {
        kind: effect.reason,
        subject: escalation.id,
        detail: `${drillMark(escalation)}Case ${escalation.caseCode} has nobody left to page. Look into the counselors' channel now, and mend the on-call list.`,
        now: deed.now,
      });
    default:
      return unreachable(effect);
  }
}

/** The alarm of a case that a whole round did not move; `tick` tells it to the operator's own webhook. */
const IN_VAIN = 'nobody_acknowledged';

/** The last rung of a round: the operator, in the staff channel and by the webhook, anew each time. */
async function tellOperator(deps: HouseDeps, stores: Stores, escalation: Escalation, now: number): Promise<void> {
  const { id, caseCode, state } = escalation;
  await stores.house.clearAlarm(IN_VAIN, id, now);
  const rounds = `${state.round} full round${state.round === 1 ? '' : 's'}`;
  const detail = `${drillMark(escalation)}Nobody of the on-call list has acknowledged case ${caseCode} in ${rounds} of texts and calls. Reach a counselor yourself now; the paging goes on.`;
  await raiseAlarm(deps.log, stores, { kind: IN_VAIN, subject: id, detail, now });
  const message = {
    kind: 'notice',
    title: `Nobody has acknowledged in ${rounds}: the operator is told, and the list begins again`,
    lines: [],
  } as const;
  // After an outage of Slack the thread shall say it once, not for every round that was meanwhile.
  const keyOf = (round: number) => `in-vain:${id}:${round}`;
  const before = await stores.outbox.byKey(keyOf(state.round - 1));
  if (before?.status === 'pending') await stores.outbox.drop(before.id, OVERTAKEN);
  await postInThread(stores, { key: keyOf(state.round), escalationId: id, message, now });
}

const NOBODY_WORDS = {
  nobody_on_call: 'Nobody on the on-call list can be texted: that step is empty, and the channel is told again',
  nobody_reachable: 'Everybody on the on-call list was tried or refused: the operator is told, and the paging goes on',
} as const;

/** An empty rung is no silent one: once for a case and reason, in its thread. */
async function sayNobody(
  stores: Stores,
  { id }: Escalation,
  reason: keyof typeof NOBODY_WORDS,
  now: number,
): Promise<void> {
  const message = { kind: 'notice', title: NOBODY_WORDS[reason], lines: [] } as const;
  await postInThread(stores, { key: `${reason}:${id}`, escalationId: id, message, now });
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

/** The cards show something new though no event moved the case. The same key is the same change. */
export async function redrawCards(
  stores: Stores,
  escalation: Escalation,
  { key, now }: Pick<Deed, 'key' | 'now'>,
): Promise<void> {
  const alertsSoFar = () => stores.outbox.alerts(escalation.id);
  await updateAlerts(stores, escalation, { key, now, showsAnyhow: false, alertsSoFar });
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
async function stopPaging(stores: Stores, escalation: Escalation, { alertsSoFar, now }: Deed): Promise<void> {
  for (const { id, key, isPending, bodyKind } of await alertsSoFar()) {
    if (isPending && isPage({ key, bodyKind })) await stores.outbox.drop(id, OVERTAKEN);
  }
  await callOffNobodyYet(stores, escalation);
  await stores.house.clearAlarm(IN_VAIN, escalation.id, now);
}
