// The sealed JSON of conversations, with its shape.

import { z } from 'zod';
import type { RecordedEvent } from '../../app/ports/database.ts';
import type { Conversation } from '../../core/model/conversation.ts';
import { asStructureHash } from '../../core/model/ids.ts';
import { SealedColumn } from './json-column.ts';

const waitingForReply = z.object({
  kind: z.literal('reply'),
  askedAt: z.number(),
  invalidReplies: z.number(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  // Rows of before it was asked back have none.
  meant: z
    .object({
      way: z.string().nullable(),
      value: z.union([z.string(), z.number(), z.boolean()]),
      rest: z.string().nullable(),
    })
    .optional(),
  heard: z.object({ texts: z.array(z.string()), at: z.number() }).optional(),
});

const waiting = z.discriminatedUnion('kind', [
  waitingForReply,
  z.object({ kind: z.literal('time'), dueAt: z.number() }),
]);

const unanswered = z.object({ step: z.string(), waiting: waitingForReply, leftAt: z.number() });

/** What a conversation waits for and remembers. */
export const stateColumn = new SealedColumn<Pick<Conversation, 'waiting' | 'unanswered' | 'variables'>>(
  'conversations',
  'sealed_state',
  z.object({
    waiting: waiting.nullable(),
    // Rows of before late answers were taken have none.
    unanswered: unanswered.nullable().default(null),
    variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
);

const moveTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stand'), step: z.string(), askedAt: z.number().nullable() }),
  z.object({ kind: z.literal('enter'), step: z.string() }),
  z.object({ kind: z.literal('restart') }),
  z.object({ kind: z.literal('finish') }),
]);

const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('reply_received'), text: z.string(), isUnsaid: z.literal(true).optional() }),
  z.object({ kind: z.literal('timer_due'), timer: z.enum(['wait', 'no_reply']) }),
  z.object({ kind: z.literal('resumed') }),
  z.object({
    kind: z.literal('called_off'),
    why: z.enum(['deadline_passed', 'deadline_changed', 'task_removed', 'task_closed']),
  }),
  z.object({
    kind: z.literal('moved'),
    to: moveTarget,
    structureHash: z.string().transform(asStructureHash),
  }),
]);

const facts = z.object({
  program: z.object({ name: z.string(), phone: z.string() }),
  mentee: z.object({
    firstName: z.string(),
    language: z.enum(['en', 'es']),
    timeZone: z.string(),
    college: z.string(),
  }),
  mentor: z.object({ firstName: z.string() }).nullable(),
  task: z
    .object({
      key: z.string(),
      title: z.string(),
      status: z.string(),
      deadlineOn: z.string(),
      link: z.string(),
    })
    .nullable(),
});

/** What happened, and what the house knew when it happened. Row id is `conversation id:version`. */
export const eventColumn = new SealedColumn<Pick<RecordedEvent, 'event' | 'facts'>>(
  'conversation_events',
  'sealed_event',
  z.object({ event, facts }),
);
