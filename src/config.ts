// The only reader of the environment. Every setting is checked before anything starts; what is wrong is said in one
// line that names the variable, what it should look like, and where to get it.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';

/** The flows of this checkout. */
export const OWN_FLOWS = fileURLToPath(new URL('../flows', import.meta.url));

interface Setting {
  readonly schema: z.ZodType;
  /** What it should look like. */
  readonly shape: string;
  /** Where to get it. */
  readonly where: string;
  readonly required: boolean;
}

const url = (schemes: RegExp) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && schemes.test(new URL(value).protocol) && new URL(value).hash === '');

/** Every setting there is. `.env.example` and docs/operations.md are held against these keys by a test. */
export const SETTINGS = {
  DATABASE_URL: {
    schema: z.string().regex(/^(file:.+|postgres(ql)?:\/\/.+)$/),
    shape: 'file:PATH for SQLite (file:./data/icehouse.sqlite) or postgres://USER:PASSWORD@HOST/NAME',
    where: 'choose a file on a disk of this machine',
    required: true,
  },
  PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65_535)),
    shape: 'a port number such as 3000',
    where: 'choose a free one; your proxy forwards to it',
    required: true,
  },
  PUBLIC_BASE_URL: {
    schema: url(/^https?:$/).transform((value) => value.replace(/\/+$/, '')),
    shape:
      'the address that Twilio and Slack reach this house at, such as https://icehouse.example.org, without a # part',
    where: 'the domain of your proxy or tunnel; it must be the very address entered in the Twilio console',
    required: true,
  },
  DATA_KEY: {
    schema: z.string().refine((value) => /^[A-Za-z0-9+/]{43}=$/.test(value)),
    shape: '32 bytes in base64 (44 characters)',
    where: 'make one with: openssl rand -base64 32 - and keep a copy: without it the stored texts cannot be read',
    required: true,
  },
  TWILIO_ACCOUNT_SID: {
    schema: z.string().regex(/^AC[0-9A-Za-z]+$/),
    shape: 'AC followed by 32 letters and digits',
    where: 'Twilio Console, Account Dashboard, Account Info',
    required: true,
  },
  TWILIO_AUTH_TOKEN: {
    schema: z.string().regex(/^\S+$/),
    shape: 'the primary auth token, 32 letters and digits, never empty',
    where: 'Twilio Console, Account Dashboard, Account Info (it also signs the webhooks)',
    required: true,
  },
  TWILIO_MESSAGING_SERVICE_SID: {
    schema: z.string().regex(/^MG[0-9A-Za-z]+$/),
    shape: 'MG followed by 32 letters and digits',
    where: 'Twilio Console, Messaging, Services',
    required: true,
  },
  SLACK_BOT_TOKEN: {
    schema: z.string().regex(/^(?:xoxe\.)?xoxb-\S+$/),
    shape: 'a bot token that starts with xoxb- (xoxe.xoxb- when it rotates)',
    where: 'api.slack.com/apps, your app, OAuth & Permissions',
    required: true,
  },
  SLACK_SIGNING_SECRET: {
    schema: z.string().regex(/^\S+$/),
    shape: 'the signing secret, 32 letters and digits, never empty',
    where: 'api.slack.com/apps, your app, Basic Information, App Credentials',
    required: true,
  },
  SLACK_COUNSELOR_CHANNEL: {
    schema: z.string().regex(/^[CG][A-Za-z0-9_-]+$/),
    shape: 'the id of the private alert channel, such as C0123456789 (not its #name)',
    where: 'in Slack, open the channel, its name at the top, About, Channel ID; invite the bot to it',
    required: true,
  },
  SLACK_STAFF_CHANNEL: {
    schema: z.string().regex(/^[CG][A-Za-z0-9_-]+$/),
    shape: "the id of a private channel for everyday notices to staff; the counselors' channel when absent",
    where: 'in Slack, open the channel, its name at the top, About, Channel ID; invite the bot to it',
    required: false,
  },
  SLACK_CLIENT_ID: {
    schema: z.string().regex(/^[\w.]+$/),
    shape: 'the client id, digits with a dot; only with token rotation',
    where: 'api.slack.com/apps, your app, Basic Information, App Credentials',
    required: false,
  },
  SLACK_CLIENT_SECRET: {
    schema: z.string().regex(/^\S+$/),
    shape: 'the client secret; only with token rotation',
    where: 'api.slack.com/apps, your app, Basic Information, App Credentials',
    required: false,
  },
  SLACK_REFRESH_TOKEN: {
    schema: z.string().regex(/^xoxe-\S+$/),
    shape: 'the first refresh token, which starts with xoxe-; only with token rotation',
    where: 'api.slack.com/apps, your app, OAuth & Permissions; the house keeps the ones that follow',
    required: false,
  },
  TWILIO_API_BASE_URL: {
    schema: url(/^https?:$/).transform((value) => value.replace(/\/+$/, '')),
    shape: 'an address such as http://127.0.0.1:4010, absent for the real Twilio',
    where: 'only for a local stand-in of Twilio',
    required: false,
  },
  SLACK_API_BASE_URL: {
    schema: url(/^https?:$/).transform((value) => {
      const address = new URL(value);
      if (address.pathname === '/') address.pathname = '/api/';
      return address.href.endsWith('/') ? address.href : `${address.href}/`;
    }),
    shape: 'an address such as http://127.0.0.1:4020/api/, absent for the real Slack',
    where: 'only for a local stand-in of Slack',
    required: false,
  },
  OPERATOR_WEBHOOK_URL: {
    schema: url(/^https?:$/),
    shape: 'an https address that takes a POST with a JSON body {"text": "..."}',
    where:
      'your own monitoring, or an incoming webhook of another chat; told when texts cannot be stored, and of alarms that Slack may not show',
    required: false,
  },
  HEARTBEAT_URL: {
    schema: url(/^https?:$/),
    shape: 'an https address that takes a GET each minute',
    where:
      'a monitor outside your network that calls somebody when it hears nothing for five minutes; it is asked only while all is well',
    required: false,
  },
  FLOWS_DIR: {
    schema: z.string().min(1),
    shape: 'the folder of flow files, that of the checkout when absent',
    where: 'the checkout',
    required: false,
  },
  LOG_LEVEL: {
    schema: z.enum(['info', 'warn', 'error', 'silent']),
    shape: 'info, warn, error or silent; info when absent',
    where: 'choose one',
    required: false,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

export interface Config {
  readonly databaseUrl: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicBaseUrl: string;
  readonly dataKey: string;
  readonly twilio: {
    readonly accountSid: string;
    readonly authToken: string;
    readonly messagingServiceSid: string;
    readonly apiBaseUrl: string | null;
  };
  readonly slack: {
    readonly botToken: string;
    readonly signingSecret: string;
    readonly counselorChannel: string;
    readonly staffChannel: string;
    readonly apiBaseUrl: string | null;
    /** Null when the app's token does not rotate (SL-23). */
    readonly rotation: {
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
    } | null;
  };
  readonly operatorWebhookUrl: string | null;
  readonly heartbeatUrl: string | null;
  readonly flowsDir: string;
  readonly logLevel: 'info' | 'warn' | 'error' | 'silent';
}

/** A setting is missing or malformed; `message` is the one line for the operator. */
export class ConfigError extends Error {
  readonly names: readonly SettingName[];
  constructor(names: readonly SettingName[], message: string) {
    super(message);
    this.name = 'ConfigError';
    this.names = names;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, with a `.env` file of the working folder under it (real variables win). */
export function readEnvironment(path = '.env'): Environment {
  const fromFile = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}

/**
 * Reads some settings only, for commands that need no vendor.
 * @throws ConfigError naming the first one that is missing or malformed, and counting the others.
 */
export function readSettings<Name extends SettingName>(
  names: readonly Name[],
  environment: Environment,
): { readonly [N in Name]: z.output<(typeof SETTINGS)[N]['schema']> | undefined } {
  const values: Partial<Record<SettingName, unknown>> = {};
  const problems: { name: SettingName; problem: string }[] = [];
  for (const name of names) {
    const { schema, required }: Setting = SETTINGS[name];
    const given = environment[name];
    if (given === undefined || given === '') {
      if (required) problems.push({ name, problem: given === '' ? 'is empty' : 'is missing' });
      continue;
    }
    const parsed = schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else problems.push({ name, problem: 'is malformed' });
  }
  const first = problems[0];
  if (first !== undefined) {
    const others = problems.slice(1).map((other) => other.name);
    const more = others.length === 0 ? '' : ` (then also: ${others.join(', ')})`;
    throw new ConfigError(
      problems.map((one) => one.name),
      `${first.name} ${first.problem}: it should be ${SETTINGS[first.name].shape}. Where to get it: ${SETTINGS[first.name].where}.${more}`,
    );
  }
  return values as { readonly [N in Name]: z.output<(typeof SETTINGS)[N]['schema']> | undefined };
}

/**
 * All settings of a serving house.
 * @throws ConfigError, whose message is one line for the operator.
 */
export function readConfig(environment: Environment): Config {
  const read = readSettings(Object.keys(SETTINGS) as SettingName[], environment);
  const must = <T>(value: T | undefined): T => value as T;
  return {
    databaseUrl: must(read.DATABASE_URL),
    port: must(read.PORT),
    publicBaseUrl: must(read.PUBLIC_BASE_URL),
    dataKey: must(read.DATA_KEY),
    twilio: {
      accountSid: must(read.TWILIO_ACCOUNT_SID),
      authToken: must(read.TWILIO_AUTH_TOKEN),
      messagingServiceSid: must(read.TWILIO_MESSAGING_SERVICE_SID),
      apiBaseUrl: read.TWILIO_API_BASE_URL ?? null,
    },
    slack: {
      botToken: must(read.SLACK_BOT_TOKEN),
      signingSecret: must(read.SLACK_SIGNING_SECRET),
      counselorChannel: must(read.SLACK_COUNSELOR_CHANNEL),
      staffChannel: read.SLACK_STAFF_CHANNEL ?? must(read.SLACK_COUNSELOR_CHANNEL),
      apiBaseUrl: read.SLACK_API_BASE_URL ?? null,
      rotation: rotationOf(read.SLACK_CLIENT_ID, read.SLACK_CLIENT_SECRET, read.SLACK_REFRESH_TOKEN),
    },
    operatorWebhookUrl: read.OPERATOR_WEBHOOK_URL ?? null,
    heartbeatUrl: read.HEARTBEAT_URL ?? null,
    flowsDir: read.FLOWS_DIR ?? OWN_FLOWS,
    logLevel: read.LOG_LEVEL ?? 'info',
  };
}

/** @throws ConfigError when only some of the three are given: a token that is never renewed dies after twelve hours. */
function rotationOf(
  clientId: string | undefined,
  clientSecret: string | undefined,
  refreshToken: string | undefined,
): Config['slack']['rotation'] {
  if (clientId !== undefined && clientSecret !== undefined && refreshToken !== undefined)
    return { clientId, clientSecret, refreshToken };
  if (clientId === undefined && clientSecret === undefined && refreshToken === undefined) return null;
  const names = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_REFRESH_TOKEN'] as const;
  throw new ConfigError(
    names,
    `${names.join(', ')} belong together: give all three when the app's token rotates, none when it does not.`,
  );
}
