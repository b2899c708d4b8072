// After HELP a mentee is back at their open question: one that was texted long ago is asked again, as a part of the answer.
// Says nothing to whom nobody may write, and nothing while people have the conversation.

import type { Mentee } from '../core/model/people.ts';
import { isBotSilent } from '../core/safety/escalation.ts';
import type { HouseDeps } from './house-deps.ts';
import { asTexted } from './pause-conversation.ts';
import type { Stores } from './ports/database.ts';
import type { Received } from './received.ts';
import { goOn } from './wake-conversation.ts';

/** Asks an old question again, in reply to the text that interrupted it. How old that is, the step says. */
export async function reAsk(deps: HouseDeps, stores: Stores, received: Received, mentee: Mentee): Promise<void> {
  const { now, saidAt, inboundId, late } = received;
  const { id, phoneHash } = mentee;
  // What arrived late was an interruption of something that is over.
  if (late !== null || (await stores.consents.state(phoneHash)) !== 'active') return;
  const escalation = await stores.escalations.openOf(phoneHash);
  if (escalation !== null && isBotSilent(escalation.state)) return;
  if ((await stores.pauses.of(phoneHash, now)) !== null) return;
  const conversation = await stores.conversations.activeOf(id);
  if (conversation?.waiting?.kind !== 'reply') return;
  const asked = await asTexted(stores, conversation);
  // A question that is still on its way needs no second one.
  if (asked === null) return;
  const inReplyTo = { inboundId, at: saidAt };
  await goOn(deps, stores, { conversation: asked, mentee, event: { kind: 'resumed' }, isLeft: true, inReplyTo });
}
