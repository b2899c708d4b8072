// The card of a case in the counselors' channel: value → blocks. Its notification text has neither name nor words,
// because it shows on locked screens.

import type { Button, KnownBlock } from '@slack/types';
import type { AlertCard } from '../../../app/ports/messages.ts';
import { unreachable } from '../../../core/model/invariant.ts';
import { doNudgesWait } from '../../../core/safety/escalation.ts';
import { ACT, ASK } from './action-ids.ts';
import { dutyBlocks, textingBlocks } from './alert-duties.ts';
import { OUTCOME_WORDS } from './case-words.ts';
import { actions, button, context, heading, type Rendered, section } from './elements.ts';
import { clip, nameIn, row } from './text.ts';
import { dateTimeWords, timeWords } from './times.ts';

const TIER_NAMES: Record<AlertCard['tier'], string> = { crisis: 'Crisis', high: 'High', moderate: 'Moderate' };
/** Words of one case shown on the card; the newest matter most, so each is kept short enough for all. */
const WORDS_SHOWN = 12;
const WORD_LIMIT = 110;

/** The card as it stands: who has the case, what happens next, and the buttons that its state allows. */
export function renderAlert(alert: AlertCard): Rendered {
  return {
    text: notification(alert),
    blocks: [
      header(alert),
      ...facts(alert),
      ...textingBlocks(alert),
      ...standing(alert),
      buttons(alert),
      ...dutyBlocks(alert),
      ...fallback(alert),
    ],
  };
}

function notification(alert: AlertCard): string {
  return `${drillWords(alert)}${notified(alert)}`;
}

/** Before everything else, so that nobody takes a drill for a student. */
function drillWords({ isDrill }: AlertCard): string {
  return isDrill === true ? 'DRILL · ' : '';
}

function notified(alert: AlertCard): string {
  switch (alert.state) {
    case 'resolved':
      return `Case ${alert.caseCode} is resolved.`;
    case 'acknowledged':
      return `Case ${alert.caseCode} is acknowledged.`;
    case 'handed_off':
      return alert.unansweredSince === null
        ? `Case ${alert.caseCode}: a counselor has taken it over.`
        : `Case ${alert.caseCode}: a text waits for an answer.`;
    case 'open': {
      const again = alert.round > 1 ? ` Nobody has acknowledged it yet (alert ${alert.round}).` : '';
      return `${TIER_NAMES[alert.tier]} alert: a mentee needs a counselor. Case ${alert.caseCode}.${again}`;
    }
    default:
      return unreachable(alert.state);
  }
}

const STANDING: Record<AlertCard['state'], string> = {
  open: 'not acknowledged',
  acknowledged: 'acknowledged',
  handed_off: 'taken over',
  resolved: 'resolved',
};

function header(alert: AlertCard): KnownBlock {
  return heading(`${drillWords(alert)}${TIER_NAMES[alert.tier]} · case ${alert.caseCode} · ${STANDING[alert.state]}`);
}

function facts(alert: AlertCard): KnownBlock[] {
  if (alert.wordsRemovedAt != null) {
    const on = dateTimeWords(alert.wordsRemovedAt, alert.timeZone);
    return [row('First name', alert.firstName), section(`The words of this case were removed on ${on}.`)];
  }
  const words = alert.words.slice(-WORDS_SHOWN).map((word) => `“${clip(word, WORD_LIMIT)}”`);
  return [
    row('First name', alert.firstName),
    row('Words that fired', words.length === 0 ? 'none: somebody asked for a person' : words.join('  ')),
    row('Answered automatically', alert.answered),
  ];
}

function standing(alert: AlertCard): KnownBlock[] {
  const waits = alert.state !== 'resolved' && alert.unansweredSince !== null;
  const since = timeWords(alert.unansweredSince ?? alert.openedAt, alert.timeZone);
  return [
    ...(waits ? [section(`A text has waited for an answer since ${since}. Can somebody write?`)] : []),
    section(standingWords(alert)),
    ...skippedWords(alert),
    ...toldWords(alert),
    context(`Opened ${dateTimeWords(alert.openedAt, alert.timeZone)}`),
  ];
}

