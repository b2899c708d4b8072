// A person has read a text that no intent and no signal matched: it waits no longer, and the audit says who read it.

import type { InboundId } from '../core/model/ids.ts';
import { DONE, type Doing, say } from './doing.ts';
import type { Person } from './person.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';
import { UNREAD_SHOWN } from './unread-texts.ts';

export const NOT_YOURS = 'Only staff and counselors of the roster can mark texts as read.';

export async function markRead(doing: Doing<Extract<StaffAct, { kind: 'mark_read' }>>): Promise<ActResult> {
  if (!mayRead(doing.person)) return say(NOT_YOURS);
  const isFirst = await markOne(doing, doing.what.inboundId);
  return { ...(isFirst ? DONE : say('Somebody has read this already.')), homeChanged: true };
}

/**
 * Marks the ones that the press names, as they were shown. A press that names none (of a view drawn by an earlier
 * version) marks the oldest of those that came up to now, and no more than a view shows: what stands beneath them was
 * shown to nobody yet.
 */
export async function markAllRead(doing: Doing<Extract<StaffAct, { kind: 'mark_all_read' }>>): Promise<ActResult> {
  if (!mayRead(doing.person)) return say(NOT_YOURS);
  const { stores, now, what } = doing;
  const oldest = async () =>
    (await stores.inbox.unread(UNREAD_SHOWN)).flatMap(({ id, receivedAt }) => (receivedAt <= now ? [id] : []));
  for (const id of what.inboundIds ?? (await oldest())) await markOne(doing, id);
  const left = await stores.inbox.countUnread();
  return { ...(left === 0 ? DONE : say(`${left} more wait to be read.`)), homeChanged: true };
}

/** Staff and counselors read what nothing understood. */
export function mayRead({ staff, counselor }: Person): boolean {
  return staff !== null || counselor !== null;
}

async function markOne({ stores, person, now }: Doing<StaffAct>, inboundId: InboundId): Promise<boolean> {
  const { actorId } = person;
  if (!(await stores.inbox.markRead(inboundId, actorId, now))) return false;
  const event = { action: 'text_read', subjectKind: 'inbound', subject: inboundId, detail: {} };
  await stores.audit.add({ at: now, actor: actorId, ...event });
  return true;
}
