// The layer rule of docs/architecture.md as a table, told independently of biome.json: each must refuse what the other
// refuses. Imports are resolved before they are judged, so no spelling of a path gets around it.

import { posix } from 'node:path';
import { targetOf } from './source-tree.ts';

interface Room {
  /** Which other rooms it sees. */
  readonly sees: readonly string[];
  /** Which packages it needs; `node:` stands for all of Node, a name for the package and what is below it. */
  readonly packages: readonly string[];
  /** The rules that a wrong import breaks. */
  readonly rules: { readonly room: string; readonly package: string };
}

const CORE_ROOMS = ['model', 'language', 'flow', 'conversation', 'safety', 'schedule', 'matching', 'measure', 'access'];
const ALL_CORE = CORE_ROOMS.map((room) => `core/${room}`);
const ADAPTERS = ['adapters/slack', 'adapters/twilio', 'adapters/db', 'adapters/system'];

function core(sees: readonly string[], packages: readonly string[] = [], rule = 'core-imports-core-only'): Room {
  return { sees: sees.map((room) => `core/${room}`), packages, rules: { room: rule, package: 'core-is-pure' } };
}

/** `adapters/db` keeps its own files (the database, its migrations); all other files are read in `adapters/system`. */
function adapter(packages: readonly string[], { files }: { readonly files: boolean }): Room {
  const node = files ? ['node:'] : ['node:', '!node:fs'];
  return {
    sees: ['app', ...ALL_CORE],
    packages: ['zod', ...node, ...packages],
    rules: { room: 'adapters-do-not-meet', package: 'vendor-in-one-room' },
  };
}

function door(sees: readonly string[], packages: readonly string[]): Room {
  return {
    sees,
    packages: ['node:', ...packages],
    rules: { room: 'nothing-imports-a-door', package: 'vendor-in-one-room' },
  };
}

const ROOMS: Readonly<Record<string, Room>> = {
  'core/model': core([], ['temporal-polyfill']),
  'core/language': core(['model'], ['libphonenumber-js', 'temporal-polyfill']),
  'core/flow': core(
    ['model', 'language'],
    ['zod', 'intl-messageformat', 'sms-segments-calculator', 'temporal-polyfill'],
    'flow-below-conversation',
  ),
  'core/conversation': core(['flow', 'model', 'language']),
  'core/safety': core(['model', 'language'], ['zod']),
  'core/schedule': core(['model']),
  'core/matching': core(['model']),
  'core/measure': core(['model']),
  'core/access': core(['model']),
  app: {
    sees: ALL_CORE,
    packages: [],
    rules: { room: 'app-imports-core-only', package: 'app-is-vendor-free' },
  },
  'adapters/slack': adapter(['@slack'], { files: false }),
  'adapters/twilio': adapter(['twilio'], { files: false }),
  'adapters/db': adapter(['kysely', 'better-sqlite3', 'pg'], { files: true }),
  'adapters/system': adapter(['node-cron', 'yaml', 'csv-parse', 'pino'], { files: true }),
  rehearsal: {
    sees: ['core/model'],
    packages: ['node:', 'sms-segments-calculator'],
    rules: { room: 'rehearsal-across-the-street', package: 'rehearsal-across-the-street' },
  },
  'config.ts': door([], ['zod']),
  'main.ts': door(['config.ts', 'app', ...ADAPTERS, ...ALL_CORE], []),
  'cli.ts': door(['commands'], ['commander']),
  commands: door(['main.ts', 'config.ts', 'app', 'rehearsal', ...ADAPTERS, ...ALL_CORE], ['zod']),
  migrations: {
    sees: [],
    packages: ['kysely'],
    rules: { room: 'migrations-stand-alone', package: 'migrations-stand-alone' },
  },
};

/** The room a file stands in; null for one that the law does not know. */
function roomOf(path: string): string | null {
  if (path.startsWith('migrations/')) return 'migrations';
  const parts = path.split('/');
  if (parts[0] !== 'src') return null;
  const [, first = '', second = ''] = parts;
  const name = (first === 'core' || first === 'adapters') && parts.length > 3 ? `${first}/${second}` : first;
  return name in ROOMS ? name : null;
}

/** The rule that this import breaks; null when it may stand. Files outside of `src` and `migrations` are free. */
export function refusalOf(file: string, specifier: string): string | null {
  if (!/^(?:src|migrations)\//.test(file)) return null;
  const name = roomOf(file);
  const room = name === null ? undefined : ROOMS[name];
  if (name === null || room === undefined) return 'every-file-in-a-room';
  const target = targetOf(file, specifier);
  if (target === null) return isAllowedPackage(room, specifier) ? null : room.rules.package;
  if (target.startsWith('test/')) return 'src-not-to-test';
  return isSeen(name, room, file, target) ? null : ruleFor(room, file, target);
}

function isAllowedPackage(room: Room, specifier: string): boolean {
  const isBelow = (name: string) => specifier === name || specifier.startsWith(`${name}/`);
  if (room.packages.some((name) => name.startsWith('!') && isBelow(name.slice(1)))) return false;
  return room.packages.some((name) => (name === 'node:' ? specifier.startsWith('node:') : isBelow(name)));
}

const STEPS = 'src/core/flow/steps';

function isSeen(name: string, room: Room, file: string, target: string): boolean {
  const other = roomOf(target);
  if (other === null) return false;
  if (other !== name) return room.sees.includes(other);
  // A command is called by cli.ts and by nobody else; a step is known to the registry and to nobody else. The rehearsed
  // year is too much for one file: its parts are no commands.
  if (name === 'commands') return /^src\/commands\/rehearse-[a-z-]+\.ts$/.test(target);
  if (name === 'migrations') return false;
  if (isStep(file)) return !target.startsWith(`${STEPS}/`);
  if (file.startsWith('src/app/ports/')) return target.startsWith('src/app/ports/');
  return true;
}

function isStep(file: string): boolean {
  return posix.dirname(file) === STEPS && posix.basename(file) !== 'index.ts';
}

function ruleFor(room: Room, file: string, target: string): string {
  return isStep(file) && target.startsWith(`${STEPS}/`) ? 'steps-are-strangers' : room.rules.room;
}
