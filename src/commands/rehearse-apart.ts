// Plays a year in a process of its own, so that a house that runs meanwhile is not held up: a year is a minute of one core
// without a pause. An abort ends the process at once; it also ends with the one that started it.

import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Headline } from '../rehearsal/town/headlines.ts';
import type { Progress, RehearseOptions } from './rehearse-play.ts';

/** What the year came to, drawn. */
export interface PlayedApart {
  readonly page: string;
  readonly headlines: readonly Headline[];
  readonly verdict: string;
  readonly isGood: boolean;
}

/** What the process says. */
export type Told =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'played'; readonly played: PlayedApart }
  | { readonly kind: 'failed'; readonly why: string };

const CHILD = fileURLToPath(new URL('./rehearse-child.ts', import.meta.url));
/** So much of what a process complained of before it died is kept. */
const MOST_COMPLAINT = 4_000;

/** Rejects with words for a person: what was wrong, or that it was ended. Settles when the process is gone. */
export function rehearseApart(
  options: RehearseOptions,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<PlayedApart> {
  const child = fork(CHILD, {
    // Flags of the one that starts it (a debugger, a test runner) are not for it.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Flows are parsed YAML, which JSON would change.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve, reject) => {
    let last: Told | null = null;
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-MOST_COMPLAINT);
    });
    // Only rehearse-child.ts speaks here.
    child.on('message', (told: Told) => {
      if (told.kind === 'progress') onProgress(told.progress);
      else last = told;
    });
    child.once('spawn', () => stepBack(child));
    child.once('error', (error) => {
      // With a process there is a `close` to come.
      if (child.pid === undefined) reject(error);
    });
    child.once('close', (code) => {
      if (last?.kind === 'played') resolve(last.played);
      else reject(new Error(last?.kind === 'failed' ? last.why : wordsOf(code, complaint)));
    });
    child.send(options, () => {
      // Whoever cannot be told is gone, which `close` says.
    });
  });
}

/** The house comes first where there are few cores. */
function stepBack({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or this system lets nobody do so: it is played all the same.
  }
}

function wordsOf(code: number | null, complaint: string): string {
  const named = complaint.split('\n').find((line) => /\bError\b|out of memory/.test(line));
  const end = code === null ? 'it was ended from outside' : `it ended with code ${code}`;
  return named === undefined ? `${end}.` : `${end}: ${named.trim()}`;
}
