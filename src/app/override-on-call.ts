// Somebody stands in for the on-call list until a moment: set, shown and ended by counselors. The list itself is the
// roster's and is never changed here.

import type { Counselor } from '../core/model/people.ts';
import { DONE, type Doing, say, wordModal } from './doing.ts';
import { onCallNames, standInNow } from './on-call.ts';
import { noticeRow } from './outbound-rows.ts';
import { fullNameOf, hasLeft } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { ActResult, Line, Modal, ModalAnswer, ModalAsk, ModalSubmission, StaffAct } from './ports/staff-room.ts';
import { momentWords } from './time-words.ts';

const TITLE = 'On call';
const NOT_YOURS = 'Only counselors of the roster can change who is on call.';
const HOUR_MS = 3_600_000;
/** A week: who is on call for longer belongs into the roster. */
const LONGEST_HOURS = 168;

export async function showOverride(doing: Doing<Extract<ModalAsk, { kind: 'on_call_override' }>>): Promise<Modal> {
  const { deps, stores, now, person } = doing;
  if (person.counselor === null) return wordModal(TITLE, NOT_YOURS);
  const counselors = await whoCanStandIn(stores);
  if (counselors.length === 0) return wordModal(TITLE, 'No counselor of the roster has a phone that can be texted.');
  return {
    kind: 'on_call_override',
    counselors: counselors.map((counselor) => ({ counselorId: counselor.id, name: fullNameOf(counselor) })),
    current: await standInNow(stores, now),
    timeZone: deps.content.current().program.time_zone,
  };
}

export async function saveOverride(
  doing: Doing<Extract<ModalSubmission, { kind: 'on_call_override' }>>,
): Promise<ModalAnswer> {
  const { stores, now, person, what } = doing;
  if (person.counselor === null) return { kind: 'show', modal: wordModal(TITLE, NOT_YOURS) };
  if (!Number.isInteger(what.hours) || what.hours < 1 || what.hours > LONGEST_HOURS)
    return { kind: 'errors', errors: { hours: `Write whole hours, 1 to ${LONGEST_HOURS}.` } };
  const counselor = (await whoCanStandIn(stores)).find(({ id }) => id === what.counselorId);
  if (counselor === undefined)
    return { kind: 'errors', errors: { counselorId: 'Choose a counselor who is here and has a phone.' } };
  const until = now + what.hours * HOUR_MS;
  await stores.slackPeople.setOverride({ counselorId: counselor.id, until, setBy: person.actorId, setAt: now });
  await audit(doing, 'on_call_override_set', counselor.id, { hours: what.hours });
  await tellCounselors(doing, [
    { label: 'Stands in', text: `${fullNameOf(counselor)}, until ${whenWords(doing, until)}` },
  ]);
  return { kind: 'close' };
}

export async function clearOverride(doing: Doing<Extract<StaffAct, { kind: 'clear_override' }>>): Promise<ActResult> {
  const { stores, now, person } = doing;
  if (person.counselor === null) return say(NOT_YOURS);
  const override = await stores.slackPeople.override(now);
  if (override === null) return { ...say('Nobody stands in: the list of the roster counts.'), homeChanged: true };
  await stores.slackPeople.clearOverride();
  await audit(doing, 'on_call_override_cleared', override.counselorId, {});
  await tellCounselors(doing, [{ label: 'Stands in', text: 'nobody any more: the list of the roster counts' }]);
  return { ...DONE, homeChanged: true };
}

/** Counselors who are here and whose phone can be texted: an alert to anybody else would reach nobody. */
async function whoCanStandIn(stores: Stores): Promise<Counselor[]> {
  const here: Counselor[] = [];
  for (const counselor of await stores.people.counselors()) {
    if (counselor.phone !== null && !(await hasLeft(stores, counselor))) here.push(counselor);
  }
  return here;
}

function whenWords({ deps, now }: Doing<unknown>, at: number): string {
  return momentWords(at, now, deps.content.current().program.time_zone);
}

async function audit(
  { stores, now, person }: Doing<unknown>,
  action: string,
  subject: string,
  detail: Readonly<Record<string, number>>,
): Promise<void> {
  await stores.audit.add({ at: now, actor: person.actorId, action, subjectKind: 'counselor', subject, detail });
}

/** The channel hears who is paged from now on, so that nobody learns it from a page. */
async function tellCounselors({ deps, stores, now, person }: Doing<unknown>, lines: readonly Line[]): Promise<void> {
  const names = await onCallNames(stores, now);
  const row = noticeRow({
    key: `on-call:${deps.ids.next()}`,
    recipient: { kind: 'slack_channel', channel: 'counselors' },
    title: 'Who is on call has changed',
    lines: [
      ...lines,
      { label: 'Paged in this order', text: names.length === 0 ? 'nobody' : names.join(', ') },
      { label: 'Changed by', text: person.name },
    ],
    now,
  });
  await stores.outbox.add(row, now);
}
