// The shape of what staff and mentors are shown in Slack, as it stands in an outbox row. Rows of before lack what was
// added since; they are read with the value that says "nothing of the kind".

import { z } from 'zod';
import type { StaffMessage } from '../../app/ports/messages.ts';
import { asEscalationId, asInboundId, asMentorPromptId, asOutboundId } from '../../core/model/ids.ts';
import { CASE_OUTCOMES, VERDICT_TIERS } from '../../core/safety/escalation.ts';
import { REPORT_KINDS } from '../../core/safety/mandated-report.ts';
import { TEXT_SAFETY } from '../../core/safety/text-safety.ts';
import { nullBefore } from './json-column.ts';

const escalationId = z.string().transform(asEscalationId);
const promptId = z.string().transform(asMentorPromptId);
const caseNames = { caseCode: z.string(), firstName: z.string() };

const duty = z.object({
  age: z.enum(['under_18', 'unknown']),
  since: z.number(),
  writtenDueAt: z.number(),
  agency: z.string().nullable(),
  written: z.string().nullable(),
  reports: z.array(z.object({ report: z.enum(REPORT_KINDS), by: z.string(), at: z.number() })),
});

const alert = z.object({
  kind: z.literal('alert'),
  escalationId,
  ...caseNames,
  tier: z.enum(['crisis', 'high', 'moderate']),
  words: z.array(z.string()),
  answered: z.string(),
  openedAt: z.number(),
  round: z.number(),
  state: z.enum(['open', 'acknowledged', 'handed_off', 'resolved']),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.number().nullable(),
  heldBy: nullBefore(z.string()),
  released: z.boolean().default(false),
  unansweredSince: nullBefore(z.number()),
  nextPaged: nullBefore(z.object({ name: z.string(), at: z.number(), by: z.enum(['sms', 'call']).exactOptional() })),
  skipped: z.array(z.object({ name: z.string(), why: z.enum(['no_phone', 'left']) })).optional(),
  menteeToldAt: z.number().nullable().optional(),
  textSafety: z.enum(TEXT_SAFETY).nullable().optional(),
  cannotText: z.string().nullable().optional(),
  duty: duty.nullable().optional(),
  wordsRemovedAt: z.number().nullable().optional(),
  resolvedBy: z.string().nullable(),
  outcome: nullBefore(z.enum(CASE_OUTCOMES)),
  nudgesResumeAt: nullBefore(z.number()),
  isDrill: z.boolean().optional(),
  timeZone: z.string().default('America/Los_Angeles'),
});

const notice = z.object({
  kind: z.literal('notice'),
  title: z.string(),
  lines: z.array(z.object({ label: z.string(), text: z.string() })),
});

const caseText = z.object({
  kind: z.literal('case_text'),
  ...caseNames,
  text: z.string(),
  tier: z.enum(['crisis', 'high', 'moderate', 'none']),
});

const mentorWords = z.object({
  kind: z.literal('mentor_words'),
  caseCode: z.string(),
  title: z.string(),
  text: z.string(),
});

const relayedText = z.object({ kind: z.literal('relayed_text'), from: z.string(), text: z.string() });

const relayState = z.object({
  kind: z.literal('relay_state'),
  state: z.enum(['internal', 'queued', 'sent', 'delivered', 'not_delivered', 'unknown', 'not_sent', 'already_sent']),
  text: z.string(),
  reason: z.string(),
  resend: z.string().transform(asOutboundId).nullable(),
});

const caseQuestion = z.object({
  kind: z.literal('case_question'),
  escalationId,
  ...caseNames,
  question: z.enum(['still_on_it', 'release']),
  name: z.string(),
});

const weeklyPrompt = z.object({
  kind: z.literal('weekly_prompt'),
  promptId,
  firstName: z.string(),
  weekOn: z.string(),
  stage: z.enum(['prompted', 'reminded', 'last_called']),
  answered: z.number(),
  total: z.number(),
  isClosed: z.boolean(),
});

const weeklySummary = z.object({
  kind: z.literal('weekly_summary'),
  weekOn: z.string(),
  asked: z.number(),
  answered: z.number(),
  partial: z.array(z.string()),
  missing: z.array(z.object({ name: z.string(), missesInARow: z.number() })),
  excused: z.array(z.object({ name: z.string(), why: z.string() })),
  worries: z.number(),
  needs: z.array(z.object({ mentor: z.string(), mentee: z.string(), text: z.string() })),
  wins: z.array(z.object({ mentee: z.string(), text: z.string(), sharing: z.string() })),
  winsKeptPrivate: z.number().optional(),
});

const todo = z.object({
  kind: z.literal('todo'),
  todoKey: z.string(),
  title: z.string(),
  detail: z.string(),
  closedBy: z.string().nullable(),
});

const openAgain = z.object({
  kind: z.literal('open_again'),
  ask: z.object({ modal: z.string(), subject: z.string() }),
});

const textsDigest = z.object({
  kind: z.literal('texts_digest'),
  on: z.string(),
  texts: z.array(z.object({ inboundId: z.string().transform(asInboundId), from: z.string(), text: z.string() })),
  more: z.number(),
});

const safetyReview = z.object({
  kind: z.literal('safety_review'),
  on: z.string(),
  verdicts: z.object({ real: z.number(), falseAlarm: z.number(), wrongTier: z.number(), none: z.number() }),
  judged: z.array(
    z.object({
      escalationId,
      caseCode: z.string(),
      tier: z.enum(['crisis', 'high']),
      shouldBe: z.enum(VERDICT_TIERS).nullable(),
      signals: z.array(z.string()),
      words: z.array(z.string()),
    }),
  ),
  misses: z.array(
    z.object({ inboundId: z.string().transform(asInboundId), by: z.enum(['person', 'worry']), at: z.number() }),
  ),
  examplesAdded: z.number(),
  timeZone: z.string(),
});

/** In a change of a card: what it shows is read when it leaves. */
export const caseCard = z.object({ kind: z.literal('case_card'), escalationId, round: z.number() });

/** Every kind of message that the house posts in Slack. */
export const staffMessage = z.discriminatedUnion('kind', [
  alert,
  notice,
  caseText,
  mentorWords,
  relayedText,
  relayState,
  caseQuestion,
  weeklyPrompt,
  weeklySummary,
  todo,
  openAgain,
  textsDigest,
  safetyReview,
]) satisfies z.ZodType<StaffMessage>;
