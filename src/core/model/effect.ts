// What a conversation wants done. Plain data: app/apply-effects turns each into rows of the same transaction.

import type { TimerName } from './event.ts';
import type { Tier } from './message.ts';
import type { TaskStatus } from './task.ts';

/** A consequence wanted. The interpreter gives each a key, `conversationId:version:index`, so a replay yields the same. */
export type Effect =
  /** Text the mentee. `text` is complete: language chosen, values filled in. */
  | { readonly kind: 'send_message'; readonly text: string }
  /** Wake this conversation at `dueAt` (epoch milliseconds). Replaces a timer of the same name. */
  | { readonly kind: 'set_timer'; readonly timer: TimerName; readonly dueAt: number }
  | { readonly kind: 'clear_timer'; readonly timer: TimerName }
  /** Move a task. `againOn` is the local date (ISO) on which the mentee asked to be asked again. */
  | {
      readonly kind: 'change_task';
      readonly task: string;
      readonly status: TaskStatus;
      readonly againOn: string | null;
    }
  /** Put the mentee on their mentor's list. `reason` is a sentence for the mentor, in English. */
  | { readonly kind: 'tell_mentor'; readonly reason: string; readonly task: string | null }
  /** Open (or raise) a case for counselors, because the flow's author said so. */
  | { readonly kind: 'open_escalation'; readonly tier: Exclude<Tier, 'none'>; readonly reason: string };

/** An effect with the key under which it is done at most once. */
export interface KeyedEffect {
  readonly key: string;
  readonly effect: Effect;
}
