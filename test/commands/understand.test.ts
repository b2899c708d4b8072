// `icehouse understand`, whose lines authors and other programs read: this stays stable. And what `flows check` says of
// the files that it reads replies by.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';

async function understand(...lines: readonly unknown[]) {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const { code, out, err } = await icehouse(['understand', '--json'], { input });
  const answers: unknown[] = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { code, err, answers };
}

describe('icehouse understand', () => {
  it('prints one line for each reply, in order, with what was understood and how surely', async () => {
    const today = '2027-06-16';
    const { code, err, answers } = await understand(
      { id: '1', text: 'done! also when is orientation?', language: 'en', expects: 'task' },
      { id: '2', text: 'sip', language: 'es', expects: 'yes_no' },
      { id: '3', text: 'about 400', language: 'en', expects: 'money' },
      { id: '4', text: 'pasado mañana', language: 'es', expects: 'date', today },
      { id: '5', text: 'b', language: 'en', expects: 'choice', options: ['In a dorm', 'At home'] },
      { id: '6', text: '(213) 555-0123', language: 'en', expects: 'phone' },
      { id: '7', text: 'maya at gmail dot com', language: 'en', expects: 'email' },
      { id: '8', text: 'idk', language: 'en', expects: 'number' },
      { id: 9, text: 'who is this', language: 'en', expects: 'task', label: 'ignored' },
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(answers).toEqual([
      { id: '1', band: 'accept', family: 'done', rest: 'also when is orientation?' },
      { id: '2', band: 'accept', value: 'yes' },
      { id: '3', band: 'accept', value: 400 },
      { id: '4', band: 'accept', date: '2027-06-18' },
      { id: '5', band: 'accept', value: 'At home' },
      { id: '6', band: 'accept', value: '+12135550123' },
      { id: '7', band: 'confirm', value: 'maya@gmail.com' },
      { id: '8', band: 'unclear', family: 'unclear' },
      { id: '9', band: 'unclear', family: 'unclear' },
    ]);
  });

  it('names a line that it cannot read, answers the others, and ends with 1', async () => {
    const { code, err, answers } = await understand(
      { id: '1', text: 'done', language: 'en', expects: 'task' },
      'not json',
      { id: '2', text: 'done', language: 'en', expects: 'poem' },
      { id: '3', text: 'b', language: 'en', expects: 'choice' },
      { id: '4', text: 'friday', language: 'en', expects: 'date', today: '2027-02-31' },
      { id: '5', text: 'no', language: 'en', expects: 'yes_no' },
    );
    expect(code).toBe(1);
    expect(answers).toMatchObject([{ id: '1' }, { id: '5' }]);
    const named = err.trim().split('\n');
    expect(named.map((line) => line.slice(0, 6))).toEqual(['line 2', 'line 3', 'line 4', 'line 5']);
    expect(err).toContain('"expects":"task"');
  });
});

describe('the files of replies', () => {
  let folder: string;
  const file = (): string => join(folder, 'replies', 'en.yaml');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'icehouse-replies-'));
    cpSync(join(ROOT, 'flows'), folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function checkWith(before: string, after: string): Promise<string[]> {
    const whole = readFileSync(join(ROOT, 'flows', 'replies', 'en.yaml'), 'utf8');
    expect(whole).toContain(before);
    writeFileSync(
      file(),
      whole.replace(before, () => after),
    );
    const { code, out } = await icehouse(['flows', 'check', folder]);
    expect(code).toBe(1);
    return out.split('\n').filter((line) => line.includes('replies'));
  }

  it('name an example that is not read as it says, with file, line and column', async () => {
    const [line] = await checkWith('my mom mailed it yesterday', 'the moon is full');
    expect(line).toMatch(
      /replies[/\\]en\.yaml:\d+:\d+ "the moon is full" is read as unclear and not as done\. Add its/,
    );
  });

  it('name a counterexample that is read all the same', async () => {
    const [line] = await checkWith('so done with this', 'all done');
    expect(line).toMatch(/en\.yaml:\d+:\d+ "all done" is read as done\. /);
  });

  it('name a line that cannot be read, and an unknown key', async () => {
    expect(await checkWith('took care of <IT>', 'took care of <ITT>')).toEqual([
      expect.stringMatching(/en\.yaml:\d+:\d+ there is no slot <ITT>\. Mend the line/),
    ]);
    expect(await checkWith('ask_back:', 'ask_bak:')).toContainEqual(
      expect.stringMatching(/en\.yaml:\d+:1 "ask_bak" is not known here\. Did you mean "ask_back"\?/),
    );
  });
});
