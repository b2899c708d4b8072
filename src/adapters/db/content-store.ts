// Published content by revision, and the structures of flows that running conversations are pinned to.

import { z } from 'zod';
import type { ContentRevision, ContentStore, RevisionHead } from '../../app/ports/database.ts';
import type { StructureHash } from '../../core/model/ids.ts';
import { JsonColumn } from './json-column.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const filesColumn = new JsonColumn('content_revisions', 'files', z.record(z.string(), z.unknown()));
const definitionColumn = new JsonColumn('flow_structures', 'definition', z.unknown());

const newest = prepare()((db) => db.selectFrom('content_revisions').selectAll().orderBy('revision', 'desc').limit(1));

const newestBefore = prepare<{ revision: number }>()((db, p) =>
  db
    .selectFrom('content_revisions')
    .selectAll()
    .where('revision', '<', p.revision)
    .orderBy('revision', 'desc')
    .limit(1),
);

const numbered = prepare<{ revision: number }>()((db, p) =>
  db.selectFrom('content_revisions').selectAll().where('revision', '=', p.revision),
);

const heads = prepare<{ limit: number }>()((db, p) =>
  db
    .selectFrom('content_revisions')
    .select(['revision', 'published_at', 'published_by', 'why'])
    .orderBy('revision', 'desc')
    .limit(p.limit),
);

const newestRevision = prepare()((db) =>
  db.selectFrom('content_revisions').select('revision').orderBy('revision', 'desc').limit(1),
);

const insert = prepare<{ revision: number; files: string; at: number; by: string; why: string }>()((db, p) =>
  db
    .insertInto('content_revisions')
    .values({ revision: p.revision, files: p.files, published_at: p.at, published_by: p.by, why: p.why }),
);

const saveDefinition = prepare<{ structureHash: string; flowId: string; definition: string }>()((db, p) =>
  db
    .insertInto('flow_structures')
    .values({ structure_hash: p.structureHash, flow_id: p.flowId, definition: p.definition })
    .onConflict((conflict) => conflict.column('structure_hash').doNothing()),
);

const definitionOf = prepare<{ structureHash: string }>()((db, p) =>
  db.selectFrom('flow_structures').selectAll().where('structure_hash', '=', p.structureHash),
);

export class SqlContentStore implements ContentStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async latest(): Promise<ContentRevision | null> {
    return toRevision(await newest.first(this.#session, {}));
  }

  async before(revision: number): Promise<ContentRevision | null> {
    return toRevision(await newestBefore.first(this.#session, { revision }));
  }

  async byRevision(revision: number): Promise<ContentRevision | null> {
    return toRevision(await numbered.first(this.#session, { revision }));
  }

  async history(limit: number): Promise<RevisionHead[]> {
    return (await heads.all(this.#session, { limit })).map(toHead);
  }

  async latestRevision(): Promise<number | null> {
    return (await newestRevision.first(this.#session, {}))?.revision ?? null;
  }

  async publish({ files, publishedAt, publishedBy, why }: Omit<ContentRevision, 'revision'>): Promise<number> {
    await this.#session.lock('content_revisions');
    const revision = ((await this.latestRevision()) ?? 0) + 1;
    await insert.run(this.#session, {
      revision,
      files: filesColumn.write(String(revision), files),
      at: publishedAt,
      by: publishedBy,
      why,
    });
    return revision;
  }

  async saveStructure(structureHash: StructureHash, flowId: string, definition: unknown): Promise<void> {
    const text = definitionColumn.write(structureHash, definition);
    await saveDefinition.run(this.#session, { structureHash, flowId, definition: text });
  }

  async structure(
    structureHash: StructureHash,
  ): Promise<{ readonly flowId: string; readonly definition: unknown } | null> {
    const row = await definitionOf.first(this.#session, { structureHash });
    if (row === undefined) return null;
    return { flowId: row.flow_id, definition: definitionColumn.read(structureHash, row.definition) };
  }
}

interface HeadRow {
  readonly revision: number;
  readonly published_at: number;
  readonly published_by: string;
  readonly why: string;
}

interface RevisionRow extends HeadRow {
  readonly files: string;
}

function toHead(row: HeadRow): RevisionHead {
  const { revision, published_at: publishedAt, published_by: publishedBy, why } = row;
  return { revision, publishedAt, publishedBy, why };
}

function toRevision(row: RevisionRow | undefined): ContentRevision | null {
  if (row === undefined) return null;
  return { ...toHead(row), files: filesColumn.read(String(row.revision), row.files) };
}
