// The step `ask`: texts a question, waits for the reply, reads it, and goes the way of the answer. It always has a way
// for a reply that is no answer and a way for silence. Its own mistakes are found in ../check-ask.ts.

import { z } from 'zod';
import type { AskedOption, Waiting } from '../../model/conversation.ts';
import type { Effect } from '../../model/effect.ts';
import { localDateOf } from '../../model/local-time.ts';
import { alsoExits, alsoSchema, passOnRest, readAlso } from '../also.ts';
import { ANSWER_TYPES, ANSWERS, type Answer, type ReadAnswer, readMeant } from '../answers.ts';
import { checkAsk } from '../check-ask.ts';
import { addDuration, parseDuration } from '../duration.ts';
import { type LocalText, localTextSchema, targetSchema } from '../local-text.ts';
import type { Exit, Outcome, StepContext, StepKind } from '../step-kind.ts';

const optionSchema = z.strictObject({
  value: z.string().describe('Write a short name for this option that stays the same in every language.'),
  label: localTextSchema,
});

const schema = z.strictObject({
  type: z.literal('ask'),
  text: localTextSchema,
  answer: z.enum(ANSWER_TYPES).describe(`Write one of: ${ANSWER_TYPES.join(', ')}.`),
  options: z.array(optionSchema).optional().describe('List the options, each with "value" and "label".'),
  at_least: z.number().optional().describe('Write the smallest number that is an answer.'),
  at_most: z
    .union([z.number(), z.literal('deadline')])
    .optional()
    .describe('Write the largest number that is an answer; for a date, the word deadline.'),
  save_as: z.string().optional().describe('Write the name of a variable of this flow.'),
  on: z.record(z.string(), targetSchema).optional().describe('Write each answer with the step it leads to.'),
  next: targetSchema.optional(),
  also: alsoSchema.optional(),
  invalid: z
    .strictObject({
      text: localTextSchema,
      tries: z.number().int().min(1).max(5).describe('Write how often to ask again, 1 to 5.'),
      next: targetSchema,
    })
    .describe('Say what happens to a reply that is no answer: "text", "tries" and "next".'),
  no_reply: z
    .strictObject({
      after: z.string().describe('Write how long to wait for a reply, like 2 days.'),
      next: targetSchema,
    })
    .describe('Say what happens when nobody replies: "after" and "next".'),
});

/** An `ask` step as written. */
export type AskStep = z.infer<typeof schema>;

/** A question. Options are texted under it as lines A), B), C). */
export const askKind: StepKind<AskStep> = {
  type: 'ask',
  schema,
  exits,
  texts: (step) => {
    const lines = (step.options ?? []).map((option, index) => toLine(option.label, index));
    return [
      { path: ['text'], text: step.text, lines, reader: 'mentee' },
      { path: ['invalid', 'text'], text: step.invalid.text, lines, reader: 'mentee' },
      ...(step.options ?? []).map(
        (option, index) => ({ path: ['options', index, 'label'], text: option.label, reader: 'mentee' }) as const,
      ),
    ];
  },
  pauses: () => true,
  reads: () => [],
  needsTask: (step) => step.at_most === 'deadline',
  check: checkAsk,
  enter: (step, context) => ask(step, context, 0),
  resume: (step, event, context) => {
    if (context.waiting?.kind !== 'reply') return { kind: 'stay' };
    if (event.kind === 'reply_received') return receive(step, event.text, context, context.waiting);
    if (event.kind === 'sure_reply') return receiveSure(step, event.text, context, context.waiting);
    if (event.kind === 'resumed') return askAgain(step, context, context.waiting);
    if (context.now < noReplyAt(step, context.waiting.askedAt, context.facts.mentee.timeZone)) return { kind: 'stay' };
    return { kind: 'go', to: step.no_reply.next };
  },
};

function exits(step: AskStep): Exit[] {
  const sets = step.save_as === undefined ? [] : [step.save_as];
  const one = step.next === undefined ? [] : [{ path: ['next'], to: step.next, sets }];
  const ways = Object.entries(step.on ?? {}).map(([way, to]) => ({ path: ['on', way], to, sets }));
  return [
    ...ways,
    ...one,
    ...alsoExits(step.also),
    { path: ['invalid', 'next'], to: step.invalid.next },
    { path: ['no_reply', 'next'], to: step.no_reply.next },
  ];
}

/** How long ago a question must have been asked to be asked again when the bot may speak again (milliseconds). */
export const RE_ASK_AFTER_MS = 2 * 3_600_000;

function ask(step: AskStep, context: StepContext, invalidReplies: number): Outcome {
  const { say } = context;
  const options = (step.options ?? []).map(
    ({ value }, index): AskedOption => ({ value, label: say('options', index, 'label') }),
  );
  return put(step, context, { invalidReplies, options });
}

/** What was asked long ago is asked again in full, with the options as they were texted then: "B" keeps its meaning. */
function askAgain(step: AskStep, context: StepContext, { askedAt, options }: Waiting & { kind: 'reply' }): Outcome {
  if (context.now - askedAt <= RE_ASK_AFTER_MS) return { kind: 'stay' };
  return put(step, context, { invalidReplies: 0, options });
}

