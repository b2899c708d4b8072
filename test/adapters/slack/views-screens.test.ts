// What stands in modals and in App Home: for one mentee as for sixty, and where there is nothing to show.

import { describe, expect, it } from 'vitest';
import { renderHome } from '../../../src/adapters/slack/views/home.ts';
import { renderModal } from '../../../src/adapters/slack/views/modal.ts';
import type { Home, MenteeCard, Modal } from '../../../src/app/ports/staff-room.ts';
import { asEscalationId, asInboundId, asMenteeId, asMentorPromptId } from '../../../src/core/model/ids.ts';
import { countText } from '../../../src/rehearsal/slack/check-text.ts';
import { checkView } from '../../../src/rehearsal/slack/check-view.ts';

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const said = (view: { readonly blocks: unknown }) => textsIn(view.blocks).join('\n');
const actionsOf = (view: unknown) => JSON.stringify(view).match(/(?<="action_id":")\w+/g) ?? [];
const AT = Date.UTC(2026, 10, 24, 15, 12);
const ZONE = 'America/Chicago';
const promptId = asMentorPromptId('prompt-1');
const escalationId = asEscalationId('case-1');

const row = (index: number) => ({
  menteeId: asMenteeId(`mentee-${index}`),
  name: `مريم ${index}\u200f 👩🏽‍🎓 Al-Khwarizmi of the long name`,
  hint: 'FAFSA by Mar 2 · last talked Nov 15',
  reached: null,
  worried: false,
});
const weekly = (rows: number, revision = 1): Extract<Modal, { kind: 'weekly_update' }> => ({
  kind: 'weekly_update',
  promptId,
  weekOn: '2026-11-22',
  rows: Array.from({ length: rows }, (_, index) => row(index)),
  isClosed: false,
  revision,
});

describe('the weekly update', () => {
  it('has a row for each of sixty mentees, within what Slack takes', () => {
    const view = renderModal(weekly(60));
    expect(actionsOf(view).filter((name) => name === 'set_reached')).toHaveLength(60);
    expect(checkView(asSent(view), 'modal')).toEqual({ view: asSent(view) });
    expect(countText(asSent(view))).toBeLessThanOrEqual(10_000);
    expect(said(view)).toContain('مريم 59');
  });
  it('gives every block a new id with each revision, so that Slack takes the new choices', () => {
    const ids = (revision: number) =>
      renderModal(weekly(7, revision)).blocks.flatMap(({ block_id: blockId }) => blockId ?? []);
    expect(ids(1)).toHaveLength(9);
    expect(ids(2).filter((id) => ids(1).includes(id))).toEqual([]);
  });
  it('shows what was saved, hints, and a worry', () => {
    const [first] = weekly(1).rows;
    if (first === undefined) throw new Error('a row');
    const view = renderModal({ ...weekly(1), rows: [{ ...first, name: 'Maya', reached: 'tried', worried: true }] });
    expect(said(view)).toContain('Maya\nYou are worried · FAFSA by Mar 2 · last talked Nov 15');
    expect(JSON.stringify(view)).toContain('"initial_option":{"text":{"type":"plain_text","text":"Tried: no answer"');
  });
  it('offers the same for all, saying more, and a worry', () => {
    expect(new Set(actionsOf(renderModal(weekly(2))))).toEqual(
      new Set(['same_for_all', 'set_reached', 'mentee_update', 'worried']),
    );
  });
  it('cannot be changed once it is closed, nor when there is nobody to ask about', () => {
    for (const modal of [{ ...weekly(2), isClosed: true }, weekly(0)]) {
      const view = renderModal(modal);
      expect(view.submit).toBeUndefined();
      expect(actionsOf(view)).toEqual([]);
    }
  });
  it('says how many do not fit', () => {
    expect(said(renderModal(weekly(95)))).toContain('15 more mentees do not fit here.');
  });
});

describe('the update of one mentee', () => {
  it('holds four notes of three thousand letters', () => {
    const note = 'ن'.repeat(3_000);
    const view = renderModal({
      kind: 'mentee_update',
      promptId,
      menteeId: asMenteeId('mentee-1'),
      firstName: 'מאיה בת ישראל מירושלים והסביבה',
      update: {
        reached: 'talked',
        mode: null,
        length: null,
        topics: [],
        wellbeing: 3,
        worry: { topics: ['health'], needsStaffNow: false, note },
        nextStep: note,
        nextStepOn: '2026-12-01',
        needFromStaff: note,
        win: { text: note, sharing: 'named' },
      },
      lastMode: 'call',
      tasks: [],
    });
    expect(checkView(asSent(view), 'modal')).toEqual({ view: asSent(view) });
    expect(view.type === 'modal' ? view.title.text.length : 99).toBeLessThanOrEqual(24);
    expect(JSON.stringify(view).match(/"max_length":3000/g)).toHaveLength(4);
    expect(said(view)).not.toContain('Which tasks');
  });
});

describe('the modals of a case', () => {
  const message = (index: number) => ({ from: 'mentee' as const, at: AT, text: `text ${index} ${'x'.repeat(400)}` });
  const details: Extract<Modal, { kind: 'case_details' }> = {
    kind: 'case_details',
    escalationId,
    caseCode: 'K7QX',
    firstName: 'Maya',
    messages: Array.from({ length: 100 }, (_, index) => message(index)),
    contacts: [{ label: 'Campus police', text: '+1 213 555 0199' }],
    timeZone: ZONE,
  };
  it('show the newest of what was said, oldest first, and how much is left out', () => {
    const words = said(renderModal(details));
    expect(words).toContain('text 99');
    expect(words).not.toContain('text 1 ');
    expect(words.indexOf('text 98')).toBeLessThan(words.indexOf('text 99'));
    expect(words).toMatch(/\d\d earlier messages are left out\./);
    expect(words).toContain('Student · Tue, Nov 24, 9:12 am');
  });
  it('show contacts only once somebody has acknowledged', () => {
    expect(said(renderModal(details))).toContain('+1 213 555 0199');
    expect(said(renderModal({ ...details, contacts: null }))).toContain('once somebody acknowledges');
  });
  it('show the number in large, their time, and how the call can be logged', () => {
    const view = renderModal({
      kind: 'case_call',
      escalationId,
      caseCode: 'K7QX',
      firstName: 'Maya',
      phone: '+12135550121',
      theirTime: '7:40 pm (Chicago)',
      contacts: [],
      cannotText: null,
    });
    expect(view.blocks[0]).toEqual({
      type: 'header',
      text: { type: 'plain_text', text: '+1 213 555 0121', emoji: false },
    });
    expect(said(view)).toContain('It is 7:40 pm (Chicago) for Maya.');
    expect(actionsOf(view)).toEqual(['log_call_yes', 'log_call_no_answer', 'log_call_voicemail']);
  });
  it('offer the hours that the house would choose, also when they are unusual', () => {
    const resolve = {
      kind: 'resolve_case',
      escalationId,
      caseCode: 'K7QX',
      firstName: 'Maya',
      tier: 'high',
      seen: '4.1',
    } as const;
    expect(JSON.stringify(renderModal({ ...resolve, resumeAfterHours: 72 }))).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"In 3 days"',
    );
    expect(said(renderModal({ ...resolve, resumeAfterHours: 36 }))).toContain('In 36 hours');
  });
});

describe('the small modals', () => {
  it('of a worry offer everybody of the list, and somebody else', () => {
    const mentees = Array.from({ length: 120 }, (_, index) => ({ menteeId: row(index).menteeId, name: `M${index}` }));
    const words = said(renderModal({ kind: 'worried', mentees }));
    expect(words).toContain('M98');
    expect(words).toContain('Somebody else, or me');
    expect(words).toContain('call 911 first');
  });
  it('of an override can end the one that stands, and say so when nobody could stand in', () => {
    const override = {
      kind: 'on_call_override',
      counselors: [],
      current: { name: 'Dana', until: AT },
      timeZone: ZONE,
    } as const;
    const view = renderModal(override);
    expect(said(view)).toContain('Dana stands in until Tue, Nov 24, 9:12 am.');
    expect(actionsOf(view)).toEqual(['clear_override']);
    expect(view.submit).toBeUndefined();
  });
});

const nobody: Home = { mentor: null, counselor: null, staff: null, drawnAt: AT, timeZone: ZONE };
const card = (index: number): MenteeCard => ({
  menteeId: asMenteeId(`mentee-${index}`),
  name: `Mentee number ${index}`,
  college: 'State University of Somewhere',
  openTasks: ['Housing form, by May 1', 'FAFSA, by Mar 2'],
  callToday: [],
  lastTextAt: AT,
  lastUpdate: { on: '2026-11-22', reached: 'talked' },
  note: null,
});
const mentor = (mentees: number): NonNullable<Home['mentor']> => ({
  firstName: 'Sam',
  update: { promptId, weekOn: '2026-11-22', answered: 3, total: 7 },
  mentees: Array.from({ length: mentees }, (_, index) => card(index)),
  away: null,
  slot: { weekday: 7, minute: 1_020 },
});

describe('App Home of a mentor', () => {
  it('has the update and the worry on top, and a card for each of sixty mentees', () => {
    const view = renderHome({ ...nobody, mentor: mentor(60) });
    expect(actionsOf(view)).toEqual(['weekly_update', 'worried', 'away', 'slot']);
    expect(said(view)).toContain('Weekly update: 3 of 7');
    expect(view.blocks[1]?.type).toBe('actions');
    for (let index = 0; index < 60; index += 1) expect(said(view)).toContain(`Mentee number ${index}`);
    expect(said(view)).not.toContain('do not fit');
    expect(checkView(asSent(view), 'home')).toEqual({ view: asSent(view) });
  });
  it('tells of a few all there is to know', () => {
    const one = { ...card(1), note: 'Has opted out of texts.', callToday: ['Stuck on housing.'], lastTextAt: null };
    const words = said(renderHome({ ...nobody, mentor: { ...mentor(0), mentees: [one] } }));
    for (const part of [
      'Has opted out of texts.',
      'On your list: Stuck on housing.',
      'Open: Housing form, by May 1 · FAFSA, by Mar 2',
      'No text yet · last update Sun, Nov 22: talked',
      'State University of Somewhere',
    ]) {
      expect(words).toContain(part);
    }
  });
  it('says how many mentees do not fit', () => {
    expect(said(renderHome({ ...nobody, mentor: mentor(130) }))).toMatch(/\d+ more mentees do not fit here\./);
  });
  it('keeps the worry on top when no update was asked for, and nobody is matched yet', () => {
    const view = renderHome({ ...nobody, mentor: { ...mentor(0), update: null } });
    expect(actionsOf(view)).toEqual(['worried', 'away', 'slot']);
    expect(said(view)).toContain('We ask every Sunday 5:00 pm.');
    expect(said(view)).toContain('Nobody is matched with you yet.');
  });
  it('of somebody away has a way back', () => {
    const away = { from: '2026-12-20', until: '2027-01-03' };
    const view = renderHome({ ...nobody, mentor: { ...mentor(1), away } });
    expect(actionsOf(view)).toContain('back');
    expect(said(view)).toContain('You are away Sun, Dec 20 to Sun, Jan 3.');
  });
});

describe('App Home of a counselor', () => {
  const counselor: NonNullable<Home['counselor']> = {
    cases: [
      { escalationId, caseCode: 'K7QX', firstName: 'Maya', tier: 'crisis', standing: 'with Renee', openedAt: AT },
    ],
    onCallNow: 'Renee',
    onCallNext: ['Dana', 'Tomas'],
    override: null,
  };
  it('shows the cases, who is on call and who is next', () => {
    const view = renderHome({ ...nobody, counselor });
    expect(said(view)).toContain('Crisis · case K7QX · Maya\nwith Renee\nSince Tue, Nov 24, 9:12 am');
    expect(said(view)).toContain('Now: Renee\nNext: Dana, Tomas');
    expect(actionsOf(view)).toEqual(['case_details', 'on_call_override']);
  });
  it('has a kind word when there is no case, and can end an override', () => {
    const view = renderHome({
      ...nobody,
      counselor: { ...counselor, cases: [], override: { name: 'Dana', until: AT } },
    });
    expect(said(view)).toContain('No case is open.');
    expect(actionsOf(view)).toEqual(['on_call_override', 'clear_override']);
  });
});

describe('App Home of staff', () => {
  const text = (index: number) => ({
    inboundId: asInboundId(`in-${index}`),
    from: 'Maya',
    text: `hola ${index}`,
    at: AT,
  });
  const staff: NonNullable<Home['staff']> = {
    todos: [{ todoKey: 'k', title: 'Call Ana', detail: 'Two weeks in a row', at: AT }],
    unanswered: [{ name: 'Ben', answered: 2, total: 7, missesInARow: 1 }],
    failedSends: [{ to: 'Maya', what: 'A nudge', why: 'the number cannot get texts', at: AT }],
    failedTotal: 12,
    unprocessed: [{ from: 'Jo', text: 'help', at: AT }],
    unread: [text(1), text(2)],
    unreadTotal: 2,
  };
  it('shows what waits, with a button on what a person can finish', () => {
    const view = renderHome({ ...nobody, staff });
    expect(actionsOf(view)).toEqual([
      'mark_read',
      'needed_page',
      'safety_example',
      'mark_read',
      'needed_page',
      'safety_example',
      'mark_all_read',
      'close_todo',
    ]);
    const words = said(view);
    for (const part of [
      'Texts to read (2)',
      'Mark all as read',
      'Maya · Tue 9:12 am\nhola 1',
      'help',
      'Call Ana',
      'A nudge: the number cannot get texts',
      '11 more are not shown here.',
      'Ben · 2 of 7 · 1 missed in a row',
    ]) {
      expect(words).toContain(part);
    }
  });
  it('never marks a text as read that is not shown', () => {
    expect(said(renderHome({ ...nobody, staff: { ...staff, unreadTotal: 9 } }))).toContain('Mark these 2 as read');
  });
  it('has a kind word when nothing waits', () => {
    const empty = { todos: [], unanswered: [], failedSends: [], unprocessed: [], unread: [] };
    const view = renderHome({ ...nobody, staff: { ...empty, failedTotal: 0, unreadTotal: 0 } });
    expect(said(view)).toContain('Nothing waits for you.');
  });
  it('shares the page with the other parts, so that a long list does not push out a short one', () => {
    const unread = Array.from({ length: 200 }, (_, index) => text(index));
    const words = said(renderHome({ ...nobody, mentor: mentor(60), staff: { ...staff, unread, unreadTotal: 200 } }));
    for (const part of ['Call Ana', 'Ben', 'Mentee number 9', 'hola 9']) expect(words).toContain(part);
  });
});

describe('App Home of somebody without a role', () => {
  it('says what Icehouse is and whom to ask', () => {
    const words = said(renderHome(nobody));
    expect(words).toContain('Icehouse helps mentors and counselors');
    expect(words).toContain('ask the staff of your program');
  });
});
