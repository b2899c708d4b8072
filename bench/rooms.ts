// Which room of the house a moment of CPU belongs to: the innermost frame of the stack that has a room of its own.

export interface Frame {
  readonly functionName: string;
  readonly url: string;
}

interface Room {
  readonly name: string;
  readonly file: RegExp;
  readonly functionName?: RegExp;
}

/** The first rule that fits a frame names its room. Frames that fit none belong to whoever called them. */
const ROOMS: readonly Room[] = [
  { name: 'garbage collection', file: /^$/, functionName: /^\(garbage collector\)$/ },
  {
    name: 'twilio client, outgoing HTTP',
    file: /node_modules\/(axios|twilio\/lib\/(base|rest)|follow-redirects|form-data|qs)\//,
  },
  { name: 'signature', file: /adapters\/twilio\/verify|node_modules\/twilio\// },
  { name: 'form parsing', file: /adapters\/twilio\/(form|parse)|querystring/ },
  { name: 'Bolt', file: /node_modules\/@slack\/bolt\// },
  { name: 'Slack client', file: /node_modules\/@slack\// },
  { name: 'zod', file: /node_modules\/zod\// },
  { name: 'Kysely', file: /node_modules\/kysely\// },
  {
    name: 'logging',
    file: /node_modules\/(pino|sonic-boom|thread-stream|safe-stable-stringify)|adapters\/system\/log/,
  },
  { name: 'sealing', file: /adapters\/db\/sealed/ },
  { name: 'JSON of sealed columns', file: /adapters\/db\/json-column/ },
  { name: 'commit, savepoints', file: /adapters\/db\/sqlite-connection/, functionName: /^execute$/ },
  { name: 'SQL', file: /adapters\/db\/(sqlite-connection|statement)|better-sqlite3/ },
  { name: 'stores', file: /adapters\/db\// },
  { name: 'consent words', file: /core\/safety\/(consent|phrase-book)/ },
  { name: 'screen', file: /core\/safety\/(screen|chart|matcher|misspelling|pattern|signal)/ },
  { name: 'flow and its reply', file: /core\/(flow|conversation)\/|intl-messageformat|formatjs/ },
  { name: 'gates, hours, cases', file: /core\/(safety|schedule)\/|temporal/ },
  { name: 'relay', file: /app\/(relay-outbox|claim-due|attempt-send|record-outcome|gate-request)/ },
  { name: 'other use cases', file: /src\/app\// },
  {
    name: 'HTTP',
    file: /adapters\/(twilio|slack|system)|node:(_http|net|internal\/(streams|stream_base|http|timers))|main\.ts/,
  },
];

const OUTSIDE = 'HTTP';
const NOT_WORK = new Set(['(idle)']);

/** The room of a stack, innermost frame first; null for a moment in which the process rested. */
export function roomOf(stack: readonly Frame[]): string | null {
  if (NOT_WORK.has(stack[0]?.functionName ?? '')) return null;
  if (stack[0]?.functionName === '(program)') return 'the engine, system calls';
  for (const frame of stack) {
    const room = ROOMS.find(
      ({ file, functionName }) =>
        file.test(frame.url) && (functionName === undefined || functionName.test(frame.functionName)),
    );
    if (room !== undefined) return room.name;
  }
  return OUTSIDE;
}
