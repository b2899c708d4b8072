#!/usr/bin/env node
// `node tools/node/with.mjs COMMAND [ARG ...]`: runs a command on Node 24 or newer, whatever Node is installed.
import { runPinned } from './pinned.mjs';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write(
    'usage: node tools/node/with.mjs COMMAND [ARG ...]   example: node tools/node/with.mjs vitest run\n',
  );
  process.exit(2);
}
runPinned(command, args);
