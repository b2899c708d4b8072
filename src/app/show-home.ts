// Being built.

import type { StaffDeps } from './doing.ts';
import type { Home } from './ports/staff-room.ts';

export type ShowHome = (slackUserId: string) => Promise<Home>;

export function createShowHome(_deps: StaffDeps): ShowHome {
  return async () => {
    throw new Error('not built');
  };
}
