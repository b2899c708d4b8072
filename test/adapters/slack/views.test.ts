// What staff see, held against Slack's own limits and against people who write in Slack's markup (SL-16, SL-17).

import { describe, expect, it } from 'vitest';
import { render } from '../../../src/adapters/slack/views/render.ts';
import { clip, escapeText, nameIn, plain, splitText } from '../../../src/adapters/slack/views/text.ts';
import type { AlertCard, StaffMessage } from '../../../src/app/ports/messages.ts';
import { asEscalationId } from '../../../src/core/model/ids.ts';
import { checkBlocks } from '../../../src/rehearsal/slack/check-blocks.ts';

const alert: AlertCard = {
  kind: 'alert',
  escalationId: asEscalationId('case-1'),
  caseCode: 'K7QX',
  firstName: 'Maya',
  tier: 'crisis',
  words: ['dont want to be alive'],
  answered: 'the crisis reply',
  openedAt: 0,
  round: 1,
  state: 'open',
  acknowledgedBy: null,
  acknowledgedAt: null,
  heldBy: null,
  released: false,
  unansweredSince: null,
  nextPaged: null,
  resolvedBy: null,
  outcome: null,
  nudgesResumeAt: null,
  timeZone: 'America/Chicago',
};
const notice = (title: string, ...texts: string[]): StaffMessage => ({
  kind: 'notice',
  title,
  lines: texts.map((text, index) => ({ label: `Line ${index}`, text })),
});

const NASTY = '<!channel> <@U0DANA0001> <https://evil.example|your bank> *bold* `code` & <script>';

/** Every text of a message by its kind, deep inside the blocks. */
function textsOf(value: unknown): { readonly type: string; readonly text: string }[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(textsOf);
  if (!('type' in value) || !('text' in value) || typeof value.text !== 'string') return inner;
  return [{ type: String(value.type), text: value.text }, ...inner];
}

/** What Slack shows letter by letter: plain text, and the text elements of rich text. */
const LITERAL = new Set(['plain_text', 'text']);

/** What could mention, link or format: the rest. */
function marked(message: StaffMessage): string[] {
  const { text, blocks } = render(message);
  return [
    text,
    ...textsOf(blocks)
      .filter(({ type }) => !LITERAL.has(type))
      .map((one) => one.text),
  ];
}

const isAccepted = (message: StaffMessage) => checkBlocks(JSON.parse(JSON.stringify(render(message).blocks)), 50);

