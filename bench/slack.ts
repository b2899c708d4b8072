// The Slack side: a counselor's Acknowledge, stored before it is answered, beside Bolt that does nothing. Every press
// is on a case of its own, opened beforehand by a text in distress.

import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { freePort, startChild, waitUntilCalm, waitUntilUp } from './child.ts';
import { show, table } from './figures.ts';
import { type RunningHouse, SIGNING_SECRET, startHouse } from './house.ts';
import { httpRequest, type LoadResult, openLoad } from './load.ts';
import { buildTown, type Town } from './town.ts';
import { inboundWebhook } from './webhooks.ts';

const BARE_BOLT = fileURLToPath(new URL('bare-bolt.ts', import.meta.url));
const CASES = 600;
const WARM_UP = 200;
const DISTRESS = 'i dont want to be alive anymore';

export interface SlackReport {
  readonly house: LoadResult & { readonly cpuMicros: number };
  readonly bolt: LoadResult & { readonly cpuMicros: number };
}

export async function measureSlack(flows: string): Promise<SlackReport> {
  const town = await buildTown(CASES, flows);
  const house = await startHouse(town, { name: 'slack', vendors: 'hold' });
  const port = await freePort();
  const log = join(town.folder, 'bolt.log');
  const bolt = startChild([BARE_BOLT, String(port), SIGNING_SECRET], {}, log);
  try {
    await waitUntilUp(`http://127.0.0.1:${port}/`, log);
    const cases = await openCases(town, house);
    return { house: await press(house.port, house, cases), bolt: await press(port, bolt, cases) };
  } finally {
    await Promise.all([house.stop(), bolt.stop()]);
    town.remove();
  }
}

async function openCases(town: Town, house: RunningHouse): Promise<string[]> {
  const load = await openLoad(house.port);
  await load.send(town.phones.map((phone) => inboundWebhook(phone, DISTRESS)));
  load.close();
  await waitUntilCalm(house);
  const db = new BetterSqlite3(house.databaseFile, { readonly: true });
  const rows = db.prepare<[], { id: string }>('select id from escalations').all();
  db.close();
  if (rows.length < 0.9 * CASES) throw new Error(`${CASES} texts in distress opened ${rows.length} cases`);
  return rows.map(({ id }) => id);
}

type Server = Parameters<typeof waitUntilCalm>[0];

async function press(port: number, server: Server, cases: readonly string[]): Promise<SlackReport['house']> {
  const load = await openLoad(port);
  const presses = cases.map(acknowledge);
  await load.send(presses.slice(0, WARM_UP));
  await waitUntilCalm(server);
  const cpu = server.cpuMicros() ?? Number.NaN;
  const rest = presses.slice(WARM_UP);
  const result = await load.send(rest);
  load.close();
  if (Object.keys(result.statuses).some((status) => status !== '200')) {
    throw new Error(`not all presses were answered with 200: ${JSON.stringify(result.statuses)}`);
  }
  return { ...result, cpuMicros: ((server.cpuMicros() ?? Number.NaN) - cpu) / rest.length };
}

/** A signed press of Acknowledge on the card of a case. */
function acknowledge(escalationId: string): Buffer {
  const payload = {
    type: 'block_actions',
    team: { id: 'T0BENCH', domain: 'bench' },
    user: { id: 'U0RENEE', username: 'renee', name: 'renee', team_id: 'T0BENCH' },
    api_app_id: 'A0BENCH',
    container: { type: 'message', message_ts: '1700000000.000001', channel_id: 'C0BENCH', is_ephemeral: false },
    trigger_id: `trigger.${escalationId}`,
    channel: { id: 'C0BENCH', name: 'counselors' },
    actions: [
      { action_id: 'acknowledge', block_id: 'b', type: 'button', value: escalationId, action_ts: '1700000000.000001' },
    ],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const stamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${stamp}:${body}`).digest('hex');
  return httpRequest(
    '/slack/events',
    {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': stamp,
      'X-Slack-Signature': `v0=${digest}`,
    },
    body,
  );
}

export function printSlack({ house, bolt }: SlackReport): string {
  const row = (name: string, side: SlackReport['house']) => [
    name,
    show(side.perSecond),
    show(side.perSecond / bolt.perSecond),
    show(side.p50Ms),
    show(side.p99Ms),
    show(side.cpuMicros),
  ];
  return table(
    ['Acknowledge, 64 connections, one run', 'presses/s', '× Bolt', 'p50 ms', 'p99 ms', 'CPU µs'],
    [row("Bolt's HTTPReceiver, ack only", bolt), row('icehouse, stored first', house)],
  );
}
