// What the card of a case shows at this moment.

import type { CounselorId } from '../core/model/ids.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { StaffMessage } from './ports/messages.ts';

const IN_SLACK = 'slack:';

/** Somebody who acts in Slack without being on the roster of counselors is known by their Slack id. */
export function slackActor(slackUserId: string): string {
  return `${IN_SLACK}${slackUserId}`;
}

/** The card, as its `round`-th post in the channel. */
export async function alertCard(
  stores: Stores,
  escalation: Escalation,
  round: number,
): Promise<Extract<StaffMessage, { kind: 'alert' }>> {
  const { state } = escalation;
  const mentee = escalation.menteeId === null ? null : await stores.people.mentee(escalation.menteeId);
  return {
    kind: 'alert',
    escalationId: escalation.id,
    caseCode: escalation.caseCode,
    firstName: mentee?.firstName ?? 'Not a mentee on the roster',
    tier: state.tier,
    words: escalation.words,
    answered: escalation.answered,
    openedAt: state.openedAt,
    round,
    state: state.status === 'handed_off' ? 'acknowledged' : state.status,
    acknowledgedBy: await nameOf(stores, state.acknowledgedBy),
    acknowledgedAt: state.acknowledgedAt,
    resolvedBy: await nameOf(stores, state.resolvedBy),
  };
}

async function nameOf(stores: Stores, who: CounselorId | null): Promise<string | null> {
  if (who === null) return null;
  const counselor = await stores.people.counselor(who);
  if (counselor !== null) return `${counselor.firstName} ${counselor.lastName}`.trim();
  return who.startsWith(IN_SLACK) ? `somebody in this channel (${who.slice(IN_SLACK.length)})` : 'staff';
}
