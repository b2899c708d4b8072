// How far a zone's wall clock is from UTC, remembered from one clock change to the next: asking the zone database anew
// for every conversation is by far the slowest part of a step. The same question always has the same answer.

import { Temporal } from 'temporal-polyfill';

/** A stretch of time in which a zone's clock does not change. All three in milliseconds; `to` is no longer part of it. */
interface ZoneSpan {
  readonly from: number;
  readonly to: number;
  /** Local time minus UTC. */
  readonly offset: number;
}

const DAY_MS = 24 * 3_600_000;
/** A span ends here at the latest, also in zones whose clocks never change. */
const FARTHEST_MS = 400 * DAY_MS;
/** This far from a change, a wall-clock time is one instant and no other; one zone once skipped a whole day. */
const CLEAR_MS = 2 * DAY_MS;
/** Spans kept of one zone; a program year has three. */
const MOST_SPANS = 12;

const SPANS = new Map<string, ZoneSpan[]>();

/** Local time minus UTC (milliseconds) at an instant. @throws RangeError when there is no such zone. */
export function offsetAt(at: number, timeZone: string): number {
  return spanAt(at, timeZone).offset;
}

/** The instant at which the wall clock shows `local` (milliseconds as if in UTC); null near a clock change. */
export function clearInstantOf(local: number, timeZone: string): number | null {
  const span = spanAt(local, timeZone);
  const at = local - span.offset;
  return at - span.from > CLEAR_MS && span.to - at > CLEAR_MS ? at : null;
}

/** The instant at which the wall clock shows the hour of `from` again, some days later; null near a clock change. */
export function clearDaysAfter(from: number, days: number, timeZone: string): number | null {
  return clearInstantOf(from + offsetAt(from, timeZone) + days * DAY_MS, timeZone);
}

function spanAt(at: number, timeZone: string): ZoneSpan {
  const known = SPANS.get(timeZone);
  const found = known?.find(({ from, to }) => at >= from && at < to);
  if (found !== undefined) return found;
  const span = lookUp(at, timeZone);
  if (known === undefined || known.length >= MOST_SPANS) SPANS.set(timeZone, [span]);
  else known.push(span);
  return span;
}

function lookUp(at: number, timeZone: string): ZoneSpan {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  // The change that was before the next millisecond is one that lies at this instant or before it.
  const last = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds;
  const next = here.getTimeZoneTransition('next')?.epochMilliseconds;
  return {
    from: Math.max(last ?? Number.NEGATIVE_INFINITY, at - FARTHEST_MS),
    to: Math.min(next ?? Number.POSITIVE_INFINITY, at + FARTHEST_MS),
    offset: here.offsetNanoseconds / 1_000_000,
  };
}
