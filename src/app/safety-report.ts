// The page of the staff lead: the last thirty days of the screen and of the ladder, counts and times only. Reads, and
// shows no case, no name and no word of anybody.

import { formatDate } from '../core/language/format-date.ts';
import { localDateOf } from '../core/model/local-time.ts';
import {
  type CountedCase,
  reportScreen,
  reportTier,
  type ScreenReport,
  type TierReport,
} from '../core/safety/safety-report.ts';
import { type CaseTimes, timesOfCase } from './case-times.ts';
import { isDrill } from './drill-mark.ts';
import { type MissBy, missesIn } from './note-miss.ts';
import type { Stores } from './ports/database.ts';
import type { Line } from './ports/staff-room.ts';
import { clockWords } from './time-words.ts';

export const REPORT_DAYS = 30;
const DAY_MS = 24 * 3_600_000;
/** Deeds of a month that are looked through for misses. */
const DEEDS_READ = 100_000;

export interface SafetyReport {
  readonly since: number;
  readonly until: number;
  readonly crisis: TierReport;
  readonly high: TierReport;
  readonly screen: ScreenReport;
  /** Texts that a person raised and the screen had let pass. */
  readonly misses: Readonly<Record<MissBy, number>>;
  readonly drills: readonly CaseTimes[];
}

export async function readSafetyReport(stores: Stores, now: number): Promise<SafetyReport> {
  const since = now - REPORT_DAYS * DAY_MS;
  const cases: CountedCase[] = [];
  const drills: CaseTimes[] = [];
  for (const escalation of await stores.escalations.openedSince(since)) {
    const times = await timesOfCase(stores, escalation);
    const { tier, verdict } = escalation.state;
    if (isDrill(escalation)) drills.push(times);
    else cases.push({ ...times, tier, verdict });
  }
  const misses = missesIn(await stores.audit.recent({ limit: DEEDS_READ, since }));
  const missed = (by: MissBy): number => misses.filter((miss) => miss.by === by).length;
  return {
    since,
    until: now,
    crisis: reportTier(cases.filter(({ tier }) => tier === 'crisis')),
    high: reportTier(cases.filter(({ tier }) => tier === 'high')),
    screen: reportScreen(cases),
    misses: { person: missed('person'), worry: missed('worry') },
    drills,
  };
}

/** The report as lines for people. */
export function reportLines(report: SafetyReport, timeZone: string): readonly Line[] {
  const { screen, misses, drills } = report;
  return [
    { label: 'Crisis', text: tierWords(report.crisis) },
    { label: 'High', text: tierWords(report.high) },
    { label: 'False alarms', text: precisionWords(screen) },
    { label: 'Misses found later', text: missWords(misses) },
    { label: 'Opened again', text: screen.reopened === 0 ? 'none' : String(screen.reopened) },
    ...(drills.length === 0
      ? [{ label: 'Drills', text: 'none: start one with /icehouse drill' }]
      : drills.map((times) => ({ label: `Drill of ${dayWords(times.openedAt, timeZone)}`, text: drillWords(times) }))),
  ];
}

function tierWords(tier: TierReport): string {
  if (tier.cases === 0) return 'no case';
  const half =
    tier.medianMs === null || tier.p90Ms === null
      ? ''
      : ` Half were acknowledged within ${spanWords(tier.medianMs)}, nine of ten within ${spanWords(tier.p90Ms)}.`;
  const later = tier.later === 0 ? '' : `, ${tier.later} later than 15 minutes`;
  const open = tier.notYet === 0 ? '' : `, ${tier.notYet} not yet`;
  return `${countWords(tier.cases, 'case')}.${half} ${tier.atOnce} at once, ${tier.afterText} after the text${later}${open}.`;
}

function precisionWords({ judged, notJudged, falseAlarms, wrongTier, precision }: ScreenReport): string {
  const open = notJudged === 0 ? '' : ` Of ${notJudged} nobody has said it yet.`;
  if (precision === null) return `no page was judged.${open}`;
  return `${falseAlarms} of ${judged} judged pages, ${wrongTier} of a wrong tier; ${Math.round(precision * 100)} in 100 pages were right.${open}`;
}

function missWords({ person, worry }: SafetyReport['misses']): string {
  if (person + worry === 0) return 'none';
  return `${countWords(person, 'text')} that a person raised; ${countWords(worry, 'worry', 'worries')} of a mentor beside the screen`;
}

/** The times of a drill, each from its opening. */
export function drillWords({ openedAt, postedAt, textedAt, acknowledgedAt, resolvedAt }: CaseTimes): string {
  const after = (at: number | null, never: string): string => (at === null ? never : spanWords(at - openedAt));
  return [
    `in Slack ${after(postedAt, 'never')}`,
    `first text ${after(textedAt, acknowledgedAt === null ? 'never' : 'not needed')}`,
    `acknowledged ${after(acknowledgedAt, 'never')}`,
    `resolved ${after(resolvedAt, 'not yet')}`,
  ].join(' · ');
}

function dayWords(at: number, timeZone: string): string {
  return `${formatDate(localDateOf(at, timeZone), 'en')}, ${clockWords(at, timeZone)}`;
}

function countWords(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** "4 s", "12 min", "2 h 5 min". */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
