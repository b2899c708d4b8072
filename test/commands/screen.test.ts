// `icehouse screen`, whose lines counselors and other programs read: this stays stable.

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { icehouse } from '../support/icehouse.ts';

const answer = z.strictObject({
  id: z.string().nullable(),
  tier: z.enum(['crisis', 'high', 'moderate', 'none']),
  consent: z.enum(['opt_out', 'opt_in', 'help']).nullable(),
  matched: z.array(z.string()),
  signals: z.array(z.strictObject({ id: z.string(), category: z.string() })),
});
type Answer = z.infer<typeof answer>;

async function screen(...lines: readonly unknown[]): Promise<{ code: number | null; err: string; answers: Answer[] }> {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const { code, out, err } = await icehouse(['screen'], { input });
  return {
    code,
    err,
    answers: out
      .split('\n')
      .filter(Boolean)
      .map((line) => answer.parse(JSON.parse(line))),
  };
}

describe('icehouse screen', () => {
  it('prints one line for each text, in order, with tier, consent word, words that matched and their signals', async () => {
    const { code, err, answers } = await screen(
      { id: '1', text: 'i dont want to be alive anymore' },
      { id: '2', text: 'I turned in the FAFSA form, thanks!' },
      { id: '3', text: 'STOP' },
      { id: '4', text: 'ya no quiero vivir' },
      { id: 5, text: 'help' },
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(answers.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
    expect(answers[0]).toMatchObject({ tier: 'crisis', consent: null });
    expect(answers[0]?.matched.join(' ')).toContain('alive');
    expect(answers[0]?.signals.length).toBeGreaterThan(0);
    expect(answers[1]).toEqual({ id: '2', tier: 'none', consent: null, matched: [], signals: [] });
    expect(answers[2]).toMatchObject({ tier: 'none', consent: 'opt_out' });
    expect(answers[3]).toMatchObject({ tier: 'crisis' });
    expect(answers[4]).toMatchObject({ consent: 'help' });
  });

  it('ignores fields that it does not know, empty lines and a missing id, and reads earlier texts', async () => {
    const { code, answers } = await screen(
      { id: 'a', text: 'ok', label: 'none', nested: { more: 1 } },
      '',
      '   ',
      { text: 'ok' },
      { id: 'b', text: 'ok', previous: ['how are you', 'fine'] },
    );
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(['a', null, 'b']);
  });

  it('names a line that it cannot read, answers the others, and ends with 1', async () => {
    const { code, err, answers } = await screen(
      { id: '1', text: 'ok' },
      'not json',
      { id: '2' },
      { id: '3', text: 7 },
      { id: '4', text: 'ok' },
    );
    expect(code).toBe(1);
    expect(answers.map(({ id }) => id)).toEqual(['1', '4']);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 6)),
    ).toEqual(['line 2', 'line 3', 'line 4']);
    expect(err).toContain('{"id":"1","text":"..."}');
  });
});
