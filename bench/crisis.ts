// The way of a crisis while everything else wants to leave, too: from a signed text in danger to the alert that reaches
// Slack and the reply that reaches Twilio. At rest, with 10,000 nudges draining, and in the minute in which 10,000 follow-ups
// fall due while 50 ordinary texts a second come in (fault matrix, F38). The ratio to rest is what the load costs.

import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { waitUntilCalm } from './child.ts';
import { percentile, show, table } from './figures.ts';
import { type RunningHouse, type Sent, startHouse } from './house.ts';
import { type Load, openLoad } from './load.ts';
import { buildTown, type Town } from './town.ts';
import { inboundWebhook } from './webhooks.ts';

const NUDGES = 10_000;
/** Crises of one scenario, and of the warm-up before the first. */
const CRISES = 200;
const WARM_UP = 60;
/** They come at their own times, whether or not the house keeps up: 10 a second. */
const EVERY_MS = 100;
const ORDINARY_A_SECOND = 50;
/** A text whose connection was closed is sent again so often, as Twilio does. */
const RETRIES = 2;
const DISTRESS = 'i want to die';
const DRAIN_LIMIT_MS = 300_000;

type Scenario = 'rest' | 'draining' | 'due';
const SCENARIOS: readonly Scenario[] = ['rest', 'draining', 'due'];

/** Milliseconds from the start of the request, one for each crisis. */
export interface CrisisTimes {
  readonly answer: readonly number[];
  readonly post: readonly number[];
  readonly reply: readonly number[];
  /** Texts to others that left between the first crisis and the last one's alert, and how long that took. */
  readonly others: number;
  readonly seconds: number;
}

export interface CrisisReport extends Readonly<Record<Scenario, CrisisTimes>> {
  /** Seconds from the full minute until the last of the follow-ups was taken. */
  readonly takenAfter: number;
}

export async function measureCrisis(flows: string): Promise<CrisisReport> {
  const town = await buildTown(WARM_UP + CRISES * SCENARIOS.length, flows, NUDGES);
  try {
    const house = await startHouse(town, { name: 'crisis', vendors: 'take' });
    try {
      return await measureAll(town, house);
    } finally {
      await house.stop();
    }
  } finally {
    town.remove();
  }
}

async function measureAll(town: Town, house: RunningHouse): Promise<CrisisReport> {
  const peopleOf = (index: number) => town.phones.slice(WARM_UP + index * CRISES, WARM_UP + (index + 1) * CRISES);
  await runCrises(house, town.phones.slice(0, WARM_UP));
  process.stderr.write('at rest\n');
  const rest = await runCrises(house, peopleOf(0));
  process.stderr.write('with nudges draining\n');
  change(house, `update outbox set due_at = ? where status = 'pending' and message_class = 'nudge'`);
  await untilSending(house);
  const draining = await runCrises(house, peopleOf(1));
  await untilDrained(house);
  process.stderr.write('with follow-ups falling due and ordinary texts coming in\n');
  await beforeFullMinute(3_000);
  change(house, `update timers set due_at = ? where kind = 'conversation'`);
  await beforeFullMinute(500);
  const ordinary = sendOrdinary(town, house);
  const minuteBegins = Date.now() + 500;
  const due = await runCrises(house, peopleOf(2));
  await ordinary.stop();
  await untilTaken(house, minuteBegins);
  return { rest, draining, due, takenAfter: (Date.now() - minuteBegins) / 1_000 };
}

/** From another connection, as an operator would: what waits is due from now on. */
function change(house: RunningHouse, statement: string): void {
  const db = new BetterSqlite3(house.databaseFile);
  db.pragma('busy_timeout = 5000');
  db.prepare(statement).run(Date.now());
  db.close();
}

async function untilSending(house: RunningHouse): Promise<void> {
  const before = await house.sends();
  for (const giveUpAt = Date.now() + 30_000; Date.now() < giveUpAt; await sleep(20)) {
    if ((await house.sends()) > before + 50) return;
  }
  throw new Error('the nudges do not leave');
}

async function untilDrained(house: RunningHouse): Promise<void> {
  await waitUntilCalm(house, DRAIN_LIMIT_MS);
  await house.sent();
}

async function untilTaken(house: RunningHouse, since: number): Promise<void> {
  const db = new BetterSqlite3(house.databaseFile, { readonly: true });
  const left = db.prepare<[number], { n: number }>(
    `select count(*) as n from timers where kind = 'conversation' and due_at <= ?`,
  );
  const isTaken = () => left.get(since)?.n === 0;
  for (const giveUpAt = since + DRAIN_LIMIT_MS; !isTaken() && Date.now() < giveUpAt; ) await sleep(100);
  const isDone = isTaken();
  db.close();
  if (!isDone) throw new Error('the follow-ups that are due are not taken');
}

async function beforeFullMinute(ms: number): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000) - ms;
  await sleep(left < 0 ? left + 60_000 : left);
}

/** Answers of people who were asked, at their own pace, until it is stopped. */
function sendOrdinary(town: Town, house: RunningHouse): { stop(): Promise<void> } {
  let isOver = false;
  const run = async () => {
    const requests = town.waiting.map((phone) => inboundWebhook(phone, 'Later'));
    const send = openSender(house.port);
    const flying: Promise<unknown>[] = [];
    const began = performance.now();
    for (const [index, request] of requests.entries()) {
      await sleep(Math.max(0, began + (index * 1_000) / ORDINARY_A_SECOND - performance.now()));
      if (isOver) break;
      const sending = send(request);
      sending.catch(() => {});
      flying.push(sending);
    }
    await Promise.all(flying);
  };
  const running = run();
  return {
    stop: () => {
      isOver = true;
      return running;
    },
  };
}

