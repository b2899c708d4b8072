// `icehouse flows schema`: JSON Schemas of the content files, for editors.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';
import { editorSchemas, schemaText } from '../core/flow/editor-schema.ts';

export interface SchemaOptions {
  readonly write?: boolean;
}

/** Prints the schema of flows, or writes all schemas into the folder. */
export function writeSchemas(given: string | undefined, { write }: SchemaOptions): void {
  const schemas = editorSchemas();
  if (write !== true) {
    process.stdout.write(schemaText(schemas.get('schema.json') ?? {}));
    return;
  }
  const folder = given ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  for (const [name, schema] of schemas) {
    writeFileSync(join(folder, name), schemaText(schema));
    process.stdout.write(`${join(folder, name)}\n`);
  }
}
