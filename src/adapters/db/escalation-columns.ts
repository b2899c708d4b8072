// The sealed JSON of escalations, with its shape: the state of the case, the words that fired, how the student was answered.

import { z } from 'zod';
import type { Escalation } from '../../app/ports/database.ts';
import { asCounselorId } from '../../core/model/ids.ts';
import type { EscalationEvent } from '../../core/safety/escalation.ts';
import { SealedColumn } from './json-column.ts';

const counselorId = z.string().transform(asCounselorId);
const escalationTier = z.enum(['crisis', 'high']);

const state = z.object({
  status: z.enum(['open', 'acknowledged', 'handed_off', 'resolved']),
  tier: escalationTier,
  openedAt: z.number(),
  round: z.number(),
  step: z.number(),
  chain: z.array(counselorId),
  nextAlertAt: z.number().nullable(),
  lastAlertAt: z.number(),
  lastSignalAt: z.number(),
  acknowledgedBy: counselorId.nullable(),
  acknowledgedAt: z.number().nullable(),
  resolvedBy: counselorId.nullable(),
  resolvedAt: z.number().nullable(),
});

export const caseColumn = new SealedColumn<Pick<Escalation, 'state' | 'words' | 'answered'>>(
  'escalations',
  'sealed_state',
  z.object({ state, words: z.array(z.string()), answered: z.string() }),
);

const at = z.number();
const onCall = z.array(counselorId);
const nightEndsAt = z.number().nullable();

/** Row id is `escalation id:version`. */
export const caseEventColumn = new SealedColumn<EscalationEvent>(
  'escalation_events',
  'sealed_event',
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('opened'), at, tier: escalationTier, onCall }),
    z.object({ kind: z.literal('new_text'), at, tier: z.enum(['crisis', 'high', 'moderate', 'none']) }),
    z.object({ kind: z.literal('due'), at, onCall, nightEndsAt }),
    z.object({ kind: z.literal('step_failed'), at, nightEndsAt }),
    z.object({ kind: z.literal('acknowledged'), at, by: counselorId }),
    z.object({ kind: z.literal('handed_off'), at, by: counselorId }),
    z.object({ kind: z.literal('resolved'), at, by: counselorId }),
  ]),
);
