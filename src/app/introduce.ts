// The first text ever to a mentee: program and mentor by name, automated, who reads along, how to reach a person, how
// to stop (compliance CA-02, SB-01). It goes before whatever else is the first thing said, once.

import { renderText } from '../core/flow/template.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import { conversationFacts } from './conversation-facts.ts';
import { menteeRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound, OutboundStatus } from './ports/messages.ts';

/** How the introduction of a mentee stands: `said`, on its way, or still to be queued with `key`, not before `from`. */
export type IntroductionState =
  | { readonly kind: 'said' }
  | { readonly kind: 'on_its_way'; readonly isParked: boolean }
  | { readonly kind: 'owed'; readonly key: string; readonly from: number };

const ON_ITS_WAY: ReadonlySet<OutboundStatus> = new Set(['pending', 'claimed', 'unknown', 'parked']);
/** One that may have arrived after all, or that the vendor refused, is not said again sooner than this. */
const AGAIN_AFTER_MS = 12 * 3_600_000;

/** It is said once it was sent; one that was lost, refused or dropped is owed again, under the next key. */
export async function introductionState(stores: Stores, mentee: Mentee): Promise<IntroductionState> {
  if (mentee.introducedAt !== null) return { kind: 'said' };
  const rows = (await stores.outbox.ofPhone(mentee.phoneHash)).filter(
    ({ isIntroduction, recipient }) => isIntroduction && recipient.kind === 'phone' && recipient.menteeId === mentee.id,
  );
  const sent = rows.find((row) => row.status === 'sent');
  if (sent !== undefined) {
    await stores.people.markIntroduced(mentee.id, sent.attemptedAt ?? sent.createdAt);
    return { kind: 'said' };
  }
  const last = rows.at(-1);
  if (last === undefined) return { kind: 'owed', key: `introduction:${mentee.id}`, from: 0 };
  if (ON_ITS_WAY.has(last.status)) return { kind: 'on_its_way', isParked: last.status === 'parked' };
  const from = last.status === 'dropped' ? 0 : (last.attemptedAt ?? last.createdAt) + AGAIN_AFTER_MS;
  return { kind: 'owed', key: `introduction:${mentee.id}:${rows.length + 1}`, from };
}

/**
 * Queues the introduction when this mentee is owed it. Before an answer it is part of the answer, so that it leaves
 * with it: `inReplyTo` is the text that is answered, null before a nudge.
 */
export async function introduce(
  stores: Stores,
  content: Content,
  mentee: Mentee,
  now: number,
  inReplyTo: NewOutbound['inReplyTo'],
): Promise<void> {
  const state = await introductionState(stores, mentee);
  if (state.kind !== 'owed' || now < state.from) return;
  const facts = await conversationFacts(stores, content, mentee, null);
  const text = renderText(content.program.introduction, facts);
  const { key } = state;
  const row = { key, mentee, text, now, inReplyTo, isIntroduction: true, task: null, saidBy: null };
  await stores.outbox.add(menteeRow(row), now);
}
