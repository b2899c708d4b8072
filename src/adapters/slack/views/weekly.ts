// The weekly update as messages: the prompt to a mentor, rewritten as it is answered, and Thursday's summary to staff.

import type { KnownBlock } from '@slack/types';
import type { StaffMessage } from '../../../app/ports/messages.ts';
import { ASK } from './action-ids.ts';
import { actions, button, context, heading, quote, type Rendered, section } from './elements.ts';
import { countLetters, fillRoom, LETTERS, type Listing, MESSAGE_BLOCKS } from './fill-room.ts';
import { clip, nameIn, row } from './text.ts';
import { dateWords } from './times.ts';
import { sharingWords } from './update-words.ts';

type Prompt = Extract<StaffMessage, { kind: 'weekly_prompt' }>;
type Summary = Extract<StaffMessage, { kind: 'weekly_summary' }>;

const STAGE_TEXT: Record<Prompt['stage'], string> = {
  prompted: 'Your weekly update is ready. It takes about a minute.',
  reminded: 'A reminder: your weekly update is still open.',
  last_called: 'Last call for your weekly update. Staff get the summary tomorrow morning.',
};

export function renderWeeklyPrompt(prompt: Prompt): Rendered {
  const { answered, total } = prompt;
  const week = `Week of ${dateWords(prompt.weekOn)}`;
  if (prompt.isClosed) {
    const text = 'This weekly update is closed: a newer one is here.';
    return { text, blocks: [section(text), context(`${week} · ${answered} of ${total} done`)] };
  }
  const isDone = total > 0 && answered >= total;
  const text = isDone
    ? 'Your weekly update is in. Thank you.'
    : answered > 0
      ? `${answered} of ${total} are in. You can finish any time.`
      : STAGE_TEXT[prompt.stage];
  const value = prompt.promptId;
  const press = isDone
    ? button(ASK.weeklyUpdate, 'Change it', { value })
    : button(ASK.weeklyUpdate, 'Give the update', { value, style: 'primary' });
  const until = isDone ? ' · open for changes until the next one' : '';
  return {
    text,
    blocks: [
      section(`Hi ${nameIn(prompt.firstName)}. ${text}`),
      actions([press]),
      context(`${week} · ${answered} of ${total} done${until}`),
    ],
  };
}

const NAMES_LIMIT = 1_200;
const WORDS_LIMIT = 600;

export function renderWeeklySummary(summary: Summary): Rendered {
  const text = `Weekly updates: ${summary.answered} of ${summary.asked} are in.`;
  const head: KnownBlock[] = [
    heading(`Weekly updates · week of ${dateWords(summary.weekOn)}`),
    section(`${summary.answered} of ${summary.asked} mentors gave their whole update.${worriesWords(summary.worries)}`),
    ...people(summary),
  ];
  const room = { blocks: MESSAGE_BLOCKS - head.length, letters: LETTERS - countLetters(head) };
  return { text, blocks: [...head, ...fillRoom([needs(summary), wins(summary)], room)] };
}

function worriesWords(worries: number): string {
  if (worries === 0) return '';
  return worries === 1 ? ' One worry came in and has its case.' : ` ${worries} worries came in and have their cases.`;
}

/** A row that names nobody is left out. */
function people({ partial, missing, excused }: Summary): KnownBlock[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Part of it', partial.map((name) => nameIn(name))],
    ['No update', missing.map(({ name, missesInARow }) => `${nameIn(name)}${inARow(missesInARow)}`)],
    ['Away or excused', excused.map(({ name, why }) => `${nameIn(name)} (${clip(why, 60)})`)],
  ];
  return rows.flatMap(([name, list]) => (list.length === 0 ? [] : [row(name, joinNames(list), NAMES_LIMIT + 40)]));
}

function inARow(misses: number): string {
  return misses > 1 ? ` (${misses} weeks in a row)` : '';
}

/** Names as long as there is room, and how many more there are. */
function joinNames(names: readonly string[]): string {
  let joined = '';
  for (const [index, name] of names.entries()) {
    const next = index === 0 ? name : `${joined}, ${name}`;
    if (next.length > NAMES_LIMIT) return `${joined} and ${names.length - index} more`;
    joined = next;
  }
  return joined;
}

function needs(summary: Summary): Listing {
  const items = summary.needs.map(({ mentor, mentee, text }) =>
    quote(`${nameIn(mentor)} about ${nameIn(mentee)}`, text, WORDS_LIMIT),
  );
  return { ...listing('What mentors need from you', items), items };
}

function wins(summary: Summary): Listing {
  const items = summary.wins.map(({ mentee, text, sharing }) =>
    quote(`${nameIn(mentee)} · ${sharingWords(sharing)}`, text, WORDS_LIMIT),
  );
  const kept = summary.winsKeptPrivate ?? 0;
  const { head, foot } = listing('Good news', items);
  const last = kept === 0 ? [] : [context(`Good news that stays private this week: ${kept}.`)];
  return { head, items, foot: (shown) => [...foot(shown), ...last] };
}

function listing(title: string, items: readonly KnownBlock[]): Omit<Listing, 'items'> {
  return {
    head: items.length === 0 ? [] : [heading(title)],
    foot: (shown) => (shown < items.length ? [context(`${items.length - shown} more are not shown here.`)] : []),
  };
}
