// What the messages say in each state, and which buttons stand under them.

import { describe, expect, it } from 'vitest';
import { renderCommandAnswer } from '../../../src/adapters/slack/views/command.ts';
import { render } from '../../../src/adapters/slack/views/render.ts';
import { dateTimeWords, dateWords, slotWords, timeWords } from '../../../src/adapters/slack/views/times.ts';
import type { RelayState, StaffMessage } from '../../../src/app/ports/messages.ts';
import { asEscalationId, asInboundId, asMentorPromptId, asOutboundId } from '../../../src/core/model/ids.ts';

type Of<Kind extends StaffMessage['kind']> = Extract<StaffMessage, { kind: Kind }>;

/** All texts of a message, one a line, labels of buttons included. */
function said(message: StaffMessage): string {
  return textsIn(render(message).blocks).join('\n');
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

const buttonsOf = (message: StaffMessage) =>
  JSON.stringify(render(message).blocks)
    .match(/"action_id":"\w+"/g)
    ?.map((found) => found.slice(13, -1)) ?? [];

describe('a text of the student in the thread', () => {
  const text: Of<'case_text'> = {
    kind: 'case_text',
    caseCode: 'K7QX',
    firstName: 'Maya',
    text: 'ok thanks',
    tier: 'none',
  };

  it('is shown whole, up to what one message holds', () => {
    const long = 'I do not know. '.repeat(500);
    expect(textsIn(render({ ...text, text: long }).blocks).join('')).toContain(long);
  });
  it('says so when it sounds like danger', () => {
    expect(said(text)).not.toContain('danger');
    expect(said({ ...text, tier: 'crisis' })).toContain('sound like danger');
    expect(render({ ...text, tier: 'high' }).text).toBe('Case K7QX: the student wrote, and it sounds like danger.');
  });
});

describe('the state of a text of a counselor', () => {
  const state: Of<'relay_state'> = { kind: 'relay_state', state: 'sent', text: '', reason: '', resend: null };

  it.each<[RelayState, string]>([
    ['internal', 'Stays in this thread'],
    ['queued', 'On its way to the student'],
    ['sent', 'Sent, not known yet whether it arrived'],
    ['delivered', 'Delivered'],
    ['not_delivered', 'Not delivered'],
    ['unknown', 'Nobody can say whether it arrived'],
    ['not_sent', 'Not sent'],
    ['already_sent', 'Already sent: the student keeps what was sent first'],
  ])('%s is one quiet line', (name, words) => {
    expect(render({ ...state, state: name }).blocks).toEqual([
      { type: 'context', elements: [{ type: 'plain_text', text: words, emoji: false }] },
    ]);
  });
  it('names the text that it is about, and why', () => {
    expect(said({ ...state, state: 'not_sent', text: 'See you\nat 5', reason: 'A file cannot be sent.' })).toBe(
      'Not sent · A file cannot be sent. · “See you at 5”',
    );
  });
  it('lets a person send it again when nobody can say whether it arrived', () => {
    expect(buttonsOf(state)).toEqual([]);
    expect(buttonsOf({ ...state, state: 'unknown', resend: asOutboundId('out-1') })).toEqual(['resend']);
  });
});

describe('the question to whoever has a case', () => {
  const question: Of<'case_question'> = {
    kind: 'case_question',
    escalationId: asEscalationId('case-1'),
    caseCode: 'K7QX',
    firstName: 'Maya',
    question: 'still_on_it',
    name: 'Renee',
  };
  it('can be answered with one press', () => {
    expect(buttonsOf(question)).toEqual(['still_on_it', 'resolve']);
    expect(buttonsOf({ ...question, question: 'release' })).toEqual(['release', 'still_on_it', 'resolve']);
  });
  it('says what follows when nobody answers', () => {
    expect(said(question)).toContain('If nobody answers, the next person is paged.');
  });
});

describe('the weekly prompt', () => {
  const prompt: Of<'weekly_prompt'> = {
    kind: 'weekly_prompt',
    promptId: asMentorPromptId('prompt-1'),
    firstName: 'Sam',
    weekOn: '2026-11-22',
    stage: 'prompted',
    answered: 0,
    total: 7,
    isClosed: false,
  };
  it('counts what is done, and has a button as long as it is open', () => {
    expect(said(prompt)).toContain('Give the update');
    expect(said(prompt)).toContain('Week of Sun, Nov 22 · 0 of 7 done');
    expect(said({ ...prompt, answered: 3 })).toContain('3 of 7 are in. You can finish any time.');
    expect(said({ ...prompt, answered: 7 })).toContain('Your weekly update is in. Thank you.');
    expect(said({ ...prompt, answered: 7 })).toContain('Change it');
    expect(buttonsOf({ ...prompt, isClosed: true })).toEqual([]);
  });
  it('says which time it is that it asks', () => {
    expect(said({ ...prompt, stage: 'reminded' })).toContain('A reminder');
    expect(said({ ...prompt, stage: 'last_called' })).toContain('Last call');
  });
});

describe('the summary of the week', () => {
  const summary: Of<'weekly_summary'> = {
    kind: 'weekly_summary',
    weekOn: '2026-11-22',
    asked: 10,
    answered: 7,
    partial: ['Ana Ruiz'],
    missing: [
      { name: 'Ben Ode', missesInARow: 1 },
      { name: 'Cy Lee', missesInARow: 3 },
    ],
    excused: [{ name: 'Di Fox', why: 'away' }],
    worries: 1,
    needs: [{ mentor: 'Ana Ruiz', mentee: 'Maya', text: 'A bus pass' }],
    wins: [{ mentee: 'Jo', text: 'Passed algebra', sharing: 'anonymous' }],
    winsKeptPrivate: 2,
  };
  it('says who gave it, who did not and for how long, and what mentors need', () => {
    const words = said(summary);
    for (const part of [
      '7 of 10 mentors gave their whole update. One worry came in and has its case.',
      'Ana Ruiz',
      'Ben Ode, Cy Lee (3 weeks in a row)',
      'Di Fox (away)',
      'A bus pass',
      'Jo · May be told without a name',
      'Good news that stays private this week: 2.',
    ]) {
      expect(words).toContain(part);
    }
  });
  it('says how many did not fit', () => {
    const missing = Array.from({ length: 400 }, () => ({ name: 'Bartholomew Longname', missesInARow: 1 }));
    expect(said({ ...summary, missing })).toMatch(/and \d{3} more/);
    const needs = Array.from({ length: 60 }, () => ({ mentor: 'Ana', mentee: 'Maya', text: 'x'.repeat(500) }));
    expect(said({ ...summary, needs })).toMatch(/\d+ more are not shown here\./);
  });
});

describe('the everyday posts', () => {
  it('of a to-do have one button, and say who did it', () => {
    const todo: Of<'todo'> = { kind: 'todo', todoKey: 'k', title: 'Call Ana', detail: 'Two weeks', closedBy: null };
    expect(buttonsOf(todo)).toEqual(['close_todo']);
    expect(buttonsOf({ ...todo, closedBy: 'Dana' })).toEqual([]);
    expect(said({ ...todo, closedBy: 'Dana' })).toContain('Done by Dana');
  });

  const text = (index: number) => ({ inboundId: asInboundId(`in-${index}`), from: 'Maya', text: 'hola, no entiendo' });
  it('of texts to read mark all of them as read, never one that is not shown', () => {
    const digest: Of<'texts_digest'> = { kind: 'texts_digest', on: '2026-11-24', texts: [text(1), text(2)], more: 0 };
    expect(said(digest)).toContain('Mark all as read');
    expect(said({ ...digest, more: 5 })).toContain('Mark these 2 as read');
    expect(said({ ...digest, more: 5 })).toContain('5 more wait on the Home tab');
  });
  it('that offer what could not open have a button, unless it is a modal of another version', () => {
    expect(buttonsOf({ kind: 'open_again', ask: { modal: 'worried', subject: '' } })).toEqual(['open_again']);
    expect(buttonsOf({ kind: 'open_again', ask: { modal: 'of_another_version', subject: '' } })).toEqual([]);
  });
});

describe('the answer to a command', () => {
  it('shows each line under its label, and says how many did not fit', () => {
    const lines = Array.from({ length: 90 }, (_, index) => ({ label: `Line ${index}`, text: 'words' }));
    const { text, blocks } = renderCommandAnswer({ title: 'Found <90>', lines });
    expect(text).toBe('Found &lt;90&gt;');
    const words = textsIn(blocks);
    expect(words).toContain('Line 0: ');
    expect(words.at(-1)).toMatch(/^\d+ more are not shown\.$/);
  });
});

describe('times', () => {
  const at = Date.UTC(2026, 10, 24, 15, 12);
  it('are said in the zone they are asked for', () => {
    expect(timeWords(at, 'America/Chicago')).toBe('Tue 9:12 am');
    expect(timeWords(at, 'America/Los_Angeles')).toBe('Tue 7:12 am');
    expect(timeWords(Date.UTC(2026, 10, 24, 0, 5), 'UTC')).toBe('Tue 12:05 am');
    expect(dateTimeWords(Date.UTC(2026, 10, 24, 12, 0), 'UTC')).toBe('Tue, Nov 24, 12:00 pm');
  });
  it('say the zone when the one asked for is not known', () => {
    expect(timeWords(at, 'Mars/Olympus')).toBe('Tue 3:12 pm UTC');
  });
  it('of a day and of a slot are words too', () => {
    expect(dateWords('2027-01-03')).toBe('Sun, Jan 3');
    expect(slotWords({ weekday: 7, minute: 1_020 })).toBe('Sunday 5:00 pm');
  });
});
