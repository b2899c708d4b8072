// `/icehouse find`: the mentees of a name, as far as the one who asks may know of them. A mentor finds their own mentees,
// and never learns of a case; staff find all, and learn of none either.

import type { Mentee } from '../core/model/people.ts';
import type { Doing } from './doing.ts';
import { matchesName } from './match-name.ts';
import { openTaskWords } from './open-tasks.ts';
import { PAUSE_WORDS } from './pause-words.ts';
import { fullNameOf } from './person.ts';
import type { CommandAnswer, Line } from './ports/staff-room.ts';
import { whyNotTexted } from './reachable.ts';
import { momentWords } from './time-words.ts';

const SHOWN = 10;
const TASKS_SHOWN = 3;

/** What was typed after `find`. */
export async function findMentees(doing: Doing<string>): Promise<CommandAnswer> {
  const { stores, what, person, now } = doing;
  const hits = (await menteesInSight(doing)).filter((mentee) => matchesName(what, fullNameOf(mentee)));
  const event = { action: 'find_used', subjectKind: 'roster', subject: 'mentees', detail: { hits: hits.length } };
  await stores.audit.add({ at: now, actor: person.actorId, ...event });
  const shown = hits.slice(0, SHOWN);
  const lines: Line[] = [];
  for (const mentee of shown) lines.push({ label: fullNameOf(mentee), text: await describe(doing, mentee) });
  return { title: titleOf(hits.length, shown.length), lines };
}

function titleOf(hits: number, shown: number): string {
  if (hits === 0) return 'No mentee has this name';
  if (hits > shown) return `${hits} mentees have this name, ${shown} are shown: write more of it`;
  return hits === 1 ? '1 mentee has this name' : `${hits} mentees have this name`;
}

/** Mentees of the one who asks; all, for staff and counselors; none for anybody else. */
async function menteesInSight({ stores, person }: Doing<unknown>): Promise<Mentee[]> {
  if (person.counselor !== null || person.staff !== null) {
    const all = await stores.people.mentees();
    return all.toSorted((a, b) => fullNameOf(a).localeCompare(fullNameOf(b), 'en'));
  }
  return person.mentor === null ? [] : stores.people.menteesOf(person.mentor.id);
}

async function describe(doing: Doing<unknown>, mentee: Mentee): Promise<string> {
  const { deps, stores, now } = doing;
  const mentor = await stores.people.mentorOf(mentee.id);
  const tasks = await openTaskWords(stores, deps.content.current(), mentee, now);
  const more = tasks.length > TASKS_SHOWN ? [`${tasks.length - TASKS_SHOWN} more`] : [];
  const open = tasks.length === 0 ? 'no open task' : `open: ${[...tasks.slice(0, TASKS_SHOWN), ...more].join('; ')}`;
  const parts = [
    mentee.college,
    mentor === null ? 'no mentor' : `mentor ${fullNameOf(mentor)}`,
    open,
    ...(await textingState(doing, mentee)),
  ];
  return parts.join(' · ');
}

/** A case, and the pause after one, are for counselors alone; a pause that was set for another reason is for staff too. */
async function textingState({ deps, stores, person, now }: Doing<unknown>, mentee: Mentee): Promise<string[]> {
  const trouble = await whyNotTexted(stores, mentee);
  const said: string[] = trouble === null ? [] : [trouble];
  if (person.counselor === null && person.staff === null) return said;
  const running = person.counselor === null ? null : await stores.escalations.openOf(mentee.phoneHash);
  if (running !== null) said.push(`in case ${running.caseCode}`);
  const pause = await stores.pauses.of(mentee.phoneHash, now);
  if (pause === null || (pause.reason === 'after_case' && person.counselor === null)) return said;
  const zone = deps.content.current().program.time_zone;
  const rest = pause.until === null ? 'nudges rest' : `nudges rest until ${momentWords(pause.until, now, zone)}`;
  return [...said, pause.reason === 'after_case' ? rest : `${rest} (${PAUSE_WORDS[pause.reason]})`];
}
