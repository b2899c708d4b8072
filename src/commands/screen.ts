// `icehouse screen`: the distress screen and the consent words on texts from standard input, a JSON line each. Its
// output is stable: counselors and tests read it.

import { createInterface } from 'node:readline';
import { z } from 'zod';
import { formatFileProblem } from '../adapters/system/file-problem.ts';
import { readSafetyFiles } from '../adapters/system/safety-files.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';
import { netsWith } from '../core/safety/built-in-net.ts';
import { readConsentWord } from '../core/safety/consent-words.ts';
import { screen } from '../core/safety/screen.ts';
import { type CompiledScreen, compileScreen, withExamples } from '../core/safety/screen-compiler.ts';

const line = z.object({
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  text: z.string(),
  previous: z.array(z.string()).optional(),
  /** What the person was asked last, when it was whether they are safe. */
  asked: z.literal('safety_question').optional(),
  /** Tiers of their texts of the last day. */
  recentTiers: z.array(z.enum(['none', 'moderate', 'high', 'crisis'])).optional(),
});

export async function screenLines(): Promise<void> {
  const compiled = loadScreen();
  let number = 0;
  let unread = 0;
  for await (const raw of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (raw.trim() === '') continue;
    const read = line.safeParse(parseJson(raw));
    if (read.success) {
      process.stdout.write(`${JSON.stringify(answer(compiled, read.data))}\n`);
      continue;
    }
    unread += 1;
    process.stderr.write(`line ${number}: not a text to screen; write {"id":"1","text":"..."} on a line of its own\n`);
  }
  if (unread > 0) process.exitCode = 1;
}

function answer(
  compiled: CompiledScreen,
  { id, text, asked, previous = [], recentTiers = [] }: z.infer<typeof line>,
): object {
  const afterSafetyQuestion = asked === 'safety_question';
  const { tier, matched, signals } = screen(compiled, { text, previous, recentTiers, afterSafetyQuestion });
  return { id: id ?? null, tier, consent: readConsentWord(text), matched, signals };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function loadScreen(): CompiledScreen {
  const folder = readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const read = readSafetyFiles(folder, { runExamples: false });
  if (!read.ok) throw new Error(`the safety files have mistakes:\n${read.problems.map(formatFileProblem).join('\n')}`);
  return withExamples(compileScreen(read.files, netsWith(read.ownNet)), read.examples.examples);
}
