// Where a post in Slack stands: by itself, or in the thread of another post that must have left before it.

import type { EscalationId } from '../core/model/ids.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';

/** `not_yet`: the post in whose thread it belongs is on its way. `thread` null: a post of its own. */
export type Place =
  | { readonly kind: 'here'; readonly thread: { readonly ts: string; readonly broadcast: boolean } | null }
  | { readonly kind: 'not_yet' };

/** Why a row was let go that waits for another post. */
export const POST_PENDING = 'post_pending';
const POST_WAIT_MS = 30_000;

/** What waits for the same post looks again at the same moment, so that it keeps its order; sooner when the post is there. */
export function looksAgainAt(now: number): number {
  return (Math.floor(now / POST_WAIT_MS) + 1) * POST_WAIT_MS;
}

/** A post of a case is in Slack: what waited for it goes out at once. */
export async function wakeThread(stores: Stores, { body, escalationId }: Outbound, now: number): Promise<void> {
  if (body.kind === 'slack_post' && escalationId !== null)
    await stores.outbox.bringForward(escalationId, POST_PENDING, now);
}

/** How a card is remembered that left before the post in whose thread it belongs was there: people may write beneath it. */
const ALONE_SLOT = 'card-alone';
/** Status of such a card once Slack has it. */
export const STANDS_ALONE = 'stands_alone';

/** Whether a post that belongs in a thread was handed to Slack without one. */
export function standsAlone({ body }: Outbound, place: Place): boolean {
  return body.kind === 'slack_post' && body.thread != null && place.kind === 'here' && place.thread === null;
}

/** Remembers that this card has a thread of its own. */
export async function noteAlone(stores: Stores, { id }: Outbound, now: number): Promise<void> {
  await stores.house.takeSlot(ALONE_SLOT, id, now);
}

/** The posts beneath which people may write about a case: its first card, and every other that stands by itself. */
export async function threadRoots(stores: Stores, escalationId: EscalationId): Promise<Outbound[]> {
  const [root, ...others] = (await stores.outbox.alertPosts(escalationId)).filter((card) => card.providerId !== null);
  const roots = root === undefined ? [] : [root];
  for (const card of others) if (await stores.house.hasSlot(ALONE_SLOT, card.id)) roots.push(card);
  return roots;
}

const ITS_OWN: Place = { kind: 'here', thread: null };
const NOT_YET: Place = { kind: 'not_yet' };

/** Where this post belongs now. An alert never waits for another post: it stands by itself sooner than late. */
export async function findPlace(stores: Stores, row: Outbound): Promise<Place> {
  if (row.body.kind !== 'slack_post' || row.body.thread == null) return ITS_OWN;
  const { ofOutboundId, broadcast } = row.body.thread;
  const root = await stores.outbox.byId(ofOutboundId);
  const ts = tsOf(root);
  if (ts !== null) return { kind: 'here', thread: { ts, broadcast } };
  const isWaiting = row.messageClass !== 'alert';
  if (root !== null && !isOver(root)) return isWaiting ? NOT_YET : ITS_OWN;
  const other = await otherCard(stores, row);
  if (other === 'on_its_way') return isWaiting ? NOT_YET : ITS_OWN;
  return other === null ? ITS_OWN : { kind: 'here', thread: { ts: other.ts, broadcast } };
}

/** Whether a post never left and never will. */
export function isOver({ status }: Outbound): boolean {
  return status === 'failed' || status === 'dropped' || status === 'lost' || status === 'parked';
}

/** The first card was given up in an outage and a later one stands, or will, in its place: the case keeps one thread. */
async function otherCard(
  stores: Stores,
  { id, escalationId }: Outbound,
): Promise<{ readonly ts: string } | 'on_its_way' | null> {
  if (escalationId === null) return null;
  const cards = (await stores.outbox.alertPosts(escalationId)).filter((card) => card.id !== id);
  const ts = tsOf(cards.find((card) => card.providerId !== null) ?? null);
  if (ts !== null) return { ts };
  return cards.some((card) => !isOver(card)) ? 'on_its_way' : null;
}

/** Slack's `ts`, out of `channel:ts`. */
function tsOf(post: Outbound | null): string | null {
  return post?.providerId?.split(':')[1] ?? null;
}
