// Looks into the house's file from outside, through a connection of its own that sees committed rows only. The checkers
// read here and ask nothing of the app.

import BetterSqlite3 from 'better-sqlite3';
import { contentColumn } from '../../src/adapters/db/outbox-columns.ts';
import { SealedCodec } from '../../src/adapters/db/sealed.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

export interface OutboundFacts {
  readonly id: string;
  readonly seq: number;
  readonly key: string;
  readonly message_class: string;
  readonly lane: number;
  readonly recipient: string;
  readonly phone_hash: string | null;
  readonly status: string;
  readonly attempts: number;
  readonly due_at: number;
  readonly attempted_at: number | null;
  readonly created_at: number;
  readonly check_at: number | null;
  readonly escalation_id: string | null;
  readonly in_reply_to_id: string | null;
  readonly in_reply_to_at: number | null;
  readonly is_introduction: number;
  readonly provider_id: string | null;
  readonly body_kind: string;
  readonly sealed_content: string;
}

export type Row = Readonly<Record<string, string | number | null>>;

export interface Observer {
  readonly codec: SealedCodec;
  all<T = Row>(sql: string, ...values: readonly (string | number)[]): readonly T[];
  first<T = Row>(sql: string, ...values: readonly (string | number)[]): T | null;
  outbound(id: string): OutboundFacts | null;
  /** The phone number that an outbound row goes to; null for Slack. */
  phoneOf(row: OutboundFacts): string | null;
  hashOf(phone: string): string;
  close(): void;
}

export function openObserver(path: string): Observer {
  const file = new BetterSqlite3(path, { readonly: true });
  const codec = new SealedCodec(TEST_DATA_KEY);
  const statements = new Map<string, BetterSqlite3.Statement<(string | number)[], unknown>>();
  const prepare = (sql: string) => {
    const known = statements.get(sql) ?? file.prepare<(string | number)[], unknown>(sql);
    statements.set(sql, known);
    return known;
  };
  // What a query gives is known to whoever wrote it.
  const all = <T>(sql: string, ...values: readonly (string | number)[]) => prepare(sql).all(...values) as T[];
  const first = <T>(sql: string, ...values: readonly (string | number)[]) =>
    (prepare(sql).get(...values) ?? null) as T | null;
  return {
    codec,
    all,
    first,
    outbound: (id) => first<OutboundFacts>('select * from outbox where id = ?', id),
    phoneOf: (row) => {
      const { recipient } = contentColumn.open(codec, row.id, row.sealed_content);
      return recipient.kind === 'phone' ? recipient.phone : null;
    },
    hashOf: (phone) => codec.hashPhone(phone),
    close: () => file.close(),
  };
}
