// Slack's limits on blocks, each at its edge.

import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../src/rehearsal/slack/check-blocks.ts';

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const section = (length: number) => ({ type: 'section', text: mrkdwn(length) });
const button = (change: object) => ({ type: 'button', action_id: 'a', text: plain(5), ...change });
const actions = (...elements: object[]) => ({ type: 'actions', elements });

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
