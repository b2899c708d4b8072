#!/usr/bin/env node
// The `icehouse` command: starts src/cli.ts on a Node that can run it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPinned } from './pinned.mjs';

runPinned('node', [
  '--disable-warning=ExperimentalWarning',
  join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'src', 'cli.ts'),
  ...process.argv.slice(2),
]);
