// The sealed JSON of escalations, with its shape: the state of the case, the words that fired, how the student was answered.

import { z } from 'zod';
import type { Escalation } from '../../app/ports/database.ts';
import { asCounselorId, asPhone } from '../../core/model/ids.ts';
import { CASE_TOPICS } from '../../core/safety/case-about.ts';
import { CASE_OUTCOMES, type EscalationEvent, VERDICT_TIERS } from '../../core/safety/escalation.ts';
import { DEFAULT_LADDER } from '../../core/safety/ladder-policy.ts';
import { TEXT_SAFETY } from '../../core/safety/text-safety.ts';
import { nullBefore, SealedColumn } from './json-column.ts';

const counselorId = z.string().transform(asCounselorId);
const escalationTier = z.enum(['crisis', 'high']);

const instant = z.number().nullable();
const outcome = z.enum(CASE_OUTCOMES);
const verdict = z.union([
  z.object({ kind: z.enum(['real', 'false_alarm']) }),
  z.object({ kind: z.literal('wrong_tier'), tier: z.enum(VERDICT_TIERS) }),
]);

const pace = { pageEveryMs: z.number(), callAfterMs: z.number(), tellMenteeAfterMs: z.number() };
const policy = z.object({
  crisis: z.object(pace),
  high: z.object({ ...pace, fromHour: z.number(), untilHour: z.number() }),
  slowMs: z.number(),
  slowestMs: z.number(),
});

const state = z
  .object({
    status: z.enum(['open', 'acknowledged', 'handed_off', 'resolved']),
    tier: escalationTier,
    openedAt: z.number(),
    round: z.number(),
    step: z.number(),
    chain: z.array(counselorId),
    nextAlertAt: instant,
    lastAlertAt: z.number(),
    lastSignalAt: z.number(),
    acknowledgedBy: counselorId.nullable(),
    acknowledgedAt: instant,
    heldBy: nullBefore(counselorId),
    heldAt: nullBefore(z.number()),
    released: z.boolean().default(false),
    lastActivityAt: instant.optional(),
    askedAt: nullBefore(z.number()),
    unansweredSince: nullBefore(z.number()),
    resolvedBy: counselorId.nullable(),
    resolvedAt: instant,
    outcome: nullBefore(outcome),
    verdict: nullBefore(verdict),
    nudgesResumeAt: nullBefore(z.number()),
    tellMenteeAt: nullBefore(z.number()),
    menteeToldAt: nullBefore(z.number()),
    callNext: nullBefore(z.object({ who: counselorId, pageAt: z.number() })),
    isUrgent: z.boolean().default(false),
    policy: policy.default(DEFAULT_LADDER),
    textSafety: z.enum(TEXT_SAFETY).nullable().optional(),
    textSafetyAt: instant.optional(),
  })
  .transform(({ lastActivityAt, ...known }) =>
    lastActivityAt === undefined ? caseOfBefore(known) : { ...known, lastActivityAt },
  );

/**
 * In a case of before, acknowledging it was the last thing that anybody of the team did, and after it nothing more was
 * due. Now whoever has a case is asked whether they still do, so that moment counts as overdue and they are asked.
 */
function caseOfBefore<
  Known extends Pick<Escalation['state'], 'status' | 'nextAlertAt' | 'lastAlertAt' | 'acknowledgedAt'>,
>(known: Known): Known & Pick<Escalation['state'], 'lastActivityAt'> {
  const { status, nextAlertAt, lastAlertAt, acknowledgedAt } = known;
  const overdueAt = status === 'resolved' ? null : (acknowledgedAt ?? lastAlertAt);
  return { ...known, lastActivityAt: acknowledgedAt, nextAlertAt: nextAlertAt ?? overdueAt };
}

const contact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), phone: z.string().transform(asPhone) }),
  z.object({ kind: z.literal('slack'), slackUserId: z.string() }),
]);

/** What of a case is sealed. */
export type SealedCase = Pick<
  Escalation,
  'state' | 'words' | 'answered' | 'contact' | 'raisedBy' | 'signals' | 'topics' | 'dutySince' | 'wordsRemovedAt'
>;

export const caseColumn = new SealedColumn<SealedCase>(
  'escalations',
  'sealed_state',
  z.object({
    state,
    words: z.array(z.string()),
    answered: z.string(),
    contact: nullBefore(contact),
    raisedBy: z.enum(['flow', 'person', 'worry', 'drill']).optional(),
    signals: z.array(z.string()).optional(),
    topics: z.array(z.enum(CASE_TOPICS)).optional(),
    dutySince: instant.optional(),
    wordsRemovedAt: instant.optional(),
  }),
);

const at = z.number();
const onCall = z.array(counselorId);
const by = counselorId;
const nightEndsAt = instant;

/** An end of before had no outcome, and nudges came back with it. */
const resolved = z
  .object({
    kind: z.literal('resolved'),
    at,
    by,
    outcome: outcome.default('other'),
    verdict: verdict.nullable().optional(),
    nudgesResumeAt: instant.optional(),
  })
  .transform(({ nudgesResumeAt, ...known }) => ({
    ...known,
    nudgesResumeAt: nudgesResumeAt === undefined ? known.at : nudgesResumeAt,
  }));

/** Row id is `escalation id:version`. */
export const caseEventColumn = new SealedColumn<EscalationEvent>(
  'escalation_events',
  'sealed_event',
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('opened'),
      at,
      tier: escalationTier,
      onCall,
      isUrgent: z.boolean().optional(),
      nightEndsAt: nightEndsAt.optional(),
      unreachable: onCall.optional(),
      policy: policy.optional(),
    }),
    z.object({
      kind: z.literal('new_text'),
      at,
      tier: z.enum(['crisis', 'high', 'moderate', 'none']),
      isUrgent: z.boolean().optional(),
    }),
    z.object({ kind: z.literal('due'), at, onCall, nightEndsAt, unreachable: onCall.optional() }),
    z.object({ kind: z.literal('step_failed'), at, nightEndsAt, unreachable: onCall.optional() }),
    z.object({ kind: z.literal('acknowledged'), at, by }),
    z.object({ kind: z.literal('handed_off'), at, by }),
    z.object({ kind: z.literal('released'), at, by }),
    z.object({ kind: z.literal('activity'), at, by, answersMentee: z.boolean() }),
    z.object({ kind: z.literal('answer_failed'), at }),
    // One of before went by the list of the round.
    z.object({ kind: z.literal('holder_gone'), at, who: counselorId, onCall: onCall.optional() }),
    resolved,
    z.object({ kind: z.literal('reopened'), at, by }),
    z.object({ kind: z.literal('nudges_resumed'), at, by }),
    z.object({ kind: z.literal('text_safety'), at, said: z.enum(TEXT_SAFETY) }),
    z.object({ kind: z.literal('verdict_given'), at, by, verdict }),
  ]),
);
