// `icehouse flows graph`: a flow as Mermaid text, for a README, an issue or any Mermaid editor.

import { writeFileSync } from 'node:fs';
import { formatFileProblem } from '../adapters/system/file-problem.ts';
import { readFlowFolder } from '../adapters/system/flow-files.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';
import { didYouMean } from '../core/flow/problem.ts';
import { toMermaid } from '../core/flow/to-mermaid.ts';

export interface GraphOptions {
  readonly flows?: string;
  readonly language: string;
  readonly out?: string;
}

/** @throws when the flow does not exist or has mistakes, or the language is none. */
export function graphFlow(id: string, { flows: given, language, out }: GraphOptions): void {
  if (language !== 'en' && language !== 'es') throw new Error(`"${language}" is not a language here; write en or es`);
  const folder = given ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const { flows, problems } = readFlowFolder(folder);
  const flow = flows.find((one) => one.id === id);
  if (flow === undefined) {
    if (problems.length > 0) throw new Error(['mend the flows first:', ...problems.map(formatFileProblem)].join('\n'));
    const hint = didYouMean(
      id,
      flows.map((one) => one.id),
    );
    throw new Error(`there is no flow "${id}". ${hint}`);
  }
  const text = toMermaid(flow, language);
  if (out === undefined) process.stdout.write(text);
  else writeFileSync(out, text);
}
