// `/icehouse WORDS`: what is asked, and the answer that only the one who typed it sees. Reads, and changes nothing but
// the audit, so the same command twice does no harm.

import type { CommitTurn } from './commit-turn.ts';
import type { Doing, StaffDeps } from './doing.ts';
import { findMentees } from './find-mentees.ts';
import { onCallNames, standInNow } from './on-call.ts';
import { findPerson, type Person } from './person.ts';
import type { CommandAnswer, SlashCommand } from './ports/staff-room.ts';
import { momentWords } from './time-words.ts';

export type AnswerCommand = (command: SlashCommand) => Promise<CommandAnswer>;

/** Resolves after the commit of whatever the audit keeps. */
export function createAnswerCommand(deps: StaffDeps, commit: CommitTurn): AnswerCommand {
  return ({ slackUserId, text }) =>
    commit(async (stores) => {
      const person = await findPerson(stores, slackUserId);
      return answer({ deps, stores, what: text.trim(), person, now: deps.clock.now() });
    });
}

const STRANGER: CommandAnswer = {
  title: 'You are not on the roster',
  lines: [{ label: 'What to do', text: 'Ask whoever runs the program to import your row with your Slack member id.' }],
};

const HELP: CommandAnswer = {
  title: 'What /icehouse can do',
  lines: [
    { label: '/icehouse find maya', text: 'mentees by name: college, mentor, open tasks, whether texts reach them' },
    { label: '/icehouse oncall', text: 'who is alerted now, and who is next' },
    { label: '/icehouse help', text: 'this list' },
  ],
};

async function answer(doing: Doing<string>): Promise<CommandAnswer> {
  const [word = '', ...rest] = doing.what.split(/\s+/);
  const typed = rest.join(' ');
  switch (word.toLowerCase()) {
    case 'find':
      if (isStranger(doing.person)) return STRANGER;
      return typed === '' ? HELP : findMentees({ ...doing, what: typed });
    case 'oncall':
      return isStranger(doing.person) ? STRANGER : tellOnCall(doing);
    default:
      return HELP;
  }
}

function isStranger({ counselor, mentor, staff }: Person): boolean {
  return counselor === null && mentor === null && staff === null;
}

async function tellOnCall({ deps, stores, now }: Doing<unknown>): Promise<CommandAnswer> {
  const [first, ...next] = await onCallNames(stores, now);
  const standIn = await standInNow(stores, now);
  const zone = deps.content.current().program.time_zone;
  const until = standIn === null ? null : momentWords(standIn.until, now, zone);
  return {
    title: 'On call',
    lines: [
      { label: 'Now', text: first ?? 'nobody: import counselors with a place on call' },
      { label: 'Next', text: next.length === 0 ? 'nobody' : next.join(', ') },
      ...(standIn === null ? [] : [{ label: 'Stands in', text: `${standIn.name}, until ${until}` }]),
    ],
  };
}
