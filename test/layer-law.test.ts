// The law about imports: what it refuses, that Biome refuses the same, and that the house keeps it.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { refusalOf } from './support/layer-law.ts';
import { filesUnder, importsOf, ROOT, readText } from './support/source-tree.ts';

/** One import in one place: the rule that refuses it, or null. */
const PLANTED: readonly (readonly [file: string, specifier: string, rule: string | null])[] = [
  ['src/core/model/planted.ts', './ids.ts', null],
  ['src/core/model/planted.ts', '../language/phone.ts', 'core-imports-core-only'],
  ['src/core/model/planted.ts', 'zod', 'core-is-pure'],
  ['src/core/model/planted.ts', 'node:crypto', 'core-is-pure'],
  ['src/core/language/planted.ts', 'temporal-polyfill', null],
  ['src/core/language/planted.ts', '../model/ids.ts', null],
  ['src/core/language/planted.ts', '../flow/compile.ts', 'core-imports-core-only'],
  ['src/core/language/planted.ts', 'zod', 'core-is-pure'],
  ['src/core/flow/planted.ts', 'zod', null],
  ['src/core/flow/planted.ts', './steps/index.ts', null],
  ['src/core/flow/planted.ts', '../language/phone.ts', null],
  ['src/core/flow/planted.ts', '../conversation/advance.ts', 'flow-below-conversation'],
  ['src/core/flow/planted.ts', '../safety/screen.ts', 'flow-below-conversation'],
  ['src/core/flow/planted.ts', '../../app/content.ts', 'flow-below-conversation'],
  ['src/core/flow/planted.ts', 'libphonenumber-js/max', 'core-is-pure'],
  ['src/core/flow/steps/planted.ts', '../step-kind.ts', null],
  ['src/core/flow/steps/planted.ts', '../../model/ids.ts', null],
  ['src/core/flow/steps/planted.ts', './ask.ts', 'steps-are-strangers'],
  ['src/core/flow/steps/planted.ts', './index.ts', 'steps-are-strangers'],
  ['src/core/flow/steps/planted.ts', '../../conversation/advance.ts', 'flow-below-conversation'],
  ['src/core/flow/steps/index.ts', './ask.ts', null],
  ['src/core/flow/steps/index.ts', '../../conversation/advance.ts', 'flow-below-conversation'],
  ['src/core/conversation/planted.ts', '../flow/compile.ts', null],
  ['src/core/conversation/planted.ts', '../flow/steps/index.ts', null],
  ['src/core/conversation/planted.ts', '../safety/screen.ts', 'core-imports-core-only'],
  ['src/core/safety/planted.ts', '../language/phone.ts', null],
  ['src/core/safety/planted.ts', '../flow/compile.ts', 'core-imports-core-only'],
  ['src/core/safety/planted.ts', '../../adapters/db/schema.ts', 'core-imports-core-only'],
  ['src/core/safety/planted.ts', '../../config.ts', 'core-imports-core-only'],
  ['src/core/safety/planted.ts', '../../../test/support/sqlite.ts', 'src-not-to-test'],
  ['src/core/schedule/planted.ts', '../model/ids.ts', null],
  ['src/core/schedule/planted.ts', '../language/phone.ts', 'core-imports-core-only'],
  ['src/core/matching/planted.ts', '../schedule/quiet-hours.ts', 'core-imports-core-only'],
  ['src/core/measure/planted.ts', '../flow/compile.ts', 'core-imports-core-only'],
  ['src/core/access/planted.ts', '../safety/screen.ts', 'core-imports-core-only'],
  ['src/app/planted.ts', '../core/model/ids.ts', null],
  ['src/app/planted.ts', './ports/clock.ts', null],
  ['src/app/planted.ts', '../adapters/db/schema.ts', 'app-imports-core-only'],
  ['src/app/planted.ts', '../config.ts', 'app-imports-core-only'],
  ['src/app/planted.ts', '../rehearsal/start-vendors.ts', 'app-imports-core-only'],
  ['src/app/planted.ts', 'zod', 'app-is-vendor-free'],
  ['src/app/planted.ts', 'node:timers', 'app-is-vendor-free'],
  ['src/app/ports/planted.ts', './clock.ts', null],
  ['src/app/ports/planted.ts', '../../core/model/ids.ts', null],
  ['src/app/ports/planted.ts', '../content.ts', 'app-imports-core-only'],
  ['src/app/ports/planted.ts', 'twilio', 'app-is-vendor-free'],
  ['src/adapters/slack/planted.ts', '@slack/web-api', null],
  ['src/adapters/slack/planted.ts', '../../app/ports/log.ts', null],
  ['src/adapters/slack/planted.ts', '../twilio/send.ts', 'adapters-do-not-meet'],
  ['src/adapters/slack/planted.ts', '../../main.ts', 'adapters-do-not-meet'],
  ['src/adapters/slack/planted.ts', 'twilio', 'vendor-in-one-room'],
  ['src/adapters/slack/planted.ts', 'node:fs', 'vendor-in-one-room'],
  ['src/adapters/slack/views/planted.ts', '../clients.ts', null],
  ['src/adapters/slack/views/planted.ts', '../listeners/buttons.ts', null],
  ['src/adapters/slack/views/planted.ts', '../../../core/model/ids.ts', null],
  ['src/adapters/slack/views/planted.ts', '../../db/schema.ts', 'adapters-do-not-meet'],
  ['src/adapters/slack/views/planted.ts', '../../../config.ts', 'adapters-do-not-meet'],
  ['src/adapters/slack/views/planted.ts', 'yaml', 'vendor-in-one-room'],
  ['src/adapters/twilio/planted.ts', 'twilio/lib/webhooks/webhooks.js', null],
  ['src/adapters/twilio/planted.ts', '@slack/bolt', 'vendor-in-one-room'],
  ['src/adapters/twilio/planted.ts', 'node:fs/promises', 'vendor-in-one-room'],
  ['src/adapters/db/planted.ts', 'kysely', null],
  ['src/adapters/db/planted.ts', 'pino', 'vendor-in-one-room'],
  ['src/adapters/db/planted.ts', '../system/clock.ts', 'adapters-do-not-meet'],
  ['src/adapters/system/planted.ts', 'csv-parse/sync', null],
  ['src/adapters/system/planted.ts', 'node:fs', null],
  ['src/adapters/system/planted.ts', 'better-sqlite3', 'vendor-in-one-room'],
  ['src/adapters/system/planted.ts', '../../rehearsal/start-vendors.ts', 'adapters-do-not-meet'],
  ['src/rehearsal/planted.ts', '../core/model/ids.ts', null],
  ['src/rehearsal/planted.ts', './twilio/state.ts', null],
  ['src/rehearsal/planted.ts', '../core/flow/compile.ts', 'rehearsal-across-the-street'],
  ['src/rehearsal/planted.ts', '../app/content.ts', 'rehearsal-across-the-street'],
  ['src/rehearsal/twilio/planted.ts', 'sms-segments-calculator', null],
  ['src/rehearsal/twilio/planted.ts', '../wire/exchange.ts', null],
  ['src/rehearsal/twilio/planted.ts', '../../adapters/twilio/send.ts', 'rehearsal-across-the-street'],
  ['src/rehearsal/twilio/planted.ts', 'twilio', 'rehearsal-across-the-street'],
  ['src/config.ts', 'zod', null],
  ['src/config.ts', './main.ts', 'nothing-imports-a-door'],
  ['src/main.ts', './adapters/db/schema.ts', null],
  ['src/main.ts', './commands/serve.ts', 'nothing-imports-a-door'],
  ['src/main.ts', './rehearsal/start-vendors.ts', 'nothing-imports-a-door'],
  ['src/main.ts', 'pino', 'vendor-in-one-room'],
  ['src/main.ts', '../test/support/sqlite.ts', 'src-not-to-test'],
  ['src/cli.ts', './commands/serve.ts', null],
  ['src/cli.ts', './main.ts', 'nothing-imports-a-door'],
  ['src/commands/planted.ts', '../main.ts', null],
  ['src/commands/planted.ts', '../rehearsal/start-rehearsal.ts', null],
  ['src/commands/planted.ts', '../cli.ts', 'nothing-imports-a-door'],
  ['src/commands/planted.ts', './serve.ts', 'nothing-imports-a-door'],
  ['src/commands/planted.ts', './rehearse.ts', 'nothing-imports-a-door'],
  ['src/commands/planted.ts', './rehearse-play.ts', null],
  ['src/commands/planted.ts', '@slack/web-api', 'vendor-in-one-room'],
  ['src/commands/planted.ts', '../../test/support/sqlite.ts', 'src-not-to-test'],
  ['migrations/planted.ts', 'kysely', null],
  ['migrations/planted.ts', '../src/adapters/db/schema.ts', 'migrations-stand-alone'],
  ['migrations/planted.ts', 'zod', 'migrations-stand-alone'],
];

