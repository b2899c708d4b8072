// When a mentor is asked for the weekly update, reminded and called on last, when the week is summed up, and which weeks
// are excused. Local dates and the mentor's own clock decide; it reads no clock and sends nothing.

import { addDays, daysBetween, instantOf, instantOfClock, localDateOf, weekdayOf } from '../model/local-time.ts';
import type { MentorPrompt, PromptSlot } from '../model/weekly-update.ts';

const MONDAY = 1;
const TUESDAY = 2;
const WEDNESDAY = 3;
const THURSDAY = 4;
const FRIDAY = 5;
const SUNDAY = 7;
const DAYS_OF_WEEK = 7;
const MINUTES_OF_DAY = 24 * 60;
const LAST_CALL = '12:00';
const SUMMARY_HOUR = 8;

/** Data-and-measurement 3.2: Sunday 17:00 in the mentor's own zone, until they choose another slot. */
export const DEFAULT_SLOT: PromptSlot = { weekday: SUNDAY, minute: 17 * 60 };

/** Weekdays (ISO) on which a mentor may be asked: a later one would leave no time before Thursday's summary. */
export const SLOT_WEEKDAYS: readonly number[] = [FRIDAY, 6, SUNDAY, MONDAY];

/** Whether a slot is a day from Friday to Monday and a minute of it. */
export function isPromptSlot({ weekday, minute }: PromptSlot): boolean {
  return SLOT_WEEKDAYS.includes(weekday) && Number.isInteger(minute) && minute >= 0 && minute < MINUTES_OF_DAY;
}

/** One turn of a slot: the instant, and its local date in the mentor's zone, which names the week. */
export interface SlotTurn {
  readonly at: number;
  readonly weekOn: string;
}

/** The first turn of the slot after `now`. A minute that comes twice in a clock change is the first of the two. */
export function nextPromptAt(now: number, slot: PromptSlot, timeZone: string): SlotTurn {
  const soon = turnOf(weekdayFrom(localDateOf(now, timeZone), slot.weekday), slot, timeZone);
  return soon.at > now ? soon : turnOf(addDays(soon.weekOn, DAYS_OF_WEEK), slot, timeZone);
}

/** The last turn of the slot at `now` or before: what a late tick makes up for, and never more than this one (DB-10). */
export function lastPromptAt(now: number, slot: PromptSlot, timeZone: string): SlotTurn {
  const soon = turnOf(weekdayFrom(localDateOf(now, timeZone), slot.weekday), slot, timeZone);
  return soon.at <= now ? soon : turnOf(addDays(soon.weekOn, -DAYS_OF_WEEK), slot, timeZone);
}

/** When the one reminder is due: the Tuesday after the prompt, at the slot's minute in the mentor's zone. */
export function remindAt(weekOn: string, slot: PromptSlot, timeZone: string): number {
  return instantOfClock(weekdayFrom(weekOn, TUESDAY), clockOf(slot.minute), timeZone);
}

/** When the last call is due: Wednesday noon in the mentor's zone. */
export function lastCallAt(weekOn: string, timeZone: string): number {
  return instantOfClock(weekdayFrom(weekOn, WEDNESDAY), LAST_CALL, timeZone);
}

/** The local date of the Thursday whose summary counts a prompt of this date. */
export function summaryOn(weekOn: string): string {
  return weekdayFrom(weekOn, THURSDAY);
}

/** When the week is summed up: Thursday 8:00 in the program's zone. */
export function summaryAt(on: string, programZone: string): number {
  return instantOf(on, SUMMARY_HOUR, programZone);
}

/** The first summary after `now`. */
export function nextSummary(now: number, programZone: string): { readonly at: number; readonly on: string } {
  const on = weekdayFrom(localDateOf(now, programZone), THURSDAY);
  const at = summaryAt(on, programZone);
  if (at > now) return { at, on };
  const next = addDays(on, DAYS_OF_WEEK);
  return { at: summaryAt(next, programZone), on: next };
}

/** The last summary at `now` or before: a house that was down makes up for this one and no other (DB-10). */
export function lastSummary(now: number, programZone: string): { readonly at: number; readonly on: string } {
  const on = addDays(nextSummary(now, programZone).on, -DAYS_OF_WEEK);
  return { at: summaryAt(on, programZone), on };
}

/** Misses one after another up to now, newest first; `since` is the week of the first of them. */
export interface MissRun {
  readonly count: number;
  readonly since: string | null;
}

/**
 * The running misses of one mentor's prompts, which come newest first. Excused weeks neither count nor break the run,
 * nor does one that still waits for its answer.
 */
export function runOfMisses(prompts: readonly Pick<MentorPrompt, 'status' | 'weekOn'>[]): MissRun {
  let run: MissRun = { count: 0, since: null };
  for (const { status, weekOn } of prompts) {
    if (status === 'answered' || status === 'partial') break;
    if (status === 'missed') run = { count: run.count + 1, since: weekOn };
  }
  return run;
}

/** How many weeks in a row a mentor has missed. */
export function missesInARow(prompts: readonly Pick<MentorPrompt, 'status' | 'weekOn'>[]): number {
  return runOfMisses(prompts).count;
}

/** Local dates, both included, and what they are, as the summary says it. */
export interface FreeDays {
  readonly from: string;
  readonly until: string;
  readonly why: string;
}

/**
 * Why this week leaves the denominator, or null. It does when the mentor is free on the day of the prompt, or on more
 * than half of the days from the prompt to Wednesday, the last day on which an answer still counts. Of several reasons
 * the first that has such a day is named.
 */
export function excuseOf(weekOn: string, free: readonly FreeDays[]): string | null {
  const days = Array.from({ length: daysBetween(weekOn, weekdayFrom(weekOn, WEDNESDAY)) + 1 }, (_, index) =>
    addDays(weekOn, index),
  );
  const reasons = days.map((day) => freeOn(day, free));
  const missing = reasons.filter((why) => why !== null);
  const isExcused = reasons[0] !== null || missing.length * 2 > days.length;
  return isExcused ? (missing[0] ?? null) : null;
}

/**
 * Why a week that was asked for and stayed without an answer is no miss, or null: also a mentor who was free on both days
 * on which they would have been reminded, Tuesday and Wednesday, was asked once and never again.
 */
export function excuseOfMiss(weekOn: string, free: readonly FreeDays[]): string | null {
  const wednesday = weekdayFrom(weekOn, WEDNESDAY);
  const [tuesdays, wednesdays] = [freeOn(addDays(wednesday, -1), free), freeOn(wednesday, free)];
  return excuseOf(weekOn, free) ?? (wednesdays === null ? null : tuesdays);
}

/** What makes this day one on which nobody is asked; null on any other. */
export function freeOn(day: string, free: readonly FreeDays[]): string | null {
  return free.find(({ from, until }) => from <= day && day <= until)?.why ?? null;
}

/** Whether a week is excused; see `excuseOf`. */
export function isExcused(weekOn: string, free: readonly FreeDays[]): boolean {
  return excuseOf(weekOn, free) !== null;
}

/** The first date with this weekday that is not before `date`. */
function weekdayFrom(date: string, weekday: number): string {
  return addDays(date, (weekday - weekdayOf(date) + DAYS_OF_WEEK) % DAYS_OF_WEEK);
}

function turnOf(weekOn: string, { minute }: PromptSlot, timeZone: string): SlotTurn {
  return { at: instantOfClock(weekOn, clockOf(minute), timeZone), weekOn };
}

function clockOf(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
