// A conversation goes on by something that nobody texted: its timer rang, or the bot may speak again. A fault in a flow
// is told to staff and tried again; it never takes other work along.

import type { Conversation } from '../core/model/conversation.ts';
import type { ConversationEvent } from '../core/model/event.ts';
import { asConversationId } from '../core/model/ids.ts';
import type { Mentee } from '../core/model/people.ts';
import { isBotSilent } from '../core/safety/escalation.ts';
import { advanceUnasked, FlowFailure, type InReplyTo } from './advance-conversation.ts';
import { callOff, hasLostItsTask } from './call-off.ts';
import { isDeadlinePassed } from './gate-request.ts';
import { RESUME_TIMER } from './give-back.ts';
import type { HouseDeps } from './house-deps.ts';
import { asTexted } from './pause-conversation.ts';
import type { Stores, Timer } from './ports/database.ts';
import { tellStaff } from './tell-staff.ts';

const SHORTEST_REST_MS = 60_000;
/** A question that has not left, or left late, is looked at again after this. */
const UNSENT_RECHECK_MS = 6 * 3_600_000;
const CASE_RECHECK_MS = 3_600_000;
/** A pause without an end is looked at again after this. */
const PAUSE_RECHECK_MS = 24 * 3_600_000;
/** A flow that failed is tried again after this: somebody may have mended it. */
export const FLOW_RETRY_MS = 6 * 3_600_000;

/** A wait is over, or nobody answered. */
export async function wakeConversation(deps: HouseDeps, stores: Stores, timer: Timer): Promise<void> {
  const now = deps.clock.now();
  const conversation = await stores.conversations.byId(asConversationId(timer.subject));
  if (conversation === null || conversation.status === 'ended') return;
  const mentee = await stores.people.mentee(conversation.menteeId);
  if (mentee === null) return;
  await stores.lockPerson(mentee.phoneHash);
  if ((await stores.consents.state(mentee.phoneHash)) !== 'active') return;
  const later = await notBefore(stores, mentee, now);
  if (later !== null) return stores.timers.set({ ...timer, dueAt: later });
  const asked = await asTexted(stores, conversation);
  const event = { kind: 'timer_due', timer: timer.name === 'wait' ? 'wait' : 'no_reply' } as const;
  const result = await goOn(deps, stores, {
    conversation: asked ?? conversation,
    mentee,
    event,
    isLeft: asked !== null,
  });
  if (result === 'not_left') await stores.timers.set({ ...timer, dueAt: now + UNSENT_RECHECK_MS });
  else if (result === 'failed') await stores.timers.set({ ...timer, dueAt: now + FLOW_RETRY_MS });
  else if (result === 'unchanged') await rest(stores, asked ?? conversation, now);
}

/** When a timer may ring that people or a pause keep from ringing now; null when it may. */
async function notBefore(stores: Stores, { id, phoneHash }: Mentee, now: number): Promise<number | null> {
  const escalation = await stores.escalations.openOf(phoneHash);
  if (escalation !== null && isBotSilent(escalation.state)) return now + CASE_RECHECK_MS;
  // What the end of a pause makes of an open question comes first, also when both are due in the same minute.
  const resume = await stores.timers.get('plan', id, RESUME_TIMER);
  if (resume !== null) return Math.max(resume.dueAt, now) + SHORTEST_REST_MS;
  const pause = await stores.pauses.of(phoneHash, now);
  return pause === null ? null : (pause.until ?? now + PAUSE_RECHECK_MS);
}

/** `not_left`: its question is still on its way out, so nothing is asked or concluded from it. */
type WentOn = 'changed' | 'unchanged' | 'called_off' | 'not_left' | 'failed';

/** Ends a conversation that has nothing to ask about any more, else hands it the event. */
export async function goOn(
  deps: HouseDeps,
  stores: Stores,
  happening: {
    readonly conversation: Conversation;
    readonly mentee: Mentee;
    readonly event: Extract<ConversationEvent, { kind: 'timer_due' | 'resumed' }>;
    readonly isLeft: boolean;
    readonly inReplyTo?: InReplyTo;
  },
): Promise<WentOn> {
  const now = deps.clock.now();
  const { conversation, mentee } = happening;
  const content = deps.content.current();
  if (hasLostItsTask(content, conversation)) {
    await callOff(stores, content, { conversation, mentee, why: 'task_removed', now });
    return 'called_off';
  }
  if (isDeadlinePassed(content, conversation.task, mentee, now)) {
    await callOff(stores, content, { conversation, mentee, why: 'deadline_passed', now });
    return 'called_off';
  }
  if (!happening.isLeft) return 'not_left';
  try {
    const changed = await stores.savepoint(() => advanceUnasked(deps, stores, { ...happening, now }));
    return changed ? 'changed' : 'unchanged';
  } catch (error) {
    if (!(error instanceof FlowFailure)) throw error;
    await noteFailure(deps, stores, happening, error);
    return 'failed';
  }
}

async function noteFailure(
  deps: HouseDeps,
  stores: Stores,
  { conversation, mentee }: { readonly conversation: Conversation; readonly mentee: Mentee },
  error: FlowFailure,
): Promise<void> {
  deps.log.error('flow_failed', {
    conversationId: conversation.id,
    flowId: error.flowId,
    step: error.step,
    reason: error.message,
  });
  await tellStaff(stores, {
    key: `flow-failed:${conversation.id}:${conversation.version}`,
    title: 'A flow failed: this mentee gets no further text from it until it is mended',
    lines: [
      { label: 'Mentee', text: mentee.firstName },
      { label: 'Flow and step', text: `${error.flowId}, ${error.step}` },
      { label: 'Why', text: error.message },
    ],
    now: deps.clock.now(),
  });
}

/** It was too early, and the timer is taken: without another one the conversation would wait for ever. */
async function rest(stores: Stores, { id, waiting }: Conversation, now: number): Promise<void> {
  if (waiting === null) return;
  const set = (name: 'wait' | 'no_reply', dueAt: number) =>
    stores.timers.set({ kind: 'conversation', subject: id, name, dueAt });
  if (waiting.kind === 'time') await set('wait', Math.max(waiting.dueAt, now + SHORTEST_REST_MS));
  else await set('no_reply', now + UNSENT_RECHECK_MS);
}
