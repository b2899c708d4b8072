// The counselor's part of App Home: the cases that go on, who is on call, and the stand-in.

import type { KnownBlock } from '@slack/types';
import type { CounselorHome } from '../../../app/ports/staff-room.ts';
import { ACT, ASK } from './action-ids.ts';
import { actions, button, context, heading, section } from './elements.ts';
import type { Listing } from './fill-room.ts';
import { nameIn, oneLine } from './text.ts';
import { dateTimeWords } from './times.ts';

const TIER_NAMES = { crisis: 'Crisis', high: 'High' } as const;
const NEXT_SHOWN = 5;

export function counselorListings(home: CounselorHome, timeZone: string): Listing[] {
  return [cases(home, timeZone), { head: onCall(home, timeZone), items: [], foot: () => [] }];
}

function cases(home: CounselorHome, timeZone: string): Listing {
  const items = home.cases.map((one) =>
    section(
      [
        `${TIER_NAMES[one.tier]} · case ${one.caseCode} · ${nameIn(one.firstName)}`,
        oneLine(one.standing, 200),
        `Since ${dateTimeWords(one.openedAt, timeZone)}`,
      ].join('\n'),
      button(ASK.caseDetails, 'Details', { value: one.escalationId }),
    ),
  );
  return {
    head: [heading('Open cases')],
    items,
    foot: (shown) => {
      if (items.length === 0) return [section('No case is open. Everybody is looked after.')];
      return shown < items.length ? [context(`${items.length - shown} more cases do not fit here.`)] : [];
    },
  };
}

function onCall(home: CounselorHome, timeZone: string): KnownBlock[] {
  const { override } = home;
  const next = home.onCallNext.slice(0, NEXT_SHOWN).map((name) => nameIn(name));
  const words = [
    home.onCallNow === null ? 'Nobody is on call. Please add a phone to the roster.' : `Now: ${nameIn(home.onCallNow)}`,
    ...(next.length === 0 ? [] : [`Next: ${next.join(', ')}`]),
    ...(override === null
      ? []
      : [`${nameIn(override.name)} stands in until ${dateTimeWords(override.until, timeZone)}`]),
  ];
  const end = override === null ? [] : [button(ACT.clearOverride, 'End the override')];
  return [
    heading('On call'),
    section(words.join('\n')),
    actions([button(ASK.onCallOverride, override === null ? 'Set an override' : 'Change the override'), ...end]),
  ];
}
