// A house whose mentors are asked every week: mentors and mentees put on the roster by hand, time that is moved from one
// due moment to the next, and a diary of what was sent to whom at which local hour.

import type { StaffMessage } from '../../src/app/ports/messages.ts';
import { armProgramTimers } from '../../src/app/program-timers.ts';
import { createRelay } from '../../src/app/relay-outbox.ts';
import { createRunDue } from '../../src/app/run-due.ts';
import { asMenteeId, asMentorId, asPhone, type MenteeId, type MentorId } from '../../src/core/model/ids.ts';
import { localClockOf, localDateOf } from '../../src/core/model/local-time.ts';
import type { World } from './world.ts';

export const LA = 'America/Los_Angeles';
export const PHOENIX = 'America/Phoenix';
export const NEW_YORK = 'America/New_York';
export const HONOLULU = 'Pacific/Honolulu';

const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** More due moments than this in one wait are a loop. */
const STEP_LIMIT = 5_000;

export interface NewMentor {
  readonly name: string;
  readonly timeZone: string;
  /** Null: by SMS, to the number that the house gives them. */
  readonly slackUserId: string | null;
  readonly mentees: readonly string[];
  /** In the same order; each "S" when left out. */
  readonly lastNames?: readonly string[];
  /** Whether they agreed to be texted. */
  readonly consent?: boolean;
}

export interface KnownMentor {
  readonly mentorId: MentorId;
  readonly phone: string;
  readonly menteeIds: readonly MenteeId[];
}

/** Numbers 0100 to 0199 of one area code each, so that no two people share one. */
function phoneOf(area: number, index: number): string {
  return `+1${area}55501${String(index).padStart(2, '0')}`;
}

let area = 300;

/** Puts a mentor and their mentees on the roster. */
export async function addMentor(world: World, mentor: NewMentor): Promise<KnownMentor> {
  area += 1;
  const phone = phoneOf(area, 0);
  const now = world.clock.at;
  return world.database.transact(async (stores) => {
    const mentorId = await stores.people.saveMentor(
      {
        id: asMentorId(world.ids.next()),
        firstName: mentor.name,
        lastName: 'M',
        phone: asPhone(phone),
        slackUserId: mentor.slackUserId,
        timeZone: mentor.timeZone,
      },
      now,
    );
    if (mentor.consent === true) {
      const phoneHash = world.database.hashPhone(phone);
      await stores.consents.record({ phoneHash, state: 'active', via: 'roster', basis: 'web_form', at: now });
    }
    const menteeIds: MenteeId[] = [];
    for (const [index, firstName] of mentor.mentees.entries()) {
      const menteePhone = phoneOf(area, index + 1);
      const menteeId = await stores.people.saveMentee(
        {
          id: asMenteeId(world.ids.next()),
          firstName,
          lastName: mentor.lastNames?.[index] ?? 'S',
          phone: asPhone(menteePhone),
          phoneHash: world.database.hashPhone(menteePhone),
          language: 'en',
          timeZone: mentor.timeZone,
          college: 'Cal State LA',
          introducedAt: null,
        },
        now,
      );
      await stores.people.saveMatch(menteeId, mentorId, localDateOf(now, mentor.timeZone));
      menteeIds.push(menteeId);
    }
    return { mentorId, phone, menteeIds };
  });
}

export const arm = (world: World) => world.database.transact((stores) => armProgramTimers(world, stores));

/** What falls due at this moment. */
export type Tick = () => Promise<void>;

/** One process of the house: its own minute and its own relay on the shared database. */
export function processOf(world: World): Tick {
  const deps = { ...world, wake: () => {} };
  const runDue = createRunDue(deps);
  const relay = createRelay({ ...world });
  return async () => {
    await runDue();
    await relay.drain();
  };
}

/** Moves time on, from one due moment to the next. */
export async function passUntil(world: World, target: number, tick: Tick): Promise<void> {
  await tick();
  for (let step = 0; step < STEP_LIMIT; step += 1) {
    const times = await world.database.read(async (stores) => [
      await stores.timers.nextDueAt(world.clock.at),
      await stores.outbox.nextDueAt(world.clock.at),
    ]);
    const next = Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
    if (next > target) break;
    world.clock.at = next;
    await tick();
  }
  world.clock.at = target;
  await tick();
}

export interface Entry {
  readonly at: number;
  readonly to: string;
  readonly message: StaffMessage | string;
}

/** Writes down every post and text with its moment; updates of a post are not messages and are left out. */
export function keepDiary(world: World): Entry[] {
  const diary: Entry[] = [];
  const { posts, texts, clock } = world;
  const pushPost = posts.push.bind(posts);
  posts.push = (...items) => {
    for (const { to, message, isUpdate } of items) if (!isUpdate) diary.push({ at: clock.at, to, message });
    return pushPost(...items);
  };
  const pushText = texts.push.bind(texts);
  texts.push = (...items) => {
    for (const { to, body } of items) diary.push({ at: clock.at, to, message: body });
    return pushText(...items);
  };
  return diary;
}

/** "Sun 2026-11-01 17:00". */
export function localWords(at: number, timeZone: string): string {
  const { weekday, hour, minute } = localClockOf(at, timeZone);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${WEEKDAYS[weekday] ?? ''} ${localDateOf(at, timeZone)} ${two(hour)}:${two(minute)}`;
}

/** The prompt of a mentor that runs; throws when there is none. */
export async function promptOf(world: World, mentorId: MentorId) {
  const prompt = await world.database.read((stores) => stores.prompts.latestOf(mentorId));
  if (prompt === null) throw new Error('this mentor was never asked');
  return prompt;
}
