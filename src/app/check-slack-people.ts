// Once a day the roster is compared with the workspace, because the event that tells of somebody who left may never come
// (SL-24). What differs is noted as if the event had come; an id that the workspace does not know is a to-do.

import { localDateOf } from '../core/model/local-time.ts';
import { addTodo } from './add-todo.ts';
import type { StaffDeps } from './doing.ts';
import type { NoteSlackPerson } from './note-slack-person.ts';
import { fullNameOf } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { SlackReader } from './ports/slack-reader.ts';

export interface CheckSlackPeopleDeps extends StaffDeps {
  readonly slackReader: Pick<SlackReader, 'standings'>;
  readonly noteSlackPerson: NoteSlackPerson;
}

/** Called as often as one likes: it asks Slack until one answer a day has come, and at most once an hour. */
export type CheckSlackPeople = () => Promise<void>;

const DONE_SLOT = 'slack-people';
const TRY_SLOT = 'slack-people-try';
const TRY_EVERY_MS = 3_600_000;

export function createCheckSlackPeople(deps: CheckSlackPeopleDeps): CheckSlackPeople {
  return async () => {
    const now = deps.clock.now();
    const today = localDateOf(now, deps.content.current().program.time_zone);
    if (!(await isDue(deps, today, now))) return;
    const people = await deps.database.read(rosterInSlack);
    const known = await deps.slackReader.standings(people.map(({ slackUserId }) => slackUserId));
    if (known === null) return deps.log.warn('slack_people_not_read');
    const standings = new Map(known.map(({ slackUserId, standing }) => [slackUserId, standing]));
    for (const { slackUserId } of people) {
      const standing = standings.get(slackUserId);
      if (standing !== undefined) await deps.noteSlackPerson({ slackUserId, standing });
    }
    await deps.database.transact(async (stores) => {
      await tellUnknown(
        stores,
        people.filter(({ slackUserId }) => !standings.has(slackUserId)),
        now,
      );
      await stores.house.takeSlot(DONE_SLOT, today, now);
    });
    deps.wake();
  };
}

async function isDue({ database }: StaffDeps, today: string, now: number): Promise<boolean> {
  if (await database.read((stores) => stores.house.hasSlot(DONE_SLOT, today))) return false;
  const hour = String(Math.floor(now / TRY_EVERY_MS));
  return database.transact((stores) => stores.house.takeSlot(TRY_SLOT, hour, now));
}

interface InSlack {
  readonly slackUserId: string;
  readonly name: string;
}

/** Everybody of the roster who has a Slack id, each id once. */
async function rosterInSlack({ people }: Stores): Promise<InSlack[]> {
  const all = [...(await people.counselors()), ...(await people.mentors()), ...(await people.staff())];
  const byId = new Map<string, InSlack>();
  for (const person of all) {
    const { slackUserId } = person;
    if (slackUserId !== null) byId.set(slackUserId, { slackUserId, name: fullNameOf(person) });
  }
  return [...byId.values()].toSorted((a, b) => (a.slackUserId < b.slackUserId ? -1 : 1));
}

/** One to-do for all of them: a wrong workspace makes every id unknown at once. */
async function tellUnknown(stores: Stores, unknown: readonly InSlack[], now: number): Promise<void> {
  if (unknown.length === 0) return;
  await addTodo(stores, {
    key: `slack_id_unknown:${fingerprint(unknown.map(({ slackUserId }) => slackUserId).join())}`,
    kind: 'slack_id_unknown',
    title: 'Slack does not know some of the Slack ids of the roster',
    detail: `Nothing can be told to them in Slack. Copy their member ids anew and import them: ${unknown.map(({ name, slackUserId }) => `${name} (${slackUserId})`).join(', ')}.`,
    now,
  });
}

/** A short key for the same set of ids: while nothing changes, it is told once. */
function fingerprint(text: string): string {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 4_294_967_291;
  return sum.toString(36);
}
