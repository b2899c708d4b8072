// What staff see, held against Slack's own limits and against people who write in Slack's markup (SL-16, SL-17).

import { describe, expect, it } from 'vitest';
import { render } from '../../../src/adapters/slack/views/render.ts';
import { clip, escapeText, plain } from '../../../src/adapters/slack/views/text.ts';
import type { StaffMessage } from '../../../src/app/ports/messages.ts';
import { asEscalationId } from '../../../src/core/model/ids.ts';
import { checkBlocks } from '../../../src/rehearsal/slack/check-blocks.ts';

type Alert = Extract<StaffMessage, { kind: 'alert' }>;

const alert: Alert = {
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
  resolvedBy: null,
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
  it.each<[string, Partial<Alert>]>([
    ['open', {}],
    ['sent again', { round: 7 }],
    ['acknowledged', { state: 'acknowledged', acknowledgedBy: 'Dana' }],
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

  it('has the buttons that its state allows', () => {
    expect(buttonsOf(alert)).toEqual(['acknowledge', 'resolve']);
    expect(buttonsOf({ ...alert, state: 'acknowledged' })).toEqual(['resolve']);
    expect(buttonsOf({ ...alert, state: 'resolved' })).toEqual([]);
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
});
