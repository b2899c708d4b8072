// `icehouse audit` on a real database: what people did, by name, and nothing that students wrote.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/db/open-database.ts';
import { randomIds } from '../../src/adapters/system/clock.ts';
import { importRoster } from '../../src/app/import-roster.ts';
import { asCounselorId, asEscalationId } from '../../src/core/model/ids.ts';
import { openEscalation } from '../../src/core/safety/escalate.ts';
import { icehouse } from '../support/icehouse.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

const MAY_31 = Date.parse('2027-05-31T23:59:00Z');
const JUNE_1 = Date.parse('2027-06-01T09:12:00Z');

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-audit-'));
  env = { DATABASE_URL: `file:${join(folder, 'icehouse.sqlite')}`, DATA_KEY: TEST_DATA_KEY };
  await fill();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A counselor of the roster, a stranger, the house; a case that is resolved by now, and something about no case. */
async function fill(): Promise<void> {
  const url = env['DATABASE_URL'] ?? '';
  const database = await openDatabase({ url, dataKey: TEST_DATA_KEY, purpose: 'command', ids: randomIds, migrate: {} });
  const clock = { now: () => MAY_31, realNow: () => MAY_31 };
  const cells = {
    role: 'counselor',
    first_name: 'Renee',
    last_name: 'Okafor',
    phone: '+12135550101',
    time_zone: 'America/Los_Angeles',
    slack_user_id: 'U0RENEE',
  };
  await importRoster(
    { database, clock, ids: randomIds, tasks: [] },
    { header: Object.keys(cells), rows: [{ line: 2, cells }] },
    false,
  );
  await database.transact(async (stores) => {
    const renee = await stores.people.counselorBySlackUser('U0RENEE');
    if (renee === null) throw new Error('no counselor');
    const id = asEscalationId('case0001');
    const event = { kind: 'opened', at: MAY_31, tier: 'crisis', onCall: [renee.id] } as const;
    const { escalation: opened } = openEscalation(event);
    const state = {
      ...opened,
      status: 'resolved',
      nextAlertAt: null,
      resolvedBy: asCounselorId(renee.id),
      resolvedAt: JUNE_1,
    } as const;
    const phoneHash = database.hashPhone('+12135550121');
    const rest = { caseCode: 'K7QX', menteeId: null, version: 1, words: ['secret words'], answered: '', contact: null };
    await stores.escalations.insert({ id, phoneHash, state, ...rest }, event, MAY_31);
    const about = { subjectKind: 'case', subject: id };
    await stores.audit.add({ at: MAY_31, actor: 'slack:U0X', action: 'case_acknowledged', ...about, detail: {} });
    await stores.audit.add({
      at: JUNE_1,
      actor: renee.id,
      action: 'case_resolved',
      ...about,
      detail: { outcome: 'safe' },
    });
    const todo = { action: 'todo_closed', subjectKind: 'todo', subject: 'review:1', detail: {} };
    await stores.audit.add({ at: JUNE_1 + 1_000, actor: 'house', ...todo });
  });
  await database.close();
}

const audit = (...options: string[]) => icehouse(['audit', ...options], { env, cwd: folder });

describe('icehouse audit', () => {
  it('prints when, who, what and about which, the newest last', async () => {
    const { code, out, err } = await audit();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      '2027-05-31T23:59:00.000Z  somebody in Slack (U0X)  case_acknowledged  case K7QX',
      '2027-06-01T09:12:00.000Z  Renee Okafor  case_resolved  case K7QX  outcome=safe',
      '2027-06-01T09:12:01.000Z  Icehouse  todo_closed  todo review:1',
      '3 events',
      '',
    ]);
    expect(out).not.toContain('secret');
  });

  it('takes a day, a limit and a case, also one that is resolved', async () => {
    const [since, limit, one] = await Promise.all([
      audit('--since', '2027-06-01', '--json'),
      audit('--limit', '1'),
      audit('--case', 'k7qx', '--limit', '1', '--json'),
    ]);
    expect(JSON.parse(since.out)).toMatchObject({ events: [{ by: 'Renee Okafor' }, { by: 'Icehouse' }] });
    expect(limit.out).toContain('todo_closed');
    expect(limit.out).toContain('1 event\n');
    expect(JSON.parse(one.out)).toMatchObject({ events: [{ action: 'case_resolved', caseCode: 'K7QX' }] });
  });

  it('ends with 1 and one line when an option is wrong or the case is unknown', async () => {
    const wrong = await Promise.all([audit('--since', 'June'), audit('--limit', '0'), audit('--case', 'ZZZZ')]);
    expect(wrong.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(wrong.map(({ err }) => err)).toEqual([
      'icehouse: --since June is not a date such as 2027-06-01\n',
      'icehouse: --limit is a number, 1 to 10000\n',
      'icehouse: the audit has nothing of a case ZZZZ\n',
    ]);
  });
});
