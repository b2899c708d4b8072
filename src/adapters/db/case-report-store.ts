// Which reports of a case were made, by whom and when: added and never changed. No word of a report stands here.

import { z } from 'zod';
import type { CaseReport, CaseReportStore } from '../../app/ports/staff-stores.ts';
import { asEscalationId, type EscalationId } from '../../core/model/ids.ts';
import { REPORT_KINDS } from '../../core/safety/mandated-report.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const insert = prepare<{ escalationId: string; report: string; by: string; at: number }>()((db, p) =>
  db
    .insertInto('case_reports')
    .values({ escalation_id: p.escalationId, report: p.report, reported_by: p.by, reported_at: p.at })
    .onConflict((conflict) => conflict.columns(['escalation_id', 'report', 'reported_by']).doNothing()),
);

export const ofCase = prepare<{ escalationId: string }>()((db, p) =>
  db
    .selectFrom('case_reports')
    .selectAll()
    .where('escalation_id', '=', p.escalationId)
    .orderBy('reported_at')
    .orderBy('report'),
);

const kind = z.enum(REPORT_KINDS);

export class SqlCaseReportStore implements CaseReportStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async add({ escalationId, report, by, at }: CaseReport): Promise<boolean> {
    return (await insert.run(this.#session, { escalationId, report, by, at })) > 0;
  }

  async of(escalationId: EscalationId): Promise<CaseReport[]> {
    const rows = await ofCase.all(this.#session, { escalationId });
    return rows.map((row) => ({
      escalationId: asEscalationId(row.escalation_id),
      report: kind.parse(row.report),
      by: row.reported_by,
      at: row.reported_at,
    }));
  }
}
