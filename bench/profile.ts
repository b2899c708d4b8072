// Where the CPU of an inbound text, or of a press in Slack, goes: the house under load with V8's own profiler, its samples summed by room.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntilCalm } from './child.ts';
import { show, table } from './figures.ts';
import { type RunningHouse, startHouse } from './house.ts';
import { MENTEES_A_ROUND as MENTEES, roundOf } from './inbound.ts';
import { openLoad } from './load.ts';
import { type Frame, roomOf } from './rooms.ts';
import { openCases } from './slack.ts';
import { pressOf } from './slack-requests.ts';
import { buildTown, type Town } from './town.ts';

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
}

export interface Profile {
  readonly texts: number;
  /** CPU a text or press as the system counts it; the samples below are scaled to it, because they also count waiting. */
  readonly cpuMicros: number;
  /** CPU microseconds a text or press, by room. */
  readonly rooms: ReadonlyMap<string, number>;
  /** The functions that cost most by themselves. */
  readonly functions: readonly { readonly name: string; readonly micros: number }[];
}

const WARM_UP_ROUNDS = 2;
const ROUNDS = 2;
const ALL_ROUNDS = WARM_UP_ROUNDS + ROUNDS;
const CASES_A_ROUND = 400;

/** What comes in: the requests of each round, and whether the relay sends beside them. */
interface Incoming {
  readonly vendors: 'take' | 'hold';
  /** Readies a house that takes sends; gives the requests of a round. */
  readonly ready: (house: RunningHouse) => Promise<(round: number) => readonly Buffer[]>;
}

export async function profileInbound(flows: string, vendors: 'take' | 'hold', keepAt: string | null): Promise<Profile> {
  const town = await buildTown(MENTEES * ALL_ROUNDS, flows);
  return profileTown(town, { vendors, ready: async () => (round) => roundOf(town, round) }, keepAt);
}

/** Where the CPU of a press of Acknowledge goes. */
export async function profilePresses(flows: string, vendors: 'take' | 'hold', keepAt: string | null): Promise<Profile> {
  const town = await buildTown(CASES_A_ROUND * ALL_ROUNDS, flows);
  const ready = async (house: RunningHouse) => {
    const cases = await openCases(town, house);
    const size = Math.floor(cases.length / ALL_ROUNDS);
    return (round: number) => cases.slice(round * size, (round + 1) * size).map((one) => pressOf('acknowledge', one));
  };
  return profileTown(town, { vendors, ready }, keepAt);
}

async function profileTown(town: Town, incoming: Incoming, keepAt: string | null): Promise<Profile> {
  try {
    return await profileLoad(town, incoming, keepAt ?? town.folder);
  } finally {
    town.remove();
  }
}

async function profileLoad(town: Town, { vendors, ready }: Incoming, folder: string): Promise<Profile> {
  const nodeArgs = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=200'];
  const house = await startHouse(town, { name: 'profiled', vendors: 'take', nodeArgs });
  const windows: { from: number; to: number }[] = [];
  let cpuMicros = 0;
  let requested = 0;
  try {
    const requestsOf = await ready(house);
    await house.vendors(vendors);
    const load = await openLoad(house.port);
    for (let round = 0; round < ALL_ROUNDS; round += 1) {
      const requests = requestsOf(round);
      await waitUntilCalm(house);
      const from = monotonicMicros();
      const cpu = house.cpuMicros() ?? Number.NaN;
      await load.send(requests);
      if (vendors === 'take') await waitUntilCalm(house);
      if (round < WARM_UP_ROUNDS) continue;
      windows.push({ from, to: monotonicMicros() });
      cpuMicros += (house.cpuMicros() ?? Number.NaN) - cpu;
      requested += requests.length;
    }
    load.close();
  } finally {
    await house.stop();
  }
  const file = readdirSync(folder).findLast((name) => name.includes(`.${house.pid}.`) && name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error('the profiler left no file');
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  return sum(profile, windows, requested, cpuMicros / requested);
}

/** The clock that V8 stamps its samples with. */
function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

function sum(
  profile: CpuProfile,
  windows: readonly { from: number; to: number }[],
  texts: number,
  cpuMicros: number,
): Profile {
  const stackOf = stacks(profile);
  const rooms = new Map<string, number>();
  const functions = new Map<string, number>();
  let at = profile.startTime;
  for (const [index, sample] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index] ?? 0;
    at += delta;
    if (!windows.some(({ from, to }) => at >= from && at <= to)) continue;
    const stack = stackOf(sample);
    const room = roomOf(stack);
    if (room === null) continue;
    add(rooms, room, delta / texts);
    const own = stack[0];
    if (own !== undefined)
      add(
        functions,
        `${own.functionName || '(anonymous)'} ${own.url.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '')}`,
        delta / texts,
      );
  }
  const sampled = [...rooms.values()].reduce((whole, micros) => whole + micros, 0);
  const scale = cpuMicros / sampled;
  const scaled = (sums: Map<string, number>) =>
    [...sums].map(([name, micros]) => [name, micros * scale] as const).toSorted((a, b) => b[1] - a[1]);
  const byFunction = scaled(functions).map(([name, micros]) => ({ name, micros }));
  return { texts, cpuMicros, rooms: new Map(scaled(rooms)), functions: byFunction };
}

function add(sums: Map<string, number>, name: string, micros: number): void {
  sums.set(name, (sums.get(name) ?? 0) + micros);
}

/** The frames of a node, innermost first. */
function stacks(profile: CpuProfile): (node: number) => readonly Frame[] {
  const parents = new Map(
    profile.nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id] as const)),
  );
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const known = new Map<number, readonly Frame[]>();
  const stackOf = (node: number): readonly Frame[] => {
    const cached = known.get(node);
    if (cached !== undefined) return cached;
    const frame = frames.get(node);
    const parent = parents.get(node);
    const stack = [...(frame === undefined ? [] : [frame]), ...(parent === undefined ? [] : stackOf(parent))];
    known.set(node, stack);
    return stack;
  };
  return stackOf;
}

export function printProfile(profile: Profile): string {
  const total = profile.cpuMicros;
  const rows = [...profile.rooms].map(([name, micros]) => [
    name,
    show(micros),
    `${((micros / total) * 100).toFixed(1)} %`,
  ]);
  const functions = profile.functions.slice(0, 25).map(({ name, micros }) => [name, show(micros)]);
  return [
    table(['CPU of one request, by room', 'µs', 'share'], [...rows, ['all', show(total), '100 %']]),
    '',
    table(['functions, by themselves', 'µs'], functions),
  ].join('\n');
}
