// JSON that stands in a column: checked against its schema when it is written and again when it is read, so that a
// value nobody can use is refused where it arises. Errors name place and path, never content.

import type { ZodType } from 'zod';
import type { SealedCodec } from './sealed.ts';

class ColumnShapeError extends Error {
  override readonly name = 'ColumnShapeError';
}

function check<Value>(schema: ZodType<Value>, value: unknown, place: string): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.code}`);
  throw new ColumnShapeError(`${place} has not the expected shape (${faults.join('; ')})`);
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ColumnShapeError(`${place} is not JSON`);
  }
}

/** A value that rows of before lack: they are read as null. */
export function nullBefore<Value>(schema: ZodType<Value>) {
  return schema.nullable().default(null);
}

/** A column of plain JSON. `rowId` serves errors only. */
export class JsonColumn<Value> {
  readonly #place: string;
  readonly #schema: ZodType<Value>;

  constructor(table: string, column: string, schema: ZodType<Value>) {
    this.#place = `${table}.${column}`;
    this.#schema = schema;
  }

  write(rowId: string, value: Value): string {
    return JSON.stringify(check(this.#schema, value, `${this.#place} of row "${rowId}"`));
  }

  read(rowId: string, text: string): Value {
    const place = `${this.#place} of row "${rowId}"`;
    return check(this.#schema, parse(text, place), place);
  }
}

/** Most values that one remembering column keeps open for one key. */
const REMEMBERED = 500;

/** A column of sealed JSON. */
export class SealedColumn<Value> {
  readonly #table: string;
  readonly #column: string;
  readonly #json: JsonColumn<Value>;

  constructor(table: string, column: string, schema: ZodType<Value>) {
    this.#table = table;
    this.#column = column;
    this.#json = new JsonColumn(table, column, schema);
  }

  seal(codec: SealedCodec, rowId: string, value: Value): string {
    return codec.seal({ table: this.#table, column: this.#column, rowId }, this.#json.write(rowId, value));
  }

  open(codec: SealedCodec, rowId: string, sealed: string): Value {
    return this.#json.read(rowId, codec.open({ table: this.#table, column: this.#column, rowId }, sealed));
  }
}

/**
 * A column whose values are read again and again: what was opened once is kept, by its place and its sealed text. A value
 * that changes is sealed anew and so has another text: what is kept can never be an old one. Only for what is read at
 * every turn anyhow, such as the names of staff; a student's words are not kept open.
 */
export class RememberedColumn<Value> extends SealedColumn<Value> {
  readonly #opened = new WeakMap<SealedCodec, Map<string, Value>>();

  override open(codec: SealedCodec, rowId: string, sealed: string): Value {
    const opened = this.#openedWith(codec);
    const place = `${rowId}:${sealed}`;
    const known = opened.get(place);
    if (known !== undefined) return known;
    const value = super.open(codec, rowId, sealed);
    const [oldest] = opened.size < REMEMBERED ? [] : opened.keys();
    if (oldest !== undefined) opened.delete(oldest);
    opened.set(place, value);
    return value;
  }

  #openedWith(codec: SealedCodec): Map<string, Value> {
    const known = this.#opened.get(codec);
    if (known !== undefined) return known;
    const made = new Map<string, Value>();
    this.#opened.set(codec, made);
    return made;
  }
}
