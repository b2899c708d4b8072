// What must have come about once nothing has been in the way for a while: replies given, nothing forgotten on the way.

import type { Observer } from '../observer.ts';
import { consentOf, isCrisis } from '../words.ts';
import { checkHeard, checkThreadPosts } from './check-relay.ts';
import { inboxContent } from './inbox-content.ts';
import { accuse, type Witness } from './witness.ts';

/** Twilio's list is trusted after ten minutes; a minute's tick and a retry come on top. */
const ENOUGH_MS = 15 * 60_000;
const EXCUSES = new Set(['failed', 'dropped']);

export function checkEnd(witness: Witness): void {
  const { now } = witness.scene;
  if (now() - witness.calmSince < ENOUGH_MS) return;
  checkReplies(witness);
  checkForgotten(witness);
  checkConsent(witness);
  checkThreadPosts(witness, now() - ENOUGH_MS);
}

/** The same once the run is over, when the minute has come each minute for a while. */
export function checkAtLast(witness: Witness): void {
  const { now } = witness.scene;
  checkEnd(witness);
  if (now() - witness.calmSince >= ENOUGH_MS) checkHeard(witness, now() - ENOUGH_MS);
}

/** Every text in distress from a mentee who had not opted out has a locked reply at Twilio. */
function checkReplies(witness: Witness): void {
  const { observer, town } = witness.scene;
  const reached = repliesAtTwilio(witness);
  const phones = new Map(town.mentees.map(({ phone }) => [observer.hashOf(phone), phone]));
  for (const text of observer.all<InboxRow>("select * from inbox where source = 'twilio' order by seq")) {
    if (!phones.has(text.phone_hash) || text.received_at > witness.scene.now() - ENOUGH_MS) continue;
    if (!isCrisis(bodyOf(observer, text))) continue;
    const row = observer.first<{ id: string; status: string }>(
      'select id, status from outbox where key = ?',
      `safety:${text.id}`,
    );
    if (row === null && !wasOptedOut(observer, text))
      accuse(witness, 'no-reply', `no locked reply was queued for ${text.id}`);
    if (row !== null && !reached.has(row.id) && !EXCUSES.has(row.status)) {
      accuse(witness, 'no-reply', `the locked reply to ${text.id} is ${row.status} and never reached Twilio`);
    }
  }
}

interface InboxRow {
  readonly id: string;
  readonly seq: number;
  readonly phone_hash: string;
  readonly received_at: number;
  readonly sealed_content: string;
}

function bodyOf(observer: Observer, row: InboxRow): string {
  return inboxContent.open(observer.codec, row.id, row.sealed_content).body;
}

function repliesAtTwilio({ scene: { twilio } }: Witness): ReadonlySet<string> {
  const ids = twilio.state().messages.map(({ statusCallback }) => statusCallback ?? '');
  return new Set(ids.map((callback) => callback.split('outbound=')[1] ?? '').map(decodeURIComponent));
}

/** By the order in which texts were stored, not by their times: a clock may have gone back between two. */
function wasOptedOut(observer: Observer, text: InboxRow): boolean {
  const before = observer.all<InboxRow>(
    'select * from inbox where phone_hash = ? and seq <= ? order by seq',
    text.phone_hash,
    text.seq,
  );
  const last = before.map((row) => consentOf(bodyOf(observer, row))).findLast((means) => means !== null);
  const byCarrier = "select seq from consent_events where phone_hash = ? and via = 'carrier'";
  return last === 'opted_out' || observer.first(byCarrier, text.phone_hash) !== null;
}

/** No row is claimed for ever, no urgent one waits, and no doubtful one is forgotten. */
function checkForgotten(witness: Witness): void {
  const { observer, now } = witness.scene;
  const at = now();
  for (const { key, status } of observer.all<{ key: string; status: string }>(
    `select key, status from outbox where (status = 'claimed' and (attempted_at < ? or lease_until_at > ?))
       or (status = 'pending' and lane = 0 and due_at < ?)
       or (status = 'pending' and due_at < ? and attempts = 0)
       or (status = 'unknown' and (check_at is null or check_at < ? or check_at > ?))`,
    at - ENOUGH_MS,
    at + ENOUGH_MS,
    at - ENOUGH_MS,
    at - ENOUGH_MS,
    at - ENOUGH_MS,
    at + ENOUGH_MS,
  )) {
    accuse(witness, 'forgotten', `${key} is still ${status}`);
  }
}

/** The ledger says what the last word about consent said, unless the carrier spoke after it. */
function checkConsent(witness: Witness): void {
  const { observer, town } = witness.scene;
  for (const { phone, firstName } of town.mentees) {
    const hash = observer.hashOf(phone);
    const texts = observer.all<InboxRow>('select * from inbox where phone_hash = ? order by seq', hash);
    const last = texts
      .map((text) => ({ text, means: consentOf(bodyOf(observer, text)) }))
      .findLast(({ means }) => means !== null);
    if (last === undefined) continue;
    const ledger = observer.first<{ state: string; via: string }>(
      'select state, via from consent_events where phone_hash = ? order by seq desc limit 1',
      hash,
    );
    if (ledger?.via !== 'carrier' && ledger?.state !== last.means) {
      accuse(
        witness,
        'ledger',
        `${firstName} last said ${last.means} and the ledger says ${ledger?.state ?? 'nothing'}`,
      );
    }
  }
}
