// The outbox row of an alert: a card of a case, a change of it, or a page to a person.

import type { EscalationId } from '../core/model/ids.ts';
import { OF_NO_FLOW } from './outbound-rows.ts';
import type { AlertHead } from './ports/database.ts';
import type { NewOutbound, OutboundBody, Recipient } from './ports/messages.ts';

/** How the keys of all alerts of a case begin: its cards, their changes, and the texts to staff. */
export const ALERT_KEY = 'alert:';
/** Why a row is dropped that has not left: by a newer one of the same kind, or by somebody who took the case. */
export const OVERTAKEN = 'superseded';

/** Whether an alert is a card of its case in the channel, and no page to a person. */
export function isCard({ key, bodyKind }: Pick<AlertHead, 'key' | 'bodyKind'>): boolean {
  return bodyKind === 'slack_post' && key.startsWith(ALERT_KEY);
}

/** What pages somebody has the class of an alert, so that it hurries and no gate is asked. */
export function alertRow(
  escalationId: EscalationId,
  key: string,
  to: { readonly recipient: Recipient; readonly body: OutboundBody; readonly dueAt: number },
): NewOutbound {
  return {
    ...to,
    key,
    messageClass: 'alert',
    escalationId,
    ...OF_NO_FLOW,
  };
}
