// Values as authors write them for a variable: whether one fits the variable's type, and what it then is.

import type { FlowValue } from '../model/conversation.ts';
import { isLocalDate, localDateOf } from '../model/local-time.ts';
import type { VariableType } from './facts.ts';

/** Written value of a variable; `yes` and `no` stay words in YAML. */
export type WrittenValue = string | number | boolean;

/** What a value of each type looks like, for hints. */
export const LOOKS_LIKE: Record<VariableType, string> = {
  text: 'words',
  number: 'a number, like 24',
  date: 'a date like 2027-07-01, or the word today',
  yes_no: 'yes or no',
};

/** Whether a written value fits the type. */
export function fits(value: WrittenValue, type: VariableType): boolean {
  if (type === 'text') return typeof value === 'string';
  if (type === 'number') return typeof value === 'number';
  if (type === 'yes_no') return typeof value === 'boolean' || value === 'yes' || value === 'no';
  return typeof value === 'string' && (value === 'today' || isLocalDate(value));
}

/** The value as it is remembered: `today` becomes the mentee's local date at `now`, yes and no become true and false. */
export function toFlowValue(value: WrittenValue, type: VariableType, now: number, timeZone: string): FlowValue {
  if (type === 'yes_no') return value === true || value === 'yes';
  return type === 'date' && value === 'today' ? localDateOf(now, timeZone) : value;
}
