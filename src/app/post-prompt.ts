// What a mentor sees of the weekly prompt outside of its modal: the direct messages or texts that ask, and how they
// change when it is answered or over. Each stage is posted once.

import type { MentorPromptId } from '../core/model/ids.ts';
import { noticeRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound, Outbound, StaffMessage } from './ports/messages.ts';
import { answeredOf, type Progress } from './prompt-progress.ts';

/** The stages that are sent; `summed_up` is none. */
export const ASKING_STAGES = ['prompted', 'reminded', 'last_called'] as const;
export type AskingStage = (typeof ASKING_STAGES)[number];

/** The key of the row that asks, unique for ever: a stage of a prompt is asked once. */
export function promptKey(promptId: MentorPromptId, stage: AskingStage): string {
  return `prompt:${promptId}:${stage}`;
}

/** Asks in Slack. False when this stage was asked before, or the mentor is not in Slack. */
export async function postPrompt(
  stores: Stores,
  progress: Progress,
  stage: AskingStage,
  now: number,
): Promise<boolean> {
  const { slackUserId } = progress.mentor;
  if (slackUserId === null) return false;
  const message = promptCard(progress, stage);
  const row = rowTo(slackUserId, promptKey(progress.prompt.id, stage), { kind: 'slack_post', message }, now);
  return (await stores.outbox.add(row, now)) !== null;
}

function promptCard(progress: Progress, stage: AskingStage): Extract<StaffMessage, { kind: 'weekly_prompt' }> {
  const { prompt, mentor, mentees, isClosed } = progress;
  return {
    kind: 'weekly_prompt',
    promptId: prompt.id,
    firstName: mentor.firstName,
    weekOn: prompt.weekOn,
    stage,
    answered: answeredOf(progress),
    total: mentees.length,
    isClosed,
  };
}

function rowTo(slackUserId: string, key: string, body: NewOutbound['body'], now: number): NewOutbound {
  return { ...noticeRow({ key, recipient: { kind: 'slack_user', slackUserId }, title: '', lines: [], now }), body };
}

/**
 * Has the posts say how it stands: the first one with every answer, the later ones once nothing is left to ask. What
 * asks and has not left yet is taken back when there is nothing left to ask.
 */
export async function showProgress(stores: Stores, progress: Progress, now: number): Promise<void> {
  const { slackUserId } = progress.mentor;
  const answered = answeredOf(progress);
  const isOver = progress.isClosed || answered === progress.mentees.length;
  if (isOver) await takeBack(stores, progress.prompt.id, progress.isClosed ? 'too_late' : 'already_answered');
  for (const stage of ASKING_STAGES) {
    const post = await stores.outbox.byKey(promptKey(progress.prompt.id, stage));
    if (post?.body.kind !== 'slack_post' || slackUserId === null || isGone(post)) continue;
    if (stage !== 'prompted' && !isOver) continue;
    const message = promptCard(progress, stage);
    const body = { kind: 'slack_update', ofOutboundId: post.id, message } as const;
    // The same picture is drawn once: how far the answers are, and whether it is over.
    const key = `${post.key}:${answered}of${message.total}${progress.isClosed ? ':closed' : ''}`;
    await stores.outbox.add(rowTo(slackUserId, key, body, now), now);
  }
}

/** Drops what still waits to ask about this prompt. */
export async function takeBack(stores: Stores, promptId: MentorPromptId, reason: string): Promise<void> {
  for (const stage of ASKING_STAGES) {
    const row = await stores.outbox.byKey(promptKey(promptId, stage));
    if (row?.status === 'pending') await stores.outbox.drop(row.id, reason);
  }
}

function isGone({ status }: Outbound): boolean {
  return status === 'dropped' || status === 'failed' || status === 'lost' || status === 'parked';
}
