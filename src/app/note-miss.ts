// A text that a person raised and the screen had let pass: kept in the audit as a miss that was found later, by ids alone,
// so that the weekly review and the report can count it and a counselor can write an example after it.

import { asInboundId, type InboundId } from '../core/model/ids.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { AuditEvent } from './ports/staff-stores.ts';

const MISS = 'miss_found';
/** So old may a text be that is looked at when a mentor is worried: what was said before is another matter. */
const LOOKED_BACK_MS = 72 * 3_600_000;

/** `person` pointed at the very text; at a `worry` the newest text of the student is taken, and a counselor decides. */
export type MissBy = 'person' | 'worry';

export interface Miss {
  readonly inboundId: InboundId;
  readonly by: MissBy;
  readonly at: number;
}

export async function noteMiss(
  stores: Stores,
  escalation: Escalation,
  miss: Miss & { readonly actor: string },
): Promise<void> {
  const { inboundId, by, at, actor } = miss;
  const detail = { inboundId, by };
  await stores.audit.add({ at, actor, action: MISS, subjectKind: 'case', subject: escalation.id, detail });
}

/** A mentor is worried about somebody who wrote to us lately, and the screen paged nobody for it. */
export async function noteUnheard(stores: Stores, escalation: Escalation, actor: string, now: number): Promise<void> {
  const texts = await stores.inbox.recent(escalation.phoneHash, now - LOOKED_BACK_MS, 1);
  const [newest] = texts.filter(({ tier }) => tier === 'none' || tier === 'moderate');
  if (newest !== undefined) await noteMiss(stores, escalation, { inboundId: newest.id, by: 'worry', at: now, actor });
}

/** The misses among these events of the audit, oldest first. */
export function missesIn(events: readonly AuditEvent[]): readonly Miss[] {
  return events
    .flatMap(({ action, at, detail }): Miss[] => {
      const { inboundId, by } = detail;
      if (action !== MISS || typeof inboundId !== 'string' || (by !== 'person' && by !== 'worry')) return [];
      return [{ inboundId: asInboundId(inboundId), by, at }];
    })
    .toSorted((a, b) => a.at - b.at);
}
