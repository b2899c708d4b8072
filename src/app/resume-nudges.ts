// Nudges of a mentee that wait "until somebody says so": the press that says so, and the to-do that tells staff of them
// after two weeks. Says nothing of what the case was about.

import { asCounselorId, type MenteeId } from '../core/model/ids.ts';
import { DECEASED } from '../core/model/pause.ts';
import { addTodo, endTodo, openTodosOf } from './add-todo.ts';
import { auditCase, type CasePress, changeCase, isOfTeam, NOT_FOR_MENTORS } from './case-actions.ts';
import { CASE_GONE } from './case-words.ts';
import { DONE, type Doing, say } from './doing.ts';
import type { HouseDeps } from './house-deps.ts';
import { PAUSE_WORDS } from './pause-words.ts';
import { fullNameOf } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { ActResult } from './ports/staff-room.ts';

const AFTER_CASE = 'A counselor lets them come back with "Nudges again" on the card in the counselors\' channel.';
const BY_HAND = 'Staff or a counselor end the pause with /icehouse pause and their name.';
const ALREADY = 'Nudges of this case do not wait for anybody any more.';

/** "Nudges again" on the card of a case that is over. */
export async function resumeNudges(doing: Doing<CasePress>): Promise<ActResult> {
  const { deps, stores, what, person, now } = doing;
  if (!isOfTeam(person)) return say(NOT_FOR_MENTORS);
  const escalation = await stores.escalations.byId(what.escalationId);
  if (escalation === null) return say(CASE_GONE);
  const { phoneHash } = escalation;
  await stores.lockPerson(phoneHash);
  const running = await stores.escalations.openOf(phoneHash);
  if (running !== null && running.id !== escalation.id)
    return say(`There is a newer case of this student, ${running.caseCode}: nudges are decided there.`);
  // A later case was ended with another pause: that one stands.
  const pause = await stores.pauses.of(phoneHash, now);
  if (pause !== null && pause.reason !== 'after_case')
    return say(`They are paused for another reason (${PAUSE_WORDS[pause.reason]}): /icehouse pause and their name.`);
  if (pause !== null && pause.until !== null) return say(ALREADY);
  const event = { kind: 'nudges_resumed', at: now, by: asCounselorId(person.actorId) } as const;
  if (!(await changeCase(deps, stores, escalation, event, now))) return say(ALREADY);
  await auditCase(doing, 'nudges_resumed');
  if (escalation.menteeId === null) return DONE;
  const by = { actorId: person.actorId, name: person.name, now };
  for (const { key } of await openTodosOf(stores, nudgesPausedKey(escalation.menteeId))) await endTodo(stores, key, by);
  return DONE;
}

/** How the keys of these to-dos of a mentee begin. */
export function nudgesPausedKey(menteeId: MenteeId): string {
  return `nudges-paused:${menteeId}:`;
}

/** Two weeks after a case was ended without a day for nudges: they may have been forgotten. Once for each such pause. */
export async function tellOfPause(deps: HouseDeps, stores: Stores, menteeId: MenteeId): Promise<void> {
  const now = deps.clock.now();
  const mentee = await stores.people.mentee(menteeId);
  const pause = mentee === null ? null : await stores.pauses.of(mentee.phoneHash, now);
  if (mentee === null || pause === null || pause.until !== null || pause.reason === DECEASED) return;
  // While people have the conversation they decide about it when they end it.
  if ((await stores.escalations.openOf(mentee.phoneHash)) !== null) return;
  await addTodo(stores, {
    key: `${nudgesPausedKey(menteeId)}${pause.setAt}`,
    kind: 'nudges_paused',
    title: `${fullNameOf(mentee)}'s nudges are paused until somebody says so`,
    detail: `For two weeks now. ${pause.reason === 'after_case' ? AFTER_CASE : BY_HAND} Done here only takes this off the list.`,
    now,
  });
}
