// `icehouse flows play`: one person plays a mentee at the terminal and may keep the run as a test. Lines come from
// standard input, so that a pipe plays as well as a hand.

import { createInterface } from 'node:readline';
import { formatFileProblem } from '../adapters/system/file-problem.ts';
import { caseNames, testFileOf } from '../adapters/system/flow-test-files.ts';
import { appendCase, caseAsText } from '../adapters/system/flow-test-write.ts';
import { readFolderForPlay } from '../adapters/system/flow-tests.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';
import {
  addIn,
  asCase,
  beginByHand,
  type HandPlay,
  jumpIn,
  lastOf,
  type PlayHead,
  sayIn,
  standingOf,
  transcriptOf,
  undoIn,
} from '../core/conversation/play-by-hand.ts';
import { didYouMean } from '../core/flow/problem.ts';
import { isLocalDate } from '../core/model/local-time.ts';

export interface PlayOptions {
  readonly flows?: string;
  readonly language: string;
  readonly today?: string;
  readonly task?: string;
  readonly with?: readonly string[];
  readonly save?: string;
}

const HELP = [
  'Type what the mentee texts. Or:',
  '  :and TEXT           one more text right after the last',
  '  :wait 2 days        lets time pass',
  '  :until friday       jumps to a day or hour: 2027-06-04, 10:00, friday 9:00',
  '  :undo               takes the last move back',
  '  :vars               shows where the conversation stands',
  '  :save NAME          keeps this run as a test',
  '  :quit               ends; a run that was not kept is printed as a test',
];

/** @throws when the folder has mistakes, or the flow or an option does not exist. */
export async function playFlow(id: string, options: PlayOptions): Promise<void> {
  const folder = options.flows ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const ready = readFolderForPlay(folder);
  if (!ready.ok) throw new Error(['mend the flows first:', ...ready.problems.map(formatFileProblem)].join('\n'));
  const known = ready.content.flows.map((flow) => flow.id);
  const flow = ready.content.flows.find((one) => one.id === id);
  if (flow === undefined) throw new Error(`there is no flow "${id}". ${didYouMean(id, known)}`);
  const file = testFileOf(folder, id);
  if (options.save !== undefined) refuseTaken(file, options.save);
  const tasks = ready.content.tasks.map(({ key }) => key);
  const table = new Table(beginByHand(headOf(options, tasks), ready.around(flow)), { file, id });
  table.begin();
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!table.take(line.trim())) break;
  }
  process.stdout.write('\n');
  table.leave(options.save);
}

function headOf({ language, today, task, with: given = [] }: PlayOptions, tasks: readonly string[]): PlayHead {
  if (language !== 'en' && language !== 'es') throw new Error(`"${language}" is not a language here; write en or es`);
  if (today !== undefined && !isLocalDate(today))
    throw new Error(`"${today}" is not a date; write one like 2027-06-01`);
  if (task !== undefined && task !== 'none' && !tasks.includes(task)) {
    throw new Error(`there is no task "${task}". ${didYouMean(task, tasks)}`);
  }
  const inputs = given.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    const written = value.join('=');
    return [name, /^-?\d+(\.\d+)?$/.test(written) ? Number(written) : written] as const;
  });
  return {
    ...(language === 'en' ? {} : { language }),
    ...(today === undefined ? {} : { today }),
    ...(task === undefined ? {} : { task }),
    ...(inputs.length === 0 ? {} : { with: Object.fromEntries(inputs) }),
  };
}

function refuseTaken(file: string, name: string): void {
  if (caseNames(file).includes(name))
    throw new Error(`${file} has a case called "${name}" already; choose another name`);
}

/** The table at which it is played: what was done, and whether it was kept. */
class Table {
  private play: HandPlay;
  private readonly home: { readonly file: string; readonly id: string };
  private isKept = false;

  constructor(play: HandPlay, home: { readonly file: string; readonly id: string }) {
    this.play = play;
    this.home = home;
  }

  begin(): void {
    say([`Playing ${this.home.id}. :help lists what you can do.`, '', ...transcriptOf(lastOf(this.play))]);
    prompt();
  }

  /** Does what a line says; false when it was the last. */
  take(line: string): boolean {
    if (process.stdin.isTTY !== true) say([line]);
    if (line === ':quit' || line === ':q') return false;
    try {
      this.act(line);
    } catch (error) {
      say([error instanceof Error ? error.message : String(error)]);
    }
    prompt();
    return true;
  }

  private act(line: string): void {
    const [word = '', ...more] = line.split(/\s+/);
    const rest = more.join(' ');
    if (line === '') return;
    if (!line.startsWith(':')) return this.go(sayIn(this.play, line));
    if (word === ':and' && rest !== '') return this.go(addIn(this.play, rest));
    if (word === ':wait') return this.jump({ wait: rest });
    if (word === ':until') return this.jump({ until: rest });
    if (word === ':undo') return this.undo();
    if (word === ':vars') return say(standingOf(lastOf(this.play).state));
    if (word === ':save') return this.keep(rest);
    if (word === ':help') return say(HELP);
    say([`There is no ${word}. :help lists what there is.`]);
  }

  private go(next: HandPlay): void {
    this.play = next;
    this.isKept = false;
    const lines = transcriptOf(lastOf(next));
    say(lines.length > 0 ? lines : ['(nothing happens; a text that nobody asked for goes to the mentor)']);
  }

  private jump(turn: { readonly wait: string } | { readonly until: string }): void {
    const next = jumpIn(this.play, turn);
    if (typeof next === 'string') return say([`That is ${next}.`]);
    this.play = next;
    this.isKept = false;
    const { state } = lastOf(next);
    say([...transcriptOf(lastOf(next)), standingOf(state)[0] ?? '']);
  }

  private undo(): void {
    this.play = undoIn(this.play);
    this.isKept = false;
    say(['Taken back.', ...transcriptOf(lastOf(this.play))]);
  }

  private keep(name: string): void {
    if (name === '') throw new Error('Write a name: :save says that it is done');
    refuseTaken(this.home.file, name);
    appendCase(this.home.file, this.home.id, asCase(this.play, name));
    this.isKept = true;
    say([`Kept as "${name}" in ${this.home.file}.`]);
  }

  /** The end: kept under its name, or printed so that it is not lost. */
  leave(name: string | undefined): void {
    if (name !== undefined && !this.isKept) this.keep(name);
    if (this.isKept || this.play.moves.length === 1) return;
    say([
      '',
      `Not kept. As a test it would be, in ${this.home.file}:`,
      '',
      caseAsText(asCase(this.play, 'a played run')),
    ]);
  }
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function prompt(): void {
  process.stdout.write('mentee> ');
}
