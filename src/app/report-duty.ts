// The duty of mandated reporters in a case of somebody under 18 (MR-01): when it begins, when the thread is told again, and what the
// card shows of it. Nothing here approves, assigns or refuses a report.

import { isTimeZone, localDateOf } from '../core/model/local-time.ts';
import { type CaseTopic, isReportable } from '../core/safety/case-about.ts';
import {
  isUnder18,
  nextReportNotice,
  REPORT_KINDS,
  type ReportKind,
  reportDueAt,
} from '../core/safety/mandated-report.ts';
import { findByPhone } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { nameOfActor } from './person.ts';
import type { Escalation, Stores, Timer } from './ports/database.ts';
import type { ReportDuty } from './ports/messages.ts';

/** The timer of a case that tells the thread again of one report. */
export const REPORT_TIMER: Readonly<Record<ReportKind, string>> = { phone: 'report_phone', written: 'report_written' };

/** The report that a timer of a case is about; null for any other timer. */
export function reportOfTimer({ name }: Timer): ReportKind | null {
  return REPORT_KINDS.find((kind) => REPORT_TIMER[kind] === name) ?? null;
}

/** When the duty begins with this text: now, if its topics are to be reported and the mentee is under 18; else null. */
export async function dutyBegins(
  stores: Stores,
  { menteeId }: Pick<Escalation, 'menteeId'>,
  { topics, now }: { readonly topics: readonly CaseTopic[]; readonly now: number },
): Promise<number | null> {
  if (menteeId === null || !isReportable(topics)) return null;
  return (await isChild(stores, menteeId, now)) === true ? now : null;
}

/** Sets the two timers of a duty that has begun. */
export async function armReports(stores: Stores, { id, dutySince }: Escalation, now: number): Promise<void> {
  if (dutySince == null) return;
  for (const kind of REPORT_KINDS) await armNotice(stores, id, { kind, since: dutySince, now });
}

/** The next notice of one report. */
export async function armNotice(
  stores: Stores,
  subject: string,
  { kind, since, now }: { readonly kind: ReportKind; readonly since: number; readonly now: number },
): Promise<void> {
  const dueAt = nextReportNotice(kind, since, now);
  if (dueAt !== null) await stores.timers.set({ kind: 'escalation', subject, name: REPORT_TIMER[kind], dueAt });
}

/** Whether the mentee is under 18 today where they live; null when nobody knows. */
async function isChild(
  stores: Stores,
  menteeId: NonNullable<Escalation['menteeId']>,
  now: number,
): Promise<boolean | null> {
  const mentee = await stores.people.mentee(menteeId);
  const birthOn = (await stores.people.contacts(menteeId))?.birthOn ?? null;
  if (mentee === null || !isTimeZone(mentee.timeZone)) return null;
  return isUnder18(birthOn, localDateOf(now, mentee.timeZone));
}

/** What the card shows; null when nothing is to be reported. Without a birth date it says what would be due. */
export async function dutyOnCard(
  deps: Pick<HouseDeps, 'content'>,
  stores: Stores,
  escalation: Escalation,
): Promise<ReportDuty | null> {
  const { dutySince, topics = [], state } = escalation;
  const stands = dutySince != null;
  if (!stands && !isReportable(topics)) return null;
  const since = dutySince ?? state.openedAt;
  // The roster may have learned the birth date since.
  const isUnder = stands || (await wasChild(stores, escalation, since));
  if (isUnder === false) return null;
  const reports: ReportDuty['reports'][number][] = [];
  for (const { report, by, at } of await stores.caseReports.of(escalation.id))
    reports.push({ report, by: await nameOfActor(stores, by), at });
  const { mandated_reports: agency } = deps.content.current().program;
  return {
    age: isUnder === true ? 'under_18' : 'unknown',
    since,
    writtenDueAt: reportDueAt('written', since),
    agency: agency === null ? null : `${agency.agency}, ${agency.phone}`,
    written: agency?.written ?? null,
    reports,
  };
}

/** Null: a mentee without a birth date on the roster, or a number that nobody knows. Mentors and staff are of age. */
async function wasChild(stores: Stores, { menteeId, phoneHash }: Escalation, at: number): Promise<boolean | null> {
  if (menteeId !== null) return isChild(stores, menteeId, at);
  return (await findByPhone(stores, phoneHash)).kind === 'unknown' ? null : false;
}
