// The forms with which staff publish flows and go back.

import { describe, expect, it } from 'vitest';
import { renderCommandAnswer } from '../../../src/adapters/slack/views/command.ts';
import { renderModal } from '../../../src/adapters/slack/views/modal.ts';

const inputsOf = (view: { readonly blocks: readonly { readonly type: string; readonly block_id?: string }[] }) =>
  view.blocks.flatMap(({ type, block_id: id }) => (type === 'input' ? [id] : []));

describe('the form of a publish', () => {
  const lines = [{ label: 'nudge-housing-form', text: 'IN THE WAY: <!channel> the new flow has no step "ask"' }];

  it('shows what it does above the field', () => {
    const view = renderModal({ kind: 'flows_publish', lines, canPublish: true });
    expect(view).toMatchObject({ callback_id: 'flows_publish', submit: { text: 'Publish' } });
    expect(inputsOf(view)).toEqual(['field:why']);
    expect(view.blocks[1]).toMatchObject({ type: 'rich_text' });
  });

  it('has nothing to submit while something is in the way', () => {
    const view = renderModal({ kind: 'flows_publish', lines, canPublish: false });
    expect([view.submit, inputsOf(view)]).toEqual([undefined, []]);
    expect(JSON.stringify(view.blocks)).toContain('IN THE WAY');
  });
});

it('the form of the way back offers the revisions', () => {
  const revisions = [2, 1].map((revision) => ({ revision, words: `${revision}, Mon 9:12 am: words` }));
  const view = renderModal({ kind: 'flows_roll_back', revisions });
  expect(inputsOf(view)).toEqual(['field:to', 'field:why']);
  expect(JSON.stringify(view.blocks)).toContain('1, Mon 9:12 am: words');
});

it('the answer of the command has a button for each', () => {
  const { blocks } = renderCommandAnswer({
    title: 'Flows',
    lines: [],
    form: { label: 'Publish…', ask: { kind: 'flows_publish' } },
    second: { label: 'Roll back…', ask: { kind: 'flows_roll_back' } },
  });
  expect(blocks.at(-1)).toMatchObject({
    type: 'actions',
    elements: [{ action_id: 'open_again', value: 'flows_publish' }, { action_id: 'flows_roll_back' }],
  });
});
