// Plans one mentee's next nudge, and begins it when its time has come. Touches this mentee only.

import { startConversation } from '../core/conversation/start-conversation.ts';
import { asConversationId, type MenteeId } from '../core/model/ids.ts';
import type { Mentee } from '../core/model/people.ts';
import { isBotSilent } from '../core/safety/escalation.ts';
import { planNudge } from '../core/schedule/plan-nudge.ts';
import { advanceUnasked } from './advance-conversation.ts';
import type { Content } from './content.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores } from './ports/database.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
/** Nudges that become due together at the opening of the day are spread over this time (compliance QH-05). */
const SPREAD_MS = 30 * 60_000;

export async function planMentee(deps: HouseDeps, stores: Stores, menteeId: MenteeId): Promise<void> {
  const now = deps.clock.now();
  const mentee = await stores.people.mentee(menteeId);
  if (mentee === null) return;
  await stores.lockPerson(mentee.phoneHash);
  // Nothing is planned while they are left in peace; the end of the pause plans anew.
  const pause = await stores.pauses.of(mentee.phoneHash, now);
  if (pause !== null) return pause.until === null ? undefined : planAgain(stores, mentee, pause.until + 60_000);
  const content = deps.content.current();
  const plan = planNudge(await gatherFacts(stores, content, mentee, now));
  if (plan.kind === 'nothing') {
    if (plan.lookAgainAt !== null) await planAgain(stores, mentee, Math.max(plan.lookAgainAt, now + 60_000));
    return;
  }
  if (plan.sendAt > now) return planAgain(stores, mentee, plan.sendAt + spreadOf(mentee.id));
  await beginNudge(deps, stores, content, mentee, plan.task);
}

async function gatherFacts(stores: Stores, content: Content, mentee: Mentee, now: number) {
  const records = await stores.tasks.of(mentee.id);
  const escalation = await stores.escalations.openOf(mentee.phoneHash);
  return {
    now,
    timeZone: mentee.timeZone,
    consent: await stores.consents.state(mentee.phoneHash),
    hasActiveConversation: (await stores.conversations.activeOf(mentee.id)) !== null,
    escalationOpen: escalation !== null && isBotSilent(escalation.state),
    tasks: records.flatMap((record) => {
      const definition = content.tasks.get(record.task);
      if (definition === undefined) return [];
      const { askedAt, againOn, status } = record;
      return [
        { key: record.task, status, deadlineOn: definition.deadline, leadDays: definition.lead_days, askedAt, againOn },
      ];
    }),
    unaskedSentAt: await stores.outbox.unaskedSince(mentee.phoneHash, now - WEEK_MS),
    weeklyCap: content.program.weekly_unasked_texts,
  };
}

async function planAgain(stores: Stores, mentee: Mentee, dueAt: number): Promise<void> {
  await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt });
}

/** The same mentee always gets the same minute of the half hour. */
function spreadOf(menteeId: MenteeId): number {
  let sum = 0;
  for (const letter of menteeId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return (sum % (SPREAD_MS / 60_000)) * 60_000;
}

async function beginNudge(
  deps: HouseDeps,
  stores: Stores,
  content: Content,
  mentee: Mentee,
  task: string,
): Promise<void> {
  const now = deps.clock.now();
  const definition = content.tasks.get(task);
  const flow = definition === undefined ? undefined : content.flows.get(definition.flow);
  if (flow === undefined) return;
  const conversation = startConversation({ id: asConversationId(deps.ids.next()), menteeId: mentee.id, flow, task });
  await stores.conversations.insert(conversation, now);
  await stores.tasks.markAsked(mentee.id, task, now);
  await advanceUnasked(deps, stores, { conversation, mentee, event: { kind: 'started' }, now });
}
