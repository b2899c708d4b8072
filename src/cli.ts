// The `icehouse` command: its sub-commands, their help, and what every one of them does with an error. Each command's
// work is in commands/; none is loaded before it is called, so that help is quick.

import { Command, CommanderError } from 'commander';

const program = new Command('icehouse')
  .description('Near-peer mentorship by SMS and Slack: keeps college plans from melting over the summer.')
  .version('0.1.0')
  .showHelpAfterError('(icehouse --help lists the commands)')
  .exitOverride();

program
  .command('serve')
  .description('Starts the house: takes webhooks, sends what is due. Settings come from the environment or .env.')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse serve\n\nSettings: docs/operations.md. Exit code 1 when a setting is missing or malformed.',
  )
  .action(async () => (await import('./commands/serve.ts')).serve());

program
  .command('demo')
  .description('Starts the house beside a local Twilio and a local Slack, with a page to try it on. Needs no account.')
  .option('--port <port>', 'port of the page', '4000')
  .option('--flows <folder>', 'try the flows of this folder instead of those of the checkout')
  .addHelpText('after', '\nExample:\n  icehouse demo --port 4000')
  .action(async (options: { port: string; flows?: string }) => (await import('./commands/demo.ts')).demo(options));

program
  .command('doctor')
  .description('Checks settings, database, flows and on-call list, and with real credentials Twilio and Slack.')
  .option('--json', 'one JSON object instead of lines')
  .option('--offline', 'leave Twilio and Slack out')
  .addHelpText('after', '\nExample:\n  icehouse doctor --json\n\nExit code 1 when something needs mending.')
  .action(async (options: { json?: boolean; offline?: boolean }) =>
    (await import('./commands/doctor.ts')).doctor(options),
  );

program
  .command('setup')
  .description("Walks you through Twilio's and Slack's consoles, writes .env, and ends in doctor.")
  .option('--offline', 'let doctor leave Twilio and Slack out')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse setup\n\nAn earlier .env is kept as .env.before-setup. Without a terminal the answers are the lines of standard input.\n' +
      'Exit code 1 when an answer stays wrong (then nothing was written) or doctor found something to mend.',
  )
  .action(async (options: { offline?: boolean }) => {
    await (await import('./commands/setup.ts')).setup();
    await (await import('./commands/doctor.ts')).doctor(options);
  });

program
  .command('migrate')
  .description('Brings the database to the schema of this version. `serve` does it too.')
  .addHelpText('after', '\nExample:\n  icehouse migrate')
  .action(async () => (await import('./commands/migrate.ts')).migrateDatabase());

const roster = program.command('roster').description('The people of the program.');
roster
  .command('import')
  .argument('<file>', 'a CSV file; docs/roster.md says what stands in it')
  .description('Imports mentees, mentors, counselors and staff: all rows or none.')
  .option('--dry-run', 'check everything and keep nothing')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse roster import docs/examples/roster.csv --dry-run\n\nExit code 1 when a row is refused; then nothing was imported.',
  )
  .action(async (file: string, options: { dryRun?: boolean; json?: boolean }) =>
    (await import('./commands/roster-import.ts')).importRosterFile(file, options),
  );

const flows = program.command('flows').description('The scripted conversations.');
flows
  .command('check')
  .argument('[folder]', 'the folder of flow files')
  .description('Checks every flow, task, text and safety signal; names each mistake and warning as file:line:column.')
  .option('--json', 'one JSON object instead of lines')
  .option('--segments', 'also list what each text costs in SMS segments, per language')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse flows check flows\n  icehouse flows check --segments\n\n' +
      'Exit code 1 when there is a mistake; a warning alone does not change it.',
  )
  .action(async (folder: string | undefined, options: { json?: boolean; segments?: boolean }) =>
    (await import('./commands/flows-check.ts')).checkFlows(folder, options),
  );
flows
  .command('test')
  .argument('[folder]', 'the folder of flow files')
  .description('Plays the tests beside the flows (<flow>.test.yaml) and counts the branches that they take.')
  .option('--flow <name>', 'only the tests of this flow')
  .option('--update', 'write what came into the files, where it is not as expected')
  .option('--coverage <percent>', 'how much of each flow must be taken', '100')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse flows test --flow nudge-housing-form\n\n' +
      'How tests are written: docs/flow-language.md, "Testing a flow".\n' +
      'Exit code 1 when a test fails or a flow has branches that no test takes.',
  )
  .action(
    async (
      folder: string | undefined,
      options: { flow?: string; update?: boolean; coverage: string; json?: boolean },
    ) => (await import('./commands/flows-test.ts')).testFlowFolder(folder, options),
  );
