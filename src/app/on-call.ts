// Who is alerted first: the on-call list as it stands at a moment, with an override in front, without those who left.

import type { Counselor } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';

export async function onCallNow(stores: Stores, _now: number): Promise<Counselor[]> {
  return stores.people.onCall();
}