/**
 * One request on a connection that is free, as a proxy keeps them, or on a new one; resolves with the milliseconds to its
 * answer. A text whose connection was closed while it rested is sent again, as Twilio does.
 */
function openSender(port: number): (request: Buffer) => Promise<number> {
  const free: Load[] = [];
  return async (request) => {
    for (let attempt = 0; attempt <= RETRIES; attempt += 1) {
      const load = free.pop() ?? (await openLoad(port, 1));
      const result = await load.send([request]).catch(() => null);
      if (result === null) continue;
      free.push(load);
      if (result.statuses['200'] !== 1) throw new Error(`not answered with 200: ${JSON.stringify(result.statuses)}`);
      return result.p50Ms;
    }
    throw new Error('the house does not answer');
  };
}

async function runCrises(house: RunningHouse, phones: readonly string[]): Promise<CrisisTimes> {
  const requests = phones.map((phone) => inboundWebhook(phone, DISTRESS));
  const send = openSender(house.port);
  await house.sent();
  const sentAt = new Map<string, number>();
  const began = performance.now();
  const flying: Promise<number>[] = [];
  for (const [index, phone] of phones.entries()) {
    await sleep(Math.max(0, began + index * EVERY_MS - performance.now()));
    sentAt.set(phone, monotonicMicros());
    const request = requests[index];
    if (request === undefined) continue;
    const sending = send(request);
    // One that fails before all are sent is heard of below, with the house still there to be ended.
    sending.catch(() => {});
    flying.push(sending);
  }
  const answer = await Promise.all(flying);
  const seen = await untilSeen(house, sentAt);
  return { answer, ...seen, seconds: (performance.now() - began) / 1_000 };
}

function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

interface CaseRow {
  readonly reply: string;
  readonly card: string;
}

const SEEN_LIMIT_MS = 120_000;

/** Waits until the reply and the card of each case have left, and says how long each took. */
async function untilSeen(
  house: RunningHouse,
  sentAt: ReadonlyMap<string, number>,
): Promise<{ readonly post: number[]; readonly reply: number[]; readonly others: number }> {
  const sent = new Map<string, Sent>();
  let others = 0;
  for (const giveUpAt = Date.now() + SEEN_LIMIT_MS; Date.now() < giveUpAt; await sleep(200)) {
    for (const one of await house.sent()) {
      sent.set(one.id, one);
      if (one.to !== null && !sentAt.has(one.to)) others += 1;
    }
    const [post, reply] = timesOf(casesOf(house), sent, sentAt);
    if (reply.length === sentAt.size) return { post, reply, others };
  }
  throw new Error('not every crisis has its alert and its reply');
}

/** What the vendor called the first card and the reply of each case whose both have left. */
function casesOf(house: RunningHouse): readonly CaseRow[] {
  const db = new BetterSqlite3(house.databaseFile, { readonly: true });
  const rows = db
    .prepare<[], CaseRow>(
      `select reply.provider_id as reply, min(card.provider_id) as card from outbox as reply
       join outbox as card on card.escalation_id = reply.escalation_id and card.message_class = 'alert'
         and card.body_kind = 'slack_post' and card.provider_id like 'C0BENCH:%'
       where reply.message_class = 'safety_reply' and reply.provider_id is not null group by reply.id`,
    )
    .all();
  db.close();
  return rows;
}

function timesOf(
  cases: readonly CaseRow[],
  sent: ReadonlyMap<string, Sent>,
  sentAt: ReadonlyMap<string, number>,
): [post: number[], reply: number[]] {
  const post: number[] = [];
  const reply: number[] = [];
  for (const one of cases) {
    const text = sent.get(one.reply);
    const card = sent.get(one.card.split(':')[1] ?? '');
    const began = sentAt.get(text?.to ?? '');
    if (text === undefined || card === undefined || began === undefined) continue;
    post.push((card.at - began) / 1_000);
    reply.push((text.at - began) / 1_000);
  }
  return [post, reply];
}

const NAMES: Readonly<Record<Scenario, string>> = {
  rest: 'at rest',
  draining: '10,000 nudges draining',
  due: '10,000 due in one minute, 50 texts/s',
};

export function printCrisis(report: CrisisReport): string {
  const p = (times: readonly number[], share: number) => show(percentile(times, share));
  const three = (times: readonly number[]) => [p(times, 0.5), p(times, 0.99), show(Math.max(...times))];
  const rows = SCENARIOS.map((name) => {
    const { post, reply, answer, others, seconds } = report[name];
    const over = (kind: 'post' | 'reply') =>
      show(percentile(report[name][kind], 0.99) / percentile(report.rest[kind], 0.99));
    return [
      NAMES[name],
      ...three(post),
      over('post'),
      ...three(reply),
      over('reply'),
      p(answer, 0.99),
      show(others / seconds),
    ];
  });
  const head = ['a crisis text, ms', 'Slack p50', 'p99', 'max', '× rest', 'reply p50', 'p99', 'max', '× rest'];
  return [
    table([...head, 'answer p99', 'other texts/s'], rows),
    '',
    `${CRISES} crises a row, 10 a second; the vendors answer at once. The aim is a p99 under 2,000 ms.`,
    `The last of the follow-ups was taken ${show(report.takenAfter)} s after its minute began.`,
  ].join('\n');
}
