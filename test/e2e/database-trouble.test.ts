import { createServer, type Server } from 'node:http';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, statusOf, type Town } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { DANI, LUIS, MAYA, RENEE, TOMAS } from '../support/house-people.ts';

let town: Town;
let operator: Server;
let heard: string[];

beforeEach(async () => {
  heard = [];
  operator = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => operator.listen(0, '127.0.0.1', resolve));
  const address = operator.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  town = await startTown({ environment: { OPERATOR_WEBHOOK_URL: `http://127.0.0.1:${port}/` } });
});
afterEach(async () => {
  await town.close();
  operator.close();
});

/** Somebody else holds the file's write lock until this is called. */
function lockFile(): () => void {
  const other = new BetterSqlite3(town.databasePath);
  other.exec('begin immediate');
  return () => {
    other.exec('rollback');
    other.close();
  };
}

describe('DB-03, TW-11, SL-07: when nothing can be committed', () => {
  it('webhooks are answered 503, the people on call and the operator hear of it, and what is tried again is stored', async () => {
    const unlock = lockFile();
    const text = town.vendors.twilio.receive({ from: MAYA, body: 'i want to die' });
    const slack = town.vendors.slack.writeDirect(DANI.slack, 'hello?');
    const statuses = [await town.vendors.post(text), await town.vendors.post(slack)] as const;
    expect(statusOf(statuses[0])).toBe(503);
    expect(statusOf(statuses[1])).toBe(503);
    const minute = town.settle();
    await until('the operator hears', () => heard.length > 0);
    await until('the people on call hear', () => [RENEE, TOMAS].every(({ phone }) => town.sentTo(phone).length > 0));
    expect(heard.join()).toMatch(/texts since \d\d:\d\d are not stored/);
    expect(heard.join()).not.toMatch(/Maya|555|die/);
    unlock();
    await minute;
    expect(statusOf(await town.vendors.post(text))).toBe(200);
    await town.settle();
    expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
    expect(town.posts()).toHaveLength(1);
    const told = heard.length;
    await town.settle();
    expect(heard).toHaveLength(told);
  });

  it('DB-01: a short lock of another process is waited out', async () => {
    const unlock = lockFile();
    const answer = town.text(LUIS, 'luego');
    setTimeout(unlock, 400);
    expect(await answer).toBe(200);
  });
});
