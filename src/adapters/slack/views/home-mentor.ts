// The mentor's part of App Home: this week's update, a worry that can be told at any hour, and a card a mentee.

import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { MenteeCard, MentorHome } from '../../../app/ports/staff-room.ts';
import { ACT, ASK } from './action-ids.ts';
import { actions, button, context, heading, type Rendered, section } from './elements.ts';
import type { Listing } from './fill-room.ts';
import { clip, nameIn, oneLine } from './text.ts';
import { dateTimeWords, dateWords, slotWords } from './times.ts';
import { REACHED_WORDS } from './update-words.ts';

/** Buttons first: they are what a mentor comes for. */
export function mentorHead(home: MentorHome): Rendered['blocks'] {
  const absence = home.away === null ? null : `${dateWords(home.away.from)} to ${dateWords(home.away.until)}`;
  return [
    heading(`Hi ${nameIn(home.firstName)}`),
    actions([
      ...updateButton(home),
      button(ASK.worried, 'I’m worried about someone', { style: 'danger' }),
      button(ASK.away, absence === null ? 'Away' : 'Change my days away'),
      ...(absence === null ? [] : [button(ACT.back, 'I’m back')]),
      button(ASK.slot, 'Change my time'),
    ]),
    context(absence === null ? updateWords(home) : `You are away ${absence}. Nobody asks you for an update.`),
  ];
}

function updateButton({ update }: MentorHome) {
  if (update === null || update.total === 0) return [];
  const { answered, total, promptId: value } = update;
  if (answered >= total) return [button(ASK.weeklyUpdate, 'Change the weekly update', { value })];
  const words = answered === 0 ? 'Give the weekly update' : `Weekly update: ${answered} of ${total}`;
  return [button(ASK.weeklyUpdate, words, { value, style: 'primary' })];
}

function updateWords({ update, slot }: MentorHome): string {
  const asked = `We ask every ${slotWords(slot)}.`;
  if (update === null) return `Your weekly update will wait here. ${asked}`;
  const done = `Week of ${dateWords(update.weekOn)}: ${update.answered} of ${update.total} done.`;
  return update.answered >= update.total ? `${done} Thank you. ${asked}` : `${done} ${asked}`;
}

/** All cards together, whoever else's parts stand beside them. */
const CARD_LETTERS = 8_000;
const LONGEST_CARD = 900;

export function menteeListing(home: MentorHome, timeZone: string): Listing {
  const { mentees } = home;
  const limit = Math.min(LONGEST_CARD, Math.floor(CARD_LETTERS / Math.max(mentees.length, 1)));
  return {
    head: [heading('Your mentees')],
    items: mentees.map((mentee) => card(mentee, limit, timeZone)),
    foot: (shown) => foot(mentees.length, shown),
  };
}

function foot(total: number, shown: number): KnownBlock[] {
  if (total === 0) return [section('Nobody is matched with you yet. Staff will tell you as soon as somebody is.')];
  return shown < total ? [context(`${total - shown} more mentees do not fit here.`)] : [];
}

/** One block: the name, then what matters most first, for a crowded page keeps the beginning only. */
function card(mentee: MenteeCard, limit: number, timeZone: string): RichTextBlock {
  const name = oneLine(mentee.name, Math.min(80, Math.floor(limit / 2)));
  const lines = cardLines(mentee, timeZone).join('\n');
  const words = clip(lines, Math.max(1, limit - name.length - 1));
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: name === '' ? '–' : name, style: { bold: true } },
          { type: 'text', text: `\n${words}` },
        ],
      },
    ],
  };
}

function cardLines(mentee: MenteeCard, timeZone: string): string[] {
  const { note, callToday, openTasks, lastUpdate } = mentee;
  const college = mentee.college.trim() === '' ? [] : [oneLine(mentee.college, 80)];
  const texted = mentee.lastTextAt === null ? 'no text yet' : `last text ${dateTimeWords(mentee.lastTextAt, timeZone)}`;
  const updated =
    lastUpdate === null
      ? 'no update yet'
      : `last update ${dateWords(lastUpdate.on)}: ${REACHED_WORDS[lastUpdate.reached].toLowerCase()}`;
  return [
    ...(note === null ? [] : [oneLine(note, 200)]),
    ...(callToday.length === 0 ? [] : [`On your list: ${callToday.map((why) => oneLine(why, 150)).join(' ')}`]),
    openTasks.length === 0 ? 'No open tasks' : `Open: ${openTasks.map((task) => oneLine(task, 80)).join(' · ')}`,
    `${texted} · ${updated}`.replace(/^./, (letter) => letter.toUpperCase()),
    ...college,
  ];
}
