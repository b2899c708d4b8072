// The state of a modal's inputs, as Slack sends it with a submission, field by field.

import { z } from 'zod';
import type { ModalSubmission } from '../../../app/ports/staff-room.ts';
import { UPDATE_TOPICS, type UpdateTopic } from '../../../core/model/weekly-update.ts';
import { blockOfField, FIELD_ACTION } from './action-ids.ts';

const choice = z.object({ value: z.string() });
const element = z.object({
  value: z.string().nullish(),
  selected_option: choice.nullish(),
  selected_options: z.array(choice).nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
});
type Element = z.infer<typeof element>;

/** What Slack sends of a view that was submitted; the parts that are read. */
export const submittedView = z.object({
  callback_id: z.string(),
  private_metadata: z.string().default(''),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), element)) }),
});
export type SubmittedView = z.infer<typeof submittedView>;

/** The inputs of one submission. What was left empty is null or an empty list. */
export interface Fields {
  readonly text: (field: string) => string | null;
  readonly option: (field: string) => string | null;
  readonly options: (field: string) => readonly string[];
  readonly date: (field: string) => string | null;
  readonly time: (field: string) => string | null;
}

export function fieldsOf(view: SubmittedView): Fields {
  const of = (field: string): Element => view.state.values[blockOfField(field)]?.[FIELD_ACTION] ?? {};
  return {
    text(field) {
      const words = of(field).value?.trim() ?? '';
      return words === '' ? null : words;
    },
    option: (field) => of(field).selected_option?.value ?? null,
    options: (field) => of(field).selected_options?.map(({ value }) => value) ?? [],
    date: (field) => of(field).selected_date ?? null,
    time: (field) => of(field).selected_time ?? null,
  };
}

/** The last choice of every element with this action id, whatever block it stands in. */
export function choicesOf(view: SubmittedView, actionId: string): string[] {
  return Object.values(view.state.values).flatMap((block) => {
    const value = Object.hasOwn(block, actionId) ? block[actionId]?.selected_option?.value : undefined;
    return value === undefined ? [] : [value];
  });
}

/** `errors` by the block id of the input, as Slack wants them; null: not a modal of ours, or not as we made it. */
export type ReadSubmission =
  | { readonly ok: true; readonly submission: ModalSubmission }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> }
  | null;

export function good(submission: ModalSubmission): ReadSubmission {
  return { ok: true, submission };
}

/** Words under the input of one field. */
export function wrong(field: string, words: string): ReadSubmission {
  return { ok: false, errors: { [blockOfField(field)]: words } };
}

/** Topics of an older modal that are none any more are left out: a worry is not refused for them. */
export function knownTopics(values: readonly string[]): UpdateTopic[] {
  return UPDATE_TOPICS.filter((topic) => values.includes(topic));
}
