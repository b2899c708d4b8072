// Watches the door: what may not leave at this moment, by committed rows and the recipient's own clock. It is asked at
// the very start of each request to a vendor.

import type { VendorRequest } from '../../../src/rehearsal/wire/exchange.ts';
import type { OutboundFacts } from '../observer.ts';
import type { TownMentee } from '../town.ts';
import { consentOf, isCrisis } from '../words.ts';
import { type CaseRow, stateOf } from './case-story.ts';
import { inboxContent } from './inbox-content.ts';
import { accuse, type Witness } from './witness.ts';

const UNASKED = new Set(['nudge']);
const BY_THE_BOT = new Set(['nudge', 'answer']);
const KEYWORD_LIMIT_MS = 5 * 60_000;

/** A request begins. */
export function watchDoor(witness: Witness, vendor: 'twilio' | 'slack', request: VendorRequest): void {
  const isCall = request.path.endsWith('/Calls.json');
  if (vendor === 'twilio' && request.method === 'POST') watchText(witness, new URLSearchParams(request.body), isCall);
  if (vendor === 'slack' && request.path === '/api/chat.postMessage') watchPost(witness, request);
}

function watchPost(witness: Witness, request: VendorRequest): void {
  const form = new URLSearchParams(request.body);
  const metadata: unknown = JSON.parse(form.get('metadata') ?? 'null');
  const id = (metadata as { event_payload?: { outbound_id?: string } } | null)?.event_payload?.outbound_id;
  const row = id === undefined ? null : witness.scene.observer.outbound(id);
  if (row === null) return accuse(witness, 'stray-post', 'a post left for Slack without an outbox row');
  noteAlert(witness, row);
}

function noteAlert(witness: Witness, row: OutboundFacts): void {
  witness.begun.set(row.id, (witness.begun.get(row.id) ?? 0) + 1);
  if (row.message_class === 'alert' && row.escalation_id !== null) {
    witness.alertedAt.set(row.escalation_id, witness.scene.now());
  }
}

function watchText(witness: Witness, form: URLSearchParams, isCall: boolean): void {
  const { observer, town, now } = witness.scene;
  const to = form.get('To') ?? '';
  const callback = form.get('StatusCallback') ?? '';
  const id = new URL(callback).searchParams.get('outbound') ?? '';
  const row = observer.outbound(id);
  if (row === null) return accuse(witness, 'stray-text', `a text left for ${to} without an outbox row`);
  noteAlert(witness, row);
  witness.departures.push({ outboundId: id, at: now() });
  if (row.status !== 'claimed') accuse(witness, 'unclaimed', `row ${row.key} left while it was ${row.status}`);
  if (observer.phoneOf(row) !== to) accuse(witness, 'wrong-number', `row ${row.key} went to ${to}`);
  if (isCall !== (row.body_kind === 'call')) accuse(witness, 'wrong-way', `row ${row.key} left as something else`);
  watchOrder(witness, row);
  watchConsent(witness, row, to);
  watchSilence(witness, row);
  watchPause(witness, row);
  watchIntroduction(witness, row);
  const mentee = town.mentees.find(({ phone }) => phone === to);
  if (mentee !== undefined) watchHours(witness, row, mentee, form);
  if (mentee === undefined && isCrisis(form.get('Body') ?? form.get('Twiml') ?? ''))
    accuse(witness, 'leak', `crisis words left for ${to}`);
}

/** Next only after the one before it: of one recipient and lane, the oldest row that is due goes first. */
function watchOrder(witness: Witness, row: OutboundFacts): void {
  const earlier = witness.scene.observer.first<{ key: string }>(
    `select key from outbox where recipient = ? and lane = ? and seq < ?
       and (status = 'claimed' or (status = 'pending' and due_at < ?))`,
    row.recipient,
    row.lane,
    row.seq,
    row.attempted_at ?? witness.scene.now(),
  );
  if (earlier !== null) accuse(witness, 'order', `row ${row.key} left before ${earlier.key}`);
}

