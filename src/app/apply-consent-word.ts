// STOP, START, HELP and their kin: the ledger, what is cancelled, and the one answer.

import { invariant } from '../core/model/invariant.ts';
import type { Language } from '../core/model/people.ts';
import { type ConsentWord, isCarrierKeyword, readConsentWord } from '../core/safety/consent-words.ts';
import { postInThread } from './case-thread.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import { resumeConversation, silenceConversation } from './pause-conversation.ts';
import type { Stores } from './ports/database.ts';
import { reAsk } from './re-ask.ts';
import type { Received, Screened } from './received.ts';
import { tellMentor } from './tell-mentor.ts';

const VENDOR_WORDS: Record<'STOP' | 'START' | 'HELP', ConsentWord> = { STOP: 'opt_out', START: 'opt_in', HELP: 'help' };

/** The consent word that this text is, by the carrier's own word for it (CA-11) or by ours; null when it is none. */
export function consentWordOf({ message }: Pick<Received, 'message'>): ConsentWord | null {
  if (message.from.kind !== 'phone') return null;
  return message.vendorKeyword === null ? readConsentWord(message.body) : VENDOR_WORDS[message.vendorKeyword];
}

/** Does what the word says. Whatever else the text held, a consent word ends its handling. */
export async function applyConsentWord(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  word: ConsentWord,
  screened: Screened,
): Promise<void> {
  switch (word) {
    case 'opt_out':
      return optOut(deps, stores, received);
    case 'opt_in':
      return optIn(deps, stores, received);
    case 'help':
      // Somebody in danger who writes HELP got the locked reply and a person already.
      return screened.caseOpened ? undefined : help(deps, stores, received);
  }
}

async function help(deps: HouseDeps, stores: Stores, received: Received): Promise<void> {
  await answer(deps, stores, received, 'help');
  if (received.sender.kind === 'mentee') await reAsk(deps, stores, received, received.sender.mentee);
}

async function optOut(deps: HouseDeps, stores: Stores, received: Received): Promise<void> {
  const { sender, now, saidAt } = received;
  const already = (await stores.consents.state(sender.phoneHash)) === 'opted_out';
  if (already) return;
  await stores.consents.record({
    phoneHash: sender.phoneHash,
    state: 'opted_out',
    via: 'text',
    basis: 'opt_out_word',
    at: saidAt,
  });
  await stores.outbox.dropPending(
    sender.phoneHash,
    ['nudge', 'answer', 'keyword_answer', 'safety_reply', 'human_text'],
    'opted_out',
  );
  if (sender.kind === 'mentee') {
    await silenceConversation(stores, sender.mentee);
    await tellMentor(stores, deps.content.current(), {
      key: `opted-out:${received.inboundId}`,
      mentee: sender.mentee,
      reason: 'Has stopped all texts from the program. Reach them another way; do not text through the program.',
      words: null,
      task: null,
      now,
    });
  }
  await tellCase(stores, received, {
    title: 'They have opted out: nothing can be texted',
    text: 'Phone them. What is written in this thread does not reach them until they text START.',
  });
  await answer(deps, stores, received, 'opt_out');
}

/** Whoever has the case must not wait for an answer that cannot come, or believe that theirs arrive. */
async function tellCase(
  stores: Stores,
  { sender, inboundId, now }: Received,
  { title, text }: { readonly title: string; readonly text: string },
): Promise<void> {
  const running = await stores.escalations.openOf(sender.phoneHash);
  if (running === null) return;
  const message = { kind: 'notice', title, lines: [{ label: 'What to do', text }] } as const;
  await postInThread(stores, {
    key: `consent:${inboundId}`,
    escalationId: running.id,
    message,
    now,
    broadcast: true,
  });
}

async function optIn(deps: HouseDeps, stores: Stores, received: Received): Promise<void> {
  const { sender, now, saidAt } = received;
  if (await hasStoppedSince(stores, received)) return;
  await stores.consents.record({
    phoneHash: sender.phoneHash,
    state: 'active',
    via: 'text',
    basis: 'opt_in_word',
    at: saidAt,
  });
  if (sender.kind === 'mentee') await resumeConversation(stores, sender.mentee, now);
  await tellCase(stores, received, {
    title: 'They have come back with START: texts reach them again',
    text: 'Go on in this thread.',
  });
  await answer(deps, stores, received, 'opt_in');
}

/** A START that no webhook brought undoes no STOP that was sent after it; such a STOP always counts (TW-13). */
async function hasStoppedSince(stores: Stores, { sender, saidAt, message }: Received): Promise<boolean> {
  if (message.sentAt === undefined) return false;
  const events = await stores.consents.events(sender.phoneHash);
  return events.some(({ state, at }) => state === 'opted_out' && at > saidAt);
}

/**
 * The one answer. The carrier itself answers an exact keyword when Advanced Opt-Out is on (CA-11), and always an exact
 * STOP, after which it refuses our text: never both (TC-08).
 */
async function answer(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  which: 'help' | 'opt_in' | 'opt_out',
): Promise<void> {
  const { message, sender, phone, inboundId } = received;
  if (phone === null || message.vendorKeyword !== null) return;
  const { program } = deps.content.current();
  if (which === 'opt_out' && program.carrier_confirms_stop && isCarrierKeyword(message.body)) return;
  const text = program.keyword_answers[which][languageOf(received)];
  invariant(text !== '', 'a keyword answer is never empty');
  const key = `keyword:${inboundId}`;
  await stores.outbox.add(
    replyRow({ ...received, sender, phone, key, messageClass: 'keyword_answer', text, escalationId: null }),
    received.now,
  );
}

function languageOf({ sender }: Received): Language {
  return sender.kind === 'mentee' ? sender.mentee.language : 'en';
}
