// Finds the Node that Icehouse runs on: the installed one when it is new enough, else the one pinned beside this
// file (brought once, by the exact versions of package-lock.json). Plain JavaScript without imports of ours, because
// an old Node cannot load anything else: better-sqlite3 ends the process there without a word.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const NEEDED_MAJOR = 24;

/** The folder to put first on PATH, or null when the running Node is new enough. Ends the process when none can be had. */
function pinnedBin() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return null;
  const bin = join(here, 'node_modules', `node-linux-${process.arch}`, 'bin');
  if (!existsSync(join(bin, 'node'))) {
    process.stderr.write(
      `Node ${process.versions.node} is older than ${NEEDED_MAJOR}: fetching the pinned one, once ...\n`,
    );
    const fetched = spawnSync('npm', ['ci', '--prefix', here, '--no-audit', '--no-fund', '--silent'], {
      stdio: ['ignore', 2, 2],
    });
    if (fetched.status !== 0 || !existsSync(join(bin, 'node'))) {
      process.stderr.write(
        `Icehouse needs Node ${NEEDED_MAJOR} or newer; this is ${process.versions.node} and the pinned one could not be fetched for ` +
          `${process.platform}-${process.arch}. Install Node ${NEEDED_MAJOR} (nodejs.org) and try again.\n`,
      );
      process.exit(1);
    }
  }
  return bin;
}

/** Runs a command on the right Node with this terminal's streams, hands signals on, and ends as the command ends. */
export function runPinned(command, args) {
  const bin = pinnedBin();
  const own = join(here, '..', '..', 'node_modules', '.bin');
  const path = [...(bin === null ? [] : [bin]), own, process.env.PATH ?? ''].join(delimiter);
  const env = { ...process.env, PATH: path };
  const file = command === 'node' ? (bin === null ? process.execPath : join(bin, 'node')) : command;
  const child = spawn(file, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${command}: ${error.message}\n`);
    process.exit(127);
  });
  child.on('exit', (code, signal) =>
    process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 1)),
  );
}
