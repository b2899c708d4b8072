// Thursday morning: closes the week's prompts, tells staff who answered, who did not and what they need, and makes a
// to-do of mentors who missed two or three weeks in a row. Once a week, whatever the ticks do.

import { addDays } from '../core/model/local-time.ts';
import type { MentorPrompt } from '../core/model/weekly-update.ts';
import { screen } from '../core/safety/screen.ts';
import { lastSummary, runOfMisses, summaryAt } from '../core/schedule/weekly-update.ts';
import { addTodo } from './add-todo.ts';
import { excuseForMiss } from './excuse-week.ts';
import type { HouseDeps } from './house-deps.ts';
import { noteNotAsked, noteUnreachable, wasAsked } from './note-unreachable.ts';
import { noticeRow } from './outbound-rows.ts';
import { fullNameOf } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { StaffMessage } from './ports/messages.ts';
import { takeBack } from './post-prompt.ts';
import { type Progress, progressOf } from './prompt-progress.ts';
import { nameAmong } from './tell-apart.ts';

type Summary = Extract<StaffMessage, { kind: 'weekly_summary' }>;

/** Prompts of a mentor that are looked through for misses in a row. */
const HISTORY = 60;
/** Deeds of a week that are looked through for worries. */
const DEEDS_OF_WEEK = 20_000;
const DAYS_OF_WEEK = 7;

/** The summary of the last Thursday at or before now. Prompts of an earlier one that nobody summed up are closed too. */
export async function sumUpWeek(deps: HouseDeps, stores: Stores): Promise<void> {
  const now = deps.clock.now();
  const zone = deps.content.current().program.time_zone;
  const { on } = lastSummary(now, zone);
  const late = (await stores.prompts.waiting()).filter((prompt) => prompt.summaryOn < on);
  const thursdays = [...new Set(late.map(({ summaryOn }) => summaryOn))].toSorted();
  for (const thursday of thursdays) await closeWeek(deps, stores, thursday);
  if (!(await stores.house.takeSlot('weekly-summary', on, now))) return;
  const prompts = await closeWeek(deps, stores, on);
  if (prompts.length === 0) return;
  const lastOn = addDays(on, -DAYS_OF_WEEK);
  const since = summaryAt(lastOn, zone);
  const message = {
    ...(await summarise(deps, stores, prompts, { from: since, until: now })),
    ...toldBy(deps, [...prompts, ...(await answeredSince(stores, lastOn, since))]),
  };
  const recipient = { kind: 'slack_channel', channel: 'staff' } as const;
  const row = noticeRow({ key: `weekly-summary:${on}`, recipient, title: '', lines: [], now });
  await stores.outbox.add({ ...row, body: { kind: 'slack_post', message } }, now);
}

/** Marks what stayed unanswered as missed, and gives the week's prompts as they stand now. */
async function closeWeek(deps: HouseDeps, stores: Stores, on: string): Promise<Progress[]> {
  const closed: Progress[] = [];
  for (const prompt of await stores.prompts.ofSummary(on)) {
    if (prompt.stage !== 'summed_up') await closePrompt(deps, stores, prompt);
    const progress = await progressOf(stores, prompt.id);
    if (progress !== null) closed.push(progress);
  }
  return closed;
}

async function closePrompt(deps: HouseDeps, stores: Stores, prompt: MentorPrompt): Promise<void> {
  await takeBack(stores, prompt.id, 'too_late');
  const progress = await progressOf(stores, prompt.id);
  if (prompt.status === 'open' && progress !== null) {
    const excuse = await excuseOf(deps, stores, progress);
    await stores.prompts.setStatus(prompt.id, excuse === null ? 'missed' : 'excused', null);
    if (excuse === null) await noteMisses(deps, stores, progress);
    if (excuse === NOT_ASKED) await noteNotAsked(deps, stores, progress.mentor, prompt);
    if (excuse === 'cannot be reached') await noteUnreachable(deps, stores, progress.mentor);
  }
  await stores.prompts.setStage(prompt.id, 'summed_up');
}

const NOT_ASKED = 'was not asked';

/**
 * Also a mentor all of whose mentees went to others in the week has nothing to answer, and nobody misses what never
 * reached them.
 */
async function excuseOf(
  deps: HouseDeps,
  stores: Stores,
  { mentor, mentees, prompt }: Progress,
): Promise<string | null> {
  if (mentees.length === 0) return 'no mentee any more';
  const excuse = await excuseForMiss(deps, stores, mentor, prompt.weekOn);
  return excuse ?? ((await wasAsked(stores, prompt)) ? null : NOT_ASKED);
}

