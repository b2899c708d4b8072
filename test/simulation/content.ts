// The flows of the checkout as the house would publish them, with deadlines near the simulated days and, as long as the
// safety files are not there, a stand-in that finds the town's own crisis lines.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ContentFiles } from '../../src/app/content.ts';
import { addDays, localDateOf } from '../../src/core/model/local-time.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'flows');

/** Days from the start of the run to the deadlines, in the order of the tasks file. */
const DEADLINES = [9, 17, 25];

export function readTownContent(startsAt: number, carrierConfirmsStop: boolean): ContentFiles {
  const files: Record<string, unknown> = {};
  for (const name of readdirSync(FOLDER)) if (name.endsWith('.yaml')) files[name] = read(name);
  files['safety/replies.yaml'] = read('safety/replies.yaml');
  for (const language of ['en', 'es'] as const) {
    const path = `safety/${language}.yaml`;
    files[path] = existsSync(join(FOLDER, path)) ? read(path) : standIn(language);
  }
  files['program.yaml'] = { ...object(files['program.yaml']), carrier_confirms_stop: carrierConfirmsStop };
  files['tasks.yaml'] = moveDeadlines(files['tasks.yaml'], startsAt);
  return files;
}

function read(path: string): unknown {
  return parse(readFileSync(join(FOLDER, path), 'utf8'));
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('a flow file is not an object');
  return { ...value };
}

function moveDeadlines(file: unknown, startsAt: number): unknown {
  const today = localDateOf(startsAt, 'America/Los_Angeles');
  const tasks = Object.entries(object(object(file)['tasks'])).map(([key, task], index) => {
    const deadline = addDays(today, DEADLINES[index % DEADLINES.length] ?? 20);
    return [key, { ...object(task), deadline }];
  });
  return { tasks: Object.fromEntries(tasks) };
}

const PATTERNS = { en: ['want to die', 'kill myself'], es: ['quiero morirme', 'me quiero matar'] };

function standIn(language: 'en' | 'es'): unknown {
  const nothing = ['qqqq'];
  const context = {
    humour: nothing,
    earnest: nothing,
    trivial: nothing,
    past: nothing,
    present: nothing,
    topic: nothing,
  };
  const signal = {
    id: `stand-in-${language}`,
    tier: 'crisis',
    category: 'stand-in',
    patterns: PATTERNS[language],
    examples: ['i want to die', 'quiero morirme', 'me quiero matar'],
    counterexamples: ['hello', 'hola'],
  };
  return {
    language,
    negators: ['qqqq'],
    negationCarriers: ['qqqq'],
    slots: {},
    masks: [],
    context,
    yesAfterSafetyQuestion: nothing,
    signals: [signal],
  };
}
