// Asks whoever has a case whether they still do, or whether the bot shall have it back: in the thread, by direct message,
// and by SMS where that is how they answer. Pages nobody.

import type { CounselorId } from '../core/model/ids.ts';
import type { EscalationEffect } from '../core/safety/escalation.ts';
import { firstNameOfCase } from './alert-card.ts';
import { postInThread } from './case-thread.ts';
import { drillMark } from './drill-mark.ts';
import type { HouseDeps } from './house-deps.ts';
import { nameOfActor } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { NewOutbound, OutboundBody, Recipient } from './ports/messages.ts';
import { slackUserOf } from './slack-actor.ts';

export type HolderQuestion = Extract<EscalationEffect, { kind: 'ask_holder' }>;

/** Whoever answers a case by SMS is asked by SMS: one slot for each case and person. */
const BY_TEXT_SLOT = 'case-by-text';
const byText = (escalation: Escalation, who: CounselorId) => `${escalation.id}:${who}`;

/** Remembers that this person answers this case from their phone. */
export async function noteAnswersByText(
  stores: Stores,
  escalation: Escalation,
  who: CounselorId,
  now: number,
): Promise<void> {
  await stores.house.takeSlot(BY_TEXT_SLOT, byText(escalation, who), now);
}

/** `key` is unique to the question: it is asked once. */
export async function askHolder(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  { question, counselorId, key, now }: HolderQuestion & { readonly key: string; readonly now: number },
): Promise<void> {
  const { id: escalationId, caseCode } = escalation;
  const message = {
    kind: 'case_question',
    escalationId,
    caseCode,
    firstName: await firstNameOfCase(stores, escalation),
    question,
    name: await nameOfActor(stores, counselorId),
  } as const;
  await postInThread(stores, { key: `ask:${key}:thread`, escalationId, message, now });
  const { slackUserId, phone } = await waysTo(stores, counselorId);
  const ask = (way: string, to: Pick<NewOutbound, 'messageClass' | 'recipient' | 'body'>) =>
    stores.outbox.add(questionRow(escalation, `ask:${key}:${way}`, now, to), now);
  if (slackUserId !== null) {
    const recipient: Recipient = { kind: 'slack_user', slackUserId };
    await ask('direct', { messageClass: 'case_note', recipient, body: { kind: 'slack_post', message } });
  }
  const answersByText = await stores.house.hasSlot(BY_TEXT_SLOT, byText(escalation, counselorId));
  if (phone === null || (slackUserId !== null && !answersByText)) return;
  const phoneHash = deps.hashPhone(phone);
  const recipient: Recipient = { kind: 'phone', phone, phoneHash, menteeId: null, counselorId };
  const body: OutboundBody = { kind: 'sms', text: `${drillMark(escalation)}${textOf(deps, caseCode, question)}` };
  await ask('sms', { messageClass: 'alert', recipient, body });
}

/** It shows on a locked screen: the case and what to do, neither name nor words. */
function textOf(deps: HouseDeps, caseCode: string, question: HolderQuestion['question']): string {
  const { name } = deps.content.current().program;
  return question === 'still_on_it'
    ? `${name}: are you still on case ${caseCode}? Nothing was done in it for half an hour. Reply ACK ${caseCode} to keep it; in 5 minutes the team is alerted again.`
    : `${name}: case ${caseCode} is still yours and was quiet for a day. Release or resolve it in the counselors' channel in Slack, or reply ACK ${caseCode} to keep it.`;
}

/** Where this person is reached; somebody of the channel who is not on the roster in Slack alone. */
async function waysTo(stores: Stores, who: CounselorId) {
  const slackUserId = slackUserOf(who);
  if (slackUserId !== null) return { slackUserId, phone: null };
  const known =
    (await stores.people.counselor(who)) ?? (await stores.people.staff()).find((member) => member.id === String(who));
  return { slackUserId: known?.slackUserId ?? null, phone: known?.phone ?? null };
}

function questionRow(
  { id }: Escalation,
  key: string,
  now: number,
  to: Pick<NewOutbound, 'messageClass' | 'recipient' | 'body'>,
): NewOutbound {
  return {
    ...to,
    key,
    dueAt: now,
    escalationId: id,
    inReplyTo: null,
    isIntroduction: false,
    task: null,
    saidBy: null,
  };
}
