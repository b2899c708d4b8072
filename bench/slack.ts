// The Slack side: a counselor's Acknowledge, stored before it is answered, beside Bolt that does nothing, in turns. Every
// press is on a case of its own, opened beforehand by a text in distress. Beside it a modal that is asked for and words
// that are written in the thread of a case.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { type Child, freePort, startChild, waitUntilCalm, waitUntilUp } from './child.ts';
import { median, ratios, show, table } from './figures.ts';
import { type RunningHouse, SIGNING_SECRET, startHouse } from './house.ts';
import { type Load, openLoad } from './load.ts';
import { messageIn, type OpenCase, pressOf } from './slack-requests.ts';
import { buildTown, type Town } from './town.ts';
import { inboundWebhook } from './webhooks.ts';

const BARE_BOLT = fileURLToPath(new URL('bare-bolt.ts', import.meta.url));
/** Cases of one round. Bolt gets six presses for each, because the system counts CPU in hundredths of a second. */
const CASES = 200;
const BOLT_PRESSES = 6;
const WARM_UP_ROUNDS = 2;
/** Deeds on the same cases in each warm-up round, so that the house has had as many presses as Bolt before it counts. */
const WARM_UP_DEEDS = ['take_over', 'release', 'take_over', 'release', 'take_over'];
const ROUNDS = 5;
/** Of these, the last so many also with the relay sending. */
const SENDING_ROUNDS = 2;
const DISTRESS = 'i dont want to be alive anymore';
const TO_MENTEE = 'I am here, and I can call you right now. Is that okay?';

/** What came of one round of one kind of request. */
interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicros: number;
  /** Flushes to disk a request. */
  readonly commits: number;
}

const HELD = ['bolt', 'acknowledge', 'details', 'takeOver', 'message'] as const;
type HeldName = (typeof HELD)[number];
type SideName = HeldName | 'sending';
export type SlackReport = Readonly<Record<SideName, readonly Round[]>>;

export async function measureSlack(flows: string): Promise<SlackReport> {
  const rounds = WARM_UP_ROUNDS + ROUNDS;
  const town = await buildTown(CASES * (rounds + SENDING_ROUNDS), flows);
  const house = await startHouse(town, { name: 'slack', vendors: 'take' });
  const bolt = await startBolt(town);
  try {
    const cases = await openCases(town, house);
    const loads = { house: await openLoad(house.port), bolt: await openLoad(bolt.port) };
    const bench = { house, bolt, loads };
    const report: Record<SideName, Round[]> = {
      bolt: [],
      acknowledge: [],
      sending: [],
      details: [],
      takeOver: [],
      message: [],
    };
    for (let round = 0; round < rounds; round += 1) {
      const measured = await measureHeld(bench, ofPart(cases, round));
      if (round < WARM_UP_ROUNDS) {
        for (const name of WARM_UP_DEEDS) await loads.house.send(presses(name, ofPart(cases, round)));
        continue;
      }
      for (const name of HELD) report[name].push(measured[name]);
    }
    for (let round = 0; round < SENDING_ROUNDS; round += 1) {
      report.sending.push(await measureSending(bench, ofPart(cases, rounds + round)));
    }
    for (const load of Object.values(loads)) load.close();
    return report;
  } finally {
    await Promise.all([house.stop(), bolt.stop()]);
    town.remove();
  }
}

async function startBolt(town: Town): Promise<Child & { readonly port: number }> {
  const port = await freePort();
  const log = join(town.folder, 'bolt.log');
  const child = startChild([BARE_BOLT, String(port), SIGNING_SECRET], {}, log);
  await waitUntilUp(`http://127.0.0.1:${port}/`, log);
  return { ...child, port };
}

/** The cases of one round. */
function ofPart(cases: readonly OpenCase[], part: number): readonly OpenCase[] {
  const size = Math.floor(cases.length / (WARM_UP_ROUNDS + ROUNDS + SENDING_ROUNDS));
  return cases.slice(part * size, (part + 1) * size);
}

/** A case for each text in distress. Its card is in Slack before anybody presses it. */
export async function openCases(town: Town, house: RunningHouse): Promise<OpenCase[]> {
  const load = await openLoad(house.port);
  await load.send(town.phones.map((phone) => inboundWebhook(phone, DISTRESS)));
  load.close();
  const db = new BetterSqlite3(house.databaseFile, { readonly: true });
  await waitUntilSent(db);
  const rows = db
    .prepare<[], OpenCase>(
      `select escalation_id as id, provider_id as card from outbox
       where escalation_id is not null and body_kind = 'slack_post' and message_class = 'alert'
       and status = 'sent' group by escalation_id`,
    )
    .all();
  db.close();
  if (rows.length < 0.9 * town.phones.length)
    throw new Error(`${town.phones.length} texts in distress opened ${rows.length} cases`);
  return rows;
}

