// What the database alone could do: the rows that one text leaves behind, written by bare better-sqlite3 with prepared
// statements and nothing around them. The values are those of a row that the house itself wrote.

import BetterSqlite3 from 'better-sqlite3';

const COPIED = ['inbox', 'conversation_events', 'outbox'] as const;

export interface BareRows {
  /** Writes the rows of `texts` texts, `perCommit` texts a commit; gives texts a second. */
  write(texts: number, perCommit: number): number;
  close(): void;
}

type Row = Record<string, string | number | null>;

/** On a database file that the house has written to before; it is not the house's any more afterwards. */
export function openBareRows(file: string): BareRows {
  const db = new BetterSqlite3(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const conversation = db.prepare<[], Row>('select * from conversations order by rowid desc limit 1').get() ?? {};
  const inserts = COPIED.map((name) => copyOf(db, name));
  const advance = db.prepare('update conversations set sealed_state = ?, updated_at = ? where id = ?');
  const setTimer = db.prepare(
    `insert into timers (kind, subject, name, due_at) values ('conversation', ?, 'no_reply', ?)
     on conflict (kind, subject, name) do update set due_at = excluded.due_at`,
  );
  let written = 0;
  const writeOne = () => {
    written += 1;
    for (const insert of inserts) insert(written);
    advance.run(conversation['sealed_state'], written, conversation['id']);
    setTimer.run(conversation['id'], written);
  };
  const commit = db.transaction((texts: number) => {
    for (let text = 0; text < texts; text += 1) writeOne();
  });
  return {
    write: (texts, perCommit) => {
      const began = performance.now();
      for (let done = 0; done < texts; done += perCommit) commit.immediate(perCommit);
      return (texts / (performance.now() - began)) * 1_000;
    },
    close: () => void db.close(),
  };
}

/** Inserts the newest row of the table again and again, with keys of its own each time. */
function copyOf(db: BetterSqlite3.Database, name: string): (number: number) => void {
  const newest = db.prepare<[], Row>(`select * from ${name} order by rowid desc limit 1`).get() ?? {};
  const { seq: _, ...row } = newest;
  const columns = Object.keys(row);
  const insert = db.prepare(
    `insert into ${name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  );
  return (number) => {
    const values = columns.map((column) => {
      if (column === 'version') return 1_000 + number;
      return ['id', 'key', 'external_id'].includes(column) ? `bare-${number}` : (row[column] ?? null);
    });
    insert.run(...values);
  };
}
