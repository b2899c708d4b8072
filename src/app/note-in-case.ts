// What somebody with a case texts is shown in its thread and moves the case, whatever else becomes of the text. Each part
// stands on a savepoint of its own: what fails here cannot undo the screening.

import type { Tier } from '../core/model/message.ts';
import { answersTexting } from '../core/safety/text-safety.ts';
import { changeCase } from './case-actions.ts';
import { hearTextSafety } from './hear-text-safety.ts';
import { passOnToCase } from './pass-on.ts';
import type { Stores } from './ports/database.ts';
import type { Received, Screened } from './received.ts';
import { tellStaffOfUnprocessed } from './tell-staff.ts';
import { type TryDeps, tryStep } from './try-step.ts';

/**
 * Every text of somebody with a case stands in its thread at once, after the card, and moves the case (CR-09, I7).
 * Resolves with whether there is such a case.
 */
export async function noteInCase(
  deps: TryDeps,
  stores: Stores,
  received: Received,
  { screening, caseOpened }: Pick<Screened, 'screening' | 'caseOpened'>,
): Promise<boolean> {
  const { sender, now } = received;
  const escalation = await stores.escalations.openOf(sender.phoneHash);
  if (escalation === null) return false;
  const done = await tryStep(deps, stores, received, async () => {
    const event = { kind: 'new_text', at: now, tier: screening.tier } as const;
    // Distress has moved the case when it was read.
    if (!caseOpened) await changeCase(deps, stores, escalation, event, now);
    await passOnToCase(stores, received, escalation, screening.tier);
  });
  // An answer to a question of the house, by itself: what fails in it hides no text from the team. "Its not safe" is
  // distress to the screen, and the answer all the same.
  const isHeard = !caseOpened || answersTexting(received.message.body);
  if (isHeard) await tryStep(deps, stores, received, () => hearTextSafety(deps, stores, received, escalation.id));
  if (!done) {
    await stores.inbox.markUnprocessed(received.inboundId, 'not shown in its case');
    await tellStaffOfUnprocessed(stores, received);
  }
  return true;
}

/** A text that could not be taken as usual: in the thread of the case all the same, when there is one. */
export async function noteAlone(deps: TryDeps, stores: Stores, received: Received, tier: Tier): Promise<void> {
  await tryStep(deps, stores, received, async () => {
    const escalation = await stores.escalations.openOf(received.sender.phoneHash);
    if (escalation !== null) await passOnToCase(stores, received, escalation, tier);
  });
}