describe('SL-16: words of people', () => {
  it.each<[string, StaffMessage]>([
    ['the name and the words of a case', { ...alert, firstName: NASTY, words: [NASTY], answered: NASTY }],
    ['who acknowledged it', { ...alert, state: 'acknowledged', acknowledgedBy: NASTY }],
    ['who took it over', { ...alert, state: 'handed_off', heldBy: NASTY }],
    ['who is paged next', { ...alert, nextPaged: { name: NASTY, at: 0 } }],
    ['who resolved it', { ...alert, state: 'resolved', resolvedBy: NASTY }],
    ['the lines of a notice', notice('A text came in', NASTY, NASTY)],
  ])('mention, link and format nothing as %s', (_, message) => {
    for (const text of marked(message)) {
      expect(text).not.toMatch(/[<>]/);
      expect(text).not.toContain('U0DANA0001');
      expect(text).not.toContain('bold');
    }
  });

  it('are escaped where they stand in a title', () => {
    for (const text of marked(notice(NASTY))) expect(text.replace(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
    expect(escapeText('a & b < c > d')).toBe('a &amp; b &lt; c &gt; d');
  });

  it('are shown letter by letter: no emoji is made of :words:', () => {
    expect(plain(':fire:')).toEqual({ type: 'plain_text', text: ':fire:', emoji: false });
  });
});

describe('the notification of an alert', () => {
  it.each<[string, Partial<AlertCard>]>([
    ['open', {}],
    ['sent again', { round: 7 }],
    ['acknowledged', { state: 'acknowledged', acknowledgedBy: 'Dana' }],
    ['taken over', { state: 'handed_off', heldBy: 'Dana' }],
    ['unanswered', { state: 'handed_off', heldBy: 'Dana', unansweredSince: 0 }],
    ['resolved', { state: 'resolved', resolvedBy: 'Dana' }],
  ])('has neither name nor words when %s, for it shows on locked screens', (_, change) => {
    const { text } = render({ ...alert, ...change });
    expect(text).toContain('K7QX');
    expect(text).not.toContain('Maya');
    expect(text).not.toContain('alive');
  });

  it('says that nobody has acknowledged when it is sent again', () => {
    expect(render({ ...alert, round: 3 }).text).toContain('Nobody has acknowledged it yet (alert 3)');
  });
});

describe('the card of a case', () => {
  const buttonsOf = (message: StaffMessage) =>
    JSON.stringify(render(message).blocks)
      .match(/"action_id":"\w+"/g)
      ?.map((found) => found.slice(13, -1)) ?? [];

  it('shows first name, tier and the words that fired', () => {
    const said = textsOf(render(alert).blocks)
      .map(({ text }) => text)
      .join('\n');
    for (const part of ['Crisis', 'K7QX', 'Maya', '“dont want to be alive”', 'the crisis reply'])
      expect(said).toContain(part);
  });

  it.each<[string, Partial<AlertCard>, string[]]>([
    ['open', {}, ['acknowledge', 'take_over', 'case_call', 'case_details', 'resolve']],
    ['acknowledged', { state: 'acknowledged' }, ['take_over', 'case_call', 'case_details', 'resolve']],
    ['handed off', { state: 'handed_off' }, ['release', 'case_call', 'case_details', 'resolve']],
    [
      'handed off and unanswered',
      { state: 'handed_off', unansweredSince: 0 },
      ['take_over', 'acknowledge', 'release', 'case_call', 'case_details', 'resolve'],
    ],
    ['resolved', { state: 'resolved' }, ['reopen', 'case_details']],
    [
      'resolved, nudges come back',
      { state: 'resolved', outcome: 'safe', nudgesResumeAt: 1 },
      ['reopen', 'case_details'],
    ],
    [
      'resolved, nudges wait for a word',
      { state: 'resolved', outcome: 'safe' },
      ['resume_nudges', 'reopen', 'case_details'],
    ],
  ])('has the buttons that its state allows: %s', (_, change, buttons) => {
    expect(buttonsOf({ ...alert, ...change })).toEqual(buttons);
  });

  const saidOn = (change: Partial<AlertCard>) =>
    textsOf(render({ ...alert, ...change }).blocks)
      .map(({ text }) => text)
      .join('\n');
  const MORNING = Date.UTC(2026, 10, 24, 15, 12);

  it.each<[string, Partial<AlertCard>, string]>([
    [
      'who is paged next and when',
      { nextPaged: { name: 'Renee', at: MORNING } },
      'Next, Renee gets a text at Tue 9:12 am.',
    ],
    ['that no phone is left to page', {}, 'No phone is on the on-call list'],
    [
      'who acknowledged, and when',
      { state: 'acknowledged', acknowledgedBy: 'Dana', acknowledgedAt: MORNING },
      'Acknowledged by Dana, Tue 9:12 am. The bot stays silent.',
    ],
    ['that the bot speaks again', { state: 'acknowledged', released: true }, 'The bot speaks with the student again'],
    ['who writes', { state: 'handed_off', heldBy: 'Dana' }, 'Dana writes with the student'],
    ['that a text waits', { state: 'handed_off', unansweredSince: MORNING }, 'waited for an answer since Tue 9:12 am'],
    [
      'how it ended and when nudges come back',
      { state: 'resolved', resolvedBy: 'Dana', outcome: 'safe', nudgesResumeAt: MORNING },
      'Resolved by Dana. Safe now. Nudges come back Tue, Nov 24, 9:12 am.',
    ],
    ['that nudges wait', { state: 'resolved', outcome: 'other' }, 'Nudges wait until somebody says so.'],
    ['what to write when Slack hands over no presses (SL-12)', {}, 'Write ack, take over or release in this thread.'],
  ])('says %s', (_, change, words) => {
    expect(saidOn(change)).toContain(words);
  });

  it('keeps quiet about nudges on a card from before the outcome was asked for', () => {
    expect(saidOn({ state: 'resolved', resolvedBy: 'Dana' })).not.toContain('udges');
  });

  it('shows the newest words of a long case', () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${index}`);
    const said = JSON.stringify(render({ ...alert, words }).blocks);
    expect(said).toContain('word39');
    expect(said).not.toContain('word3”');
  });
});

describe('SL-17: the limits of Slack', () => {
  const long = 'x'.repeat(50_000);
  it.each<[string, StaffMessage]>([
    [
      'one endless word everywhere',
      {
        ...alert,
        firstName: long,
        words: Array.from({ length: 99 }, () => long),
        answered: long,
        state: 'acknowledged',
        acknowledgedBy: long,
      },
    ],
    ['nothing but blanks of a name and no words', { ...alert, firstName: '', words: [], answered: '' }],
    ['a notice with an endless title and line', notice(long, long)],
    ['a notice with a hundred lines', notice('Many', ...Array.from({ length: 100 }, (_, index) => `line ${index}`))],
    ['a notice with forty endless lines', notice('Much', ...Array.from({ length: 40 }, () => long))],
    ['a notice of letters that escaping makes longer', notice('&'.repeat(5_000), '&'.repeat(5_000))],
    ['an empty line', notice('Empty', '')],
    ['letters made of many', { ...alert, firstName: '👩‍👩‍👧‍👦'.repeat(1_000), words: [`e${'\u0301'.repeat(9_000)}`] }],
  ])('hold for %s', (_, message) => {
    expect(isAccepted(message)).toBeNull();
    expect(render(message).text.length).toBeLessThanOrEqual(3_000);
  });

  it('cut between letters as a reader sees them, and say so', () => {
    expect(clip('short', 5)).toBe('short');
    expect(clip('longer', 5)).toBe('long…');
    expect(clip('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 15)).toBe('👩‍👩‍👧‍👦…');
  });

  it('leave room for every one of many words that fired', () => {
    const many = Array.from({ length: 12 }, (_, index) => `${index}:${'y'.repeat(500)}`);
    const said = JSON.stringify(render({ ...alert, words: many }).blocks);
    for (let index = 0; index < 12; index += 1) expect(said).toContain(`“${index}:yyy`);
  });

  it('split a long text between letters as a reader sees them', () => {
    expect(splitText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12)).toEqual(['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']);
    expect(splitText('', 12)).toEqual([]);
  });
});

describe('a name inside a sentence of ours', () => {
  it('is set apart when it runs from right to left, so that the sentence keeps its order', () => {
    expect(nameIn('Maya')).toBe('Maya');
    expect(nameIn('שרה')).toBe('\u2068שרה\u2069');
    expect(nameIn('مريم')).toBe('\u2068مريم\u2069');
    expect(nameIn('\u200fABC')).toBe('\u2068\u200fABC\u2069');
  });

  it('cannot turn the sentence by marks of its own, nor break its line', () => {
    expect(nameIn('Ma\u202eya\u2069\nLee')).toBe('Maya Lee');
    expect(nameIn(' \n')).toBe('somebody');
  });

  it('keeps the end of its isolation when it is cut', () => {
    expect(nameIn('ש'.repeat(500), 20)).toBe(`\u2068${'ש'.repeat(19)}…\u2069`);
  });
});
