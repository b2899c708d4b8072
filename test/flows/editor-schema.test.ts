// The JSON Schemas beside the flows: fresh, named by the first line of each file, and true of what ships.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { editorSchemas, schemaText } from '../../src/core/flow/editor-schema.ts';
import { STEP_TYPES } from '../../src/core/flow/steps/index.ts';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';

const FLOWS = join(ROOT, 'flows');
const SHIPPED = readdirSync(FLOWS).filter((name) => name.endsWith('.yaml'));
const MODELINE = /^# yaml-language-server: \$schema=\.\/(\S+)\n/;

function readText(name: string): string {
  return readFileSync(join(FLOWS, name), 'utf8');
}

/** What stands in a schema file as a check: read back from the JSON alone. */
function validator(name: string): (data: unknown) => boolean {
  const schema = z.fromJSONSchema(JSON.parse(readText(name)));
  return (data) => schema.safeParse(data).success;
}

const isFlow = validator('schema.json');
const both = { en: 'Hi.', es: 'Hola.' };
const FLOW = {
  flow: 'hello',
  about: 'Says hello.',
  start: 'hi',
  steps: { hi: { type: 'say', text: both, next: 'bye' } },
};
const withStep = (step: object) => ({ ...FLOW, steps: { ...FLOW.steps, bye: step } });

describe('the schemas for editors', () => {
  it.each([...editorSchemas()])(
    '%s is what the code makes (else: npx icehouse flows schema --write)',
    (name, schema) => {
      expect(readText(name)).toBe(schemaText(schema));
    },
  );

  it.each(SHIPPED)('%s names its schema in the first line, and keeps to it', (name) => {
    const schema = MODELINE.exec(readText(name))?.[1] ?? '';
    const expected = name.endsWith('.test.yaml')
      ? 'schema-test.json'
      : name.replace(/^(tasks|program)\.yaml$/, 'schema-$1.json');
    expect(schema).toBe(expected.endsWith('.yaml') ? 'schema.json' : expected);
    expect(validator(schema)(parse(readText(name)))).toBe(true);
  });

  it('tell steps apart by their type, and know all types', () => {
    const { oneOf } = z
      .object({
        properties: z.object({
          steps: z.object({
            additionalProperties: z.object({
              oneOf: z.array(z.object({ properties: z.object({ type: z.object({ const: z.string() }) }) })),
            }),
          }),
        }),
      })
      .parse(editorSchemas().get('schema.json')).properties.steps.additionalProperties;
    expect(oneOf.map(({ properties }) => properties.type.const)).toEqual(STEP_TYPES);
  });

  it.each([
    ['an end', { type: 'end' }, true],
    ['a type that is none', { type: 'ends' }, false],
    ['a key that is none', { type: 'end', nxt: 'hi' }, false],
    ['a key of another type', { type: 'say', text: both, next: 'hi', tries: 1 }, false],
    ['a way that is missing', { type: 'say', text: both }, false],
    ['a language that is missing', { type: 'say', text: { en: 'Hi.' }, next: 'hi' }, false],
    ['a status that is none', { type: 'task', status: 'finished', next: 'hi' }, false],
    ['a number for a name', { type: 'call', flow: 3, next: 'hi' }, false],
  ])('see %s', (_, step, isRight) => {
    expect(isFlow(withStep(step))).toBe(isRight);
  });

  it('let a test text a bare number, as the code does', () => {
    const turns = [{ reply: 430, expect: 'Thanks.' }];
    const isTest = validator('schema-test.json');
    expect(isTest({ cases: [{ name: 'a number', turns }] })).toBe(true);
    expect(isTest({ cases: [{ name: 'a number', turns: [{ replay: 430 }] }] })).toBe(false);
  });

  it('are printed by the command', async () => {
    const { code, out } = await icehouse(['flows', 'schema']);
    expect(code).toBe(0);
    expect(out).toBe(readText('schema.json'));
  });
});
