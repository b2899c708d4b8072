// What a flow's texts and branches can speak of: the facts handed in with each event, and the flow's own variables.
// One place maps their names to values, so that check, texts and branches never disagree.

import { formatDate } from '../language/format-date.ts';
import type { ConversationFacts, FlowValue } from '../model/conversation.ts';
import type { Language } from '../model/people.ts';

/** What a variable of a flow can hold. */
export type VariableType = 'text' | 'number' | 'date' | 'yes_no';

/** Facts that every text can use in braces, with a sample as long as they come, for measuring. */
export const FACT_SAMPLES = {
  first_name: 'Maximiliano',
  program: 'Bridge to College Program',
  program_phone: '(213) 555-0100',
  mentor: 'Guadalupe',
  has_mentor: 'yes',
  college: 'Cal State Los Angeles',
  task: 'financial aid form corrections',
  deadline: 'Wednesday, September 30',
  link: 'https://example.edu/financial-aid/forms',
} as const;

/** A fact's name, as written in braces. */
type FactName = keyof typeof FACT_SAMPLES;

/** Facts that only a conversation about a task has. */
export const TASK_FACTS: readonly FactName[] = ['task', 'deadline', 'link'];

const VARIABLE_SAMPLES: Record<VariableType, string | number> = {
  text: 'some words that a mentee typed',
  number: 12345,
  date: 'Wednesday, September 30',
  yes_no: 'yes',
};

/** Whether a name in braces is a fact. */
export function isFactName(name: string): name is FactName {
  return Object.hasOwn(FACT_SAMPLES, name);
}

/** A value of a variable's type that is as long as it comes, for measuring. */
export function sampleOf(type: VariableType): string | number {
  return VARIABLE_SAMPLES[type];
}

/** What a text needs to be rendered: where values come from, and in which language dates are spoken. */
export interface ValueSource {
  readonly facts: ConversationFacts;
  readonly variables: Readonly<Record<string, FlowValue>>;
  readonly types: Readonly<Record<string, VariableType>>;
  readonly language: Language;
}

/** The words (or number) for a name in braces; null when there is none, which must never become a blank. */
export function valueFor(name: string, source: ValueSource): string | number | null {
  return isFactName(name) ? FACT_VALUES[name](source.facts, source.language) : variableValue(name, source);
}

const FACT_VALUES: Record<FactName, (facts: ConversationFacts, language: Language) => string | null> = {
  first_name: (facts) => facts.mentee.firstName,
  program: (facts) => facts.program.name,
  program_phone: (facts) => facts.program.phone,
  mentor: (facts) => facts.mentor?.firstName ?? facts.program.name,
  has_mentor: (facts) => (facts.mentor === null ? 'no' : 'yes'),
  college: (facts) => facts.mentee.college,
  task: (facts) => facts.task?.title ?? null,
  deadline: (facts, language) => (facts.task === null ? null : formatDate(facts.task.deadlineOn, language)),
  link: (facts) => facts.task?.link ?? null,
};

function variableValue(name: string, { variables, types, language }: ValueSource): string | number | null {
  const value = variables[name];
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return types[name] === 'date' ? formatDate(String(value), language) : value;
}
