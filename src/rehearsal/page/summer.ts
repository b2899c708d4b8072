// The summer that the page can have played: one at a time, by whoever the demo hands in. Keeps how far it has come and the
// report of the last one that came to its end; plays nothing itself.

import type { JsonObject } from '../slack/held.ts';
import type { Headline } from '../town/headlines.ts';
import { MOST_MENTEES } from '../town/people.ts';
import type { Reply } from '../wire/exchange.ts';
import { DONE, type Outcome, refuse } from './outcome.ts';

/** What the page asks for. */
export interface SummerAsked {
  readonly mentees: number;
  readonly months: number;
  /** The same seed is the same summer. */
  readonly seed: number;
}

/** How far it has come: `month` of `months` are over. */
export interface SummerProgress {
  readonly month: number;
  readonly months: number;
  readonly texts: number;
}

/** A summer that came to its end. */
export interface PlayedSummer {
  /** A page of HTML that stands alone. */
  readonly page: string;
  readonly headlines: readonly Headline[];
  /** One sentence: whether the house kept its rules. */
  readonly verdict: string;
  readonly isGood: boolean;
}

/** Plays away from the demo's house. Rejects with words for a person; an abort ends it at once. */
export type SummerPlayer = (
  asked: SummerAsked,
  onProgress: (progress: SummerProgress) => void,
  signal: AbortSignal,
) => Promise<PlayedSummer>;

/** What the page shows of it; `report` is the last that came to its end, and stays while the next one is played. */
export interface SummerState {
  readonly status: 'none' | 'playing' | 'played' | 'cancelled' | 'failed';
  readonly asked: SummerAsked | null;
  readonly progress: SummerProgress | null;
  /** Why it failed; null otherwise. */
  readonly why: string | null;
  readonly report: (Omit<PlayedSummer, 'page'> & { readonly id: number; readonly asked: SummerAsked }) | null;
}

export interface Summer {
  state(): SummerState;
  /** The page of the last one that came to its end. */
  page(): string | null;
  /** Begins one; refused while another is played. */
  play(fields: JsonObject): Outcome;
  cancel(): Outcome;
  /** Ends what is played, and waits until it has. */
  close(): Promise<void>;
}

const MOST_MONTHS = 36;
const MOST_SEED = 2 ** 31;

/** Where the page of the last one is, for a frame or a tab. */
export const SUMMER_PAGE = '/summer.html';

/** That page as it is served: it runs no script, whoever opens it, and only the page of the rehearsal may frame it. */
export function summerPage(summer: Summer | null): Reply | undefined {
  const body = summer?.page() ?? null;
  if (body === null) return undefined;
  return {
    kind: 'reply',
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; sandbox",
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}

/** `announce` hears of every change. */
export function createSummer(player: SummerPlayer, announce: () => void): Summer {
  let state: SummerState = { status: 'none', asked: null, progress: null, why: null, report: null };
  let page: string | null = null;
  let count = 0;
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null;

  const change = (fields: Partial<SummerState>) => {
    state = { ...state, ...fields };
    announce();
  };

  const follow = async (asked: SummerAsked, { signal }: AbortController): Promise<void> => {
    try {
      const played = await player(asked, (progress) => change({ progress }), signal);
      const { page: html, ...about } = played;
      page = html;
      count += 1;
      change({ status: 'played', report: { ...about, id: count, asked } });
    } catch (error) {
      if (signal.aborted) change({ status: 'cancelled' });
      else change({ status: 'failed', why: error instanceof Error ? error.message : 'Something went wrong.' });
    } finally {
      running = null;
    }
  };

  return {
    state: () => state,
    page: () => page,
    play: (fields) => {
      if (running !== null) return refuse(409, `A summer is being played: ${howFar(state)}. Cancel it, or wait.`);
      const asked = readAsked(fields);
      if (typeof asked === 'string') return refuse(400, asked);
      change({ status: 'playing', asked, progress: null, why: null });
      const abort = new AbortController();
      running = { abort, ended: follow(asked, abort) };
      return DONE;
    },
    cancel: () => {
      if (running === null) return refuse(409, 'No summer is being played.');
      running.abort.abort();
      return DONE;
    },
    close: async () => {
      running?.abort.abort();
      await running?.ended;
    },
  };
}

function howFar({ progress, asked }: SummerState): string {
  return `${progress?.month ?? 0} of ${asked?.months ?? 0} months are over`;
}

/** What is asked for, or words for what is wrong with it. */
function readAsked({ mentees, months, seed }: JsonObject): SummerAsked | string {
  if (!isWhole(mentees, 1, MOST_MENTEES)) return `The number of students is a whole number from 1 to ${MOST_MENTEES}.`;
  if (!isWhole(months, 1, MOST_MONTHS)) return `The number of months is a whole number from 1 to ${MOST_MONTHS}.`;
  if (!isWhole(seed, 0, MOST_SEED)) return `The seed is a whole number from 0 to ${MOST_SEED}.`;
  return { mentees, months, seed };
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
