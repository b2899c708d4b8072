// Being built.

import type { CommitTurn } from './commit-turn.ts';
import type { StaffDeps } from './doing.ts';
import type { CommandAnswer, SlashCommand } from './ports/staff-room.ts';

export type AnswerCommand = (command: SlashCommand) => Promise<CommandAnswer>;

export function createAnswerCommand(_deps: StaffDeps, _commit: CommitTurn): AnswerCommand {
  return async () => {
    throw new Error('not built');
  };
}