function put(
  step: AskStep,
  { now, say, facts }: StepContext,
  { invalidReplies, options }: { readonly invalidReplies: number; readonly options: readonly AskedOption[] },
): Outcome {
  const question = invalidReplies === 0 ? say('text') : say('invalid', 'text');
  const text = [question, ...options.map(({ label }, index) => `${letterOf(index)}) ${label}`)].join('\n');
  return {
    kind: 'wait',
    waiting: { kind: 'reply', askedAt: now, invalidReplies, options },
    effects: [
      { kind: 'send_message', text },
      { kind: 'set_timer', timer: 'no_reply', dueAt: noReplyAt(step, now, facts.mentee.timeZone) },
    ],
    understood: invalidReplies === 0,
  };
}

type Open = Waiting & { kind: 'reply' };

function receive(step: AskStep, text: string, context: StepContext, waiting: Open): Outcome {
  const settled = waiting.meant === undefined ? null : settleMeant(step, text, context, waiting);
  if (settled !== null) return settled;
  const answer = read(step, text, context, waiting);
  if (answer?.band === 'accept') return answered(step, answer, context);
  const said = readAlso(step.also, text, context.replyBook);
  if (said !== null) return leave(said.to, passOnRest(said.rest, context.facts.task?.key ?? null));
  const asked = answer === null || waiting.meant !== undefined ? null : askBack(step, answer, context, waiting);
  return asked ?? notUnderstood(step, context, waiting);
}

/** Any text would be an answer to a question for a text: there none is beyond doubt. */
function receiveSure(step: AskStep, text: string, context: StepContext, waiting: Open): Outcome {
  if (step.answer === 'text') return { kind: 'stay' };
  const outcome = receive(step, text, context, waiting);
  return outcome.kind === 'go' && outcome.understood !== false ? outcome : { kind: 'stay' };
}

function notUnderstood(step: AskStep, context: StepContext, waiting: Open): Outcome {
  if (waiting.invalidReplies < step.invalid.tries) return ask(step, context, waiting.invalidReplies + 1);
  return { ...leave(step.invalid.next, []), understood: false };
}

function read(step: AskStep, text: string, { now, facts, replyBook }: StepContext, waiting: Open): ReadAnswer | null {
  return ANSWERS[step.answer].read(text, {
    replyBook,
    language: facts.mentee.language,
    options: waiting.options,
    today: () => localDateOf(now, facts.mentee.timeZone),
    atLeast: step.at_least ?? Number.NEGATIVE_INFINITY,
    atMost: typeof step.at_most === 'number' ? step.at_most : Number.POSITIVE_INFINITY,
    lastDay: step.at_most === 'deadline' ? (facts.task?.deadlineOn ?? null) : null,
  });
}

/** A "no" with which another answer begins: "no, friday". */
const NO_BUT = /^\s*(?:no|nope|nah|nop)\b[\s,.!]+(?=\S)/iu;

/** The reply to "Did you mean …?": yes takes the answer, no asks anew unless another answer follows it. */
function settleMeant(step: AskStep, text: string, context: StepContext, waiting: Open): Outcome | null {
  if (waiting.meant === undefined) return null;
  const isMeant = readMeant(text, context.replyBook);
  if (isMeant === true) return answered(step, waiting.meant, context);
  if (step.answer === 'yes_no') return null;
  const other = NO_BUT.test(text) ? read(step, text.replace(NO_BUT, ''), context, waiting) : null;
  if (other?.band === 'accept' && other.value !== waiting.meant.value) return answered(step, other, context);
  return isMeant === false ? notUnderstood(step, context, waiting) : null;
}

/** "Did you mean …?": the likely answer waits in the state for a yes or a no. Null when it cannot be said in words. */
function askBack(
  step: AskStep,
  { way, value, rest }: ReadAnswer,
  { now, facts, replyBook }: StepContext,
  waiting: Open,
): Outcome | null {
  const { language, timeZone } = facts.mentee;
  const words = ANSWERS[step.answer].words(value, { replyBook, language, options: waiting.options });
  if (words === null) return null;
  return {
    kind: 'wait',
    waiting: { ...waiting, askedAt: now, meant: { way, value, rest } },
    effects: [
      { kind: 'send_message', text: replyBook.askBack[language].replaceAll('{answer}', () => words) },
      { kind: 'set_timer', timer: 'no_reply', dueAt: noReplyAt(step, now, timeZone) },
    ],
    understood: false,
  };
}

function answered(step: AskStep, answer: Answer, { facts }: StepContext): Outcome {
  const to = (answer.way === null ? undefined : step.on?.[answer.way]) ?? step.next ?? step.invalid.next;
  const variables = step.save_as === undefined ? {} : { [step.save_as]: answer.value };
  return { ...leave(to, passOnRest(answer.rest, facts.task?.key ?? null)), variables };
}

function leave(to: string, effects: readonly Effect[]): Outcome & { kind: 'go' } {
  return { kind: 'go', to, effects: [{ kind: 'clear_timer', timer: 'no_reply' }, ...effects] };
}

/** When the silence after a question that was asked at `askedAt` counts as no reply. */
export function noReplyAt(step: AskStep, askedAt: number, timeZone: string): number {
  const after = parseDuration(step.no_reply.after) ?? { count: 1, unit: 'days' };
  return addDuration(askedAt, after, timeZone);
}

function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

function toLine(label: LocalText, index: number): LocalText {
  return { en: `${letterOf(index)}) ${label.en}`, es: `${letterOf(index)}) ${label.es}` };
}
