// The duty of mandated reporters in a case of somebody under 18 (MR-01, California Penal Code 11166): a call at once, a
// written report within 36 hours. The duty is personal: nothing here approves, assigns or refuses a report.

/** `phone`: the call to the agency · `written`: the report that follows it. */
export const REPORT_KINDS = ['phone', 'written'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Penal Code 11166(a): so long after the call's cause the written report may take. */
export const WRITTEN_WITHIN_MS = 36 * HOUR_MS;

/** When the thread is told again of a report that nobody has noted yet, counted from the beginning of the duty. */
const NOTICES: Readonly<Record<ReportKind, readonly number[]>> = {
  phone: [30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS],
  written: [24 * HOUR_MS, 32 * HOUR_MS, 35 * HOUR_MS, WRITTEN_WITHIN_MS],
};
/** After the last of them, once in so long, up to so many times: then it stays on the card, and an alarm is out. */
const AGAIN_MS: Readonly<Record<ReportKind, number>> = { phone: 8 * HOUR_MS, written: 24 * HOUR_MS };
const AGAIN_LIMIT = 7;

/** When a report is due: the call at once, the paper within 36 hours. */
export function reportDueAt(kind: ReportKind, since: number): number {
  return kind === 'phone' ? since : since + WRITTEN_WITHIN_MS;
}

/** The first notice later than `after`; null when there are no more. */
export function nextReportNotice(kind: ReportKind, since: number, after: number): number | null {
  const planned = NOTICES[kind].map((delay) => since + delay);
  const last = planned.at(-1) ?? since;
  const again = Array.from({ length: AGAIN_LIMIT }, (_, index) => last + (index + 1) * AGAIN_MS[kind]);
  return [...planned, ...again].find((at) => at > after) ?? null;
}

const ADULT_YEARS = 18;

/** Whether somebody born on `birthOn` is under 18 on `today` (local dates); null when the birth date is not known. */
export function isUnder18(birthOn: string | null, today: string): boolean | null {
  if (birthOn === null) return null;
  const [year = '', month = '', day = ''] = birthOn.split('-');
  return today < `${Number(year) + ADULT_YEARS}-${month}-${day}`;
}
