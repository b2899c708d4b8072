// Scripted trouble, the part that both vendors share: a rule applies to so many requests, and is then used up.

/** How often a rule applies before it is used up. */
export type Uses = number | 'always';

/** Finds the first rule that applies and gives the list in which it is used once more. */
export function takeRule<R extends { readonly times: Uses }>(
  rules: readonly R[],
  applies: (rule: R) => boolean,
): { readonly rule: R | null; readonly rules: readonly R[] } {
  const index = rules.findIndex(applies);
  const rule = rules[index];
  if (rule === undefined) return { rule: null, rules };
  if (rule.times === 'always') return { rule, rules };
  const left = rule.times - 1;
  const rest = left > 0 ? [{ ...rule, times: left }] : [];
  return { rule, rules: [...rules.slice(0, index), ...rest, ...rules.slice(index + 1)] };
}
