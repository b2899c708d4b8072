// The main job, measured whole: a signed webhook in, and the text screened, answered by its flow and committed with
// synchronous=FULL before the answer goes out. Beside it, round by round, the two things that bound it: node:http that
// answers with fixed TwiML, and SQLite that commits the same rows.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BareRows, openBareRows } from './bare-rows.ts';
import { type Child, freePort, startChild, waitUntilCalm, waitUntilUp } from './child.ts';
import { median, ratios, show, table } from './figures.ts';
import { type RunningHouse, startHouse } from './house.ts';
import { type Load, type LoadResult, openLoad } from './load.ts';
import { buildTown, type Town } from './town.ts';
import { inboundWebhook } from './webhooks.ts';

const BARE_HTTP = fileURLToPath(new URL('bare-http.ts', import.meta.url));

/** Valid answers, in this order, of a mentee who was asked about a task. */
export const ANSWERS = ['Later', 'Friday', 'done'];
export const MENTEES_A_ROUND = 400;
const ROUNDS = 5;
const WARM_UP_ROUNDS = 2;
const BARE_TEXTS = 3_200;

export interface Side {
  readonly perSecond: readonly number[];
  readonly p50Ms: readonly number[];
  readonly p99Ms: readonly number[];
  readonly cpuMicros: readonly number[];
  readonly commits: readonly number[];
}

export interface InboundReport {
  readonly sides: Readonly<Record<'house' | 'sending' | 'http', Side>>;
  readonly bare: Readonly<Record<'sixtyFour' | 'one', readonly number[]>>;
  /** Texts sent while texts came in, as a share of those that came in. */
  readonly sentMeanwhile: readonly number[];
  /** Sends a second, and CPU a send, when nothing comes in. */
  readonly sendsAlone: readonly { readonly perSecond: number; readonly cpuMicros: number }[];
  readonly rssMb: { readonly idle: number | null; readonly after: number | null };
}

export async function measureInbound(flows: string): Promise<InboundReport> {
  const town = await buildTown(MENTEES_A_ROUND * (ROUNDS + WARM_UP_ROUNDS), flows);
  const houses: RunningHouse[] = [];
  const http = await startBareHttp(town);
  try {
    const held = await startHouse(town, { name: 'held', vendors: 'hold' });
    houses.push(held);
    const sending = await startHouse(town, { name: 'sending', vendors: 'take' });
    houses.push(sending);
    return await measureRounds(town, held, sending, http);
  } finally {
    await Promise.all([...houses, http].map((child) => child.stop()));
    town.remove();
  }
}

async function startBareHttp(town: Town): Promise<Child & { readonly port: number }> {
  const port = await freePort();
  const log = join(town.folder, 'http.log');
  const child = startChild([BARE_HTTP, String(port)], {}, log);
  await waitUntilUp(`http://127.0.0.1:${port}/`, log);
  return { ...child, port };
}

/** The texts of one round: everybody's first answer, then everybody's second, then the third. */
export function roundOf(town: Town, round: number): Buffer[] {
  const people = town.phones.slice(round * MENTEES_A_ROUND, (round + 1) * MENTEES_A_ROUND);
  return ANSWERS.flatMap((text) => people.map((phone) => inboundWebhook(phone, text)));
}

async function measureRounds(
  town: Town,
  held: RunningHouse,
  sending: RunningHouse,
  http: Child & { readonly port: number },
): Promise<InboundReport> {
  const idle = held.rssMb();
  const loads = {
    house: await openLoad(held.port),
    sending: await openLoad(sending.port),
    http: await openLoad(http.port),
  };
  const sides = { house: newSide(), sending: newSide(), http: newSide() };
  const bare = { sixtyFour: [] as number[], one: [] as number[] };
  const sentMeanwhile: number[] = [];
  const sendsAlone: { perSecond: number; cpuMicros: number }[] = [];
  let rows: BareRows | null = null;
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const counts = round >= WARM_UP_ROUNDS;
    process.stderr.write(counts ? `round ${round - WARM_UP_ROUNDS + 1} of ${ROUNDS}\n` : 'warming up\n');
    const requests = roundOf(town, round);
    const again = roundOf(town, round);
    await measure(loads.house, held, requests, counts ? sides.house : newSide());
    await measure(loads.http, http, requests, counts ? sides.http : newSide());
    const relayed = await measureSending(loads.sending, sending, again, counts ? sides.sending : newSide());
    if (counts) sentMeanwhile.push(relayed.meanwhile);
    if (counts) sendsAlone.push(relayed.alone);
    rows ??= openBareRows(await copyAfterWarmUp(town, held));
    const sixtyFour = rows.write(BARE_TEXTS, 64);
    const one = rows.write(BARE_TEXTS / 8, 1);
    if (counts) bare.sixtyFour.push(sixtyFour);
    if (counts) bare.one.push(one);
  }
  rows?.close();
  for (const load of Object.values(loads)) load.close();
  return { sides, bare, sentMeanwhile, sendsAlone, rssMb: { idle, after: held.rssMb() } };
}

