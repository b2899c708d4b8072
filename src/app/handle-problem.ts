// What a refusal means for the message, the person and the program (platforms 1.4). Permanent ones are never repeated.

import { unreachable } from '../core/model/invariant.ts';
import { addDays, instantOf, localDateOf } from '../core/model/local-time.ts';
import { nextAllowedAt } from '../core/schedule/quiet-hours.ts';
import { isUrgentClass } from './class-traits.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound, Outbound } from './ports/messages.ts';
import type { Problem } from './ports/senders.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { showDropped, showRelayState } from './show-relay-state.ts';
import { tellMentor } from './tell-mentor.ts';
import { tellOfRefusal } from './unsent-reply.ts';

export interface Refusal {
  readonly row: Outbound;
  readonly problem: Problem;
  readonly code: string;
  /** Of the attempt that was refused; null when a receipt said so later, and the row is long sent. */
  readonly leaseToken: string | null;
  readonly now: number;
}

/** A dead account, channel or token is tried again at this pace: somebody may mend it. */
const DEAD_RETRY_MS = 60_000;
const HOUR_MS = 3_600_000;
const PACIFIC = 'America/Los_Angeles';

/** Acts on a refusal. False when the attempt's lease was gone. */
export async function handleProblem(deps: HouseDeps, stores: Stores, refusal: Refusal): Promise<boolean> {
  const { row, leaseToken, code } = refusal;
  const again = retryAfter(refusal);
  if (leaseToken !== null) {
    const result =
      again === null ? ({ kind: 'failed', code } as const) : ({ kind: 'retry', dueAt: again, code } as const);
    if (!(await stores.outbox.finish(row.id, leaseToken, result))) return false;
  }
  await follow(deps, stores, refusal);
  await tellOfRefusal(stores, row, refusal);
  await showRelayState(deps, stores, { text: row, now: refusal.now, problem: refusal.problem });
  return true;
}

/** When the same row may be tried again, or null: never. */
function retryAfter({ problem, row, now }: Refusal): number | null {
  switch (problem) {
    case 'account':
    case 'unregistered':
    case 'auth_dead':
      return (
        now +
        (isUrgentClass(row.messageClass)
          ? DEAD_RETRY_MS
          : Math.min(HOUR_MS, DEAD_RETRY_MS * 2 ** Math.min(row.attempts, 6)))
      );
    case 'channel_dead':
      return isForTheChannel(row, now) ? now + DEAD_RETRY_MS : null;
    case 'rate':
      return now + DEAD_RETRY_MS;
    case 'daily_cap':
      return nextMidnight(now, PACIFIC);
    default:
      return null;
  }
}

/** SL-25: nothing about a student is posted where strangers read. */
const CHANNEL_MEND: Readonly<Record<string, string>> = {
  channel_shared:
    'A channel of ours is shared with another workspace, so nothing is posted there. Stop sharing it, or set another channel; alerts go by SMS meanwhile.',
  channel_has_guests:
    'A guest or a stranger is in a channel of ours, so nothing is posted there. Take them out, or set another channel; alerts go by SMS meanwhile.',
};

function channelRefused(code: string): string {
  return `Slack refuses the channel or person (${code}). Invite the bot, unarchive the channel, or set another one; alerts go by SMS meanwhile.`;
}

/** A channel that has been dead for so long is not coming back, and a card in it is nobody's any more. */
const MEND_CARDS_MS = 24 * HOUR_MS;

/**
 * Cards and the student's words are worth posting whenever the channel is back, and a card that stands there shall not
 * show for ever how things were; a post to one person who left is worth nothing.
 */
function isForTheChannel({ messageClass, body, recipient, createdAt }: Outbound, now: number): boolean {
  if (body.kind === 'sms' || body.kind === 'call' || (body.kind === 'slack_update' && now - createdAt > MEND_CARDS_MS))
    return false;
  return recipient.kind === 'slack_channel' && (messageClass === 'alert' || messageClass === 'case_note');
}

