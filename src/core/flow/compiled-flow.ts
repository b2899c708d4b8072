// The noun: a flow that can be run. Made by compile.ts alone.

import type { StructureHash } from '../model/ids.ts';
import type { VariableType } from './facts.ts';
import type { FlowSource } from './flow-schema.ts';
import type { FlowTexts } from './flow-texts.ts';
import type { Step } from './steps/index.ts';

/** A flow that passed every check. */
export interface CompiledFlow {
  readonly id: string;
  /** One sentence for staff. */
  readonly about: string;
  readonly start: string;
  /** What a conversation pins: everything but wording. Two flows with the same hash have the same steps and options. */
  readonly structureHash: StructureHash;
  readonly steps: Readonly<Record<string, Step>>;
  readonly variables: Readonly<Record<string, VariableType>>;
  /** Whether it can only be started about a task. */
  readonly needsTask: boolean;
  readonly texts: FlowTexts;
  /** The plain data it was compiled from: what is stored under the hash, and read back with `restoreFlow`. */
  readonly source: FlowSource;
}
