// What the page asks for when it has a summer played, and what it is told: over HTTP, with a player that is told when to
// go on.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlayedSummer, SummerAsked, SummerProgress, SummerState } from '../../src/rehearsal/page/summer.ts';
import { startRehearsal } from '../../src/rehearsal/start-rehearsal.ts';
import type { Vendors } from '../../src/rehearsal/start-vendors.ts';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  BOT_TOKEN,
  COUNSELORS,
  PROGRAM_NUMBER,
  SERVICE_SID,
  SIGNING_SECRET,
} from './world.ts';

const PLAYED: PlayedSummer = {
  page: '<!doctype html><title>Charts</title>',
  headlines: [{ name: 'Texts sent', value: '12', about: '3 came in' }],
  verdict: 'Nothing happened that must never happen.',
  isGood: true,
};
const ASKED = { mentees: 20, months: 5, seed: 7 };

interface Game {
  readonly asked: SummerAsked;
  readonly signal: AbortSignal;
  readonly go: (progress: SummerProgress) => void;
  readonly win: (played: PlayedSummer) => void;
  readonly lose: (error: Error) => void;
}

let games: Game[];
let rehearsal: Vendors;

const start = (isOffered: boolean) =>
  startRehearsal({
    port: 0,
    house: {
      baseUrl: 'http://127.0.0.1:9',
      publicBaseUrl: 'https://icehouse.example',
      twilioAuthToken: AUTH_TOKEN,
      accountSid: ACCOUNT_SID,
      messagingServiceSid: SERVICE_SID,
      slackSigningSecret: SIGNING_SECRET,
      slackBotToken: BOT_TOKEN,
      counselorChannel: COUNSELORS,
    },
    people: [],
    clock: {
      now: () => 0,
      nextEventAt: async () => null,
      advanceTo: async () => {},
      advanceToNextEvent: async () => {},
    },
    programNumber: PROGRAM_NUMBER,
    ...(isOffered
      ? {
          summerPlayer: (asked: SummerAsked, go: Game['go'], signal: AbortSignal) =>
            new Promise<PlayedSummer>((win, lose) => {
              signal.addEventListener('abort', () => lose(new Error('it was ended')));
              games.push({ asked, signal, go, win, lose });
            }),
        }
      : {}),
  });

beforeEach(async () => {
  games = [];
  rehearsal = await start(true);
});
afterEach(() => rehearsal.close());

async function post(name: string, body: unknown): Promise<{ status: number; error: string | null }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${rehearsal.url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { error } = (await response.json()) as { error: string | null };
  return { status: response.status, error };
}

async function read(): Promise<SummerState | null> {
  const state = (await (await fetch(`${rehearsal.url}/api/state`)).json()) as { summer: SummerState | null };
  return state.summer;
}

describe('a summer that the page has played', () => {
  it('tells how far it is, then its figures, and serves its page without scripts', async () => {
    expect(await read()).toMatchObject({ status: 'none', report: null });
    expect((await fetch(`${rehearsal.url}/summer.html`)).status).toBe(404);
    expect(await post('playSummer', ASKED)).toEqual({ status: 200, error: null });
    expect(games[0]?.asked).toEqual(ASKED);
    games[0]?.go({ month: 1, months: 5, texts: 9 });
    expect(await read()).toMatchObject({
      status: 'playing',
      asked: ASKED,
      progress: { month: 1, months: 5, texts: 9 },
    });
    games[0]?.win(PLAYED);
    const { page: _, ...about } = PLAYED;
    expect(await read()).toMatchObject({ status: 'played', report: { id: 1, asked: ASKED, ...about } });
    const page = await fetch(`${rehearsal.url}/summer.html?report=1`);
    expect(await page.text()).toBe(PLAYED.page);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'self'; sandbox$/);
  });

  it('refuses a second one in words, and keeps the earlier report while the next is played or cancelled', async () => {
    await post('playSummer', ASKED);
    games[0]?.win(PLAYED);
    await post('playSummer', { ...ASKED, mentees: 300 });
    games[1]?.go({ month: 2, months: 5, texts: 40 });
    const error = 'A summer is being played: 2 of 5 months are over. Cancel it, or wait.';
    expect(await post('playSummer', ASKED)).toEqual({ status: 409, error });
    expect(games).toHaveLength(2);
    expect(await post('cancelSummer', {})).toEqual({ status: 200, error: null });
    expect(games[1]?.signal.aborted).toBe(true);
    expect(await read()).toMatchObject({ status: 'cancelled', report: { id: 1, asked: ASKED } });
    expect(await post('cancelSummer', {})).toEqual({ status: 409, error: 'No summer is being played.' });
  });

  it('says why one failed, and plays the next', async () => {
    await post('playSummer', ASKED);
    games[0]?.lose(new Error('it ended with code 134: out of memory'));
    expect(await read()).toMatchObject({
      status: 'failed',
      why: 'it ended with code 134: out of memory',
      report: null,
    });
    expect(await post('playSummer', ASKED)).toEqual({ status: 200, error: null });
    expect(await read()).toMatchObject({ status: 'playing', why: null });
  });

  it.each([
    [{ ...ASKED, mentees: 0 }, 'The number of students is a whole number from 1 to 3000.'],
    [{ ...ASKED, months: 2.5 }, 'The number of months is a whole number from 1 to 36.'],
    [{ ...ASKED, seed: '7' }, 'The seed is a whole number from 0 to 2147483648.'],
  ])('refuses %j', async (asked, error) => {
    expect(await post('playSummer', asked)).toEqual({ status: 400, error });
    expect(games).toEqual([]);
  });

  it('ends what is played when the rehearsal closes', async () => {
    const other = rehearsal;
    await post('playSummer', ASKED);
    rehearsal = await start(false);
    await other.close();
    expect(games[0]?.signal.aborted).toBe(true);
    expect(await read()).toBeNull();
    expect(await post('playSummer', ASKED)).toEqual({ status: 404, error: 'There is no such action.' });
  });
});
