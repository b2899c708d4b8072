// `npm run bench`: how fast the house does its jobs, beside what bounds each of them on the same machine in the same
// minute. Absolute figures move with the machine; the ratios are what counts. docs/performance.md reads them.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OWN_FLOWS } from '../src/config.ts';
import { measureAdvance, printAdvance } from './advance.ts';
import { measureCrisis, printCrisis } from './crisis.ts';
import { measureInbound, printInbound } from './inbound.ts';
import { printProfile, profileInbound, profilePresses } from './profile.ts';
import { measureScreen, printScreen } from './screen.ts';
import { measureSlack, printSlack } from './slack.ts';

const HELP = `npm run bench [-- --only NAME] [--json] [--flows FOLDER]

Measures, beside what bounds each of them:
  inbound   signed texts in: screened, answered by their flow, committed (synchronous=FULL); beside node:http and bare SQLite
  advance   the flow interpreter alone, beside a loop that only walks; and reading one reply
  screen    the distress screen alone
  crisis    from a text in danger to the alert in Slack and the reply at Twilio, with 10,000 nudges draining; beside rest
  slack     a counselor's Acknowledge, stored first, a modal, words in a thread; beside Bolt that does nothing

  --only NAME      one of them, or: profile, profile-slack (where the CPU of an inbound text, of a press goes)
  --sending        with a profile: let the relay send while texts or presses come in
  --keep FOLDER    with a profile: keep V8's .cpuprofile there
  --flows FOLDER   speak these flows instead of the checkout's
  --json           one JSON object with every round, instead of tables
  --help           this

Example:
  npm run bench -- --only inbound
Seven minutes on two quiet cores. Ratios are medians of interleaved rounds; absolute figures move with the machine.
`;

interface Measurement {
  readonly name: string;
  /** Measures, and gives the report as data and as text. */
  readonly run: () => Promise<{ readonly data: unknown; readonly text: string }>;
}

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    flows: { type: 'string', default: OWN_FLOWS },
    sending: { type: 'boolean', default: false },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const reported = async <Report>(report: Promise<Report> | Report, print: (report: Report) => string) => {
  const data = await report;
  return { data, text: print(data) };
};
const vendors = options.sending ? 'take' : 'hold';
const keepAt = options.keep === undefined ? null : resolve(options.keep);
const profiles: readonly Measurement[] = [
  { name: 'profile', run: () => reported(profileInbound(options.flows, vendors, keepAt), printProfile) },
  { name: 'profile-slack', run: () => reported(profilePresses(options.flows, vendors, keepAt), printProfile) },
];
const measurements: readonly Measurement[] = [
  { name: 'inbound', run: () => reported(measureInbound(options.flows), printInbound) },
  { name: 'advance', run: () => reported(measureAdvance(options.flows), printAdvance) },
  { name: 'screen', run: () => reported(measureScreen(options.flows), printScreen) },
  { name: 'crisis', run: () => reported(measureCrisis(options.flows), printCrisis) },
  { name: 'slack', run: () => reported(measureSlack(options.flows), printSlack) },
];

await main();

async function main(): Promise<void> {
  if (options.help) return void process.stdout.write(HELP);
  const chosen =
    options.only === undefined
      ? measurements
      : [...measurements, ...profiles].filter(({ name }) => name === options.only);
  if (chosen.length === 0) {
    const names = [...measurements, ...profiles].map(({ name }) => name).join(', ');
    process.stderr.write(`bench: there is no measurement "${options.only}"; there are: ${names}\n`);
    process.exitCode = 2;
    return;
  }
  const all: Record<string, unknown> = {};
  for (const { name, run } of chosen) {
    process.stderr.write(`measuring ${name} …\n`);
    const { data, text } = await run();
    all[name] = data;
    if (!options.json) process.stdout.write(`\n${text}\n`);
  }
  if (options.json)
    process.stdout.write(
      `${JSON.stringify(all, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value))}\n`,
    );
}
