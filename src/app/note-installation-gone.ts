// Being built.

import type { StaffDeps } from './doing.ts';

export type NoteInstallationGone = (reason: string) => Promise<void>;

export function createNoteInstallationGone(_deps: StaffDeps): NoteInstallationGone {
  return async () => {
    throw new Error('not built');
  };
}
