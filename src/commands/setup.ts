// `icehouse setup`: walks a newcomer through both vendors' consoles, checks each answer the moment it is given, writes
// .env and the Slack manifest with the house's own address for `icehouse doctor`, which cli.ts runs next. It overwrites nothing: an
// earlier .env is kept beside the new one, and what it says is offered as the answer.

import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { fillTemplate } from '../adapters/system/env-file.ts';
import { type Ask, openAsk } from '../adapters/system/terminal.ts';
import { SETTINGS, type SettingName } from '../config.ts';

const ENV_FILE = '.env';
const KEPT_FILE = '.env.before-setup';
const MANIFEST_FILE = 'slack-manifest.json';
const OWNER_ONLY = 0o600;
const TEMPLATE = fileURLToPath(new URL('../../.env.example', import.meta.url));
const MANIFEST = fileURLToPath(new URL('../../manifest.json', import.meta.url));
const MANIFEST_ADDRESS = 'https://icehouse.example.org';
/** Wrong answers to one question before the command gives up: whoever feeds it answers from a file must not loop. */
const TRIES = 5;
/** Takes an optional setting out again. */
const NONE = 'none';

type Answers = Partial<Record<SettingName, string>>;

/** @throws when an answer stays wrong, or the input ends early; then nothing was written. */
export async function setup(): Promise<void> {
  const known: Answers = existsSync(ENV_FILE) ? parseEnv(readFileSync(ENV_FILE, 'utf8')) : {};
  const ask = openAsk();
  let answers: Answers;
  try {
    answers = await walk(ask, known);
  } finally {
    ask.close();
  }
  if (existsSync(ENV_FILE)) {
    const kept = freeName(KEPT_FILE);
    copyFileSync(ENV_FILE, kept);
    chmodSync(kept, OWNER_ONLY);
    ask.say(`The earlier settings are kept in ${kept}.`);
  }
  writeFileSync(ENV_FILE, fillTemplate(readFileSync(TEMPLATE, 'utf8'), { ...notAsked(known), ...answers }), {
    mode: OWNER_ONLY,
  });
  // The mode of a file that was there before stays as it was.
  chmodSync(ENV_FILE, OWNER_ONLY);
  ask.say(`Written: ${ENV_FILE} (only you can read it) and ${MANIFEST_FILE}.`);
  if (known.DATA_KEY === undefined)
    ask.say('Keep a copy of DATA_KEY elsewhere, now: without it nobody can read the stored names, numbers and texts.');
  ask.say('Next: icehouse flows check, icehouse roster import FILE, icehouse serve (docs/operations.md).');
  ask.say('\nicehouse doctor looks at what these settings lead to:\n');
}

async function walk(ask: Ask, known: Answers): Promise<Answers> {
  const answers: Answers = {};
  ask.say('Icehouse setup. Enter takes what stands in brackets. Nothing is written before the last answer');
  ask.say('but slack-manifest.json, which you paste on the way.');
  for (const [index, step] of SETUP_STEPS.entries()) {
    const base = answers.PUBLIC_BASE_URL?.replace(/\/+$/, '') ?? null;
    if (base !== null) writeManifest(base);
    ask.say(`\n${index + 1} of ${SETUP_STEPS.length}  ${step.title}\n`);
    for (const line of step.walk(base)) ask.say(line);
    ask.say('');
    for (const question of step.asks) {
      const answer = await answerOf(ask, question, known[question.name]);
      if (answer !== '') answers[question.name] = answer;
    }
  }
  return answers;
}

/** Asks until the answer has the right shape; an optional setting may stay empty. */
async function answerOf(ask: Ask, question: Question, known: string | undefined): Promise<string> {
  const { schema, required, shape, where } = SETTINGS[question.name];
  const usual = known ?? question.usual;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const said = (await ask.ask(`${question.label}${hintOf(question, known)}: `, question.isSecret)).trim();
    if (said === NONE && !required) return '';
    const answer = said === '' ? (usual ?? generated(question.name)) : said;
    if (answer === '' && !required) return '';
    if (schema.safeParse(answer).success) return answer;
    ask.say(`  That is not ${shape}.`);
    ask.say(`  Where to get it: ${where}.`);
  }
  throw new Error(`${question.name} was not given after ${TRIES} tries. Nothing was written to ${ENV_FILE}.`);
}

/** What stands in .env and is not asked for here. */
function notAsked(known: Answers): Answers {
  const asked = new Set<string>(SETUP_STEPS.flatMap(({ asks }) => asks.map(({ name }) => name)));
  return Object.fromEntries(Object.entries(known).filter(([name]) => !asked.has(name)));
}

function hintOf(question: Question, known: string | undefined): string {
  if (known !== undefined && (question.isSecret || question.isSecretOnceGiven)) return ' [keep the one in .env]';
  const usual = known ?? question.usual;
  return usual === null ? '' : ` [${usual}]`;
}

/** A backup may hold the only copy of a key: none is ever written over. */
function freeName(name: string): string {
  for (let count = 1, free = name; ; count += 1, free = `${name}-${count}`) if (!existsSync(free)) return free;
}