/** Data-and-measurement 3.2: one miss is nothing, two in a row are a to-do, three a review. Once for each run. */
async function noteMisses(deps: HouseDeps, stores: Stores, { mentor, prompt }: Progress): Promise<void> {
  const past = (await stores.prompts.of(mentor.id, HISTORY)).filter(({ weekOn }) => weekOn <= prompt.weekOn);
  const { count, since } = runOfMisses(past);
  if (count !== 2 && count !== 3) return;
  const kind = count === 2 ? 'mentor_missed_two' : 'mentor_review';
  await addTodo(stores, {
    key: `${kind}:${mentor.id}:${since ?? prompt.weekOn}`,
    kind,
    title:
      count === 2
        ? `${fullNameOf(mentor)} has missed two weekly updates in a row`
        : `${fullNameOf(mentor)} has missed three weekly updates in a row`,
    detail:
      count === 2
        ? 'Call or write to them, and ask how they and their students are.'
        : 'Review the match or the training: do their students need another mentor?',
    now: deps.clock.now(),
  });
}

async function summarise(
  deps: HouseDeps,
  stores: Stores,
  prompts: readonly Progress[],
  week: { readonly from: number; readonly until: number },
): Promise<Omit<Summary, 'needs' | 'wins' | 'winsKeptPrivate'>> {
  const of = (status: MentorPrompt['status']) => prompts.filter(({ prompt }) => prompt.status === status);
  const missing = [];
  for (const { mentor } of of('missed')) {
    const past = await stores.prompts.of(mentor.id, HISTORY);
    missing.push({ name: fullNameOf(mentor), missesInARow: runOfMisses(past).count });
  }
  const excused = [];
  for (const progress of of('excused')) {
    const why = (await excuseOf(deps, stores, progress)) ?? 'away';
    excused.push({ name: fullNameOf(progress.mentor), why });
  }
  const days = prompts.map(({ prompt }) => prompt.weekOn).toSorted();
  return {
    kind: 'weekly_summary',
    weekOn: days[0] ?? '',
    asked: prompts.length - excused.length,
    answered: of('answered').length,
    partial: of('partial').map(({ mentor }) => fullNameOf(mentor)),
    missing,
    excused,
    worries: await countWorries(stores, week),
  };
}

/** What was said of the week before after its summary: a need that came late is told a week later, and not never. */
async function answeredSince(stores: Stores, on: string, since: number): Promise<Progress[]> {
  const late: Progress[] = [];
  for (const { id } of await stores.prompts.ofSummary(on)) {
    const progress = await progressOf(stores, id);
    if (progress === null) continue;
    late.push({ ...progress, updates: new Map([...progress.updates].filter(([, { at }]) => at >= since)) });
  }
  return late;
}

/** A worry may be told at any time, in the update or beside it: the audit has each. */
async function countWorries(
  stores: Stores,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<number> {
  const deeds = await stores.audit.recent({ limit: DEEDS_OF_WEEK, since: from });
  return deeds.filter(({ action, at }) => action === 'worry_raised' && at <= until).length;
}

/** What stands in place of words that are a case's: staff read none of them, and not whose they are. */
const WITH_COUNSELORS = 'is with the counselors';
const SOMEBODY = 'A student';

/** What mentors need, and the wins that may be told, by name only where that was said. */
function toldBy(deps: HouseDeps, prompts: readonly Progress[]): Pick<Summary, 'needs' | 'wins' | 'winsKeptPrivate'> {
  const told = prompts.flatMap(({ mentor, mentees, updates }) =>
    mentees.flatMap((mentee) => {
      const update = updates.get(mentee.id)?.update;
      return update === undefined ? [] : [{ mentor, name: nameAmong(mentee, mentees), mentee, update }];
    }),
  );
  const wins = told.flatMap(({ mentee, update }) => (update.win === null ? [] : [{ mentee, win: update.win }]));
  return {
    needs: told.flatMap(({ mentor, name, update: { needFromStaff: text } }) =>
      text === null ? [] : [{ mentor: fullNameOf(mentor), ...shown(deps, { mentee: name, text }) }],
    ),
    wins: wins.flatMap(({ mentee, win: { sharing, text } }) =>
      sharing === 'private'
        ? []
        : [{ ...shown(deps, { mentee: sharing === 'named' ? mentee.firstName : SOMEBODY, text }), sharing }],
    ),
    winsKeptPrivate: wins.filter(({ win }) => win.sharing === 'private').length,
  };
}

/** The screen has the last word, also on what was read by an older one when it was saved. */
function shown(deps: HouseDeps, told: { readonly mentee: string; readonly text: string }): typeof told {
  const { tier } = screen(deps.content.current().screen, { text: told.text });
  return tier === 'crisis' || tier === 'high' ? { mentee: SOMEBODY, text: WITH_COUNSELORS } : told;
}
