// Where a post in Slack stands: by itself, or in the thread of another post that must have left before it.

import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';

/** `not_yet`: the post in whose thread it belongs is on its way. `thread` null: a post of its own. */
export type Place =
  | { readonly kind: 'here'; readonly thread: { readonly ts: string; readonly broadcast: boolean } | null }
  | { readonly kind: 'not_yet' };

const ITS_OWN: Place = { kind: 'here', thread: null };

/** Where this post belongs now. An alert never waits for another post: it stands by itself sooner than late. */
export async function findPlace(stores: Stores, row: Outbound): Promise<Place> {
  if (row.body.kind !== 'slack_post' || row.body.thread == null) return ITS_OWN;
  const { ofOutboundId, broadcast } = row.body.thread;
  const root = await stores.outbox.byId(ofOutboundId);
  const ts = tsOf(root) ?? (root === null || isOver(root) ? await otherCard(stores, row) : null);
  if (ts !== null) return { kind: 'here', thread: { ts, broadcast } };
  return root === null || isOver(root) || row.messageClass === 'alert' ? ITS_OWN : { kind: 'not_yet' };
}

/** Whether a post never left and never will. */
export function isOver({ status }: Outbound): boolean {
  return status === 'failed' || status === 'dropped' || status === 'lost' || status === 'parked';
}

/** The first card was given up in an outage and a later one stands in its place: the case keeps one thread. */
async function otherCard(stores: Stores, { id, escalationId }: Outbound): Promise<string | null> {
  if (escalationId === null) return null;
  const cards = await stores.outbox.alertPosts(escalationId);
  return tsOf(cards.find((card) => card.id !== id && card.providerId !== null) ?? null);
}

/** Slack's `ts`, out of `channel:ts`. */
function tsOf(post: Outbound | null): string | null {
  return post?.providerId?.split(':')[1] ?? null;
}
