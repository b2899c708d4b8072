// `/icehouse WORDS`: what is asked, and the answer that only the one who typed it sees. All but a drill only read, and
// change nothing but the audit, so the same command twice does no harm.

import { unreachable } from '../core/model/invariant.ts';
import type { CommitTurn } from './commit-turn.ts';
import type { Doing, StaffDeps } from './doing.ts';
import { startDrill } from './drill.ts';
import { findMentees } from './find-mentees.ts';
import { tellFlows } from './flows-in-slack.ts';
import { onCallNames, standInNow } from './on-call.ts';
import { findToPause } from './pause-command.ts';
import { findPerson, type Person } from './person.ts';
import type { CommandAnswer, SlashCommand } from './ports/staff-room.ts';
import { REPORT_DAYS, readSafetyReport, reportLines } from './safety-report.ts';
import { momentWords } from './time-words.ts';

export type AnswerCommand = (command: SlashCommand) => Promise<CommandAnswer>;

/** Resolves after the commit of whatever the audit keeps. */
export function createAnswerCommand(deps: StaffDeps, commit: CommitTurn): AnswerCommand {
  return async ({ slackUserId, text, actKey }) => {
    const answered = await commit(async (stores) => {
      const person = await findPerson(stores, slackUserId);
      return answer({ deps, stores, what: text.trim(), person, now: deps.clock.now() }, actKey);
    });
    deps.wake();
    return answered;
  };
}

const STRANGER: CommandAnswer = {
  title: 'You are not on the roster',
  lines: [{ label: 'What to do', text: 'Ask whoever runs the program to import your row with your Slack member id.' }],
};

const HELP: CommandAnswer = {
  title: 'What /icehouse can do',
  lines: [
    { label: '/icehouse find maya', text: 'mentees by name: college, mentor, open tasks, whether texts reach them' },
    {
      label: '/icehouse pause maya',
      text: 'counselors and staff: why and until when nothing unasked goes to a mentee',
    },
    { label: '/icehouse oncall', text: 'who is alerted now, and who is next' },
    {
      label: '/icehouse example',
      text: 'counselors: teach the screen a text that it missed, or that paged for nothing',
    },
    { label: '/icehouse drill', text: 'counselors and staff: a marked test crisis, and its times' },
    { label: '/icehouse report safety', text: 'counselors and staff: the last 30 days in counts' },
    { label: '/icehouse flows', text: 'staff: what is published, publish what the server holds, and the way back' },
    { label: '/icehouse help', text: 'this list' },
  ],
};

async function answer(doing: Doing<string>, actKey: string): Promise<CommandAnswer> {
  const [word = '', ...rest] = doing.what.split(/\s+/);
  const typed = rest.join(' ');
  switch (word.toLowerCase()) {
    case 'find':
      if (isStranger(doing.person)) return STRANGER;
      return typed === '' ? HELP : findMentees({ ...doing, what: typed });
    case 'pause':
      return findToPause({ ...doing, what: typed });
    case 'oncall':
      return isStranger(doing.person) ? STRANGER : tellOnCall(doing);
    case 'example':
      return doing.person.counselor === null ? NOT_FOR_YOU : EXAMPLE;
    case 'drill':
      return mayLead(doing.person) ? drill(doing, actKey) : NOT_FOR_YOU;
    case 'flows':
      return tellFlows(doing);
    case 'report':
      if (!mayLead(doing.person)) return NOT_FOR_YOU;
      return typed.toLowerCase() === 'safety' ? tellSafety(doing) : HELP;
    default:
      return HELP;
  }
}

function isStranger({ counselor, mentor, staff }: Person): boolean {
  return counselor === null && mentor === null && staff === null;
}

const NOT_FOR_YOU: CommandAnswer = {
  title: 'Not for you',
  lines: [{ label: '', text: 'This is for the counselors and the staff of the program, as the roster has them.' }],
};

function mayLead({ counselor, staff }: Person): boolean {
  return counselor !== null || staff !== null;
}

const EXAMPLE: CommandAnswer = {
  title: 'An example for the screen',
  lines: [
    {
      label: '',
      text: 'Write it in your own words: never a student’s own text. It counts from the moment you add it.',
    },
  ],
  form: { label: 'Write it', ask: { kind: 'safety_example', source: { kind: 'own' } } },
};

/** The same command once more, which Slack may send, starts no second drill. */
async function drill({ deps, stores, person, now }: Doing<string>, actKey: string): Promise<CommandAnswer> {
  const title = 'Drill';
  if (!(await stores.house.takeSlot('drill', actKey, now)))
    return { title, lines: [{ label: '', text: 'It has begun.' }] };
  const started = await startDrill(deps, stores, { by: person.actorId, now });
  switch (started.kind) {
    case 'started':
      return {
        title,
        lines: [
          { label: 'Case', text: `${started.caseCode}. Its card is in the counselors' channel, marked as a drill.` },
          { label: 'What to do', text: 'Acknowledge it as you would a student’s. Its times then stand in the thread.' },
        ],
      };
    case 'running':
      return {
        title,
        lines: [{ label: 'Case', text: `${started.caseCode} is a drill that still runs: resolve it first.` }],
      };
    case 'refused':
      return { title, lines: [{ label: 'It did not begin', text: started.why }] };
    default:
      return unreachable(started);
  }
}

async function tellSafety({ deps, stores, now }: Doing<string>): Promise<CommandAnswer> {
  const report = await readSafetyReport(stores, now);
  const { time_zone: zone } = deps.content.current().program;
  return { title: `Safety, the last ${REPORT_DAYS} days`, lines: reportLines(report, zone) };
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
