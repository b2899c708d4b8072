// The content files as JSON Schema, made from the schemas that check them: editors complete and check while an author
// types. It says what can be seen in one place of one file; everything else is said by `icehouse flows check`.

import { z } from 'zod';
import { flowSchema, NAME } from './flow-schema.ts';
import { flowTestSchema } from './flow-test-schema.ts';
import { programSchema } from './program-schema.ts';
import { findKind, STEP_TYPES } from './steps/index.ts';
import { tasksSchema } from './task-schema.ts';

/** A JSON Schema as plain data. */
export type EditorSchema = Readonly<Record<string, unknown>>;

/** The schemas by the names of their files, which stand in the folder of flows. */
export function editorSchemas(): ReadonlyMap<string, EditorSchema> {
  const types = STEP_TYPES.flatMap((type) => findKind(type)?.schema ?? []);
  const steps = z.record(z.string().regex(NAME), z.union(types)).describe('Write the steps, each under its name.');
  return new Map([
    ['schema.json', toJson(flowSchema.extend({ steps }), 'A flow of Icehouse')],
    ['schema-test.json', toJson(flowTestSchema, 'Tests of a flow of Icehouse')],
    ['schema-tasks.json', toJson(tasksSchema, 'The tasks of a program of Icehouse')],
    ['schema-program.json', toJson(programSchema, 'A program of Icehouse')],
  ]);
}

/** A schema as the text of its file. */
export function schemaText(schema: EditorSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Draft 7, which all editors know; of values that are changed on reading, what authors write. */
function toJson(schema: z.ZodType, title: string): EditorSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return { $schema, title, ...byType(rest) };
}

/** Steps are told apart by `type`: an editor then speaks of the type that was meant, and not of all. */
function byType(schema: object): EditorSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key !== 'anyOf' || !isUnionByType(value)) return [key, mapped(value)];
      return ['oneOf', value.map(mapped)];
    }),
  );
}

function mapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mapped);
  return typeof value === 'object' && value !== null ? byType(value) : value;
}

function isUnionByType(options: unknown): options is unknown[] {
  return Array.isArray(options) && options.every((option) => option?.properties?.type?.const !== undefined);
}
