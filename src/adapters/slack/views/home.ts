// App Home of one person: the parts of each of their roles, in the room that Slack gives, and a kind word where there is
// nothing. It is drawn anew on request; nothing in it is the only place of anything.

import type { HomeView, KnownBlock } from '@slack/types';
import type { Home } from '../../../app/ports/staff-room.ts';
import { context, section } from './elements.ts';
import { countLetters, fillRoom, LETTERS, type Listing, VIEW_BLOCKS } from './fill-room.ts';
import { counselorListings } from './home-counselor.ts';
import { menteeListing, mentorHead } from './home-mentor.ts';
import { staffListings } from './home-staff.ts';
import { timeWords } from './times.ts';

export function renderHome(home: Home): HomeView {
  const top = home.mentor === null ? [] : mentorHead(home.mentor);
  const drawn = context(`As of ${timeWords(home.drawnAt, home.timeZone)}`);
  const isEmpty = home.mentor === null && home.counselor === null && home.staff === null;
  if (isEmpty) return homeView([...stranger(), drawn]);
  const listings: readonly Listing[] = [
    ...(home.counselor === null ? [] : counselorListings(home.counselor, home.timeZone)),
    ...(home.mentor === null ? [] : [menteeListing(home.mentor, home.timeZone)]),
    ...(home.staff === null ? [] : staffListings(home.staff, home.timeZone)),
  ];
  const fixed = [...top, drawn];
  const room = { blocks: VIEW_BLOCKS - fixed.length, letters: LETTERS - countLetters(fixed) };
  return homeView([...top, ...fillRoom(listings, room), drawn]);
}

/** Somebody who has no role: what this is, and whom to ask. */
function stranger(): KnownBlock[] {
  return [
    section(
      'Icehouse helps mentors and counselors stay close to their students by text, from graduation into college.',
    ),
    section('You are not on its roster yet. If you should be, please ask the staff of your program to add you.'),
  ];
}

function homeView(blocks: KnownBlock[]): HomeView {
  return { type: 'home', blocks };
}
