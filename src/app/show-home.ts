// Somebody's App Home as a value: the parts that are theirs, from committed rows. Draws nothing and changes nothing.

import { counselorHome } from './counselor-home.ts';
import type { StaffDeps } from './doing.ts';
import { mentorHome } from './mentor-home.ts';
import { findPerson, hasLeft, type Person } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { Home } from './ports/staff-room.ts';
import { staffHome } from './staff-home.ts';

export type ShowHome = (slackUserId: string) => Promise<Home>;

export function createShowHome(deps: StaffDeps): ShowHome {
  return (slackUserId) =>
    deps.database.read(async (stores) => {
      const now = deps.clock.now();
      const content = deps.content.current();
      const person = await findPerson(stores, slackUserId);
      const { mentor, counselor } = person;
      const programZone = content.program.time_zone;
      const hashOf = (address: string) => deps.database.hashPhone(address);
      const seesStaffPart = await isForStaff(stores, person);
      return {
        mentor: mentor === null ? null : await mentorHome(stores, content, mentor, now),
        counselor: counselor === null ? null : await counselorHome(stores, { now, timeZone: programZone }),
        staff: seesStaffPart ? await staffHome(stores, hashOf, now) : null,
        drawnAt: now,
        // Cards and notices speak of the program's zone; who is a mentor alone lives by their own.
        timeZone: counselor === null && !seesStaffPart && mentor !== null ? mentor.timeZone : programZone,
      };
    });
}

/** Staff; and counselors, while nobody on the roster is staff and still here. */
async function isForStaff(stores: Stores, { staff, counselor }: Person): Promise<boolean> {
  if (staff !== null) return true;
  if (counselor === null) return false;
  for (const member of await stores.people.staff()) if (!(await hasLeft(stores, member))) return false;
  return true;
}
