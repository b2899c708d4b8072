// Somebody of the workspace was deactivated, became a guest or came back (SL-24). What they had in hand goes to others
// in the same commit: cases page the team, a mentor's list goes to staff. Never touches what they did before.

import type { SlackStanding } from '../core/model/people.ts';
import { holderOf } from '../core/safety/escalation.ts';
import { addTodo, endTodo, openTodosOf } from './add-todo.ts';
import { changeCase } from './case-actions.ts';
import type { StaffDeps } from './doing.ts';
import { handOverMentor } from './hand-over-mentor.ts';
import { onCallNow } from './on-call.ts';
import { findPerson, fullNameOf, HOUSE, type Person } from './person.ts';
import type { Stores } from './ports/database.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { slackActor } from './slack-actor.ts';
import { type Change, leftKey } from './standing-change.ts';

/** Resolves after the commit. The same standing twice changes nothing. */
export type NoteSlackPerson = (person: {
  readonly slackUserId: string;
  readonly standing: SlackStanding;
}) => Promise<void>;

export function createNoteSlackPerson(deps: StaffDeps): NoteSlackPerson {
  return async ({ slackUserId, standing }) => {
    await deps.database.transact(async (stores) => {
      const now = deps.clock.now();
      const person = await findPerson(stores, slackUserId);
      if (!(await isOurs(stores, person))) return;
      if (!(await stores.slackPeople.setStanding(slackUserId, standing, now))) return;
      await follow({ deps, stores, person, now }, standing);
    });
    deps.wake();
  };
}

async function follow(change: Change, standing: SlackStanding): Promise<void> {
  await audit(change, `slack_person_${standing === 'member' ? 'back' : standing}`);
  switch (standing) {
    case 'deactivated':
      return leave(change);
    case 'guest':
      return becomeGuest(change);
    case 'member':
      return comeBack(change);
  }
}

/** On the roster, or somebody who took a case in the channel without being on it. */
async function isOurs(stores: Stores, person: Person): Promise<boolean> {
  if (person.counselor !== null || person.mentor !== null || person.staff !== null) return true;
  const held = slackActor(person.slackUserId);
  return (await stores.escalations.unresolved()).some(({ state }) => holderOf(state) === held);
}

async function leave(change: Change): Promise<void> {
  await letGoOfCases(change);
  await leaveOnCall(change);
  if (change.person.mentor !== null) await handOverMentor(change, change.person.mentor);
  await endTodos(change, leftKey('guest', change.person.actorId), 'Icehouse: they have left Slack');
}

/**
 * Every case that is theirs pages the team at once, and no round that runs waits for them any more: nobody may wait for
 * somebody who cannot read it.
 */
async function letGoOfCases({ deps, stores, person, now }: Change): Promise<void> {
  const { counselor, staff, mentor, slackUserId } = person;
  const names: readonly string[] = [
    slackActor(slackUserId),
    ...[counselor, staff, mentor].flatMap((one) => one?.id ?? []),
  ];
  const onCall = (await onCallNow(stores, now)).map(({ id }) => id);
  for (const escalation of await stores.escalations.unresolved()) {
    const { chain, acknowledgedBy } = escalation.state;
    const theirs = [holderOf(escalation.state), acknowledgedBy, ...chain].find(
      (id) => id !== null && names.includes(id),
    );
    if (theirs == null) continue;
    await changeCase(deps, stores, escalation, { kind: 'holder_gone', at: now, who: theirs, onCall }, now);
  }
}

async function leaveOnCall({ deps, stores, person, now }: Change): Promise<void> {
  const { counselor } = person;
  if (counselor === null) return;
  const override = await stores.slackPeople.override(now);
  if (override?.counselorId === counselor.id) {
    await stores.slackPeople.clearOverride();
    const event = { action: 'on_call_override_cleared', subjectKind: 'counselor', subject: counselor.id, detail: {} };
    await stores.audit.add({ at: now, actor: HOUSE, ...event });
  }
  if (counselor.onCallOrder !== null) {
    await addTodo(stores, {
      key: `${leftKey('counselor', counselor.id)}${now}`,
      kind: 'counselor_left',
      title: `Take ${fullNameOf(counselor)} off the on-call list`,
      detail:
        'Their account in Slack was deactivated: they are not alerted any more. Import the counselors again without their place on call.',
      now,
    });
  }
  if ((await onCallNow(stores, now)).some(({ phone }) => phone !== null)) return;
  const detail =
    'Whoever was left on the on-call list was deactivated in Slack: when Slack is silent, a crisis reaches nobody. Import counselors with an on_call place.';
  await raiseAlarm(deps.log, stores, { kind: 'nobody_on_call', subject: 'roster', detail, now });
}

/** Nobody is taken off anything: a person looks whether a guest should see what they see (SL-25). */
async function becomeGuest({ stores, person, now }: Change): Promise<void> {
  await addTodo(stores, {
    key: `${leftKey('guest', person.actorId)}${now}`,
    kind: 'slack_guest',
    title: `${person.name} is a guest in Slack now`,
    detail:
      'Check whether they still belong to the program. They keep their part until you take them off: import the roster without their place on call, and give their mentees another mentor.',
    now,
  });
}

/** They are here again, so what was to be done because they were not is done. */
async function comeBack(change: Change): Promise<void> {
  const { actorId, counselor, mentor } = change.person;
  const keys = [
    leftKey('guest', actorId),
    ...(counselor === null ? [] : [leftKey('counselor', counselor.id)]),
    ...(mentor === null ? [] : [leftKey('mentor', mentor.id)]),
  ];
  for (const key of keys) await endTodos(change, key, 'Icehouse: they are back in Slack');
}

async function endTodos({ stores, now }: Change, keyStart: string, name: string): Promise<void> {
  for (const { key } of await openTodosOf(stores, keyStart)) {
    await endTodo(stores, key, { actorId: HOUSE, name, now });
  }
}

async function audit({ stores, person, now }: Change, action: string): Promise<void> {
  const { counselor, mentor, staff, actorId } = person;
  const roles = [counselor !== null && 'counselor', mentor !== null && 'mentor', staff !== null && 'staff'];
  const subjectKind = roles.find((role) => role !== false) ?? 'slack';
  await stores.audit.add({ at: now, actor: HOUSE, action, subjectKind, subject: actorId, detail: {} });
}
