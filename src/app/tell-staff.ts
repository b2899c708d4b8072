// Everyday notices to staff in Slack: what a person should look at, and nothing that pages anybody.

import { firstNameOf } from './find-sender.ts';
import { noticeRow } from './outbound-rows.ts';
import type { Escalation, Stores } from './ports/database.ts';
import { type Received, wordsOf } from './received.ts';

export interface StaffNotice {
  /** The same key is the same notice: it is posted once. */
  readonly key: string;
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly now: number;
}

export async function tellStaff(stores: Stores, notice: StaffNotice): Promise<void> {
  const recipient = { kind: 'slack_channel', channel: 'staff' } as const;
  await stores.outbox.add(noticeRow({ ...notice, key: `staff:${notice.key}`, recipient }), notice.now);
}

/**
 * A text whose flow failed: it is kept and was screened, but nobody answered it. While its sender has a case its words are
 * for counselors alone, and stand there.
 */
export async function tellStaffOfUnprocessed(stores: Stores, received: Received): Promise<void> {
  const running = await caseOf(stores, received);
  const words =
    running === null
      ? wordsOf(received)
      : `(not shown here: they have case ${running.caseCode}, and a counselor reads it there, or in Details)`;
  await tellStaff(stores, {
    key: `unprocessed:${received.inboundId}`,
    title: 'A text could not be processed: please answer it by hand',
    lines: [
      { label: 'From', text: firstNameOf(received.sender) },
      { label: 'They wrote', text: words },
      {
        label: 'What happened',
        text: 'The flow failed on this text. It was kept and read for distress; the flow answered nothing.',
      },
    ],
    now: received.now,
  });
}

/** Null when there is none; and when the cases themselves cannot be read, because somebody must see the text then. */
async function caseOf(stores: Stores, { sender }: Received): Promise<Escalation | null> {
  try {
    return await stores.savepoint(() => stores.escalations.openOf(sender.phoneHash));
  } catch {
    return null;
  }
}

/** A burst is told once in this time. */
const BURST_EVERY_MS = 30 * 60_000;

/** So many texts at once that the further ones go to nobody: staff decide whether somebody should look. */
export async function tellStaffOfBurst(stores: Stores, received: Received): Promise<void> {
  const { sender, now } = received;
  await tellStaff(stores, {
    key: `burst:${sender.phoneHash}:${Math.floor(now / BURST_EVERY_MS)}`,
    title: 'Many texts at once: the further ones of this half minute are not shown or answered',
    lines: [
      { label: 'From', text: firstNameOf(sender) },
      { label: 'The first of them', text: wordsOf(received) },
      {
        label: 'What happened',
        text: 'All were kept and read for distress. Ask them what they need, if it is no loop.',
      },
    ],
    now,
  });
}

/** A text that the screen could not read: somebody must, now. */
export async function tellCounselorsOfUnscreened(stores: Stores, received: Received): Promise<void> {
  const row = noticeRow({
    key: `unscreened:${received.inboundId}`,
    messageClass: 'alert',
    recipient: { kind: 'slack_channel', channel: 'counselors' },
    title: 'A text was NOT read for distress: please read it now',
    lines: [
      { label: 'From', text: firstNameOf(received.sender) },
      { label: 'They wrote', text: wordsOf(received) },
    ],
    now: received.now,
  });
  await stores.outbox.add(row, received.now);
}