function generated(name: SettingName): string {
  return name === 'DATA_KEY' ? randomBytes(32).toString('base64') : '';
}

function writeManifest(base: string): void {
  writeFileSync(MANIFEST_FILE, readFileSync(MANIFEST, 'utf8').replaceAll(MANIFEST_ADDRESS, base));
}

interface SetupStep {
  readonly title: string;
  /** What to do before the questions, line by line. `base` is the house's public address, null before it is known. */
  readonly walk: (base: string | null) => readonly string[];
  readonly asks: readonly Question[];
}

interface Question {
  readonly name: SettingName;
  readonly label: string;
  /** Shown as the answer that Enter gives; null when there is none. */
  readonly usual: string | null;
  /** Never echoed, and never shown again. */
  readonly isSecret: boolean;
  /** An address that may hold a password: what stands in .env is offered without being shown. */
  readonly isSecretOnceGiven: boolean;
}

const ask = (name: SettingName, label: string, more: Partial<Question> = {}): Question => ({
  name,
  label,
  usual: null,
  isSecret: false,
  isSecretOnceGiven: false,
  ...more,
});

const EXAMPLE = 'https://icehouse.example.org';

const SETUP_STEPS: readonly SetupStep[] = [
  {
    title: 'The house',
    walk: () => [
      'Where Icehouse keeps its data, and the address that Twilio and Slack reach it at.',
      'The address is the domain of your proxy or tunnel, with https and without a path. Once it stands in',
      'the consoles it must not change: signatures are made over it.',
    ],
    asks: [
      ask('DATABASE_URL', 'Database', { usual: 'file:./data/icehouse.sqlite', isSecretOnceGiven: true }),
      ask('PORT', 'Port on this machine', { usual: '3000' }),
      ask('PUBLIC_BASE_URL', 'Public address'),
      ask('DATA_KEY', 'Key that seals names, numbers and texts (Enter makes a new one)', { isSecret: true }),
    ],
  },
  {
    title: 'Twilio',
    walk: (base) => [
      'In the Twilio Console (console.twilio.com):',
      '  1. Account Dashboard, Account Info: the Account SID and the primary Auth Token.',
      '  2. Messaging, Services: create a Messaging Service for the program, and add your number to its',
      '     sender pool. Without a finished A2P 10DLC or toll-free registration nothing is delivered (30034).',
      '  3. In the service, Integration: "Send a webhook", POST, this request URL:',
      `       ${base ?? EXAMPLE}/twilio/inbound#ct=2000&rt=4500&rc=2&rp=all`,
      '     Status callbacks need no setting there: each text names its own.',
      '  4. In the service, Opt-Out Management: Advanced Opt-Out with the words of docs/operations.md.',
    ],
    asks: [
      ask('TWILIO_ACCOUNT_SID', 'Account SID (AC…)'),
      ask('TWILIO_AUTH_TOKEN', 'Auth Token', { isSecret: true }),
      ask('TWILIO_MESSAGING_SERVICE_SID', 'Messaging Service SID (MG…)'),
    ],
  },
  {
    title: 'Slack: the app',
    walk: (base) => [
      'On api.slack.com/apps:',
      '  1. Create New App, From a manifest, your workspace. Paste the file slack-manifest.json that lies beside',
      `     .env now: it has your address (${base ?? EXAMPLE}) in every place. docs/slack.md explains each scope.`,
      '  2. Install App, Install to Workspace. An owner may have to approve it.',
      '  3. OAuth & Permissions: the Bot User OAuth Token (xoxb-…).',
      '  4. Basic Information, App Credentials: the Signing Secret.',
    ],
    asks: [
      ask('SLACK_BOT_TOKEN', 'Bot token (xoxb-…)', { isSecret: true }),
      ask('SLACK_SIGNING_SECRET', 'Signing secret', { isSecret: true }),
    ],
  },
  {
    title: 'Slack: the channels',
    walk: () => [
      'In Slack:',
      '  1. Create a private channel for alerts (#counselors) and invite the counselors, nobody else: no guests,',
      '     not shared with another workspace. Words of students in distress stand there.',
      '  2. Create a private channel for everyday notices to staff (#icehouse-staff), or go without one.',
      '  3. In each: /invite @icehouse, and copy its id: the name at the top, About, at the end.',
    ],
    asks: [
      ask('SLACK_COUNSELOR_CHANNEL', 'Id of the alert channel (C…)'),
      ask('SLACK_STAFF_CHANNEL', 'Id of the staff channel (C…; "none" to go without)'),
    ],
  },
  {
    title: 'When everything else is silent',
    walk: () => [
      'An https address that takes a POST of {"text": "..."}: your monitoring, or an incoming webhook of another',
      'chat. It is told when texts cannot be stored, and of alarms that Slack may not be able to show.',
    ],
    asks: [ask('OPERATOR_WEBHOOK_URL', 'Address ("none" to go without)', { isSecretOnceGiven: true })],
  },
];