async function follow(deps: HouseDeps, stores: Stores, refusal: Refusal): Promise<void> {
  const { problem, code, row } = refusal;
  const alarm = (kind: string, detail: string) =>
    raiseAlarm(deps.log, stores, { kind, subject: code, detail, now: refusal.now });
  // What is wrong with a call says nothing of the number's texts.
  if (row.body.kind === 'call' && problem !== 'account') {
    if (problem === 'rate' || refusal.leaseToken === null) return;
    return alarm(
      'call_refused',
      `Twilio refuses to phone staff (${code}): alerts go on by SMS and in Slack. Check that a number of the Messaging Service can make calls, or set call_after_minutes to 0.`,
    );
  }
  switch (problem) {
    case 'bad_number':
      return markNumber(deps, stores, refusal);
    case 'opted_out':
      return recordCarrierOptOut(deps, stores, refusal);
    case 'unreachable':
    case 'expired':
    case 'daily_cap':
      return refusal.leaseToken === null ? sendOnceMore(deps, stores, refusal) : undefined;
    case 'too_long':
      return alarm(
        'text_refused',
        `Twilio or Slack refused a message as malformed or too long (${code}). A flow text needs mending: icehouse flows check.`,
      );
    case 'route_closed':
      return alarm(
        'route_closed',
        `Twilio does not send to this kind of number (${code}). Check Messaging, Settings, Geo permissions in the Twilio console.`,
      );
    case 'account':
      return alarm(
        'twilio_account',
        `Twilio refuses our account (${code}): no texts go out. Check the credentials and the account's state; alerts go on in Slack.`,
      );
    case 'unregistered':
      return alarm(
        'twilio_unregistered',
        `The number is not registered for messaging (${code}): nothing goes out. Finish the A2P 10DLC or toll-free registration.`,
      );
    case 'filtered':
      return alarm(
        'carrier_filtered',
        `A carrier filtered a text (${code}). Look at the wording and the links of the flow that sent it.`,
      );
    case 'channel_dead':
      return alarm('slack_channel', CHANNEL_MEND[code] ?? channelRefused(code));
    case 'auth_dead':
      return alarm(
        'slack_auth',
        `Slack refuses our token (${code}). Reinstall the app and set SLACK_BOT_TOKEN; alerts go by SMS meanwhile.`,
      );
    case 'rate':
      return;
    case 'unclassified':
      return alarm(
        'send_refused',
        `A message was refused with ${code}, which the house does not know. Message ${row.id}.`,
      );
    default:
      return unreachable(problem);
  }
}

/** Texts cannot arrive there: no more are tried, and a person finds another way to this mentee. */
async function markNumber(deps: HouseDeps, stores: Stores, { row, code, now }: Refusal): Promise<void> {
  if (row.recipient.kind !== 'phone') return;
  const { phoneHash, menteeId } = row.recipient;
  await stores.people.setPhoneProblem(phoneHash, code, now);
  await stores.outbox.dropPending(phoneHash, ['nudge', 'answer', 'keyword_answer'], 'bad_number');
  if (menteeId === null) {
    if (row.recipient.counselorId === null) return;
    const detail = `A staff member's phone cannot be texted (${code}). Mend it on the roster: alerts by SMS do not reach them.`;
    return raiseAlarm(deps.log, stores, {
      kind: 'staff_phone',
      subject: row.recipient.counselorId,
      detail,
      now,
    });
  }
  await tellPerson(
    deps,
    stores,
    row,
    now,
    `This number cannot be texted (${code}). Ask for the right one, and reach them another way.`,
  );
}

/** The carrier holds a STOP that we did not know of: the ledger is put right. */
async function recordCarrierOptOut(deps: HouseDeps, stores: Stores, { row, code, now }: Refusal): Promise<void> {
  if (row.recipient.kind !== 'phone') return;
  const { phoneHash } = row.recipient;
  if ((await stores.consents.state(phoneHash)) !== 'opted_out') {
    await stores.consents.record({ phoneHash, state: 'opted_out', via: 'carrier', basis: code, at: now });
    await stores.outbox.dropPending(phoneHash, ['nudge', 'answer', 'keyword_answer', 'human_text'], 'opted_out');
    await showDropped(deps, stores, { phoneHash, now });
    await tellPerson(deps, stores, row, now, 'Has stopped texts at the carrier. Reach them another way.');
  }
  if (row.recipient.counselorId !== null) {
    const detail =
      "A staff member's phone has stopped our texts: alerts by SMS do not reach them. Ask them to text START.";
    await raiseAlarm(deps.log, stores, { kind: 'staff_phone', subject: row.recipient.counselorId, detail, now });
  }
}

async function tellPerson(deps: HouseDeps, stores: Stores, row: Outbound, now: number, reason: string): Promise<void> {
  if (row.recipient.kind !== 'phone' || row.recipient.menteeId === null) return;
  const mentee = await stores.people.mentee(row.recipient.menteeId);
  if (mentee === null) return;
  const key = `unreachable:${row.id}`;
  await tellMentor(stores, deps.content.current(), { key, mentee, reason, words: null, task: row.task, now });
}

function nextMidnight(now: number, timeZone: string): number {
  return instantOf(addDays(localDateOf(now, timeZone), 1), 0, timeZone);
}

const SECOND_TRY = ':again';

/** A text that did not arrive (handset off, its window over) gets one more chance, then a person hears of it. */
async function sendOnceMore(deps: HouseDeps, stores: Stores, refusal: Refusal): Promise<void> {
  const { row, now, problem } = refusal;
  if (row.recipient.kind !== 'phone') return;
  const isNudge = row.messageClass === 'nudge';
  if (!isNudge || row.key.endsWith(SECOND_TRY)) {
    return tellPerson(deps, stores, row, now, 'A text did not reach this phone. Try a call.');
  }
  const mentee = row.recipient.menteeId === null ? null : await stores.people.mentee(row.recipient.menteeId);
  const tomorrow = now + (problem === 'expired' ? 60_000 : 12 * HOUR_MS);
  const dueAt =
    problem === 'daily_cap' ? nextMidnight(now, PACIFIC) : nextAllowedAt(tomorrow, mentee?.timeZone ?? null);
  const again: NewOutbound = { ...row, key: `${row.key}${SECOND_TRY}`, dueAt };
  await stores.outbox.add(again, now);
}
