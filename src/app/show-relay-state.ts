// How a counselor's text fares, shown beneath it in the thread of its case: whatever changes its row rewrites the one
// post that stands for it. What was shown is never worth more than the row: an older word is not sent after a newer one.

import type { PhoneHash } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import { changeCase } from './case-actions.ts';
import { rewriteInThread } from './case-thread.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound, RelayState, StaffMessage } from './ports/messages.ts';
import type { Problem } from './ports/senders.ts';
import { NUMBER_DEAD, OPTED_OUT, stateKeyOf, wordsOfText } from './relayed-text.ts';

/** How a text stands, by its row. */
export function standingOf(row: Pick<Outbound, 'status' | 'receiptStatus' | 'recipient'>): RelayState {
  switch (row.status) {
    case 'pending':
    case 'claimed':
      return 'queued';
    case 'unknown':
    case 'lost':
      return 'unknown';
    case 'dropped':
      return 'not_sent';
    case 'failed':
    case 'parked':
      return 'not_delivered';
    case 'sent':
      return standingBySent(row);
    default:
      return unreachable(row.status);
  }
}

const ARRIVED: readonly string[] = ['delivered', 'read'];
const NOT_ARRIVED: readonly string[] = ['undelivered', 'failed', 'canceled'];

/** Slack shows a post to its reader as soon as it has it; a carrier says so later. */
function standingBySent({ receiptStatus, recipient }: Pick<Outbound, 'receiptStatus' | 'recipient'>): RelayState {
  if (recipient.kind !== 'phone' || ARRIVED.includes(receiptStatus ?? '')) return 'delivered';
  return NOT_ARRIVED.includes(receiptStatus ?? '') ? 'not_delivered' : 'sent';
}

/**
 * Shows how a text stands now, when it is one that a counselor wrote. Once for each (text, state): a receipt that comes
 * twice rewrites nothing. `problem` says why it was refused.
 */
export async function showRelayState(
  deps: HouseDeps,
  stores: Stores,
  {
    text,
    now,
    problem = null,
  }: {
    readonly text: Pick<Outbound, 'id' | 'messageClass'>;
    readonly now: number;
    readonly problem?: Problem | null;
  },
): Promise<void> {
  if (text.messageClass !== 'human_text') return;
  const row = await stores.outbox.byId(text.id);
  if (row === null) return;
  if (hasFailed(row)) await missAnswer(deps, stores, row, now);
  const post = await stores.outbox.byKey(stateKeyOf(row.key));
  if (post === null) return;
  const state = standingOf(row);
  // It still waits, as its post has said from the first.
  if (state === 'queued' && problem === null) return;
  const shown = stateMessage(row, state, [noteOf(post), reasonFor(state, problem)]);
  const message = problem !== null && NEVER.has(problem) ? { ...shown, resend: null } : shown;
  await rewriteInThread(stores, { key: `relay-shown:${row.id}:${state}`, post, message, now });
}

/** Whether it is over for this text and the student does not have it, as far as anybody can say. */
function hasFailed(row: Outbound): boolean {
  const state = standingOf(row);
  return row.status === 'lost' || state === 'not_sent' || state === 'not_delivered';
}

/** The slot of a text whose failure was told to its case: receipts come twice, and late. */
const FAILED_SLOT = 'answer-failed';

/** It was taken for an answer, and the student is without one again. Told to its case once for each text. */
async function missAnswer(deps: HouseDeps, stores: Stores, row: Outbound, now: number): Promise<void> {
  const escalation = row.escalationId === null ? null : await stores.escalations.byId(row.escalationId);
  if (escalation === null || !(await stores.house.takeSlot(FAILED_SLOT, row.id, now))) return;
  await changeCase(deps, stores, escalation, { kind: 'answer_failed', at: now }, now);
}

