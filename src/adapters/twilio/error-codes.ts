// What Twilio's error codes mean to the house (platforms 1.4; each code's page is twilio.com/docs/api/errors/CODE).

import type { Problem } from '../../app/ports/senders.ts';

const PROBLEMS: readonly (readonly [Problem, readonly number[]])[] = [
  ['bad_number', [21211, 21614, 21635, 30005, 30006]],
  ['route_closed', [21408, 21612]],
  ['opted_out', [21610]],
  ['too_long', [21602, 21617]],
  ['account', [20003, 20005, 20008, 21608]],
  ['rate', [20429, 21611, 30001, 30022]],
  ['unreachable', [30003, 30008]],
  ['filtered', [30004, 30007]],
  ['daily_cap', [30023, 30027, 63018, 63038]],
  ['unregistered', [30034]],
  ['expired', [30036]],
];

const BY_CODE = new Map(PROBLEMS.flatMap(([problem, codes]) => codes.map((code) => [code, problem] as const)));

/** The meaning of a code; `unclassified` for one that no table row names. */
export function problemOf(code: number): Problem {
  return BY_CODE.get(code) ?? 'unclassified';
}
