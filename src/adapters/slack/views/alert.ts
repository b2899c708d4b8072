// The card of a case in the counselors' channel: value → blocks. Its notification text has neither name nor words,
// because it shows on locked screens.

import type { KnownBlock } from '@slack/types';
import type { StaffMessage } from '../../../app/ports/messages.ts';
import { label, plain, row } from './text.ts';

type Alert = Extract<StaffMessage, { kind: 'alert' }>;

export const ACKNOWLEDGE_ACTION = 'acknowledge';
export const RESOLVE_ACTION = 'resolve';

const TIER_NAMES: Record<Alert['tier'], string> = { crisis: 'Crisis', high: 'High', moderate: 'Moderate' };
/** Words of one case shown on the card; the newest matter most. */
const WORDS_SHOWN = 12;

export interface Rendered {
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** The card as it stands: open with its buttons, acknowledged with who and when, or resolved. */
export function renderAlert(alert: Alert): Rendered {
  return { text: notification(alert), blocks: [header(alert), ...facts(alert), standing(alert), ...buttons(alert)] };
}

function notification(alert: Alert): string {
  if (alert.state === 'resolved') return `Case ${alert.caseCode} is resolved.`;
  if (alert.state === 'acknowledged') return `Case ${alert.caseCode} is acknowledged.`;
  const again = alert.round > 1 ? ` Nobody has acknowledged it yet (alert ${alert.round}).` : '';
  return `${TIER_NAMES[alert.tier]} alert: a mentee needs a counselor. Case ${alert.caseCode}.${again}`;
}

const STANDING: Record<Alert['state'], string> = {
  open: 'not acknowledged',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
};

function header(alert: Alert): KnownBlock {
  const text = `${TIER_NAMES[alert.tier]} · case ${alert.caseCode} · ${STANDING[alert.state]}`;
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}

function facts(alert: Alert): KnownBlock[] {
  const words = alert.words.slice(-WORDS_SHOWN).map((word) => `“${word}”`);
  return [
    row('First name', alert.firstName),
    row('Words that fired', words.length === 0 ? 'none: opened by a flow' : words.join('  ')),
    row('Answered automatically', alert.answered),
  ];
}

function standing(alert: Alert): KnownBlock {
  return { type: 'context', elements: [plain(standingText(alert), 1_000)] };
}

function standingText(alert: Alert): string {
  if (alert.state === 'resolved') return `Resolved by ${alert.resolvedBy ?? 'staff'}.`;
  if (alert.state === 'acknowledged') {
    return `Acknowledged by ${alert.acknowledgedBy ?? 'staff'}. Paging has stopped; the bot stays silent until the case is resolved.`;
  }
  const round = alert.round > 1 ? `Alert ${alert.round}. ` : '';
  return `${round}It is sent again every 5 minutes, here and by SMS to the on-call list, until somebody acknowledges.`;
}

function buttons(alert: Alert): KnownBlock[] {
  if (alert.state === 'resolved') return [];
  const acknowledge = {
    type: 'button' as const,
    action_id: ACKNOWLEDGE_ACTION,
    text: label('Acknowledge'),
    style: 'primary' as const,
    value: alert.escalationId,
  };
  const resolve = {
    type: 'button' as const,
    action_id: RESOLVE_ACTION,
    text: label('Resolve'),
    value: alert.escalationId,
    confirm: {
      title: { type: 'plain_text' as const, text: 'Resolve this case?' },
      text: { type: 'plain_text' as const, text: 'The student is safe or in good hands. The bot speaks again.' },
      confirm: { type: 'plain_text' as const, text: 'Resolve' },
      deny: { type: 'plain_text' as const, text: 'Not yet' },
    },
  };
  return [
    {
      type: 'actions',
      block_id: `case-${alert.escalationId}`,
      elements: alert.state === 'open' ? [acknowledge, resolve] : [resolve],
    },
  ];
}
