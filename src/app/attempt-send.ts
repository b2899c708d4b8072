// One attempt at one claimed row: the gates once more, the call, and the record of what came of it. The last look at
// the gates and the start of the call share a turn of the event loop, so no STOP can commit between them (TX-07).

import { decideSend, type GateDecision } from '../core/safety/message-gates.ts';
import type { Claim, ClaimDeps } from './claim-due.ts';
import { gateRequest } from './gate-request.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound, Recipient, StaffMessage } from './ports/messages.ts';
import type { SendOutcome, SlackSender, SlackTarget, SmsSender } from './ports/senders.ts';
import { type OutcomeDeps, recordOutcome, SUPERSEDED } from './record-outcome.ts';

export interface AttemptDeps extends ClaimDeps, OutcomeDeps {
  readonly sms: SmsSender;
  readonly slack: SlackSender;
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
  return send(deps, claim, look.post);
}

/**
 * The gates as they stand now. A text to a mentee is looked at in a write transaction that holds its person: a STOP is
 * committed either before it, and is seen, or after the call has begun.
 */
async function lastLook(deps: AttemptDeps, row: Outbound, now: number) {
  const look = async (stores: Stores) => ({
    decision: decideSend(await gateRequest(stores, deps.content.current(), row, now)),
    post: await updatedPost(stores, row),
  });
  const { recipient, messageClass } = row;
  if (recipient.kind !== 'phone' || messageClass === 'alert' || messageClass === 'notice')
    return deps.database.read(look);
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
    if (decision.kind === 'drop') await stores.outbox.drop(row.id, decision.reason);
  });
}

/** For an update: the post that it changes, as far as it was sent. */
async function updatedPost(stores: Stores, row: Outbound): Promise<Outbound | null> {
  return row.body.kind === 'slack_update' ? stores.outbox.byId(row.body.ofOutboundId) : null;
}

function send(deps: AttemptDeps, { row, validitySeconds }: Claim, post: Outbound | null): Promise<SendOutcome> {
  const { body, recipient } = row;
  const urgent = row.messageClass === 'alert' || row.messageClass === 'safety_reply';
  switch (body.kind) {
    case 'sms':
      return recipient.kind === 'phone'
        ? deps.sms.send({ outboundId: row.id, to: recipient.phone, body: body.text, validitySeconds })
        : impossible('sms_without_phone');
    case 'slack_post':
      return postTo(deps, row, body.message, urgent);
    case 'slack_update':
      if (post === null) return impossible('post_gone');
      if (post.providerId === null) return isOver(post) ? nothingToUpdate(row) : notYet();
      return deps.slack.update({ providerId: post.providerId, message: body.message, urgent });
  }
}

function isOver(post: Outbound): boolean {
  return post.status === 'failed' || post.status === 'dropped' || post.status === 'lost' || post.status === 'parked';
}

function postTo(deps: AttemptDeps, row: Outbound, message: StaffMessage, urgent: boolean): Promise<SendOutcome> {
  const to = slackTarget(row.recipient);
  return to === null
    ? impossible('slack_without_target')
    : deps.slack.post({ outboundId: row.id, to, message, urgent });
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

/** The post never left, and a newer one shows the case as it stands. */
function nothingToUpdate(row: Outbound): Promise<SendOutcome> {
  return Promise.resolve({ kind: 'accepted', providerId: `none:${row.id}`, status: SUPERSEDED });
}

function notYet(): Promise<SendOutcome> {
  return Promise.resolve({ kind: 'not_sent', afterMs: 1_000, code: 'post_pending' });
}
