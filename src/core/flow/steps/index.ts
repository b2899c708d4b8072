// The registry of step types: a type exists when it stands here. The only file that sees all steps.

import type { StepKind } from '../step-kind.ts';
import { type AskStep, askKind } from './ask.ts';
import { type BranchStep, branchKind } from './branch.ts';
import { type CallStep, callKind } from './call.ts';
import { type EndStep, endKind } from './end.ts';
import { type EscalateStep, escalateKind } from './escalate.ts';
import { type RandomStep, randomKind } from './random.ts';
import { type RepeatStep, repeatKind } from './repeat.ts';
import { type SayStep, sayKind } from './say.ts';
import { type SetStep, setKind } from './set.ts';
import { type TaskStep, taskKind } from './task.ts';
import { type TellMentorStep, tellMentorKind } from './tell-mentor.ts';
import { type WaitStep, waitKind } from './wait.ts';

/** A step of any type, as written. */
export type Step =
  | SayStep
  | AskStep
  | WaitStep
  | BranchStep
  | RepeatStep
  | RandomStep
  | CallStep
  | SetStep
  | TaskStep
  | TellMentorStep
  | EscalateStep
  | EndStep;

/** Every step type, under the name that authors write. */
const STEP_KINDS: { readonly [Type in Step['type']]: StepKind<Extract<Step, { type: Type }>> } = {
  say: sayKind,
  ask: askKind,
  wait: waitKind,
  branch: branchKind,
  repeat: repeatKind,
  random: randomKind,
  call: callKind,
  set: setKind,
  task: taskKind,
  tell_mentor: tellMentorKind,
  escalate: escalateKind,
  end: endKind,
};

/** The names of all step types, in the order of the manual. */
export const STEP_TYPES = Object.keys(STEP_KINDS);

/**
 * The one registry cast: TypeScript cannot link a union of steps with its union of kinds, though the mapped type above
 * guarantees that each name leads to its own kind.
 */
const KINDS = STEP_KINDS as unknown as Readonly<Record<Step['type'], StepKind<Step>>>;

/** The kind that a step belongs to. */
export function kindOf(step: Step): StepKind<Step> {
  return KINDS[step.type];
}

/** The kind with this name, or null. */
export function findKind(type: string): StepKind<Step> | null {
  return Object.entries(KINDS).find(([name]) => name === type)?.[1] ?? null;
}
