// Adds up a rehearsed year: what the ledger, the observer and the rows of the house say at its end, as one plain object.
// It plays nothing and prints nothing.

import type { Database } from '../app/ports/database.ts';
import type { TaskStatus } from '../core/model/task.ts';
import { type Ledger, type SaidLine, spreadOf, type Transcript } from '../rehearsal/town/ledger.ts';
import { CHECKS, type Observer } from '../rehearsal/town/observer.ts';
import { HABITS, type Town } from '../rehearsal/town/people.ts';
import type { CaseFigures, MonthFigures, RehearsalReport } from '../rehearsal/town/report.ts';
import type { RehearsedHouse } from './rehearse-house.ts';

/** What a played year hands over. */
export interface PlayedYear {
  readonly options: {
    readonly mentees: number;
    readonly seed: number;
    readonly from: string;
    readonly months: number;
    readonly centsPerSegment: number;
  };
  readonly town: Town;
  readonly house: RehearsedHouse;
  readonly observer: Observer;
  readonly ledger: Ledger;
  readonly counts: {
    readonly calls: number;
    readonly posts: number;
    readonly optOuts: number;
    readonly returns: number;
    readonly moments: number;
    readonly ticks: number;
  };
  readonly troubles: ReadonlyMap<string, number>;
  readonly said: ReadonlyMap<number, readonly SaidLine[]>;
  readonly heardFrom: ReadonlySet<number>;
  readonly left: ReadonlySet<number>;
  readonly startsAt: number;
  readonly months: readonly MonthFigures[];
  readonly tookMs: number;
}

const MINUTE = 60_000;

/** Adds up, and closes the house. */
export async function makeReport(year: PlayedYear): Promise<RehearsalReport> {
  const { options, town, house, observer, ledger, counts } = year;
  const figures = ledger.figures();
  const tally = observer.tally();
  const cases = await readCases(house.database, year.startsAt);
  const alarms = await house.database.read((stores) => stores.house.alarms());
  await house.database.close();
  const { mentees, seed, from, months, centsPerSegment } = options;
  return {
    mentees,
    seed,
    from,
    months,
    habits: countBy(town.mentees.map(({ habit }) => habit)),
    ...figures,
    ...tally,
    unasked: unaskedOf(year),
    cost: {
      segments: figures.segments,
      centsPerSegment,
      dollars: Math.round(figures.segments * centsPerSegment) / 100,
    },
    optOuts: counts.optOuts,
    returns: counts.returns,
    cases,
    calls: counts.calls,
    slackPosts: counts.posts,
    taskStatus: year.months,
    violationTotal: CHECKS.reduce((sum, check) => sum + tally.violations[check], 0),
    firstViolations: observer.violations(),
    troubles: Object.fromEntries([...year.troubles].toSorted()),
    alarms: countBy(alarms.map(({ kind }) => kind)),
    played: { moments: counts.moments, minutes: counts.ticks },
    transcripts: transcriptsOf(year),
    tookMs: year.tookMs,
  };
}

/** How all tasks stand now. */
export function readMonth(database: Database, on: string): Promise<MonthFigures> {
  return database.read(async (stores) => {
    const statuses: TaskStatus[] = [];
    for (const { id } of await stores.people.mentees()) {
      for (const { status } of await stores.tasks.of(id)) statuses.push(status);
    }
    const counts = countBy(statuses);
    const none = { not_started: 0, in_progress: 0, done: 0, stuck: 0, not_applicable: 0, unknown: 0 };
    return { on, tasks: { ...none, ...counts } };
  });
}

async function readCases(database: Database, since: number): Promise<CaseFigures> {
  return database.read(async (stores) => {
    const all = await stores.escalations.openedSince(since);
    const acknowledged: number[] = [];
    const resolved: number[] = [];
    for (const { id, state } of all) {
      const events = await stores.escalations.events(id);
      const atOf = (kind: string) => events.find(({ event }) => event.kind === kind)?.at ?? null;
      const [taken, over] = [atOf('acknowledged') ?? atOf('taken_over'), atOf('resolved')];
      if (taken !== null) acknowledged.push(Math.round((taken - state.openedAt) / MINUTE));
      if (over !== null) resolved.push(Math.round((over - state.openedAt) / MINUTE));
    }
    return {
      opened: all.length,
      crisis: all.filter(({ state }) => state.tier === 'crisis').length,
      high: all.filter(({ state }) => state.tier === 'high').length,
      unresolved: all.filter(({ state }) => state.status !== 'resolved').length,
      minutesToAcknowledge: spreadOf(acknowledged),
      minutesToResolve: spreadOf(resolved),
    };
  });
}

function unaskedOf({ ledger, options, heardFrom, left, town }: PlayedYear): RehearsalReport['unasked'] {
  const year = options.from.slice(0, 4);
  const last = '9999-12-31';
  const summer = { from: `${year}-05-15`, until: `${year}-09-15` };
  const after = { from: `${year}-09-16`, until: last };
  const isAnswering = (_: number, index: number) => heardFrom.has(index) && !left.has(index);
  const spread = (from: string, until: string) => {
    const counts = ledger.unaskedOf(town.mentees.length, from, until);
    return { all: spreadOf(counts), answering: spreadOf(counts.filter(isAnswering)) };
  };
  return {
    summer: { ...summer, ...spread(summer.from, summer.until) },
    after: { ...after, ...spread(after.from, last) },
    perMentee: ledger.unaskedOf(town.mentees.length, summer.from, summer.until),
  };
}

/** Of each habit the mentee with the most to read. */
function transcriptsOf({ town, said }: PlayedYear): Transcript[] {
  return HABITS.flatMap(({ habit }) => {
    const own = town.mentees.filter((mentee) => mentee.habit === habit);
    const [first] = own.toSorted((a, b) => (said.get(b.index)?.length ?? 0) - (said.get(a.index)?.length ?? 0));
    if (first === undefined) return [];
    const { firstName, language, timeZone, index } = first;
    return [{ habit, firstName, language, timeZone, lines: said.get(index) ?? [] }];
  });
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
