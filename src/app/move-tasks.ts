// What a mentor says of their mentee's tasks: done, or stuck. Nobody is asked about a task that is done: a conversation
// about it ends, and the next nudge is planned.

import type { Mentee } from '../core/model/people.ts';
import { isClosed, type TaskStatus } from '../core/model/task.ts';
import { callOff } from './call-off.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores } from './ports/database.ts';

/** Moves the mentee's own, unfinished tasks; a key that is no task of theirs changes nothing. Done wins over stuck. */
export async function moveTasks(
  deps: HouseDeps,
  stores: Stores,
  move: {
    readonly mentee: Mentee;
    readonly done: readonly string[];
    readonly stuck: readonly string[];
    readonly now: number;
  },
): Promise<void> {
  const { mentee, done, now } = move;
  const stuck = move.stuck.filter((task) => !done.includes(task));
  const moved = [...(await change(stores, move, done, 'done')), ...(await change(stores, move, stuck, 'stuck'))];
  if (moved.length === 0) return;
  const conversation = await stores.conversations.activeOf(mentee.id);
  const isOver = conversation !== null && conversation.task !== null && done.includes(conversation.task);
  if (isOver) return callOff(stores, deps.content.current(), { conversation, mentee, why: 'task_closed', now });
  if (conversation === null) await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: now });
}

async function change(
  stores: Stores,
  { mentee, now }: { readonly mentee: Mentee; readonly now: number },
  tasks: readonly string[],
  status: TaskStatus,
): Promise<readonly string[]> {
  const records = await stores.tasks.of(mentee.id);
  const moving = records.filter(
    (record) => tasks.includes(record.task) && !isClosed(record.status) && record.status !== status,
  );
  for (const { task } of moving) {
    await stores.tasks.change({ menteeId: mentee.id, task, status, againOn: null, source: 'mentor', at: now });
  }
  return moving.map(({ task }) => task);
}
