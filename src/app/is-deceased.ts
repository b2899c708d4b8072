// Whether a person of the team said that this mentee has died. Then no list, prompt or text has them any more.

import { DECEASED } from '../core/model/pause.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';

export async function isDeceased(
  stores: Stores,
  { phoneHash }: Pick<Mentee, 'phoneHash'>,
  now: number,
): Promise<boolean> {
  return (await stores.pauses.of(phoneHash, now))?.reason === DECEASED;
}
