// The words of a case that is for counselors alone (immigration) are removed after its end: in the case, in what came in
// and went out, and in Slack. The rows stay, with a mark. A day is left to open the case again.

import { asEscalationId } from '../core/model/ids.ts';
import { isPrivate } from '../core/safety/case-about.ts';
import type { EscalationEvent } from '../core/safety/escalation.ts';
import { redrawCards } from './apply-escalation.ts';
import { rewriteInThread } from './case-thread.ts';
import type { HouseDeps } from './house-deps.ts';
import { HOUSE } from './person.ts';
import type { Escalation, Stores, Timer } from './ports/database.ts';
import type { Outbound, OutboundBody, StaffMessage } from './ports/messages.ts';

/** The timer of a case at which its words go. */
export const FORGET_TIMER = 'forget_words';
const DAY_MS = 24 * 3_600_000;
/** A case that was ended by mistake can be opened again, with its words, for so long. */
const UNDO_MS = DAY_MS;
/** Texts that were read together with the first one of the case. */
const READ_ALONG_MS = 2 * 3_600_000;
const REMOVED: StaffMessage = { kind: 'notice', title: 'These words were removed after the case.', lines: [] };
/** Why a text of the case that never left does not leave any more. */
const WORDS_REMOVED = 'words_removed';

/** The end of such a case sets the day; opening it again takes it back. */
export async function planForgetting(
  deps: HouseDeps,
  stores: Stores,
  { id, topics = [] }: Escalation,
  event: EscalationEvent,
): Promise<void> {
  if (event.kind === 'reopened') return stores.timers.clear('escalation', id, FORGET_TIMER);
  if (event.kind !== 'resolved' || !isPrivate(topics)) return;
  const days = deps.content.current().program.forget_immigration_after_days;
  const dueAt = event.at + Math.max(UNDO_MS, days * DAY_MS);
  await stores.timers.set({ kind: 'escalation', subject: id, name: FORGET_TIMER, dueAt });
}

/** The day has come. Removes nothing from a case that goes on. */
export async function forgetWords(deps: HouseDeps, stores: Stores, timer: Timer): Promise<void> {
  const now = deps.clock.now();
  const escalation = await stores.escalations.byId(asEscalationId(timer.subject));
  if (escalation === null || escalation.state.resolvedAt === null || !isPrivate(escalation.topics ?? [])) return;
  const { id, phoneHash, state } = escalation;
  const span = { from: state.openedAt - READ_ALONG_MS, until: state.resolvedAt ?? now };
  const texts = await stores.inbox.removeWords(phoneHash, span, now);
  for (const row of await stores.outbox.ofEscalation(id)) await forgetRow(stores, row, now);
  await stores.escalations.removeWords(escalation, now);
  await redrawCards(stores, escalation, { key: `forget:${id}:${state.resolvedAt}`, now });
  deps.log.info('case_words_removed', { escalationId: id, count: texts });
  await stores.audit.add({
    at: now,
    actor: HOUSE,
    action: 'case_words_removed',
    subjectKind: 'case',
    subject: id,
    detail: { texts },
  });
}

/** One row of the case: what it says goes, here and in Slack; what has not left does not leave any more. */
async function forgetRow(stores: Stores, row: Outbound, now: number): Promise<void> {
  const body = withoutWords(row);
  if (body === null) return;
  if (row.status === 'pending') await stores.outbox.drop(row.id, WORDS_REMOVED);
  await stores.outbox.removeWords(row.id, body, now);
  const isShown = row.body.kind === 'slack_post' && row.body.message.kind !== 'alert' && row.providerId !== null;
  // What stands in somebody's own messages is theirs: only the channel is rewritten.
  if (!isShown || row.recipient.kind !== 'slack_channel') return;
  await rewriteInThread(stores, { key: `forget:${row.id}`, post: row, message: REMOVED, now });
}

/** The same row with nothing of what was said; null when it says nothing of a person. */
function withoutWords({ body, messageClass }: Outbound): OutboundBody | null {
  switch (body.kind) {
    case 'sms':
      return messageClass === 'safety_reply' || messageClass === 'human_text' ? { ...body, text: '' } : null;
    case 'call':
      return null;
    case 'slack_post':
      return { ...body, message: bare(body.message) };
    case 'slack_update':
      return body.message.kind === 'case_card' ? null : { ...body, message: bare(body.message) };
  }
}

function bare(message: StaffMessage): StaffMessage {
  return message.kind === 'alert' ? { ...message, words: [], answered: '' } : REMOVED;
}
