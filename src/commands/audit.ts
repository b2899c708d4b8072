// `icehouse audit`: what people did in Slack and by text, newest last, with the names of the roster. Reads only; students'
// words, names and numbers are not in the audit and are not printed.

import { openDatabase } from '../adapters/db/open-database.ts';
import { nameOfActor } from '../app/person.ts';
import type { Stores } from '../app/ports/database.ts';
import type { AuditEvent } from '../app/ports/staff-stores.ts';
import { readEnvironment, readSettings } from '../config.ts';
import { asEscalationId } from '../core/model/ids.ts';
import { instantOf, isLocalDate } from '../core/model/local-time.ts';

interface AuditOptions {
  readonly since?: string;
  readonly limit: string;
  readonly case?: string;
  readonly json?: boolean;
}

const LONGEST = 10_000;
/** How many events are looked through for those of one case. */
const LOOKED_THROUGH = 100_000;
const CASE = 'case';

interface Entry extends AuditEvent {
  /** The name of `actor` on the roster. */
  readonly by: string;
  /** Null for what is about no case. */
  readonly caseCode: string | null;
}

export async function audit(options: AuditOptions): Promise<void> {
  const ask = readOptions(options);
  const { DATABASE_URL: url = '', DATA_KEY: dataKey = '' } = readSettings(
    ['DATABASE_URL', 'DATA_KEY'],
    readEnvironment(),
  );
  const database = await openDatabase({ url, dataKey, purpose: 'command' });
  try {
    const entries = await database.read((stores) => readEntries(stores, ask));
    if (options.json === true) process.stdout.write(`${JSON.stringify({ events: entries })}\n`);
    else print(entries);
  } finally {
    await database.close();
  }
}

interface Ask {
  readonly since: number | null;
  readonly limit: number;
  readonly caseCode: string | null;
}

function readOptions({ since, limit, case: code }: AuditOptions): Ask {
  if (since !== undefined && !isLocalDate(since)) throw new Error(`--since ${since} is not a date such as 2027-06-01`);
  if (!/^[1-9]\d{0,4}$/.test(limit) || Number(limit) > LONGEST) throw new Error(`--limit is a number, 1 to ${LONGEST}`);
  return {
    since: since === undefined ? null : instantOf(since, 0, 'UTC'),
    limit: Number(limit),
    caseCode: code?.toUpperCase() ?? null,
  };
}

async function readEntries(stores: Stores, { since, limit, caseCode }: Ask): Promise<Entry[]> {
  const events = await stores.audit.recent({
    limit: caseCode === null ? limit : LOOKED_THROUGH,
    ...(since === null ? {} : { since }),
  });
  const codes = new Map<string, string | null>();
  const names = new Map<string, string>();
  const entries: Entry[] = [];
  for (const event of events) {
    if (entries.length === limit) break;
    const code = await remember(codes, event.subject, () => codeOf(stores, event));
    if (caseCode !== null && code !== caseCode) continue;
    const by = await remember(names, event.actor, () => nameOfActor(stores, event.actor));
    entries.push({ ...event, by, caseCode: code });
  }
  if (caseCode !== null && entries.length === 0) throw new Error(`the audit has nothing of a case ${caseCode}`);
  return entries.toReversed();
}

async function codeOf(stores: Stores, { subjectKind, subject }: AuditEvent): Promise<string | null> {
  if (subjectKind !== CASE) return null;
  return (await stores.escalations.byId(asEscalationId(subject)))?.caseCode ?? null;
}

async function remember<Value>(known: Map<string, Value>, key: string, find: () => Promise<Value>): Promise<Value> {
  const stored = known.get(key);
  if (stored !== undefined) return stored;
  const found = await find();
  known.set(key, found);
  return found;
}

function print(entries: readonly Entry[]): void {
  for (const { at, by, action, subjectKind, subject, caseCode, detail } of entries) {
    const about = caseCode === null ? `${subjectKind} ${subject}` : `case ${caseCode}`;
    const more = Object.entries(detail).map(([name, value]) => `  ${name}=${String(value)}`);
    process.stdout.write(`${new Date(at).toISOString()}  ${by}  ${action}  ${about}${more.join('')}\n`);
  }
  process.stdout.write(`${entries.length} ${entries.length === 1 ? 'event' : 'events'}\n`);
}