/** Mistakes of other kinds that Biome alone can see, each in a file of its own. */
const MISTAKES: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['suspicious/noImportCycles', 'src/app/ring-a.ts', "import type { B } from './ring-b.ts';\nexport type A = B | 1;\n"],
  ['suspicious/noImportCycles', 'src/app/ring-b.ts', "import type { A } from './ring-a.ts';\nexport type B = A | 2;\n"],
  ['correctness/noUndeclaredDependencies', 'test/undeclared.ts', "import 'left-pad';\n"],
  ['correctness/noUndeclaredDependencies', 'src/adapters/system/dev.ts', "import 'vitest';\n"],
  [
    'nursery/noFloatingPromises',
    'src/app/floating.ts',
    'async function save(): Promise<void> {}\nexport function work(): void {\n  save();\n}\n',
  ],
  [
    'nursery/noMisusedPromises',
    'src/app/misused.ts',
    'async function isOpen(): Promise<boolean> {\n  return false;\n}\nexport function work(): number {\n  if (isOpen()) return 1;\n  return 2;\n}\n',
  ],
  ['suspicious/noExplicitAny', 'src/app/loose.ts', 'export function take(value: any): void {\n  void value;\n}\n'],
  ['style/useFilenamingConvention', 'src/app/camelCase.ts', 'export const one = 1;\n'],
];