/** A STOP has dropped what waited to be texted to this person: each counselor sees that their words stayed here. */
export async function showDropped(
  deps: HouseDeps,
  stores: Stores,
  { phoneHash, now }: { readonly phoneHash: PhoneHash; readonly now: number },
): Promise<void> {
  for (const row of await stores.outbox.ofPhone(phoneHash)) {
    if (row.messageClass === 'human_text' && row.status === 'dropped') {
      await showRelayState(deps, stores, { text: row, now });
    }
  }
}

/** Takes the button from a text that was sent once more, and says so. */
export async function showResent(
  stores: Stores,
  row: Outbound,
  resent: { readonly by: string; readonly count: number; readonly now: number },
): Promise<void> {
  const post = await stores.outbox.byKey(stateKeyOf(row.key));
  if (post === null) return;
  const message = {
    ...stateMessage(row, standingOf(row), [noteOf(post), `Sent again by ${resent.by}.`]),
    resend: null,
  };
  const key = `relay-shown:${row.id}:resent:${resent.count}`;
  await rewriteInThread(stores, { key, post, message, now: resent.now });
}

/** Whether this is how a text stood a while ago: something newer is shown or on its way, and must not be overwritten. */
export async function isOutdated(stores: Stores, post: Outbound, message: StaffMessage): Promise<boolean> {
  if (message.kind !== 'relay_state') return false;
  const rest = post.key.slice('relay-state:'.length);
  const row = (await stores.outbox.byKey(`relay:${rest}`)) ?? (await stores.outbox.byKey(rest));
  return row !== null && standingOf(row) !== message.state;
}

function stateMessage(
  row: Outbound,
  state: RelayState,
  reasons: readonly string[],
): Extract<StaffMessage, { kind: 'relay_state' }> {
  const reason = reasons.filter((part) => part !== '').join(' ');
  return { kind: 'relay_state', state, text: wordsOfText(row), reason, resend: canResend(state) ? row.id : null };
}

/** Whether a person may decide to send it once more: it may not have arrived. */
export function canResend(state: RelayState): boolean {
  return state === 'unknown' || state === 'not_delivered';
}

/** What the post said from the first, and goes on saying: that a file stayed here. */
function noteOf({ body }: Outbound): string {
  return body.kind === 'slack_post' && body.message.kind === 'relay_state' ? body.message.reason : '';
}

/** Sending it once more would come to the same. */
const NEVER: ReadonlySet<Problem> = new Set(['bad_number', 'opted_out']);

const TRIED_AGAIN = 'It is tried again; phone this student if it cannot wait.';

function reasonFor(state: RelayState, problem: Problem | null): string {
  switch (state) {
    case 'unknown':
      return 'It may or may not have arrived. Phone this student, or send it again.';
    case 'not_sent':
      return OPTED_OUT;
    case 'not_delivered':
      return problem === null ? 'Phone this student.' : (REFUSALS[problem] ?? 'Phone this student.');
    case 'queued':
      return problem === null ? '' : TRIED_AGAIN;
    default:
      return '';
  }
}

const REFUSALS: Record<Problem, string> = {
  bad_number: NUMBER_DEAD,
  opted_out: OPTED_OUT,
  too_long: 'It was refused as too long: send it in parts, or phone this student.',
  route_closed: 'Texts to this kind of number are switched off: phone this student.',
  account: 'Twilio refuses our account, and no texts go out: phone this student.',
  unregistered: 'No texts go out until the number is registered: phone this student.',
  rate: 'Too many texts at once: phone this student.',
  unreachable: 'Their phone is off or out of reach: phone this student.',
  filtered: 'The carrier did not let it through: phone this student, or word it without links.',
  daily_cap: 'No more texts reach their carrier today: phone this student.',
  expired: 'It could not be delivered in time: phone this student.',
  channel_dead: 'Slack cannot reach this person: phone them.',
  auth_dead: 'Slack refuses our token: phone this student.',
  unclassified: 'It was refused, and nobody knows why: phone this student.',
};