const SEND_LIMIT_MS = 180_000;

/** Resolves when nothing that is due waits in the outbox any more. */
async function waitUntilSent(db: BetterSqlite3.Database): Promise<void> {
  const waiting = db.prepare<[number], { n: number }>(
    "select count(*) as n from outbox where status in ('pending', 'claimed') and due_at <= ?",
  );
  for (const giveUpAt = Date.now() + SEND_LIMIT_MS; Date.now() < giveUpAt; await sleep(500)) {
    if (waiting.get(Date.now())?.n === 0) return;
  }
  throw new Error('the relay has not sent everything');
}

interface Bench {
  readonly house: RunningHouse;
  readonly bolt: Child;
  readonly loads: { readonly house: Load; readonly bolt: Load };
}

const presses = (name: string, cases: readonly OpenCase[]) => cases.map((one) => pressOf(name, one));

/** The vendors never answer, so that the relay stands still and the requests alone are measured. */
async function measureHeld({ house, bolt, loads }: Bench, held: readonly OpenCase[]): Promise<Record<HeldName, Round>> {
  const bare = Array.from({ length: BOLT_PRESSES }, () => presses('acknowledge', held)).flat();
  await house.vendors('hold');
  const acknowledge = await measure(loads.house, house, presses('acknowledge', held));
  const acknowledged = await measure(loads.bolt, bolt, bare);
  const details = await measure(loads.house, house, presses('case_details', held));
  const takeOver = await measure(loads.house, house, presses('take_over', held));
  const words = held.map((one) => messageIn(one, TO_MENTEE));
  const message = await measure(loads.house, house, words);
  return { bolt: acknowledged, acknowledge, details, takeOver, message };
}

/** The vendors answer at once, and the relay takes what it can of the same event loop. */
async function measureSending({ house, loads }: Bench, cases: readonly OpenCase[]): Promise<Round> {
  await house.vendors('take');
  await waitUntilCalm(house, 120_000);
  return measure(loads.house, house, presses('acknowledge', cases));
}

type Server = Child & Partial<Pick<RunningHouse, 'commits'>>;

async function measure(load: Load, server: Server, requests: readonly Buffer[]): Promise<Round> {
  await waitUntilCalm(server);
  const cpu = server.cpuMicros() ?? Number.NaN;
  const commits = server.commits?.() ?? 0;
  const { statuses, ...figures } = await load.send(requests);
  if (Object.keys(statuses).some((status) => status !== '200')) {
    throw new Error(`not all were answered with 200: ${JSON.stringify(statuses)}`);
  }
  return {
    ...figures,
    cpuMicros: ((server.cpuMicros() ?? Number.NaN) - cpu) / requests.length,
    commits: ((server.commits?.() ?? 0) - commits) / requests.length,
  };
}

export function printSlack(report: SlackReport): string {
  const { bolt } = report;
  const of = (rounds: readonly Round[], name: keyof Round) => rounds.map((round) => round[name]);
  const middle = (rounds: readonly Round[], name: keyof Round) => show(median(of(rounds, name)));
  const cpu = (rounds: readonly Round[]) => mean(of(rounds, 'cpuMicros'));
  const over = (rounds: readonly Round[], name: keyof Round) => ratios(of(rounds, name), of(bolt, name));
  const row = (name: string, rounds: readonly Round[]) => [
    name,
    middle(rounds, 'perSecond'),
    show(median(over(rounds, 'perSecond'))),
    middle(rounds, 'p50Ms'),
    middle(rounds, 'p99Ms'),
    show(cpu(rounds)),
    show(cpu(rounds) / cpu(bolt)),
    middle(rounds, 'commits'),
  ];
  const best = (rounds: readonly Round[]) => show(Math.min(...over(rounds, 'cpuMicros')));
  return [
    table(
      ['Slack, 64 connections', 'a second', '× Bolt', 'p50 ms', 'p99 ms', 'CPU µs', '× Bolt', 'flushes'],
      [
        row("Bolt's HTTPReceiver, ack only", bolt),
        row('Acknowledge, stored first', report.acknowledge),
        row('the same, relay sending', report.sending),
        row('Take over, stored first', report.takeOver),
        row('Details: modal asked for', report.details),
        row('words for the mentee in a thread', report.message),
      ],
    ),
    '',
    `CPU of Acknowledge ÷ Bolt, round by round: ${over(report.acknowledge, 'cpuMicros').map(show).join(', ')}; the best ${best(report.acknowledge)}.`,
  ].join('\n');
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}
