// What a rehearsed year came to, as one plain object: what `--json` prints and the page draws.

import { TASK_STATUSES, type TaskStatus } from '../../core/model/task.ts';
import type { Figures, Spread, Transcript } from './ledger.ts';
import type { Tally, Violation } from './observer.ts';
import type { Habit } from './people.ts';

/** How many tasks of all mentees stand at which status at the end of a month. */
export interface MonthFigures {
  /** The month's last local date of the program. */
  readonly on: string;
  readonly tasks: Readonly<Record<TaskStatus, number>>;
}

export interface CaseFigures {
  readonly opened: number;
  readonly crisis: number;
  readonly high: number;
  readonly unresolved: number;
  /** Minutes until somebody had it, and until it was over. */
  readonly minutesToAcknowledge: Spread;
  readonly minutesToResolve: Spread;
}

export interface RehearsalReport extends Figures, Tally {
  readonly mentees: number;
  readonly seed: number;
  readonly from: string;
  readonly months: number;
  readonly habits: Readonly<Partial<Record<Habit, number>>>;
  readonly unasked: {
    /** From mid-May to mid-September of the first year: everybody, and those who ever texted and have not left. */
    readonly summer: {
      readonly from: string;
      readonly until: string;
      readonly all: Spread;
      readonly answering: Spread;
    };
    /** From the day after to the end. */
    readonly after: { readonly from: string; readonly until: string; readonly all: Spread; readonly answering: Spread };
    /** Of each mentee from mid-May to mid-September, in the town's order. */
    readonly perMentee: readonly number[];
  };
  readonly cost: { readonly segments: number; readonly centsPerSegment: number; readonly dollars: number };
  readonly optOuts: number;
  readonly returns: number;
  readonly cases: CaseFigures;
  readonly calls: number;
  readonly slackPosts: number;
  readonly taskStatus: readonly MonthFigures[];
  readonly violationTotal: number;
  readonly firstViolations: readonly Violation[];
  /** What the house complained of in its log, and the alarms that are open at the end, by name. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly alarms: Readonly<Record<string, number>>;
  readonly played: { readonly moments: number; readonly minutes: number };
  readonly transcripts: readonly Transcript[];
  readonly tookMs: number;
}

/** Of a hundred tasks that are anybody's business, how many are done. */
export function doneShare({ tasks }: MonthFigures): number {
  const own = TASK_STATUSES.reduce((sum, status) => sum + tasks[status], 0) - tasks.not_applicable;
  return own === 0 ? 0 : Math.round((100 * tasks.done) / own);
}
