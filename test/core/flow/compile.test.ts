// What makes a structure, and what does not; a flow stored and read back.

import { describe, expect, it } from 'vitest';
import { compileFlow, restoreFlow } from '../../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import { reservedWordIn } from '../../../src/core/flow/reserved-words.ts';
import { renderText } from '../../../src/core/flow/template.ts';
import { maya } from './people.ts';

const text = (en: string) => ({ en, es: `${en} (es)` });

const source = {
  flow: 'example',
  about: 'For tests.',
  start: 'place',
  variables: { place: 'text' },
  steps: {
    place: {
      type: 'ask',
      text: text('Where?'),
      answer: 'choice',
      options: [
        { value: 'dorm', label: text('In a dorm') },
        { value: 'home', label: text('At home') },
      ],
      save_as: 'place',
      next: 'tell',
      invalid: { text: text('A or B?'), tries: 1, next: 'tell' },
      no_reply: { after: '2 days', next: 'tell' },
    },
    tell: { type: 'tell_mentor', reason: 'Look at this.', next: 'over' },
    over: { type: 'end' },
  },
};

function compiled(data: unknown): CompiledFlow {
  const result = compileFlow(data);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.flow;
}

/** The same flow with one piece of its JSON replaced. */
function edited(from: string, to: string): CompiledFlow {
  const json = JSON.stringify(source);
  expect(json).toContain(from);
  return compiled(JSON.parse(json.replace(from, to)));
}

const { structureHash } = compiled(source);

describe('the structure hash', () => {
  it('is 32 hex digits', () => expect(structureHash).toMatch(/^[0-9a-f]{32}$/));

  it.each([
    ['a text', 'Where?', 'Where to?'],
    ['a label', 'In a dorm', 'On campus'],
    ['the text of a second try', 'A or B?', 'Please reply A or B.'],
    ['a reason', 'Look at this.', 'Please look at this.'],
    ['the line for staff', 'For tests.', 'For other tests.'],
  ])('stays when %s changes', (_, from, to) => expect(edited(from, to).structureHash).toBe(structureHash));

  it.each([
    ['the value of an option', '"value":"home"', '"value":"house"'],
    ['a duration', '2 days', '3 days'],
    ['the number of tries', '"tries":1', '"tries":2'],
    ['where an answer leads', '"save_as":"place","next":"tell"', '"save_as":"place","next":"over"'],
    ['the name of the flow', '"flow":"example"', '"flow":"other"'],
    ['a variable', '"variables":{', '"variables":{"gap":"number",'],
  ])('changes with %s', (_, from, to) => expect(edited(from, to).structureHash).not.toBe(structureHash));

  it('does not depend on the order of keys', () => {
    const steps = Object.fromEntries(Object.entries(source.steps).reverse());
    expect(compiled({ ...source, steps }).structureHash).toBe(structureHash);
  });
});

describe('a stored flow', () => {
  it('is the same flow when it is read back', () => {
    const flow = compiled(source);
    const restored = restoreFlow(JSON.parse(JSON.stringify(flow.source)));
    expect(restored).toMatchObject({ id: 'example', structureHash, steps: flow.steps });
  });

  it('has the hash that the version before gave it, so that who is inside stays inside', () => {
    expect(restoreFlow(source)?.structureHash).toBe('2c7a39be5a2b5f72f64ee240af84529e');
  });

  it('is null when it cannot be read', () => expect(restoreFlow({ flow: 'example' })).toBeNull());
});

describe('reserved words', () => {
  it.each(['STOP', 'stop!', 'Help', 'alto', 'Cancel.', 'opt out', 'yes', 'Ayuda'])('%j is one', (word) => {
    expect(reservedWordIn(word)).not.toBeNull();
  });
  it.each(['Yes, both', 'Not yet', 'Stuck', 'Sí', 'Weekend'])('%j is none', (word) => {
    expect(reservedWordIn(word)).toBeNull();
  });
});

describe('texts of no flow', () => {
  const hello = { en: 'Hi {first_name}{has_mentor, select, yes {, from {mentor}} other {}}', es: 'Hola {first_name}' };

  it('are filled in', () => expect(renderText(hello, maya)).toBe('Hi Maya, from Ana'));
  it('do not name a mentor who is not there', () => {
    expect(renderText(hello, { ...maya, mentor: null })).toBe('Hi Maya');
  });
  it('are never blank: a value that is missing stays visible', () => {
    expect(renderText({ en: 'Due {deadline}', es: '' }, { ...maya, task: null })).toBe('Due {deadline}');
  });
});
