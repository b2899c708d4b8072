// What a roster row says of an agreement to be texted, as lines of the consent ledger. Nobody's opt-out is ever undone by
// a file, nor is a "wrong number".

import type { PhoneHash } from '../core/model/ids.ts';
import { instantOf, localDateOf } from '../core/model/local-time.ts';
import type { ConsentState, Mentee } from '../core/model/people.ts';
import type { ConsentBasis } from './parse-roster.ts';
import { resumeConversation, silenceConversation } from './pause-conversation.ts';
import { wrongNumberSince } from './pause-mistaken.ts';
import type { Stores } from './ports/database.ts';

/** What the row did to a mentee's consent: as it says, or not, because of what was texted from the number itself. */
export type ConsentOutcome = 'as_declared' | 'opted_out' | 'wrong_number';

interface Declared {
  readonly consentBasis: ConsentBasis;
  readonly consentOn: string | null;
}

/** A mentee's row: their conversation rests and comes back with their agreement. */
export async function writeMenteeConsent(
  stores: Stores,
  row: Declared,
  mentee: Mentee,
  now: number,
): Promise<ConsentOutcome> {
  const { outcome, before, after } = await declare(stores, row, mentee, now);
  if (outcome !== 'as_declared') return outcome;
  if (after === 'active' && before !== 'active') await resumeConversation(stores, mentee, now);
  else if (after === 'active') await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: now });
  else if (before === 'active') await silenceConversation(stores, mentee);
  return outcome;
}

/** A mentor's row: whether the weekly update may be asked for by text. A number that is a mentee's is the mentee's. */
export async function writeMentorConsent(
  stores: Stores,
  row: { readonly consentBasis: ConsentBasis | null; readonly consentOn: string | null },
  mentor: { readonly phoneHash: PhoneHash; readonly timeZone: string },
  now: number,
): Promise<void> {
  const { consentBasis, consentOn } = row;
  if (consentBasis === null || (await stores.people.menteeByPhone(mentor.phoneHash)) !== null) return;
  await declare(stores, { consentBasis, consentOn }, mentor, now);
}

interface Step {
  readonly outcome: ConsentOutcome;
  readonly before: ConsentState;
  readonly after: ConsentState;
}

/** One line in the ledger, if what is declared changes anything and nothing texted from the number forbids it. */
async function declare(
  stores: Stores,
  row: Declared,
  person: { readonly phoneHash: PhoneHash; readonly timeZone: string },
  now: number,
): Promise<Step> {
  const { phoneHash, timeZone } = person;
  const before = await stores.consents.state(phoneHash);
  const stays = (outcome: ConsentOutcome): Step => ({ outcome, before, after: before });
  if (before === 'opted_out') return stays('opted_out');
  if (row.consentBasis === 'none') {
    await withdraw(stores, phoneHash, before, now);
    return { outcome: 'as_declared', before, after: 'pending' };
  }
  if (before === 'active') return stays('as_declared');
  // By days, as the file has no hours: an agreement of the same day may be the one that the wrong number was given with.
  const wrongSince = await wrongNumberSince(stores, phoneHash);
  const wrongOn = wrongSince === null ? null : localDateOf(wrongSince, timeZone);
  if (wrongOn !== null && (row.consentOn === null || row.consentOn <= wrongOn)) return stays('wrong_number');
  const at = row.consentOn === null ? now : Math.min(now, instantOf(row.consentOn, 12, timeZone));
  await stores.consents.record({ phoneHash, state: 'active', via: 'roster', basis: row.consentBasis, at });
  return { outcome: 'as_declared', before, after: 'active' };
}

/** Nobody holds an agreement of theirs: nothing unasked leaves any more, also not what waits. */
async function withdraw(stores: Stores, phoneHash: PhoneHash, before: ConsentState, now: number): Promise<void> {
  if (before === 'pending') return;
  await stores.consents.record({ phoneHash, state: 'pending', via: 'roster', basis: 'none', at: now });
  if (before === 'active') await stores.outbox.dropPending(phoneHash, ['nudge'], 'no_consent');
}
