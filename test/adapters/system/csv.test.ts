// CSV as spreadsheets really write it, with the line of every row.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/adapters/system/csv.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-csv-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string | Buffer) {
  const path = join(folder, 'roster.csv');
  writeFileSync(path, content);
  return readCsv(path);
}

describe('a CSV file', () => {
  it.each([
    ['line ends of Unix', 'Role,First_Name\nmentee,Maya\n'],
    ['line ends of Windows', 'Role,First_Name\r\nmentee,Maya\r\n'],
    ['a byte order mark', '\uFEFFRole,First_Name\nmentee,Maya\n'],
    ['no line end at its end', 'Role,First_Name\nmentee,Maya'],
    ['blanks around its cells', ' Role , First_Name \n mentee , Maya \n'],
    ['quotes around its cells', '"Role","First_Name"\n"mentee","Maya"\n'],
  ])('is read with %s', (_, content) => {
    expect(read(content)).toEqual({
      ok: true,
      file: { header: ['role', 'first_name'], rows: [{ line: 2, cells: { role: 'mentee', first_name: 'Maya' } }] },
    });
  });

  it('keeps accents, commas and quotes inside of quoted cells', () => {
    const result = read('first_name,college\nMaría José,"Cal State LA, ""main"""\n');
    expect(result).toMatchObject({
      file: { rows: [{ cells: { first_name: 'María José', college: 'Cal State LA, "main"' } }] },
    });
  });

  it('passes over rows that a spreadsheet left empty, and still counts their lines', () => {
    const result = read('role,first_name\n\nmentee,Maya\n,\nmentee,Luis\n');
    expect(result.ok && result.file.rows.map(({ line, cells }) => [line, cells['first_name']])).toEqual([
      [3, 'Maya'],
      [5, 'Luis'],
    ]);
  });

  it('takes a short row as one with empty cells', () => {
    expect(read('role,first_name,phone\nmentee,Maya\n')).toMatchObject({ file: { rows: [{ cells: { phone: '' } }] } });
  });

  it.each<[string, string | Buffer, number, string]>([
    ['is empty', '', 1, 'the file is empty'],
    ['is a spreadsheet and not text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), 1, 'the file is not UTF-8 text'],
    [
      'is in the letters of an older Windows',
      Buffer.from('first_name\nMar\xeda\n', 'latin1'),
      1,
      'the file is not UTF-8 text',
    ],
    ['has a cell too many', 'role,college\nmentee,Cal State LA, main\n', 2, 'has 3 cells, but there are 2 columns'],
    [
      'has a quote that is not closed',
      'role,college\nmentee,"Cal State\n',
      3,
      'a quote in this row is not closed or stands in the middle of a cell',
    ],
  ])('is refused with its line when it %s', (_, content, line, message) => {
    const result = read(content);
    expect(result).toMatchObject({ ok: false, message });
    expect(!result.ok && Math.abs(result.line - line)).toBeLessThanOrEqual(1);
    expect(!result.ok && result.hint).not.toBe('');
  });
});
