// One handler's hold on a transaction, whatever the database: stores run their statements through it, and it ends with
// the handler, so that a store kept longer cannot write into somebody else's transaction.

export type Dialect = 'sqlite' | 'postgres';

/** What a column can be given. */
export type SqlValue = string | number | null;

/** The values of one run of a statement, by name. */
export type SqlValues = Readonly<Record<string, SqlValue>>;

/** One query as one dialect says it. `id` is unique in the process: connections keep prepared statements by it. */
export interface CompiledStatement {
  readonly id: number;
  readonly sql: string;
  /** Puts the values of a run in the order of the SQL's parameters. */
  bind(values: SqlValues): SqlValue[];
}

export interface Session {
  readonly dialect: Dialect;
  all(statement: CompiledStatement, values: SqlValues): Promise<unknown[]>;
  first(statement: CompiledStatement, values: SqlValues): Promise<unknown>;
  /** Gives how many rows changed. */
  run(statement: CompiledStatement, values: SqlValues): Promise<number>;
  /** Undoes what `work` wrote when it throws, and hands the error on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /** Holds the row of `name` against other transactions until this one ends. */
  lock(name: string): Promise<void>;
}

/** A store was called after its transaction had ended. */
export class EndedTransactionError extends Error {
  override readonly name = 'EndedTransactionError';
  constructor() {
    super(
      'A store was called after its transaction had ended: stores live only as long as the handler they were given to.',
    );
  }
}

/** A handler awaited something that is not a store call, so its transaction was rolled back. */
export class StrangerAwaitedError extends Error {
  override readonly name = 'StrangerAwaitedError';
  constructor() {
    super(
      'Inside a transaction only store calls may be awaited: this handler awaited something else (network, timer, file, ' +
        'another transaction), so everything it wrote was rolled back. Do that work before the transaction or after its commit.',
    );
  }
}
