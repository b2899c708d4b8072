// The noun: a flow that can be run. Made by compile.ts alone.

import type { StructureHash } from '../model/ids.ts';
import type { VariableType } from './facts.ts';
import type { StoredFlow } from './flow-schema.ts';
import type { FlowTexts } from './flow-texts.ts';
import type { CallableFlow } from './step-kind.ts';
import type { Step } from './steps/index.ts';

/** A called flow within its caller. Its variables and results have their own names here. */
export interface Scope extends CallableFlow {
  /** The id of the called flow. */
  readonly flow: string;
  /** Its first step, by its qualified name. */
  readonly start: string;
}

/**
 * A flow that passed every check. Flows that it calls are linked in: their steps and variables stand beside its own, by
 * qualified names (`call_step.their_step`), and within them everything is named relative to the calling step.
 */
export interface CompiledFlow extends CallableFlow {
  readonly id: string;
  /** One sentence for staff. */
  readonly about: string;
  readonly start: string;
  /** What a conversation pins: everything but wording. Two flows with the same hash have the same steps and options. */
  readonly structureHash: StructureHash;
  readonly steps: Readonly<Record<string, Step>>;
  readonly variables: Readonly<Record<string, VariableType>>;
  /** The flows linked in, by the qualified name of the step that calls each. */
  readonly scopes: ReadonlyMap<string, Scope>;
  /** Whether it can only be started about a task. */
  readonly needsTask: boolean;
  readonly texts: FlowTexts;
  /** The plain data it was compiled from: what is stored under the hash, and read back with `restoreFlow`. */
  readonly source: StoredFlow;
}