const report = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }).optional() }),
    }),
  ),
});

let folder = '';
let found: { readonly file: string; readonly line: number; readonly rule: string }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-law-'));
  for (const name of ['biome.json', 'package.json', '.gitignore']) cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [, file, text] of MISTAKES) plant(file, text);
  for (const file of new Set(PLANTED.map(([path]) => path))) {
    const lines = PLANTED.filter(([path]) => path === file).map(([, specifier]) => `import '${specifier}';\n`);
    plant(file, lines.join(''));
  }
  found = lint();
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function lint(): typeof found {
  const biome = join(ROOT, 'node_modules', '.bin', 'biome');
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false', '.'];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' });
  return report.parse(JSON.parse(stdout)).diagnostics.map(({ category, location }) => ({
    file: location.path,
    line: location.start?.line ?? 0,
    rule: category.replace(/^lint\//, ''),
  }));
}

describe('the law about imports', () => {
  it.each(PLANTED)('in %s, of %s: %s', (file, specifier, rule) => {
    expect(refusalOf(file, specifier)).toBe(rule);
    const line = PLANTED.filter(([path]) => path === file).findIndex(([, other]) => other === specifier) + 1;
    const refused = found.some(
      (one) => one.file === file && one.line === line && one.rule === 'style/noRestrictedImports',
    );
    expect(refused, 'what Biome says of it').toBe(rule !== null);
  });

  it.each(MISTAKES)('has Biome refuse %s in %s', (rule, file) => {
    expect(found.filter((one) => one.file === file).map((one) => one.rule)).toContain(rule);
  });

  it('refuses a room that nobody has written into it', () => {
    expect(refusalOf('src/adapters/fax/send.ts', './dial.ts')).toBe('every-file-in-a-room');
    expect(refusalOf('src/utils/dates.ts', './zones.ts')).toBe('every-file-in-a-room');
  });

  it('is kept by every file of the house', () => {
    const broken = [...filesUnder('src'), ...filesUnder('migrations')]
      .filter((file) => /\.(?:ts|js)$/.test(file))
      .flatMap((file) =>
        importsOf(readText(file)).flatMap((specifier) => {
          const rule = refusalOf(file, specifier);
          return rule === null ? [] : [`${file} imports ${specifier}: ${rule}`];
        }),
      );
    expect(broken).toEqual([]);
  });
});
