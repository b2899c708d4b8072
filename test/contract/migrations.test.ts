import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnBoth } from './databases.ts';

const NAMES = ['0001-house', '0002-people-in-slack', '0003-calls', '0004-cases-of-a-special-kind', '0005-learning'];
const OURS = new URL('../../migrations/', import.meta.url);

describeOnBoth(
  'migrations',
  (bed) => {
    let folder: URL;
    // Inside the checkout, so that a migration in it finds Kysely.
    beforeEach(() => {
      folder = pathToFileURL(`${mkdtempSync(join(import.meta.dirname, '.migrations-'))}/`);
      cpSync(OURS, folder, { recursive: true });
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const addMigration = (name: string, body: string) =>
      writeFileSync(
        new URL(`${name}.ts`, folder),
        `import { sql } from 'kysely';\nexport async function up(db: never) {\n${body}\n}\n`,
      );
    const migrate = async (): Promise<string[]> => {
      const ran: string[] = [];
      await bed.open({ migrate: { folder, report: (name) => ran.push(name) } });
      return ran;
    };

    test('run once, and report themselves', async () => {
      addMigration('9999-more', 'await sql`create table more (id text)`.execute(db);');
      expect(await migrate()).toEqual([...NAMES, '9999-more']);
      expect(await migrate()).toEqual([]);
    });

    test('run once when several instances start at the same moment (DB-11)', async () => {
      const ran = await Promise.all([migrate(), migrate(), migrate()]);
      expect(ran.flat()).toEqual(NAMES);
    });

    test('are all undone when one fails', async () => {
      addMigration(
        '9999-broken',
        'await sql`create table half (id text)`.execute(db); await sql`nonsense`.execute(db);',
      );
      await expect(migrate()).rejects.toThrow(/syntax/);
      rmSync(new URL('9999-broken.ts', folder));
      expect(await migrate()).toEqual(NAMES);
    });

    test('are refused when the database is newer than the code, which changes nothing (DB-11)', async () => {
      addMigration('9999-more', 'await sql`create table more (id text)`.execute(db);');
      await migrate();
      const older = bed.open({ migrate: {} });
      await expect(older).rejects.toThrow(`it has 9999-more, this one knows up to ${NAMES.at(-1)}`);
      await expect(bed.open({ migrate: false })).rejects.toThrow('changed by a newer Icehouse');
    });

    test('are asked for when the database is behind', async () => {
      await expect(bed.open({ migrate: false })).rejects.toThrow(
        `The database lacks ${NAMES.join(', ')}: run "icehouse migrate"`,
      );
      await migrate();
      await bed.open({ migrate: false });
    });
  },
  { isMigrated: false },
);