/** A file with rows as the house writes them, for the bare commits. */
async function copyAfterWarmUp(town: Town, house: RunningHouse): Promise<string> {
  const { default: BetterSqlite3 } = await import('better-sqlite3');
  const file = join(town.folder, 'bare.sqlite');
  const source = new BetterSqlite3(house.databaseFile, { readonly: true });
  await source.backup(file);
  source.close();
  return file;
}

interface MutableSide extends Side {
  readonly perSecond: number[];
  readonly p50Ms: number[];
  readonly p99Ms: number[];
  readonly cpuMicros: number[];
  readonly commits: number[];
}

function newSide(): MutableSide {
  return { perSecond: [], p50Ms: [], p99Ms: [], cpuMicros: [], commits: [] };
}

async function measure(
  load: Load,
  server: Child & Partial<Pick<RunningHouse, 'commits'>>,
  requests: readonly Buffer[],
  side: MutableSide,
): Promise<LoadResult> {
  await waitUntilCalm(server);
  const cpu = server.cpuMicros();
  const commits = server.commits?.() ?? 0;
  const result = await load.send(requests);
  const bad = Object.keys(result.statuses).filter((status) => status !== '200');
  if (bad.length > 0) throw new Error(`not all were answered with 200: ${JSON.stringify(result.statuses)}`);
  side.perSecond.push(result.perSecond);
  side.p50Ms.push(result.p50Ms);
  side.p99Ms.push(result.p99Ms);
  side.commits.push(((server.commits?.() ?? 0) - commits) / requests.length);
  side.cpuMicros.push(cpu === null ? Number.NaN : ((server.cpuMicros() ?? cpu) - cpu) / requests.length);
  return result;
}

/** The same with the relay sending; then what is left is sent with nothing coming in. */
async function measureSending(
  load: Load,
  house: RunningHouse,
  requests: readonly Buffer[],
  side: MutableSide,
): Promise<{ meanwhile: number; alone: { perSecond: number; cpuMicros: number } }> {
  await waitUntilCalm(house);
  const before = await house.sends();
  await measure(load, house, requests, side);
  const between = await house.sends();
  const cpu = house.cpuMicros() ?? Number.NaN;
  const began = performance.now();
  await waitUntilCalm(house);
  const restMs = 400;
  const after = await house.sends();
  const alone = {
    perSecond: ((after - between) / Math.max(1, performance.now() - began - restMs)) * 1_000,
    cpuMicros: ((house.cpuMicros() ?? Number.NaN) - cpu) / (after - between),
  };
  return { meanwhile: (between - before) / requests.length, alone };
}

export function printInbound(report: InboundReport): string {
  const { sides, bare } = report;
  const middle = (figures: readonly number[]) => show(median(figures));
  const row = (name: string, side: Side, over: readonly number[] | null) => [
    name,
    middle(side.perSecond),
    over === null ? '1' : middle(ratios(side.perSecond, over)),
    middle(side.p50Ms),
    middle(side.p99Ms),
    middle(side.cpuMicros),
    over === null ? '–' : middle(side.commits),
  ];
  const { http, house, sending } = sides;
  return [
    table(
      ['inbound, 64 connections', 'texts/s', '× node:http', 'p50 ms', 'p99 ms', 'CPU µs', 'flushes'],
      [
        row('node:http, fixed answer', http, null),
        row('icehouse, relay held', house, http.perSecond),
        row('icehouse, relay sending', sending, http.perSecond),
      ],
    ),
    '',
    table(
      ['the same rows, bare better-sqlite3', 'texts/s', 'icehouse ÷ this'],
      [
        ['64 texts a commit', middle(bare.sixtyFour), middle(ratios(house.perSecond, bare.sixtyFour))],
        ['1 text a commit', middle(bare.one), middle(ratios(house.perSecond, bare.one))],
      ],
    ),
    '',
    `While texts came in, ${middle(report.sentMeanwhile)} answers left a text; with nothing coming in the relay sends ` +
      `${middle(report.sendsAlone.map((one) => one.perSecond))} a second at ${middle(report.sendsAlone.map((one) => one.cpuMicros))} µs CPU each.`,
    `Memory of the server: ${show(report.rssMb.idle)} MB at rest, ${show(report.rssMb.after)} MB after all rounds.`,
  ].join('\n');
}
