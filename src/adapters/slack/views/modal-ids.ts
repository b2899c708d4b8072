// What a modal is about, kept in its private metadata: opaque ids and marks and nothing else, because metadata may be
// read by more than the person in front of it (platforms SL-18).

import { z } from 'zod';
import {
  asEscalationId,
  asMenteeId,
  asMentorPromptId,
  type EscalationId,
  type MenteeId,
  type MentorPromptId,
} from '../../../core/model/ids.ts';

export interface ModalIds {
  readonly escalationId?: EscalationId | undefined;
  readonly promptId?: MentorPromptId | undefined;
  readonly menteeId?: MenteeId | undefined;
  /** What an example is written after, as `subjectOfExample` writes it. */
  readonly example?: string | undefined;
  /** What was there to be read when it was opened. */
  readonly seen?: string | undefined;
}

const id = z.string().min(1).max(120);
const written = z.object({
  escalationId: id.transform(asEscalationId).optional(),
  promptId: id.transform(asMentorPromptId).optional(),
  menteeId: id.transform(asMenteeId).optional(),
  example: z.string().max(120).optional(),
  seen: id.optional(),
});

export function writeIds(ids: ModalIds): string {
  return JSON.stringify(ids);
}

/** Reads what `writeIds` wrote; null when it is something else. */
export function readIds(privateMetadata: string): ModalIds | null {
  try {
    const read = written.safeParse(JSON.parse(privateMetadata));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
