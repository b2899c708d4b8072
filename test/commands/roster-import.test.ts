// `icehouse roster import` on real files and a real database: all rows or none.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

const EXAMPLE = join(ROOT, 'docs', 'examples', 'roster.csv');
const HEADER = 'role,first_name,phone,language,time_zone,college,mentor,consent_basis,consent_on,slack_user_id,on_call';

let folder: string;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-roster-'));
  env = { DATABASE_URL: `file:${join(folder, 'icehouse.sqlite')}`, DATA_KEY: TEST_DATA_KEY };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const importFile = (file: string, ...options: string[]) =>
  icehouse(['roster', 'import', file, ...options], { env, cwd: folder });

function countPeople() {
  const handle = new BetterSqlite3(join(folder, 'icehouse.sqlite'), { readonly: true });
  const count = (table: string) => handle.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get()?.n;
  try {
    return { mentees: count('mentees'), mentors: count('mentors'), counselors: count('counselors') };
  } finally {
    handle.close();
  }
}

function write(...rows: readonly string[]): string {
  const path = join(folder, 'roster.csv');
  writeFileSync(path, `${[HEADER, ...rows].join('\n')}\n`);
  return path;
}

describe('icehouse roster import', () => {
  it('says with --dry-run what it would import, and keeps nothing', async () => {
    const { code, out, err } = await importFile(EXAMPLE, '--dry-run');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Would import 3 mentees, 2 mentors, 2 counselors, 1 staff.');
    expect(countPeople()).toEqual({ mentees: 0, mentors: 0, counselors: 0 });
  });

  it('refuses the whole file for one bad row, naming file, line and column', async () => {
    const file = write(
      'counselor,Renee,(213) 555-0101,,America/Los_Angeles,,,,,U0RENEE,1',
      'mentee,Maya,555,en,America/Los_Angeles,Cal State LA,,web_form,2027-05-03,,',
      'mentee,Luis,(213) 555-0122,fr,America/Los_Angeles,Cal State LA,(213) 555-0119,web_form,soon,,',
    );
    const { code, out } = await importFile(file);
    expect(code).toBe(1);
    const lines = out.trim().split('\n');
    expect(lines.map((line) => line.slice(file.length).split(' ').slice(0, 2).join(' '))).toEqual([
      ':3 phone',
      ':4 language',
      ':4 consent_on',
      expect.any(String),
    ]);
    expect(lines.at(-1)).toBe('Nothing was imported.');
    expect(countPeople()).toEqual({ mentees: 0, mentors: 0, counselors: 0 });
  });

  it('refuses a mentor whom nobody knows, and with it the rows before', async () => {
    const file = write(
      'mentee,Luis,(213) 555-0122,es,America/Los_Angeles,Cal State LA,,web_form,2027-05-03,,',
      'mentee,Maya,(213) 555-0121,en,America/Los_Angeles,Cal State LA,(213) 555-0119,web_form,2027-05-03,,',
    );
    const { code, out } = await importFile(file, '--json');
    expect(code).toBe(1);
    const message = 'names a mentor who is not in this file and was not imported before';
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ line: 3, column: 'mentor', message }] });
    expect(countPeople()).toEqual({ mentees: 0, mentors: 0, counselors: 0 });
  });

  it('imports, and does so again without doubling anybody', async () => {
    for (const _ of [1, 2]) {
      const { code, out } = await importFile(EXAMPLE, '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toEqual({
        ok: true,
        dryRun: false,
        mentees: 3,
        mentors: 2,
        counselors: 2,
        staff: 1,
        withoutConsent: 0,
        optedOut: 0,
        wrongNumber: 0,
      });
    }
    expect(countPeople()).toEqual({ mentees: 3, mentors: 2, counselors: 2 });
  });

  it('says in one line that a file or a setting is missing', async () => {
    const [file, setting] = await Promise.all([
      importFile('absent.csv'),
      icehouse(['roster', 'import', EXAMPLE], { cwd: folder }),
    ]);
    expect(file).toMatchObject({ code: 1, err: 'icehouse: there is no file absent.csv\n' });
    expect(setting.code).toBe(1);
    expect(setting.err).toMatch(/^icehouse: DATABASE_URL is missing: .*\n$/);
  });
});
