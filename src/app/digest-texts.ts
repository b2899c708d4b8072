// Once a day, when anything waits: the texts that no intent and no signal matched, to the staff channel, so that each is
// read by a person the same day. Pages nobody.

import { asPhone } from '../core/model/ids.ts';
import { localDateOf } from '../core/model/local-time.ts';
import type { HouseDeps } from './house-deps.ts';
import { noticeRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import { showUnread, UNREAD_SHOWN } from './unread-texts.ts';

const SLOT = 'texts-digest';

/** Posts the digest of the local day on which `now` falls in the program's zone, once; nothing when nothing waits. */
export async function digestUnread(deps: HouseDeps, stores: Stores, now: number): Promise<void> {
  const { texts, total } = await showUnread(stores, (address) => deps.hashPhone(asPhone(address)), UNREAD_SHOWN);
  if (total === 0) return;
  const on = localDateOf(now, deps.content.current().program.time_zone);
  if (!(await stores.house.takeSlot(SLOT, on, now))) return;
  const recipient = { kind: 'slack_channel', channel: 'staff' } as const;
  const row = noticeRow({ key: `${SLOT}:${on}`, recipient, title: '', lines: [], now });
  const shown = texts.map(({ inboundId, from, text }) => ({ inboundId, from, text }));
  const message = { kind: 'texts_digest', on, texts: shown, more: total - texts.length } as const;
  await stores.outbox.add({ ...row, body: { kind: 'slack_post', message } }, now);
}