function standingWords(alert: AlertCard): string {
  switch (alert.state) {
    case 'open':
      return `${alert.round > 1 ? `Alert ${alert.round}. ` : ''}Nobody has it yet. ${nextWords(alert)}`;
    case 'acknowledged':
      return `Acknowledged by ${holder(alert)}${sinceWords(alert)}. ${botWords(alert)} ${nextWords(alert)}`.trim();
    case 'handed_off':
      return [
        `${nameIn(alert.heldBy ?? alert.acknowledgedBy ?? 'Somebody')} writes with the student: what they write in this`,
        `thread goes out as a text, and a line that starts with // stays here. ${botWords(alert)} ${nextWords(alert)}`,
      ]
        .join(' ')
        .trim();
    case 'resolved':
      return resolvedWords(alert);
    default:
      return unreachable(alert.state);
  }
}

const WHY_SKIPPED = { no_phone: 'no phone', left: 'left' } as const;

/** Whose turn is skipped, so that somebody mends the list. */
function skippedWords({ skipped = [] }: AlertCard): KnownBlock[] {
  if (skipped.length === 0) return [];
  const names = skipped.map(({ name, why }) => `${nameIn(name)} (${WHY_SKIPPED[why]})`);
  return [section(`Skipped, no text can reach them: ${names.join(', ')}.`)];
}

function toldWords({ menteeToldAt, state, timeZone }: AlertCard): KnownBlock[] {
  if (menteeToldAt == null || state !== 'open') return [];
  return [
    context(`Nobody had acknowledged by ${timeWords(menteeToldAt, timeZone)}, and they were told so: see the thread.`),
  ];
}

/** Who is paged next; while somebody has the case and nobody is, paging has stopped. */
function nextWords(alert: AlertCard): string {
  if (alert.nextPaged !== null) {
    const { name, at, by } = alert.nextPaged;
    return `Next, ${nameIn(name)} ${by === 'call' ? 'is phoned' : 'gets a text'} at ${timeWords(at, alert.timeZone)}.`;
  }
  if (alert.state !== 'open') return '';
  return 'No phone is on the on-call list: this channel is told again until somebody acknowledges.';
}

function holder(alert: AlertCard): string {
  return nameIn(alert.acknowledgedBy ?? 'staff');
}

function sinceWords(alert: AlertCard): string {
  return alert.acknowledgedAt === null ? '' : `, ${timeWords(alert.acknowledgedAt, alert.timeZone)}`;
}

function botWords(alert: AlertCard): string {
  return alert.released
    ? 'The bot speaks with the student again; the case stays open until somebody resolves it.'
    : 'The bot stays silent.';
}

function resolvedWords(alert: AlertCard): string {
  const by = `Resolved by ${nameIn(alert.resolvedBy ?? 'staff')}.`;
  // Cards from before the outcome was asked for have none, and nothing was chosen about nudges.
  if (alert.outcome === null) return by;
  const resume =
    alert.nudgesResumeAt === null
      ? 'Nudges wait until somebody says so.'
      : `Nudges come back ${dateTimeWords(alert.nudgesResumeAt, alert.timeZone)}.`;
  return `${by} ${OUTCOME_WORDS[alert.outcome]}. ${resume}`;
}

function buttons(alert: AlertCard): KnownBlock {
  const value = alert.escalationId;
  const acknowledge = button(ACT.acknowledge, 'Acknowledge', { value, style: 'primary' });
  const takeOver = button(ACT.takeOver, 'Take over', { value });
  const rest = [
    button(ASK.caseCall, 'Call', { value }),
    button(ASK.caseDetails, 'Details', { value }),
    button(ASK.resolveCase, 'Resolve', { value }),
  ];
  const byState: Record<AlertCard['state'], Button[]> = {
    open: [acknowledge, takeOver, ...rest],
    acknowledged: [takeOver, ...rest],
    handed_off: [
      ...(alert.unansweredSince === null ? [] : [takeOver, acknowledge]),
      button(ACT.release, 'Release', { value }),
      ...rest,
    ],
    resolved: [
      ...(doNudgesWait({ ...alert, status: alert.state }) ? [button(ACT.resumeNudges, 'Nudges again', { value })] : []),
      button(ACT.reopen, 'Re-open', { value }),
      button(ASK.caseDetails, 'Details', { value }),
    ],
  };
  return actions(byState[alert.state], `case-${value}`);
}

/** SL-12: when Slack hands over no presses, the words are read by the poll of the thread. */
function fallback(alert: AlertCard): KnownBlock[] {
  return alert.state === 'resolved' ? [] : [context('Buttons dead? Write ack, take over or release in this thread.')];
}
