// What people write in Slack, as somebody else reads it: tables of rich text and of plain text, and hostile input.

import { describe, expect, it } from 'vitest';
import { readWords } from '../../../src/adapters/slack/read-words.ts';

const section = (...elements: unknown[]) => ({ type: 'rich_text_section', elements });
const text = (words: string, style?: unknown) => ({
  type: 'text',
  text: words,
  ...(style === undefined ? {} : { style }),
});
const rich = (...elements: unknown[]) => [{ type: 'rich_text', block_id: 'b', elements }];
const emoji = (unicode: string, more = {}) => ({ type: 'emoji', name: 'some', unicode, ...more });
const user = { type: 'user', user_id: 'U0DANA0001' };

describe('rich text', () => {
  it.each([
    ['plain words', [section(text('Hi Maya'))], 'Hi Maya'],
    ['words in bold', [section(text('call '), text('now', { bold: true }))], 'call now'],
    ['line breaks', [section(text('one\n\ntwo'))], 'one\n\ntwo'],
    ['an emoji', [section(text('ok '), emoji('1f44d'))], 'ok 👍'],
    ['an emoji with its tone', [section(emoji('1f44d-1f3fd', { skin_tone: 4 }))], '👍🏽'],
    ['an emoji whose tone stands apart', [section(emoji('1f44d', { skin_tone: 4 }))], '👍🏽'],
    ['a tone that there is not', [section(emoji('1f44d', { skin_tone: 9 }))], '👍'],
    ['a family of emoji', [section(emoji('1f469-200d-1f467'))], '👩‍👧'],
    ['a custom emoji', [section({ type: 'emoji', name: 'party_parrot' })], ':party_parrot:'],
    ['a number that is no letter', [section(emoji('110000'))], ':some:'],
    ['a link', [section(text('see '), { type: 'link', url: 'https://a.example/form' })], 'see https://a.example/form'],
    [
      'a link that Slack made of an address',
      [section({ type: 'link', url: 'http://a.example/', text: 'a.example' })],
      'http://a.example/',
    ],
    [
      'a link under other words',
      [section({ type: 'link', url: 'https://a.example/form', text: 'the form' })],
      'the form (https://a.example/form)',
    ],
    ['an e-mail address', [section({ type: 'link', url: 'mailto:a@b.example', text: 'a@b.example' })], 'a@b.example'],
    ['a phone number', [section({ type: 'link', url: 'tel:2135550121', text: '213-555-0121' })], '2135550121'],
    ['a mention', [section(text('ask '), user, text(' about it'))], 'ask about it'],
    ['a mention in front', [section(user, text(' hello'))], ' hello'],
    ['two blanks of the person', [section(text('a  b '), text(' c'))], 'a  b  c'],
    ['a call to all', [section({ type: 'broadcast', range: 'here' }, text(' look'))], '@here look'],
    ['a date', [section({ type: 'date', timestamp: 0, format: '{date}', fallback: 'May 1' })], 'May 1'],
    ['a color', [section({ type: 'color', value: '#F00' })], '#F00'],
    [
      'a list',
      [
        section(text('bring:\n')),
        { type: 'rich_text_list', style: 'bullet', elements: [section(text('id')), section(text('form'))] },
      ],
      'bring:\n- id\n- form',
    ],
    [
      'a numbered list that goes on',
      [{ type: 'rich_text_list', style: 'ordered', offset: 2, elements: [section(text('x')), section(text('y'))] }],
      '3. x\n4. y',
    ],
    ['code as it is', [{ type: 'rich_text_preformatted', elements: [text('a  =\n  1 // b')] }], 'a  =\n  1 // b'],
    ['a quote', [{ type: 'rich_text_quote', elements: [text('she said')] }, section(text('yes'))], 'she said\nyes'],
  ])('reads %s', (_, elements, words) => {
    // The fallback says something else, so that it is seen which of the two was read.
    expect(readWords({ text: 'fallback', blocks: rich(...elements) })).toBe(words);
  });

  it('leaves the dash out before a remark among the team, which would hide its slashes', () => {
    const list = {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [section(text('// not for her')), section(text(' // nor this'))],
    };
    for (const line of readWords({ text: '', blocks: rich(list) }).split('\n')) {
      expect(line.trimStart().startsWith('//')).toBe(true);
    }
  });

  it.each([
    ['an element of a newer Slack', rich(section(text('I '), { type: 'hologram', words: 'want to die' }))],
    ['a part of a newer Slack', rich({ type: 'rich_text_table', elements: [] })],
    [
      'another block beside it',
      [...rich(section(text('I'))), { type: 'section', text: { type: 'mrkdwn', text: 'x' } }],
    ],
    ['no words in it', rich(section(text('')))],
    ['a list in a list without end', rich(nested(40))],
    ['no elements', [{ type: 'rich_text' }]],
    ['elements that are none', rich(section(null, 7, 'x'))],
  ])('SL-16: with %s falls back to the text, so that no word is lost', (_, blocks) => {
    expect(readWords({ text: 'I want to die', blocks })).toBe('I want to die');
  });

  it.each([[null], [7], ['x'], [{}], [[]], [[null]], [[[]]], [[{ type: 'rich_text', elements: 'x' }]]])(
    'is never an error: blocks %j',
    (blocks) => {
      expect(readWords({ text: 'words', blocks })).toBe('words');
      expect(readWords({ blocks })).toBe('');
      expect(readWords({ text: { toString: 'no' }, blocks })).toBe('');
    },
  );
});

function nested(depth: number): unknown {
  const inner = depth === 0 ? section(text('deep')) : nested(depth - 1);
  return { type: 'rich_text_list', style: 'bullet', elements: [inner] };
}

describe('the text of a message', () => {
  it.each([
    ['i &lt;3 u &amp;amp; me', 'i <3 u &amp; me'],
    ['&lt;@U1&gt; is no mention', '<@U1> is no mention'],
    ['see <https://a.example/x?a=1&amp;b=2>', 'see https://a.example/x?a=1&b=2'],
    ['see <http://a.example|a.example>', 'see http://a.example'],
    ['see <https://a.example/form|the form>', 'see the form (https://a.example/form)'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['ask <@U0DANA0001> about it', 'ask about it'],
    ['ask <@U0DANA0001|dana> about it', 'ask @dana about it'],
    ['in <#C1|general> and <#C2>', 'in #general and'],
    ['<!here> look', '@here look'],
    ['<!subteam^S1|@nurses> look', '@nurses look'],
    ['<!date^1392734382^{date}|Feb 18>', 'Feb 18'],
    ['<!everyone_else>', ''],
    ['no end <of it', 'no end <of it'],
    ['1 > 0', '1 > 0'],
    ['<>', ''],
    ['two lines\nhere \n', 'two lines\nhere'],
    ['', ''],
  ])('%j reads %j', (written, words) => {
    expect(readWords({ text: written })).toBe(words);
  });

  it('comes back whole when Slack escapes what a person wrote', () => {
    const inSlack = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    for (const words of [
      'a<b>c',
      '&lt;',
      '<@U1>',
      '<!here>',
      '&amp;lt;',
      '"q" \'s\'',
      '🙂 ünï',
      '// remark',
      'ا ب ج',
    ]) {
      expect(readWords({ text: inSlack(words) })).toBe(words);
    }
  });

  it('is read in a moment, however many angles stand in it', () => {
    const startedAt = performance.now();
    readWords({ text: '<'.repeat(40_000) });
    readWords({ text: '<a|'.repeat(13_000) });
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
