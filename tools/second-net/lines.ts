// The authored lines that the second net learns from, and the ways a phone bends them: danger inside logistics, two
// ordinary texts in one, a slip of the thumb. Seeded; it never reads a text that a real person wrote.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../src/core/model/message.ts';
import { randomFrom } from './logistic.ts';

export interface Line {
  readonly text: string;
  readonly tier: Tier;
  readonly category: string;
  readonly lang?: string;
}

/** All lines of a folder's .jsonl files, by file name. A text that stands there twice counts once. */
export function readLines(folder: string): readonly Line[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  const lines = files.sort().flatMap((file) => parseLines(readFileSync(join(folder, file), 'utf8')));
  return [...new Map(lines.map((line) => [line.text, line])).values()];
}

export function parseLines(source: string): readonly Line[] {
  return source
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => JSON.parse(row) as Line);
}

/** The lines and bent copies of them. */
export function bendLines(lines: readonly Line[], seed: number): readonly Line[] {
  const random = randomFrom(seed);
  const ordinary = lines.filter((line) => line.tier === 'none' && line.text.length < 70);
  const pick = (): string => ordinary[Math.floor(random() * ordinary.length)]?.text ?? '';
  const bent = lines.flatMap((line) => {
    const copies: Line[] = [];
    if (random() < 0.35) copies.push({ ...line, text: beside(line.text, pick(), random) });
    if (random() < 0.3) copies.push({ ...line, text: slip(line.text, random) });
    return copies;
  });
  return [...lines, ...bent];
}

const JOINTS = ['. ', ' ', ', ', ' also ', ' and ', '\n', '... '];

function beside(text: string, other: string, random: () => number): string {
  const joint = JOINTS[Math.floor(random() * JOINTS.length)] ?? ' ';
  return random() < 0.5 ? `${other}${joint}${text}` : `${text}${joint}${other}`;
}

/** One letter left out, doubled or swapped with its neighbour. */
function slip(text: string, random: () => number): string {
  const at = 1 + Math.floor(random() * Math.max(1, text.length - 2));
  const way = random();
  if (way < 0.4) return text.slice(0, at) + text.slice(at + 1);
  if (way < 0.6) return text.slice(0, at) + text.charAt(at) + text.slice(at);
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}
