// Of what a text in distress speaks, as far as a case must treat it in its own way: immigration is for counselors alone
// and its words are removed afterwards; abuse of somebody under 18 is to be reported. Kept of a case, never of a person.

import type { Tier } from '../model/message.ts';
import type { Screening } from './screen.ts';
import type { CompiledScreen } from './screen-compiler.ts';
import type { Kind } from './signal-schema.ts';

/** `neglect`: no roof or no food, which is neglect of a child where the person is under 18. */
export type CaseTopic = Kind | 'neglect';
export const CASE_TOPICS: readonly CaseTopic[] = [
  'self',
  'someone_else',
  'abuse',
  'threat_to_others',
  'immigration',
  'not_going',
  'neglect',
];

/** Categories of signals (flows/safety) that speak of what a child is not given. */
const NEGLECT: ReadonlySet<string> = new Set(['housing', 'food']);

/** All of which a text speaks, not only the gravest: each in the order of its signals, once. */
export function caseTopicsOf(compiled: CompiledScreen, screening: Screening): readonly CaseTopic[] {
  const kinds = new Map(compiled.signals.map(({ definition }) => [definition.id, definition.kind]));
  const topics = screening.signals.flatMap(({ id, category }): CaseTopic[] => {
    const kind = kinds.get(id) ?? (screening.kind === null ? [] : screening.kind);
    return [kind, NEGLECT.has(category) ? ('neglect' as const) : []].flat();
  });
  return [...new Set(topics)];
}

/**
 * The tier that a text counts as. What speaks of immigration is never less than high, because the notices of a moderate
 * one would show its words to the mentor and in the staff channel.
 */
export function tierOf(screening: Screening, topics: readonly CaseTopic[]): Tier {
  return screening.tier === 'moderate' && isPrivate(topics) ? 'high' : screening.tier;
}

/** Whether its words are for counselors alone and are removed after the case. */
export function isPrivate(topics: readonly CaseTopic[]): boolean {
  return topics.includes('immigration');
}

/** What a mandated reporter has to report of a child: abuse, neglect, sexual exploitation, threats (MR-01). */
const REPORTABLE: readonly CaseTopic[] = ['abuse', 'neglect', 'threat_to_others'];

/** Whether a case speaks of something that is to be reported when the person is under 18. */
export function isReportable(topics: readonly CaseTopic[]): boolean {
  return topics.some((topic) => REPORTABLE.includes(topic));
}
