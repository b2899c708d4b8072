// A copy of the program's flows with other deadlines, for houses that live on another day than the samples.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWN_FLOWS } from '../../src/config.ts';

export interface FlowsCopy {
  readonly folder: string;
  remove(): void;
}

/** `deadlines`: the local date of each task that is to move. The others are put out of reach. */
export function copyFlows(deadlines: Readonly<Record<string, string>>): FlowsCopy {
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-flows-'));
  cpSync(OWN_FLOWS, folder, { recursive: true });
  const path = join(folder, 'tasks.yaml');
  const blocks = readFileSync(path, 'utf8').split(/\n(?= {2}[a-z_]+:\n)/);
  const moved = blocks.map((block) => {
    const task = /^ {2}([a-z_]+):/.exec(block)?.[1];
    return task === undefined ? block : block.replace(/deadline: \S+/, `deadline: ${deadlines[task] ?? '2039-12-31'}`);
  });
  writeFileSync(path, moved.join('\n'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
