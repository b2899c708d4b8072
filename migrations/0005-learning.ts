// What is looked up for the weekly review and the report of the staff lead: the cases of the last days. Forward only; no
// row is changed, because what a case has learned to say stands sealed in its state.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('create index escalations_created on escalations (created_at, id)').execute(db);
}
