// The sealed JSON of conversations, with its shape.

import { z } from 'zod';
import type { RecordedEvent } from '../../app/ports/database.ts';
import type { Conversation } from '../../core/model/conversation.ts';
import { SealedColumn } from './json-column.ts';

const waiting = z.discriminatedUnion('kind', [
  z.object({
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
  }),
  z.object({ kind: z.literal('time'), dueAt: z.number() }),
]);

/** What a conversation waits for and remembers. */
export const stateColumn = new SealedColumn<Pick<Conversation, 'waiting' | 'variables'>>(
  'conversations',
  'sealed_state',
  z.object({
    waiting: waiting.nullable(),
    variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
);

const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('reply_received'), text: z.string() }),
  z.object({ kind: z.literal('timer_due'), timer: z.enum(['wait', 'no_reply']) }),
  z.object({ kind: z.literal('resumed') }),
  z.object({
    kind: z.literal('called_off'),
    why: z.enum(['deadline_passed', 'deadline_changed', 'task_removed', 'task_closed']),
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
