// `icehouse report safety` on a real database: counts and times, and nobody's name.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/db/open-database.ts';
import { asCounselorId, asEscalationId } from '../../src/core/model/ids.ts';
import { escalate, openEscalation } from '../../src/core/safety/escalate.ts';
import { icehouse } from '../support/icehouse.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

const MINUTE = 60_000;
const by = asCounselorId('counselor-1');

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-report-'));
  env = { DATABASE_URL: `file:${join(folder, 'icehouse.sqlite')}`, DATA_KEY: TEST_DATA_KEY };
  const url = env['DATABASE_URL'] ?? '';
  const database = await openDatabase({ url, dataKey: TEST_DATA_KEY, purpose: 'command', migrate: {} });
  const at = Date.now() - 60 * MINUTE;
  await database.transact(async (stores) => {
    const rest = { menteeId: null, words: ['secret words'], answered: '', contact: null };
    for (const [index, raisedBy] of ([undefined, 'drill'] as const).entries()) {
      const id = asEscalationId(`case000${index}`);
      const opened = { kind: 'opened', at, tier: 'crisis', onCall: [by] } as const;
      const { escalation: state } = openEscalation(opened);
      const phoneHash = database.hashPhone(`+1213555012${index}`);
      const found = { ...rest, id, caseCode: `K7Q${index}`, phoneHash, version: 1, state, raisedBy };
      await stores.escalations.insert(found, opened, at);
      const taken = { kind: 'acknowledged', at: at + 2 * MINUTE, by } as const;
      const next = { ...found, version: 2, state: escalate(state, taken).escalation };
      await stores.escalations.advance(next, taken, taken.at);
    }
  });
  await database.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('icehouse report safety', () => {
  it('prints the last thirty days in lines', async () => {
    const { code, out, err } = await icehouse(['report', 'safety'], { env, cwd: folder });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Crisis: 1 case. Half were acknowledged within 2 min, nine of ten within 2 min. 1 at once');
    expect(out).toMatch(/Drill of .*acknowledged 2 min/);
    expect(out).not.toMatch(/secret|K7Q/);
  });

  it('prints them as JSON', async () => {
    const { out } = await icehouse(['report', 'safety', '--json'], { env, cwd: folder });
    expect(JSON.parse(out)).toMatchObject({
      crisis: { cases: 1, medianMs: 2 * MINUTE, atOnce: 1 },
      high: { cases: 0 },
      screen: { judged: 0, notJudged: 1 },
      misses: { person: 0, worry: 0 },
      drills: [{ reopened: 0 }],
    });
  });
});