flows
  .command('play')
  .argument('<flow>', 'the name of a flow')
  .description('Plays a flow in the terminal: you type what the mentee texts, and let time pass.')
  .option('--flows <folder>', 'the folder of flow files')
  .option('--language <language>', "the mentee's language, en or es", 'en')
  .option('--today <date>', 'the day on which it begins, as 2027-06-01; a week before the deadline')
  .option('--task <key>', 'the task it is about, or none; the first that this flow asks about')
  .option('--with <name=value...>', 'inputs of a sub-flow')
  .option('--save <name>', 'keep the run as a test of the flow, under this name')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse flows play nudge-housing-form --language es --today 2027-06-01\n\n' +
      'Type :help while you play. Lines may come from a pipe.',
  )
  .action(
    async (
      flow: string,
      options: {
        flows?: string;
        language: string;
        today?: string;
        task?: string;
        with?: string[];
        save?: string;
      },
    ) => (await import('./commands/flows-play.ts')).playFlow(flow, options),
  );
flows
  .command('graph')
  .argument('<flow>', 'the name of a flow')
  .description('Draws a flow as Mermaid text: every step, every way out, and the flows that it calls.')
  .option('--flows <folder>', 'the folder of flow files')
  .option('--language <language>', 'the language of the texts, en or es', 'en')
  .option('--out <file>', 'where the text goes, instead of the terminal')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse flows graph nudge-housing-form --language es --out housing.mmd\n\n' +
      'Paste it into a Markdown file between ```mermaid and ```, or into any Mermaid editor.',
  )
  .action(async (flow: string, options: { flows?: string; language: string; out?: string }) =>
    (await import('./commands/flows-graph.ts')).graphFlow(flow, options),
  );
flows
  .command('schema')
  .argument('[folder]', 'the folder of flow files')
  .description('Prints the JSON Schema of a flow file, by which editors complete and check while you type.')
  .option('--write', 'write it into the folder, with those of tests, tasks and program')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse flows schema --write\n\n' +
      'A file names its schema in its first line: # yaml-language-server: $schema=./schema.json',
  )
  .action(async (folder: string | undefined, options: { write?: boolean }) =>
    (await import('./commands/flows-schema.ts')).writeSchemas(folder, options),
  );
flows
  .command('plan')
  .argument('[folder]', 'the folder of flow files')
  .description('Says what a publish would do: what changes, who stands at which step, and what is in the way.')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText('after', '\nExample:\n  icehouse flows plan flows\n\nExit code 1 when a publish would be refused.')
  .action(async (folder: string | undefined, options: { json?: boolean }) =>
    (await import('./commands/flows-publish.ts')).planFlows(folder, options),
  );
flows
  .command('publish')
  .argument('[folder]', 'the folder of flow files')
  .description('Checks the flows and makes them the published ones; a running house takes them up within a minute.')
  .requiredOption('--why <words>', 'what changed, for the history')
  .option('--by <name>', 'who publishes', 'staff')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse flows publish --by Renee --why "new housing deadline"\n\n' +
      'Exit code 1 when there is a mistake, or somebody is in the way; then nothing was published.',
  )
  .action(async (folder: string | undefined, options: { why: string; by: string; json?: boolean }) =>
    (await import('./commands/flows-publish.ts')).publishFlows(folder, options),
  );
flows
  .command('history')
  .description('Lists what was published: revision, when (UTC), by whom, why. The newest stands first.')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText('after', '\nExample:\n  icehouse flows history')
  .action(async (options: { json?: boolean }) => (await import('./commands/flows-publish.ts')).listRevisions(options));
flows
  .command('rollback')
  .description(
    'Publishes the flows of an earlier revision once more. Who is inside a flow finishes it as they began it.',
  )
  .requiredOption('--why <words>', 'why, for the history')
  .option('--to <revision>', 'the revision; without it, the one before')
  .option('--by <name>', 'who does it', 'staff')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse flows rollback --to 3 --by Renee --why "the new question confused people"\n\n' +
      'Exit code 1 when that revision cannot be used by this version; then nothing was published.',
  )
  .action(async (options: { to?: string; why: string; by: string; json?: boolean }) =>
    (await import('./commands/flows-publish.ts')).rollBackFlows(options),
  );

program
  .command('alarms')
  .description('Lists what the house wants a person to look at, and closes what was seen to.')
  .option('--close <kind>', 'close the alarms of this kind')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText('after', '\nExample:\n  icehouse alarms --close message_parked')
  .action(async (options: { close?: string; json?: boolean }) =>
    (await import('./commands/alarms.ts')).alarms(options),
  );

