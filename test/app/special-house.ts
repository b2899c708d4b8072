// What the tests of special cases share: the one case and its card, a mentee's birth date, words in a thread, and all
// that a mentor or the staff channel was shown.

import { importRoster } from '../../src/app/import-roster.ts';
import type { AlertCard } from '../../src/app/ports/messages.ts';
import { asEscalationId, type EscalationId } from '../../src/core/model/ids.ts';
import type { Mentee, MenteeContacts } from '../../src/core/model/people.ts';
import { MAYA, type World } from './world.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The card as it stands after everything that was posted. */
export function lastCard(world: World): AlertCard {
  const card = world.posts.findLast(({ message }) => message.kind === 'alert')?.message;
  if (card?.kind !== 'alert') throw new Error('no card');
  return card;
}

export function onlyCase(world: World): EscalationId {
  return asEscalationId(lastCard(world).escalationId);
}

export async function menteeNamed(world: World, firstName: string): Promise<Mentee> {
  const all = await world.database.read(async ({ people }) => [
    ...(await people.mentees()),
    ...(await people.deceased()),
  ]);
  const mentee = all.find((one) => one.firstName === firstName);
  if (mentee === undefined) throw new Error(`no ${firstName}`);
  return mentee;
}

const NO_CONTACTS: MenteeContacts = {
  birthOn: null,
  emergencyName: null,
  emergencyPhone: null,
  campusCounselingPhone: null,
  campusPolicePhone: null,
};

/** Gives a mentee of the world a birth date, as the roster would. */
export async function bornOn(world: World, firstName: string, birthOn: string): Promise<void> {
  const { id } = await menteeNamed(world, firstName);
  await world.database.transact(({ people }) => people.saveContacts(id, { ...NO_CONTACTS, birthOn }, world.clock.at));
}

/** What was texted to a phone by the house or by a person, in order. */
export function textsTo({ texts }: World, to: string = MAYA): string[] {
  return texts.filter((text) => text.to === to).map(({ body }) => body);
}

let messages = 0;

/** Somebody writes in the thread of the case. */
export async function sayInThread(world: World, slackUserId: string, text: string): Promise<void> {
  const root = await world.database.read(async ({ outbox }) => (await outbox.alertPosts(onlyCase(world)))[0]);
  messages += 1;
  await world.receiveThreadMessage({
    externalId: `C0:${(world.clock.at / 1_000).toFixed(0)}.${String(messages).padStart(6, '0')}`,
    threadOf: root?.providerId ?? '',
    slackUserId,
    text,
    fileCount: 0,
  });
  await world.relay.drain();
}

/** Somebody of staff, so that the staff channel and its home are theirs and not the counselors'. */
export async function withStaff(world: World): Promise<void> {
  const header =
    'role,first_name,last_name,phone,language,time_zone,college,mentor,consent_basis,consent_on,slack_user_id,on_call';
  const row = 'staff,Sam,Reyes,,,America/Los_Angeles,,,,,U0SAM,';
  const names = header.split(',');
  const cells = row.split(',');
  const rows = [{ line: 2, cells: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) }];
  const result = await importRoster(
    { ...world, tasks: [] },
    { header: names.filter((name) => name !== 'on_call'), rows },
    false,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
}

/** Everything that the mentor, or anybody outside the counselors' channel, was shown of a world, as one text. */
export async function shownToOthers(world: World): Promise<string> {
  const posts = world.posts.filter(({ to, threadTs }) => to !== 'counselors' && threadTs === null && !/^C0:/.test(to));
  const homes = [await world.showHome('U0DANI'), await world.showHome('U0SAM')].map((home) => ({
    ...home,
    counselor: null,
  }));
  const list = await world.database.read(async ({ mentorList, people }) => {
    const dani = await people.mentorBySlackUser('U0DANI');
    return dani === null ? [] : mentorList.open(dani.id);
  });
  const found = await world.command({ slackUserId: 'U0DANI', text: 'find maya', actKey: `find${world.clock.at}` });
  const foundByStaff = await world.command({ slackUserId: 'U0SAM', text: 'find maya', actKey: `sam${world.clock.at}` });
  const alarms = await world.database.read(({ house }) => house.alarms());
  return JSON.stringify([posts.map(({ message }) => message), homes, list, found, foundByStaff, alarms, world.logged]);
}
