// Slack's limits on blocks, each at its edge.

import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../src/rehearsal/slack/check-blocks.ts';

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const section = (length: number) => ({ type: 'section', text: mrkdwn(length) });
const button = (change: object) => ({ type: 'button', action_id: 'a', text: plain(5), ...change });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (text: number, value = 5) => ({ text: plain(text), value: 'v'.repeat(value) });
const options = (count: number) => Array.from({ length: count }, () => option(5));
const menu = (change: object) => ({ type: 'static_select', action_id: 'a', options: options(2), ...change });
const input = (element: object, change: object = {}) => ({ type: 'input', label: plain(5), element, ...change });
const words = (change: object) => ({ type: 'plain_text_input', action_id: 'a', ...change });
const of = (type: string, change: object) => ({ type, action_id: 'a', ...change });
const confirm = { title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30) };

describe('the limits on blocks', () => {
  it.each([
    ['a section of 3000', [section(3000)]],
    ['a header of 150', [{ type: 'header', text: plain(150) }]],
    ['a button with a value of 2000', [actions(button({ value: 'x'.repeat(2000) }))]],
    ['50 blocks', Array.from({ length: 50 }, () => ({ type: 'divider' }))],
    ['13 200 characters', [section(3000), section(3000), section(3000), section(3000), section(1200)]],
    [
      'rich text',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'hi' }] }] }],
    ],
    ['25 elements', [actions(...Array.from({ length: 25 }, (_, index) => button({ action_id: `a${index}` })))]],
    ['a menu of 100 with one of them chosen', [actions(menu({ options: options(100), initial_option: option(5) }))]],
    [
      'a menu in groups',
      [actions(menu({ options: undefined, option_groups: [{ label: plain(75), options: options(2) }] }))],
    ],
    ['an option of 75 with a value of 150', [actions(menu({ options: [option(75, 150)] }))]],
    ['a placeholder of 150', [actions(menu({ placeholder: plain(150) }))]],
    ['a radio group of 10', [actions(of('radio_buttons', { options: options(10) }))]],
    [
      'boxes of 10 with descriptions',
      [actions(of('checkboxes', { options: [{ ...option(75), description: mrkdwn(75) }] }))],
    ],
    ['a menu of several in a section', [{ ...section(5), accessory: menu({ type: 'multi_static_select' }) }]],
    ['an overflow of 5', [{ ...section(5), accessory: of('overflow', { options: options(5) }) }]],
    [
      'a date and a time',
      [
        actions(of('datepicker', { initial_date: '2027-05-09' }), {
          ...of('timepicker', { initial_time: '17:00' }),
          action_id: 'b',
        }),
      ],
    ],
    [
      'an input with a label of 2000 and a hint of 2000',
      [input(words({ multiline: true, max_length: 3000 }), { label: plain(2000), hint: plain(2000) })],
    ],
    [
      'an action_id and a block_id of 255',
      [{ ...actions(button({ action_id: 'x'.repeat(255) })), block_id: 'x'.repeat(255) }],
    ],
    ['a confirmation', [actions(button({ confirm, style: 'danger' }))]],
    ['ten fields', [{ type: 'section', fields: Array.from({ length: 10 }, () => mrkdwn(1300)) }]],
  ])('let %s pass', (_, blocks) => {
    expect(checkBlocks(blocks, 50)).toBeNull();
  });

  it.each([
    ['a section of 3001', [section(3001)], '/blocks/0/text/text'],
    ['an empty section', [section(0)], '/blocks/0/text/text'],
    ['a section of nothing', [{ type: 'section' }], '/blocks/0'],
    ['a header of 151', [{ type: 'header', text: plain(151) }], '/blocks/0/text/text'],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn(5) }], '/blocks/0/text/type'],
    ['a button with a value of 2001', [actions(button({ value: 'x'.repeat(2001) }))], '/blocks/0/elements/0/value'],
    ['a button label of 76', [actions(button({ text: plain(76) }))], '/blocks/0/elements/0/text/text'],
    ['two buttons of one name', [actions(button({}), button({}))], '/blocks/0/elements'],
    ['actions without elements', [actions()], '/blocks/0/elements'],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), '/blocks'],
    [
      'two blocks of one id',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      '/blocks',
    ],
    [
      '26 elements',
      [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `a${index}` })))],
      '/blocks/0/elements',
    ],
    ['a menu of 101', [actions(menu({ options: options(101) }))], '/blocks/0/elements/0/options'],
    ['a menu of none', [actions(menu({ options: [] }))], '/blocks/0/elements/0/options'],
    ['an option of 76', [actions(menu({ options: [option(76)] }))], '/blocks/0/elements/0/options/0/text/text'],
    ['a value of 151', [actions(menu({ options: [option(5, 151)] }))], '/blocks/0/elements/0/options/0/value'],
    [
      'an option in mrkdwn',
      [actions(menu({ options: [{ text: mrkdwn(5), value: 'v' }] }))],
      '/blocks/0/elements/0/options/0/text/type',
    ],
    ['a placeholder of 151', [actions(menu({ placeholder: plain(151) }))], '/blocks/0/elements/0/placeholder/text'],
    [
      'a choice that is no option',
      [actions(menu({ initial_option: option(6) }))],
      '/blocks/0/elements/0/initial_option',
    ],
    [
      'choices of none',
      [{ ...section(5), accessory: menu({ type: 'multi_static_select', initial_options: [] }) }],
      '/blocks/0/accessory/initial_options',
    ],
    [
      'choices that are no options',
      [actions(of('checkboxes', { options: options(2), initial_options: [option(6)] }))],
      '/blocks/0/elements/0/initial_options',
    ],
    ['a radio group of 11', [actions(of('radio_buttons', { options: options(11) }))], '/blocks/0/elements/0/options'],
    ['boxes of 11', [actions(of('checkboxes', { options: options(11) }))], '/blocks/0/elements/0/options'],
    ['an overflow of 6', [actions(of('overflow', { options: options(6) }))], '/blocks/0/elements/0/options'],
    [
      'a menu of several in a row of actions',
      [actions(menu({ type: 'multi_static_select' }))],
      '/blocks/0/elements/0/type',
    ],
    ['a text input in a row of actions', [actions(words({}))], '/blocks/0/elements/0/type'],
    ['a button in an input', [input(button({}))], '/blocks/0/element/type'],
    ['an input without an element', [{ type: 'input', label: plain(5) }], '/blocks/0'],
    ['a label of 2001', [input(words({}), { label: plain(2001) })], '/blocks/0/label/text'],
    ['a label in mrkdwn', [input(words({}), { label: mrkdwn(5) })], '/blocks/0/label/type'],
    ['a hint of 2001', [input(words({}), { hint: plain(2001) })], '/blocks/0/hint/text'],
    ['an input of 3001', [input(words({ max_length: 3001 }))], '/blocks/0/element/max_length'],
    [
      'a date that is none',
      [actions(of('datepicker', { initial_date: '9 May' }))],
      '/blocks/0/elements/0/initial_date',
    ],
    [
      'a time that is none',
      [actions(of('timepicker', { initial_time: '24:00' }))],
      '/blocks/0/elements/0/initial_time',
    ],
    ['an action_id of 256', [actions(button({ action_id: 'x'.repeat(256) }))], '/blocks/0/elements/0/action_id'],
    ['a block_id of 256', [{ type: 'divider', block_id: 'x'.repeat(256) }], '/blocks/0/block_id'],
    ['a style that does not exist', [actions(button({ style: 'loud' }))], '/blocks/0/elements/0/style'],
    [
      'a confirmation of 301',
      [actions(button({ confirm: { ...confirm, text: plain(301) } }))],
      '/blocks/0/elements/0/confirm/text/text',
    ],
    ['a field that Slack does not know', [actions(button({ emoji: true }))], '/blocks/0/elements/0'],
    ['11 fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn(5)) }], '/blocks/0/fields'],
    [
      '11 words of context',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn(5)) }],
      '/blocks/0/elements',
    ],
    [
      'rich text of an unknown part',
      [{ type: 'rich_text', elements: [{ type: 'text', text: 'x' }] }],
      '/blocks/0/elements/0/type',
    ],
    ['a block that does not exist', [{ type: 'sektion' }], '/blocks/0/type'],
  ])('refuse %s', (_, blocks, pointer) => {
    const complaint = checkBlocks(blocks, 50);
    expect(complaint?.error).toBe('invalid_blocks');
    expect(complaint?.messages.join()).toContain(`[json-pointer:${pointer}]`);
  });

  it('refuse more than 13 200 characters together', () => {
    const blocks = [section(3000), section(3000), section(3000), section(3000), section(1201)];
    expect(checkBlocks(blocks, 50)?.error).toBe('msg_blocks_too_long');
  });
});
