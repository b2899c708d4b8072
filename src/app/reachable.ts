// Whether the program's texts reach a mentee, in a sentence for whoever looks after them. Never a word of a case.

import type { Mentee } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';

/** Why texts do not reach them, and what to do instead; null when they do. */
export async function whyNotTexted(stores: Stores, { phoneHash }: Mentee): Promise<string | null> {
  const consent = await stores.consents.state(phoneHash);
  if (consent === 'opted_out') return 'Has stopped all texts from the program. Reach them another way.';
  if ((await stores.people.phoneProblem(phoneHash)) !== null)
    return 'Texts do not reach this number. Ask them for another one.';
  return consent === 'active' ? null : 'Gets no texts from the program: there is no agreement for this number.';
}
