// Being built.

import type { SlackStanding } from '../core/model/people.ts';
import type { StaffDeps } from './doing.ts';

/** Somebody of the workspace was deactivated, came back, or is a guest now (SL-24). */
export type NoteSlackPerson = (person: {
  readonly slackUserId: string;
  readonly standing: SlackStanding;
}) => Promise<void>;

export function createNoteSlackPerson(_deps: StaffDeps): NoteSlackPerson {
  return async () => {
    throw new Error('not built');
  };
}
