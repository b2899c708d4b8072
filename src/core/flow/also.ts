// `also`: what a mentee may say instead of the answer, or while nothing was asked ("done!", "I'm stuck"), and where that
// leads. Shared by the steps that wait.

import { z } from 'zod';
import type { ReplyBook } from '../language/reply-book.ts';
import { understand } from '../language/understand.ts';
import { targetSchema } from './local-text.ts';
import type { Exit } from './step-kind.ts';

/** Schema of `also`: some of the task answers, each with the step it leads to. */
export const alsoSchema = z
  .strictObject({
    done: targetSchema.optional(),
    stuck: targetSchema.optional(),
    later: targetSchema.optional(),
    not_for_me: targetSchema.optional(),
    talk: targetSchema.optional(),
  })
  .describe('Write done, stuck, later, not_for_me or talk, each with the name of a step.');

/** `also` as written. */
export type Also = z.infer<typeof alsoSchema>;

/** The ways out that `also` opens. */
export function alsoExits(also: Also | undefined): Exit[] {
  return Object.entries(also ?? {}).flatMap(([family, to]) =>
    to === undefined ? [] : [{ path: ['also', family], to }],
  );
}

/** Where a reply leads by `also`, and what else was written in it; null when it says none of these. */
export function readAlso(
  also: Also | undefined,
  text: string,
  replyBook: ReplyBook,
): { readonly to: string; readonly rest: string | null } | null {
  if (also === undefined) return null;
  const { band, family, rest } = understand(replyBook, { text, expects: 'task', language: 'en' });
  if (band !== 'accept' || family === 'not_yet' || family === 'question' || family === 'unclear') return null;
  const to = also[family];
  return to === undefined ? null : { to, rest };
}

/** Effects for the half of a reply that no flow can answer: a person gets it. */
export function passOnRest(rest: string | null, task: string | null) {
  if (rest === null) return [];
  const reason = 'Answered the question and wrote something more, which the bot cannot answer.';
  return [{ kind: 'tell_mentor', reason, task } as const];
}
