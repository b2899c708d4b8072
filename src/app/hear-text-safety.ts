// The answer to "is it safe to text you? Y or N" of somebody who told of abuse. A yes brings the hotlines, a no one word
// of thanks, and from then on nothing is texted but by a person. The case says which it is.

import { namesTexting, readTextSafety } from '../core/safety/text-safety.ts';
import { consentWordOf } from './apply-consent-word.ts';
import { leavesQuestionOpen } from './asked-last.ts';
import { changeCase } from './case-actions.ts';
import { postInThread } from './case-thread.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Received } from './received.ts';

const TITLES = {
  safe: 'They say that it is safe to text: the hotlines were sent',
  not_safe: 'They say that it is NOT safe to text',
} as const;
const WHAT_TO_DO = {
  safe: 'You can write to them here.',
  not_safe:
    'Nothing more is texted by itself. Somebody else may read this phone: what you write here still goes out, so think of who may see it.',
} as const;

/** Hears the answer, as long as the question is the last thing that they were asked. Does nothing for any other text. */
export async function hearTextSafety(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  caseId: Escalation['id'],
): Promise<void> {
  const { message, sender, inboundId, now } = received;
  const escalation = await stores.escalations.byId(caseId);
  if (escalation?.state.textSafety !== 'asked' || message.media.length > 0) return;
  const said = readTextSafety(message.body);
  if (said === null) return;
  // After a person's text they read what the answer is to; after another one of the house so does the team.
  const last = await stores.outbox.lastTextTo(sender.phoneHash, escalation.state.openedAt);
  if (last?.messageClass === 'human_text') return;
  if (last !== null && !leavesQuestionOpen(last) && !namesTexting(message.body)) return;
  await changeCase(deps, stores, escalation, { kind: 'text_safety', at: now, said }, now);
  await stores.audit.add({
    at: now,
    actor: 'house',
    action: said === 'safe' ? 'safe_to_text' : 'not_safe_to_text',
    subjectKind: 'case',
    subject: escalation.id,
    detail: {},
  });
  await answer(deps, stores, received, { escalation, said });
  const lines = [{ label: 'What to do', text: WHAT_TO_DO[said] }];
  await postInThread(stores, {
    key: `text-safety:${inboundId}`,
    escalationId: escalation.id,
    message: { kind: 'notice', title: TITLES[said], lines },
    now,
    broadcast: said === 'not_safe',
  });
}

async function answer(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  { escalation, said }: { readonly escalation: Escalation; readonly said: 'safe' | 'not_safe' },
): Promise<void> {
  const { sender, phone, inboundId, now } = received;
  const optedOut =
    consentWordOf(received) === 'opt_out' || (await stores.consents.state(sender.phoneHash)) === 'opted_out';
  if (phone === null || optedOut) return;
  const { replies } = deps.content.current();
  const language = sender.kind === 'mentee' ? sender.mentee.language : languageAsked(received);
  const text = replies[said === 'safe' ? 'abuse_safe' : 'abuse_not_safe'][language];
  const key = `safety:${inboundId}`;
  const row = replyRow({
    ...received,
    phone,
    key,
    messageClass: 'safety_reply',
    text,
    escalationId: escalation.id,
  });
  await stores.outbox.add(row, now);
}

/** Somebody who is not on the roster answers in the language of their letter: S and SÍ are Spanish. */
function languageAsked({ message }: Received): 'en' | 'es' {
  return /^\s*s(?:[ií]p?)?\b/iu.test(message.body) ? 'es' : 'en';
}
