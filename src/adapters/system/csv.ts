// Reads a CSV file with the line of every row, so that a mistake can be named where the author sees it.

import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';

export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: Readonly<Record<string, string>> }[];
}

export type CsvRead =
  | { readonly ok: true; readonly file: CsvFile }
  | { readonly ok: false; readonly line: number; readonly message: string; readonly hint: string };

const records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Reads UTF-8 (with or without BOM) with a header line. Column names are compared in small letters. */
export function readCsv(path: string): CsvRead {
  const text = readFileSync(path);
  if (text.includes(0) || text.toString('utf8').includes('\uFFFD')) {
    return {
      ok: false,
      line: 1,
      message: 'the file is not UTF-8 text',
      hint: 'in the spreadsheet, save as "CSV UTF-8"',
    };
  }
  try {
    const parsed = records.parse(
      parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true }),
    );
    const [head, ...rest] = parsed;
    if (head === undefined)
      return { ok: false, line: 1, message: 'the file is empty', hint: 'the first line names the columns' };
    return shape(
      head.record.map((name) => name.toLowerCase()),
      rest,
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return {
      ok: false,
      line,
      message: 'a quote in this row is not closed or stands in the middle of a cell',
      hint: 'put quotes around the whole cell, and double those inside it',
    };
  }
}

function shape(header: readonly string[], rest: z.infer<typeof records>): CsvRead {
  const rows = [];
  for (const { record, info } of rest) {
    if (record.length > header.length) {
      const message = `has ${record.length} cells, but there are ${header.length} columns`;
      return { ok: false, line: info.lines, message, hint: 'put a cell that has a comma in it into quotes' };
    }
    if (record.every((cell) => cell === '')) continue;
    rows.push({
      line: info.lines,
      cells: Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])),
    });
  }
  return { ok: true, file: { header, rows } };
}
