// Whatever the words, every message and view is one that Slack takes, with nothing of a person's in it that could
// mention, link or format, and nothing but opaque ids where it is not seen (SL-16, SL-17, SL-18).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCommandAnswer } from '../../../src/adapters/slack/views/command.ts';
import { renderHome } from '../../../src/adapters/slack/views/home.ts';
import { loadingModal, renderModal } from '../../../src/adapters/slack/views/modal.ts';
import { readAct, readModalAsk, readPress } from '../../../src/adapters/slack/views/read-act.ts';
import { render } from '../../../src/adapters/slack/views/render.ts';
import { checkBlocks, toBlocks } from '../../../src/rehearsal/slack/check-blocks.ts';
import { countText } from '../../../src/rehearsal/slack/check-text.ts';
import { checkView } from '../../../src/rehearsal/slack/check-view.ts';
import { elementsOf } from '../../../src/rehearsal/slack/inputs.ts';
import { commandAnswer, home, ID, MARK, messages, modals } from './view-values.ts';

// Without looking for a smaller example: these are large, and that would take minutes.
const RUNS = { numRuns: 40, endOnFailure: true };
const LETTERS = 10_000;

const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const blocksOf = (blocks: unknown) => toBlocks(asSent(blocks)) ?? [];

/** Every object inside, the value itself included. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.fromEntries(Object.entries(value));
  return [own, ...Object.values(own).flatMap(objectsIn)];
}

function expectNoMarkup(text: string): void {
  expect(text.replace(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
}

/** What nobody sees: values, ids of blocks and actions. Every part of them is one of our words or an opaque id. */
function expectOpaque(rendered: unknown): void {
  for (const object of objectsIn(asSent(rendered))) {
    for (const name of ['value', 'action_id', 'block_id', 'callback_id', 'private_metadata']) {
      if (typeof object[name] === 'string') expect(object[name]).not.toContain(MARK);
    }
  }
}

function expectSafe(rendered: { readonly text?: string; readonly blocks: unknown }): void {
  if (rendered.text !== undefined) expectNoMarkup(rendered.text);
  for (const object of objectsIn(asSent(rendered.blocks))) {
    if (object['type'] === 'mrkdwn') expectNoMarkup(String(object['text']));
    // A letter that a reader sees as one is never cut in half.
    if (typeof object['text'] === 'string') expect(object['text'].isWellFormed()).toBe(true);
  }
  expectOpaque(rendered.blocks);
}

/** Whatever can be pressed is read back as an act or as an ask for a modal. */
function expectReadable(blocks: unknown, type: 'modal' | 'home' | null): void {
  for (const { element, input } of elementsOf(asSent(blocks))) {
    if (input !== null) continue;
    const options = Array.isArray(element.options) ? element.options : [null];
    for (const selected of options) {
      const press = readPress({ ...element, selected_option: selected });
      expect(press).not.toBeNull();
      if (press === null) continue;
      const act = readAct(press.actionId, press.value);
      const asked = readModalAsk(press.actionId, press.value, type === null ? null : { type });
      expect([act, asked].filter((read) => read !== null)).toHaveLength(1);
    }
  }
}

describe('SL-17: every message', () => {
  it.each(Object.entries(messages))('of kind %s is taken by Slack, and mentions nobody', (kind, values) => {
    fc.assert(
      fc.property(values, (message) => {
        const rendered = render(message);
        expect(checkBlocks(blocksOf(rendered.blocks), 50)).toBeNull();
        expect(countText(blocksOf(rendered.blocks))).toBeLessThanOrEqual(LETTERS);
        expect(rendered.text.length).toBeLessThanOrEqual(3_000);
        expectSafe(rendered);
        expectReadable(rendered.blocks, null);
        // A title of a notice is the app's own; every other notification may stand on a locked screen.
        if (kind !== 'notice') expect(rendered.text).not.toContain(MARK);
      }),
      RUNS,
    );
  });

  it('that answers a command is taken by Slack, and mentions nobody', () => {
    fc.assert(
      fc.property(commandAnswer, (answer) => {
        const rendered = renderCommandAnswer(answer);
        expect(checkBlocks(blocksOf(rendered.blocks), 50)).toBeNull();
        expect(countText(blocksOf(rendered.blocks))).toBeLessThanOrEqual(LETTERS);
        expectSafe(rendered);
      }),
      RUNS,
    );
  });
});

/** What was there to be read when a form was opened: a count and an instant. */
const SEEN = /^\d+\.\d+$/;
/** What an example is written after: an opaque id with the kind of thing it is, or nothing. */
const EXAMPLE = /^(?:(?:case|text)\/[\w-]{21})?$/;
const MARKS: Readonly<Record<string, RegExp>> = { seen: SEEN, example: EXAMPLE };

describe('SL-17, SL-18: every modal', () => {
  it.each(Object.entries(modals))('of kind %s is taken by Slack, and keeps ids only', (_, values) => {
    fc.assert(
      fc.property<[Parameters<typeof renderModal>[0]]>(values, (modal) => {
        const view = asSent(renderModal(modal));
        expect(checkView(view, 'modal')).toEqual({ view });
        expect(countText(view)).toBeLessThanOrEqual(LETTERS + 100);
        const { blocks, private_metadata: metadata = '{}' } = renderModal(modal);
        expectSafe({ blocks });
        expectReadable(blocks, 'modal');
        for (const [name, value] of Object.entries(JSON.parse(metadata))) expect(value).toMatch(MARKS[name] ?? ID);
      }),
      RUNS,
    );
  });

  it('that waits for the house is taken by Slack', () => {
    const view = asSent(loadingModal('A title that is longer than Slack takes'));
    expect(checkView(view, 'modal')).toEqual({ view });
  });
});

describe('SL-17: every App Home', () => {
  it('is taken by Slack, and mentions nobody', () => {
    fc.assert(
      fc.property(home, (shown) => {
        const view = asSent(renderHome(shown));
        expect(checkView(view, 'home')).toEqual({ view });
        expect(countText(view)).toBeLessThanOrEqual(LETTERS);
        const { blocks } = renderHome(shown);
        expectSafe({ blocks });
        expectReadable(blocks, 'home');
      }),
      RUNS,
    );
  });
});
