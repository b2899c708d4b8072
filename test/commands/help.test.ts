// What the command says of itself, and how it ends.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';

const COMMANDS = [
  'serve',
  'demo',
  'setup',
  'doctor',
  'migrate',
  'roster import',
  'flows check',
  'flows test',
  'flows play',
  'flows graph',
  'flows schema',
  'flows publish',
  'flows rollback',
  'flows history',
  'flows plan',
  'report safety',
  'screen',
  'rehearse',
];

describe('icehouse --help', () => {
  it('lists the commands', async () => {
    const { code, out } = await icehouse(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(out).toContain(`  ${command.split(' ')[0]}`);
  });

  it('has an example for every command', async () => {
    const helps = await Promise.all(COMMANDS.map((command) => icehouse([...command.split(' '), '--help'])));
    for (const [index, { code, out, err }] of helps.entries()) {
      expect(code, `${COMMANDS[index]}: ${err}`).toBe(0);
      expect(out).toMatch(new RegExp(`Example:\\n  .*icehouse ${COMMANDS[index]}`));
    }
  });

  it('tells the version of package.json', async () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
    expect((await icehouse(['--version'])).out.trim()).toBe(version);
  });
});

describe('a wrong call', () => {
  it('is told what would be right, and ends with 2', async () => {
    const [unknown, option] = await Promise.all([icehouse(['serv']), icehouse(['doctor', '--jsn'])]);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('Did you mean serve?');
    expect(option).toMatchObject({ code: 2, out: '' });
    expect(option.err).toContain('--json');
  });

  it('of serve without settings is one line that names the first of them, and ends with 1', async () => {
    const { code, out, err } = await icehouse(['serve'], {
      env: { DATABASE_URL: 'file::memory:' },
      cwd: join(ROOT, 'test'),
    });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^icehouse: PORT is missing: it should be a port number .* Where to get it: .*\n$/);
  });
});
