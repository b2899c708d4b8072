// `icehouse doctor`: looks at everything a house stands on, and says of each thing whether it is well or what to do.

import { openDatabase } from '../adapters/db/open-database.ts';
import { createTokenStore } from '../adapters/db/token-store.ts';
import { createSlackClients } from '../adapters/slack/clients.ts';
import { inspectSlack } from '../adapters/slack/inspect.ts';
import { randomIds, systemClock } from '../adapters/system/clock.ts';
import { readContent } from '../adapters/system/content-files.ts';
import { countProblems, formatFileProblem } from '../adapters/system/file-problem.ts';
import { createTwilioClient } from '../adapters/twilio/client.ts';
import { inspectTwilio } from '../adapters/twilio/inspect.ts';
import { onCallNow } from '../app/on-call.ts';
import type { Finding } from '../app/ports/finding.ts';
import { loadUsableContent } from '../app/published-content.ts';
import { type Config, ConfigError, readConfig, readEnvironment } from '../config.ts';

/** Prints every finding; exit code 1 when one is not well. Settings that are missing end the examination. */
export async function doctor(options: { readonly json?: boolean; readonly offline?: boolean }): Promise<void> {
  const findings = await examine(options.offline === true);
  const ok = findings.every((finding) => finding.ok);
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ok, findings })}\n`);
  else
    for (const { what, ok: well, mend } of findings)
      process.stdout.write(well ? `ok    ${what}\n` : `MEND  ${what}: ${mend}\n`);
  if (!ok) process.exitCode = 1;
}

async function examine(offline: boolean): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig(readEnvironment());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ what: 'the settings are complete', ok: false, mend: error.message }];
  }
  const own = [
    { what: 'the settings are complete', ok: true, mend: '' },
    examineHeartbeat(config),
    ...(await examineDrill(config)),
    ...examineFlows(config),
    ...(await examineDatabase(config)),
  ];
  return offline ? own : [...own, ...(await examineVendors(config))];
}

/** Optional, so that it is said and is no fault. */
function examineHeartbeat({ heartbeatUrl }: Config): Finding {
  const what =
    heartbeatUrl === null
      ? 'HEARTBEAT_URL is not set: nobody outside hears when this house falls silent (docs/operations.md, Health)'
      : 'a heartbeat goes to a monitor outside';
  return { what, ok: true, mend: '' };
}

/** CR-10: optional, so that it is said and is no fault. */
async function examineDrill({ databaseUrl, dataKey }: Config): Promise<Finding[]> {
  try {
    const database = await openDatabase({ url: databaseUrl, dataKey, purpose: 'command' });
    try {
      const { content } = await loadUsableContent(database);
      if (content === null) return [];
      const what =
        content.program.drill === null
          ? 'WARNING: no weekly drill: set drill in flows/program.yaml, so that a broken alert is found before it is needed (docs/safety.md, Drills)'
          : 'a drill tries the alerts every week';
      return [{ what, ok: true, mend: '' }];
    } finally {
      await database.close();
    }
  } catch {
    // A database that cannot be opened is said by its own finding.
    return [];
  }
}

function examineFlows(config: Config): Finding[] {
  const read = readContent(config.flowsDir, { runExamples: true });
  const mend = read.ok
    ? ''
    : `${countProblems(read.problems)}, the first: ${read.problems.slice(0, 1).map(formatFileProblem).join('')}`;
  return [{ what: 'the flow files have no mistakes', ok: read.ok, mend }];
}

async function examineDatabase(config: Config): Promise<Finding[]> {
  const what = 'the database opens with this key and schema';
  try {
    const database = await openDatabase({
      url: config.databaseUrl,
      dataKey: config.dataKey,
      purpose: 'command',
    });
    try {
      return await database.read(async (stores) => {
        const onCall = (await onCallNow(stores, systemClock.now())).filter((counselor) => counselor.phone !== null);
        const unprocessed = await stores.inbox.unprocessed(100);
        const alarms = await stores.house.alarms();
        return [
          { what, ok: true, mend: '' },
          {
            what: 'somebody with a phone is on call',
            ok: onCall.length > 0,
            mend: 'import counselors with an on_call place: docs/roster.md',
          },
          {
            what: 'no text is unprocessed',
            ok: unprocessed.length === 0,
            mend: `${unprocessed.length} wait for a person: see the staff channel`,
          },
          ...alarms.map(({ kind, subject, detail }) => ({
            what: `alarm ${kind} (${subject})`,
            ok: false,
            mend: detail,
          })),
        ];
      });
    } finally {
      await database.close();
    }
  } catch (error) {
    return [{ what, ok: false, mend: error instanceof Error ? error.message : String(error) }];
  }
}

async function examineVendors(config: Config): Promise<Finding[]> {
  const twilio = await inspectTwilio(createTwilioClient(config.twilio), {
    ...config.twilio,
    publicBaseUrl: config.publicBaseUrl,
  });
  const { counselorChannel, staffChannel } = config.slack;
  const channels = {
    counselors: counselorChannel,
    ...(staffChannel === counselorChannel ? {} : { staff: staffChannel }),
  };
  const token = await currentToken(config);
  const slack = await inspectSlack(createSlackClients({ ...config.slack, botToken: token }).everyday, channels);
  return [...twilio, ...slack];
}

/** The token in use: with rotation that of the settings is long spent, and the database has the newest. */
async function currentToken({ slack, databaseUrl, dataKey }: Config): Promise<string> {
  if (slack.rotation === null) return slack.botToken;
  const database = await openDatabase({ url: databaseUrl, dataKey, purpose: 'command' });
  try {
    const store = createTokenStore({ database, dataKey, ids: randomIds, realNow: systemClock.realNow });
    return (await store.load())?.accessToken ?? slack.botToken;
  } finally {
    await database.close();
  }
}
