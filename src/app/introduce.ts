// The first text ever to a mentee: program and mentor by name, automated, who reads along, how to reach a person, how
// to stop (compliance CA-02, SB-01). It goes before whatever else is the first thing said, once.

import { renderText } from '../core/flow/template.ts';
import type { MenteeId } from '../core/model/ids.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import { conversationFacts } from './conversation-facts.ts';
import { menteeRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound } from './ports/messages.ts';

/** One introduction for each mentee, ever. */
export function introductionKey(menteeId: MenteeId): string {
  return `introduction:${menteeId}`;
}

/**
 * Queues the introduction when this mentee never had one. Before an answer it is part of the answer, so that it leaves
 * with it: `inReplyTo` is the text that is answered, null before a nudge.
 */
export async function introduce(
  stores: Stores,
  content: Content,
  mentee: Mentee,
  now: number,
  inReplyTo: NewOutbound['inReplyTo'],
): Promise<void> {
  if (mentee.introducedAt !== null) return;
  const facts = await conversationFacts(stores, content, mentee, null);
  const text = renderText(content.program.introduction, facts);
  const row = { key: introductionKey(mentee.id), mentee, text, now, inReplyTo, isIntroduction: true, task: null };
  const added = await stores.outbox.add(menteeRow(row), now);
  if (added !== null) await stores.people.markIntroduced(mentee.id, now);
}
