// One attempt at one claimed row: the gates once more, the call, and the record of what came of it. The last look at
// the gates and the start of the call share a turn of the event loop, so no STOP can commit between them (TX-07).

import { decideSend, type GateDecision } from '../core/safety/message-gates.ts';
import { cardOfCase } from './alert-card.ts';
import type { Claim, ClaimDeps } from './claim-due.ts';
import { isStaffClass, isUrgentClass } from './class-traits.ts';
import { gateRequest } from './gate-request.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound, Recipient, StaffMessage } from './ports/messages.ts';
import type { CallSender, SendOutcome, SlackSender, SlackTarget, SmsSender } from './ports/senders.ts';
import { findPlace, isOver, looksAgainAt, type Place, POST_PENDING, STANDS_ALONE, standsAlone } from './post-place.ts';
import { type OutcomeDeps, recordOutcome, SUPERSEDED } from './record-outcome.ts';
import { isOutdated, showRelayState } from './show-relay-state.ts';

export interface AttemptDeps extends ClaimDeps, OutcomeDeps {
  readonly sms: SmsSender;
  readonly slack: SlackSender;
  readonly calls: CallSender;
}

/** Resolves with what came of it; null when a gate had closed and nothing was sent. */
export async function attemptSend(deps: AttemptDeps, claim: Claim): Promise<SendOutcome['kind'] | null> {
  const began = deps.clock.realNow();
  const outcome = await sendIfAllowed(deps, claim);
  if (outcome === null) return null;
  deps.log.info('send_attempted', {
    outboundId: claim.row.id,
    messageClass: claim.row.messageClass,
    status: outcome.kind,
    durationMs: deps.clock.realNow() - began,
    ...('code' in outcome ? { code: outcome.code } : {}),
  });
  await recordOutcome(deps, claim, outcome);
  return outcome.kind;
}

/** Null when a gate has closed since the claim: the row is let go, and the next claim holds or drops it. */
async function sendIfAllowed(deps: AttemptDeps, claim: Claim): Promise<SendOutcome | null> {
  const now = deps.clock.now();
  const { row } = claim;
  const look = await lastLook(deps, row, now);
  if (look.decision.kind !== 'send') {
    await letGo(deps, claim, look.decision, now);
    return null;
  }
  if (waitsForPost(look)) {
    await waitForPost(deps, claim, now);
    return null;
  }
  return send(deps, claim, look);
}

/** Whether the post in whose thread this stands, or which it changes, is still on its way. */
function waitsForPost({ post, place }: Look): boolean {
  if (place.kind === 'not_yet') return true;
  return post !== null && !post.isOutdated && post.row.providerId === null && !isOver(post.row);
}

/**
 * No request was made, so that no attempt counts: what waits here holds up no alert that stands behind it. The post may
 * have left since the look; nothing would wake this row then, so it looks once more before it rests.
 */
async function waitForPost(deps: AttemptDeps, { row, leaseToken }: Claim, now: number): Promise<void> {
  await deps.database.transact(async (stores) => {
    const look = { post: await updatedPost(deps, stores, row, now), place: await findPlace(stores, row) };
    const dueAt = waitsForPost(look) ? looksAgainAt(now) : now;
    await stores.outbox.release(row.id, leaseToken, dueAt, POST_PENDING);
  });
}

/**
 * The gates as they stand now. A text to a mentee is looked at in a write transaction that holds its person: a STOP is
 * committed either before it, and is seen, or after the call has begun.
 */
async function lastLook(deps: AttemptDeps, row: Outbound, now: number): Promise<Look & { decision: GateDecision }> {
  const look = async (stores: Stores) => ({
    decision: decideSend(await gateRequest(stores, deps.content.current(), row, now)),
    post: await updatedPost(deps, stores, row, now),
    place: await findPlace(stores, row),
  });
  const { recipient, messageClass } = row;
  if (recipient.kind !== 'phone' || isStaffClass(messageClass)) return deps.database.read(look);
  return deps.database.transact(async (stores) => {
    await stores.lockPerson(recipient.phoneHash);
    return look(stores);
  });
}

