// `/icehouse pause NAME`: the mentee of that name, with a button that opens the form. Finds the deceased as well, because
// staff may have to take that back.

import type { Mentee } from '../core/model/people.ts';
import type { Doing } from './doing.ts';
import { matchesName } from './match-name.ts';
import { mayPause } from './pause-mentee.ts';
import { PAUSE_WORDS } from './pause-words.ts';
import { fullNameOf } from './person.ts';
import type { CommandAnswer } from './ports/staff-room.ts';
import { momentWords } from './time-words.ts';

const TITLE = 'Pause';
const SHOWN = 10;

/** What was typed after `pause`. */
export async function findToPause(doing: Doing<string>): Promise<CommandAnswer> {
  const { stores, what, person } = doing;
  if (!mayPause(person))
    return {
      title: TITLE,
      lines: [{ label: '', text: 'Only counselors and staff of the roster can pause a mentee.' }],
    };
  if (what === '') return { title: TITLE, lines: [{ label: '', text: 'Write the name: /icehouse pause maya' }] };
  const all = [...(await stores.people.mentees()), ...(await stores.people.deceased())];
  const hits = all.filter((mentee) => matchesName(what, fullNameOf(mentee)));
  const [only] = hits;
  if (only === undefined) return { title: TITLE, lines: [{ label: '', text: 'No mentee has this name.' }] };
  const lines = [];
  for (const mentee of hits.slice(0, SHOWN))
    lines.push({ label: fullNameOf(mentee), text: await standingOf(doing, mentee) });
  if (hits.length > 1) {
    return { title: TITLE, lines: [...lines, { label: '', text: 'Several have this name: write more of it.' }] };
  }
  const form = { label: 'Pause or end a pause', ask: { kind: 'pause_mentee', menteeId: only.id } } as const;
  return { title: TITLE, lines, form };
}

async function standingOf({ deps, stores, now }: Doing<string>, { phoneHash, college }: Mentee): Promise<string> {
  const pause = await stores.pauses.of(phoneHash, now);
  if (pause === null) return `${college} · no pause`;
  const zone = deps.content.current().program.time_zone;
  const end = pause.until === null ? 'without an end' : `until ${momentWords(pause.until, now, zone)}`;
  return `${college} · paused (${PAUSE_WORDS[pause.reason]}), ${end}`;
}
