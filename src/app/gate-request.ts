// Gathers what the gates ask about one outbound row: consent, hours, handoff, cap, and whether its task is still open.

import { isTimeZone, localDateOf } from '../core/model/local-time.ts';
import { DECEASED } from '../core/model/pause.ts';
import type { Mentee } from '../core/model/people.ts';
import { isClosed } from '../core/model/task.ts';
import { isBotSilent } from '../core/safety/escalation.ts';
import type { GateRequest } from '../core/safety/message-gates.ts';
import { sendWindow } from '../core/schedule/quiet-hours.ts';
import { isStaffClass } from './class-traits.ts';
import type { Content } from './content.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound, Recipient } from './ports/messages.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** The facts as they are committed at this moment. Staff messages have no gate, so nothing is read for them. */
export async function gateRequest(stores: Stores, content: Content, row: Outbound, now: number): Promise<GateRequest> {
  const { messageClass, isIntroduction, recipient } = row;
  const base = {
    messageClass,
    isIntroduction,
    channel: recipient.kind === 'phone' ? ('sms' as const) : ('slack' as const),
  };
  if (recipient.kind !== 'phone' || isStaffClass(messageClass)) return { ...base, facts: ungated(now) };
  const mentee = recipient.menteeId === null ? null : await stores.people.mentee(recipient.menteeId);
  const asksHours = messageClass === 'nudge' || messageClass === 'answer';
  const zone = asksHours ? (mentee ?? (await stores.people.mentorByPhone(recipient.phoneHash)))?.timeZone : undefined;
  const pause = asksHours ? await stores.pauses.of(recipient.phoneHash, now) : null;
  return {
    ...base,
    facts: {
      now,
      consent: await stores.consents.state(recipient.phoneHash),
      window: asksHours ? sendWindow(now, zone ?? null) : ungated(now).window,
      repliedAt: row.inReplyTo?.at ?? null,
      handedOff: asksHours && (await isSilent(stores, recipient)),
      pausedUntil: messageClass === 'nudge' && pause !== null ? (pause.until ?? 'for_ever') : null,
      isDeceased: pause?.reason === DECEASED,
      isNotSafe: messageClass === 'safety_reply' && (await hasSaidNo(stores, row, recipient)),
      unaskedThisWeek: messageClass === 'nudge' ? await countUnasked(stores, row, recipient, now) : 0,
      weeklyCap: content.program.weekly_unasked_texts,
      taskClosed: messageClass === 'nudge' && (await isTaskClosed(stores, row, recipient)),
      deadlinePassed: messageClass === 'nudge' && isDeadlinePassed(content, row.task, mentee, now),
      overtaken: messageClass === 'nudge' && (await isOvertaken(stores, content, row)),
      numberDead: asksHours && (await stores.people.phoneProblem(recipient.phoneHash)) !== null,
      mayPassOptOutOnce: row.providerId === null,
    },
  };
}

function ungated(now: number): GateRequest['facts'] {
  return {
    now,
    consent: 'active',
    window: { openUntil: null, nextOpenAt: now },
    repliedAt: null,
    handedOff: false,
    pausedUntil: null,
    unaskedThisWeek: 0,
    weeklyCap: 0,
    taskClosed: false,
    deadlinePassed: false,
    overtaken: false,
    numberDead: false,
    mayPassOptOutOnce: true,
  };
}

type PhoneRecipient = Extract<Recipient, { kind: 'phone' }>;

/** Their no came while the text waited for a vendor: only the thanks for it leaves by itself. */
async function hasSaidNo(stores: Stores, row: Outbound, { phoneHash }: PhoneRecipient): Promise<boolean> {
  const { textSafety, textSafetyAt } = (await stores.escalations.openOf(phoneHash))?.state ?? {};
  return textSafety === 'not_safe' && row.createdAt < (textSafetyAt ?? 0);
}

async function isSilent(stores: Stores, { phoneHash }: PhoneRecipient): Promise<boolean> {
  const escalation = await stores.escalations.openOf(phoneHash);
  return escalation !== null && isBotSilent(escalation.state);
}

/** Other unasked texts of the last seven days. A claimed row is among those that have begun, and does not hold itself back. */
async function countUnasked(stores: Stores, row: Outbound, recipient: PhoneRecipient, now: number): Promise<number> {
  const begun = await stores.outbox.unaskedSince(recipient.phoneHash, now - WEEK_MS);
  return row.status === 'claimed' ? begun.length - 1 : begun.length;
}

async function isTaskClosed(stores: Stores, row: Outbound, recipient: PhoneRecipient): Promise<boolean> {
  if (row.task === null || recipient.menteeId === null) return false;
  const record = (await stores.tasks.of(recipient.menteeId)).find((task) => task.task === row.task);
  return record !== undefined && isClosed(record.status);
}

/** Whether the last local day of a task, as published now, is over for this mentee. */
export function isDeadlinePassed(content: Content, task: string | null, mentee: Mentee | null, now: number): boolean {
  const deadline = task === null ? undefined : content.tasks.get(task)?.deadline;
  if (deadline === undefined) return false;
  const zone = mentee !== null && isTimeZone(mentee.timeZone) ? mentee.timeZone : content.program.time_zone;
  return deadline < localDateOf(now, zone);
}

/** Whether the conversation went on after it said this, or what it said of the deadline is not so any more. */
async function isOvertaken(stores: Stores, content: Content, { saidBy, task }: Outbound): Promise<boolean> {
  if (saidBy === null) return false;
  const conversation = await stores.conversations.byId(saidBy.conversationId);
  if (conversation?.version !== saidBy.version) return true;
  return task !== null && content.tasks.get(task)?.deadline !== saidBy.deadlineOn;
}