program
  .command('audit')
  .description('Lists what people did: when, who, what, about which case or person. Times and days are UTC.')
  .option('--since <date>', 'only from this day on, as 2027-06-01')
  .option('--limit <number>', 'at most so many, the newest', '50')
  .option('--case <code>', 'only what was done in the case of this code')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse audit --since 2027-06-01 --case K7QX\n\nExit code 1 when the audit has nothing of that case.',
  )
  .action(async (options: { since?: string; limit: string; case?: string; json?: boolean }) =>
    (await import('./commands/audit.ts')).audit(options),
  );

const report = program.command('report').description('What the last days say, in counts: for the staff lead.');
report
  .command('safety')
  .description('The last 30 days of cases, alerts, false alarms, misses and drills. Counts and times, no names.')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse report safety --json\n\nThe same stands in Slack: /icehouse report safety.',
  )
  .action(async (options: { json?: boolean }) => (await import('./commands/report.ts')).reportSafety(options));

program
  .command('unprocessed')
  .description(
    'Lists texts whose flow failed, and marks one as answered by hand. Their words are in the staff channel.',
  )
  .option('--done <id>', 'mark this one as answered')
  .option('--json', 'one JSON object instead of lines')
  .addHelpText('after', '\nExample:\n  icehouse unprocessed --done 0f3c9a')
  .action(async (options: { done?: string; json?: boolean }) =>
    (await import('./commands/alarms.ts')).unprocessed(options),
  );

program
  .command('screen')
  .description('Reads texts as JSON lines and prints what the distress screen and the consent words say of each.')
  .addHelpText(
    'after',
    '\nExample:\n  printf \'{"id":"1","text":"i dont want to be alive anymore"}\\n\' | icehouse screen\n\n' +
      'Input: {"id", "text", "previous"?: [earlier texts]}. Output: {"id", "tier", "consent", "matched", "signals"}.\n' +
      'Exit code 1 when a line could not be read; the others are answered all the same.',
  )
  .action(async () => (await import('./commands/screen.ts')).screenLines());

program
  .command('understand')
  .description('Reads replies as JSON lines and prints what each was understood as, and how surely.')
  .option('--json', 'one JSON object a line instead of words')
  .addHelpText(
    'after',
    '\nExample:\n  printf \'{"id":"1","text":"done! also when is orientation?","language":"en","expects":"task"}\\n\' | icehouse understand --json\n\n' +
      'Input: {"id", "text", "language": "en" or "es", "expects": yes_no, task, number, money, date, choice, phone or email,\n' +
      '        "options"?: [labels], "today"?: local ISO date}.\n' +
      'Output: {"id", "band": accept, confirm or unclear, "value"?, "family"?, "date"?, "rest"?}.\n' +
      'Families: done, not_yet, later, stuck, not_for_me, talk, question, unclear. The words are in flows/replies.\n' +
      'Exit code 1 when a line could not be read; the others are answered all the same.',
  )
  .action(async (options: { json?: boolean }) => (await import('./commands/understand.ts')).understandLines(options));

program
  .command('rehearse')
  .description('Plays the program year with synthetic students on a fake clock, and says what would be sent.')
  .option('--mentees <number>', 'how many students', '300')
  .option('--seed <number>', 'the same seed is the same year', '7')
  .option('--from <date>', 'the day on which the roster is imported', '2027-05-01')
  .option('--months <number>', 'how long', '16')
  .option('--flows <folder>', 'play the flows of this folder instead of those of the checkout')
  .option('--cents-per-segment <number>', 'what one segment costs, carrier fees included', '1.2')
  .option('--html <file>', 'where the page with charts goes', 'icehouse-rehearsal.html')
  .option('--no-html', 'write no page')
  .option('--json', 'one JSON object with every figure instead of lines')
  .option('--report-only', 'exit with 0, whatever was found')
  .addHelpText(
    'after',
    '\nExample:\n  icehouse rehearse --mentees 300 --seed 7 --html summer.html\n\n' +
      'Nothing is sent and no database is touched. docs/rehearsal.md says who the students are and what is checked.\n' +
      'Exit code 1 when the house did what it must never do.',
  )
  .action(async (options: Parameters<typeof import('./commands/rehearse.ts').rehearseYear>[0]) =>
    (await import('./commands/rehearse.ts')).rehearseYear(options),
  );

// `icehouse flows check | head`: a reader that has seen enough is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

/** Errors that are an answer to the caller: their message is whole, a stack would only hide it. */
try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  process.stderr.write(`icehouse: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