function watchConsent(witness: Witness, row: OutboundFacts, to: string): void {
  const { observer, now } = witness.scene;
  const state = observer.first<{ state: string }>(
    'select state from consents where phone_hash = ?',
    observer.hashOf(to),
  )?.state;
  if (UNASKED.has(row.message_class) && state !== 'active') {
    accuse(witness, 'consent', `${row.message_class} ${row.key} left while consent was ${state ?? 'none'}`);
  }
  if ((state !== 'opted_out' && lastWord(witness, to) !== 'opted_out') || row.message_class === 'alert') return;
  const isTheAnswer = row.message_class === 'keyword_answer' && now() - (row.in_reply_to_at ?? 0) <= KEYWORD_LIMIT_MS;
  if (!isTheAnswer) accuse(witness, 'opted-out', `${row.message_class} ${row.key} left for an opted-out number`);
}

/** What somebody last said about consent by text, whatever the ledger says; null when the carrier spoke after it. */
function lastWord({ scene: { observer } }: Witness, to: string): 'opted_out' | 'active' | null {
  const said = observer.all<{ id: string; sealed_content: string }>(
    "select id, sealed_content from inbox where source = 'twilio' and phone_hash = ? order by seq desc",
    observer.hashOf(to),
  );
  for (const { id, sealed_content: sealed } of said) {
    const means = consentOf(inboxContent.open(observer.codec, id, sealed).body);
    if (means !== null) return means;
  }
  return null;
}

/** While people have the conversation the bot does not speak: from the first alert until it is released or resolved. */
function watchSilence(witness: Witness, row: OutboundFacts): void {
  if (!BY_THE_BOT.has(row.message_class) || row.phone_hash === null) return;
  const { observer } = witness.scene;
  const unresolved = observer.all<CaseRow>(
    'select * from escalations where phone_hash = ? and is_resolved = 0',
    row.phone_hash,
  );
  if (unresolved.some((found) => !stateOf(observer, found).released))
    accuse(witness, 'silence', `${row.message_class} ${row.key} left during a case`);
}

/** Nothing unasked goes out before the moment that was chosen when the last case ended. */
function watchPause(witness: Witness, row: OutboundFacts): void {
  if (!UNASKED.has(row.message_class) || row.phone_hash === null) return;
  const { observer, now } = witness.scene;
  const pause = observer.first(
    'select reason from pauses where phone_hash = ? and (until_at is null or until_at > ?)',
    row.phone_hash,
    now(),
  );
  if (pause !== null) accuse(witness, 'pause', `${row.key} left during a pause`);
  const last = observer.first<CaseRow>(
    'select * from escalations where phone_hash = ? order by updated_at desc limit 1',
    row.phone_hash,
  );
  const state = last === null ? null : stateOf(observer, last);
  if (state?.status !== 'resolved') return;
  const { nudgesResumeAt } = state;
  if (nudgesResumeAt === null || nudgesResumeAt > now())
    accuse(witness, 'pause', `${row.key} left before nudges were to come back`);
}

/** Nobody is nudged before the first text ever, which says who this is, has left for good. */
function watchIntroduction(witness: Witness, row: OutboundFacts): void {
  if (!UNASKED.has(row.message_class) || row.is_introduction === 1) return;
  const introduction = witness.scene.observer.first<{ status: string }>(
    'select status from outbox where recipient = ? and is_introduction = 1 order by seq limit 1',
    row.recipient,
  );
  const isOnItsWay = introduction === null || ['pending', 'claimed', 'unknown'].includes(introduction.status);
  if (isOnItsWay)
    accuse(witness, 'introduction', `${row.key} left while the introduction is ${introduction?.status ?? 'not made'}`);
}

/** Nudges leave in the recipient's day, and Twilio's queue gives them up before it ends. */
function watchHours(witness: Witness, row: OutboundFacts, mentee: TownMentee, form: URLSearchParams): void {
  if (!UNASKED.has(row.message_class)) return;
  const now = witness.scene.now();
  const seconds = Number(form.get('ValidityPeriod') ?? '36000');
  for (const at of [now, now + seconds * 1000]) {
    const { hour, weekday } = localTime(at, mentee.timeZone);
    const opens = weekday === 'Sun' ? 12 : 9;
    if (hour >= opens && hour < 20) continue;
    accuse(witness, 'quiet-hours', `${row.key} could be sent on ${weekday} at ${hour}h in ${mentee.timeZone}`);
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The recipient's wall clock, by Node's own calendar and not by the house's. */
export function localTime(at: number, timeZone: string): { readonly hour: number; readonly weekday: string } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23', weekday: 'short' });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { hour: Number(parts.get('hour')), weekday: parts.get('weekday') ?? '' };
}