/** A gate has closed since the claim: what it says now is done at once, so that the row is not claimed again in vain. */
async function letGo(
  deps: AttemptDeps,
  { row, leaseToken }: Claim,
  decision: Exclude<GateDecision, { kind: 'send' }>,
  now: number,
): Promise<void> {
  await deps.database.transact(async (stores) => {
    const dueAt = decision.kind === 'hold' ? decision.until : now;
    if (!(await stores.outbox.release(row.id, leaseToken, dueAt, decision.reason))) return;
    if (decision.kind !== 'drop') return;
    await stores.outbox.drop(row.id, decision.reason);
    await showRelayState(deps, stores, { text: row, now });
  });
}

/** What a post or its update needs to know of other posts. */
interface Look {
  readonly post: UpdatedPost | null;
  readonly place: Place;
}

interface UpdatedPost {
  readonly row: Outbound;
  /** What it shall show; null when the case is gone. */
  readonly message: StaffMessage | null;
  readonly isOutdated: boolean;
}

/** For an update: the post that it changes, as far as it was sent, and whether something newer is shown there. */
async function updatedPost(
  deps: AttemptDeps,
  stores: Stores,
  { body }: Outbound,
  now: number,
): Promise<UpdatedPost | null> {
  if (body.kind !== 'slack_update') return null;
  const row = await stores.outbox.byId(body.ofOutboundId);
  if (row === null) return null;
  const { message } = body;
  if (message.kind === 'case_card') {
    const card = await cardOfCase(deps, stores, message, now);
    return { row, message: card, isOutdated: card === null };
  }
  return { row, message, isOutdated: await isOutdated(stores, row, message) };
}

function send(deps: AttemptDeps, { row, validitySeconds }: Claim, { post, place }: Look): Promise<SendOutcome> {
  const { body, recipient } = row;
  const urgent = isUrgentClass(row.messageClass);
  switch (body.kind) {
    case 'sms':
      return recipient.kind === 'phone'
        ? deps.sms.send({ outboundId: row.id, to: recipient.phone, body: body.text, validitySeconds })
        : impossible('sms_without_phone');
    case 'call':
      return recipient.kind === 'phone'
        ? deps.calls.call({ outboundId: row.id, to: recipient.phone, words: body.text })
        : impossible('call_without_phone');
    case 'slack_post':
      return placed(
        row,
        place,
        postTo(deps, row, body.message, { urgent, thread: place.kind === 'here' ? place.thread : null }),
      );
    case 'slack_update':
      return post === null ? impossible('post_gone') : updateOf(deps, row, post);
  }
}

/** A card that could not stand in its thread has one of its own, and that is read as well (SL-12). */
async function placed(row: Outbound, place: Place, posting: Promise<SendOutcome>): Promise<SendOutcome> {
  const outcome = await posting;
  return outcome.kind === 'accepted' && standsAlone(row, place) ? { ...outcome, status: STANDS_ALONE } : outcome;
}

function updateOf(deps: AttemptDeps, row: Outbound, post: UpdatedPost): Promise<SendOutcome> {
  const { message, isOutdated } = post;
  const { providerId } = post.row;
  if (isOutdated || providerId === null || message === null) return nothingToUpdate(row);
  return deps.slack.update({ providerId, message, urgent: isUrgentClass(row.messageClass) });
}

function postTo(
  deps: AttemptDeps,
  row: Outbound,
  message: StaffMessage,
  how: Pick<Parameters<SlackSender['post']>[0], 'urgent' | 'thread'>,
): Promise<SendOutcome> {
  const to = slackTarget(row.recipient);
  return to === null
    ? impossible('slack_without_target')
    : deps.slack.post({ outboundId: row.id, to, message, ...how });
}

export function slackTarget(recipient: Recipient): SlackTarget | null {
  switch (recipient.kind) {
    case 'slack_channel':
      return { kind: 'channel', channel: recipient.channel };
    case 'slack_user':
      return { kind: 'user', slackUserId: recipient.slackUserId };
    case 'phone':
      return null;
  }
}

function impossible(code: string): Promise<SendOutcome> {
  return Promise.resolve({ kind: 'rejected', problem: 'unclassified', code });
}

/** The post never left, or a newer update shows how things stand. */
function nothingToUpdate(row: Outbound): Promise<SendOutcome> {
  return Promise.resolve({ kind: 'accepted', providerId: `none:${row.id}`, status: SUPERSEDED });
}
