// What the work of the house is done with: handed in by the composition root, the same for every use case.

import type { Phone, PhoneHash } from '../core/model/ids.ts';
import type { ContentShelf } from './content.ts';
import type { Clock, Ids } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

export interface HouseDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly content: ContentShelf;
  readonly log: Log;
  readonly hashPhone: (phone: Phone) => PhoneHash;
}
