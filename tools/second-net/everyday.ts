// Ordinary texts by grammar: who does what where and when, in the ways phones are really used. They teach the second
// net what everyday words look like, so that an unknown one is no sign of danger. Seeded; every word is written here.

import { SENTENCES, SLOTS } from './everyday-words.ts';
import type { Line } from './lines.ts';
import { randomFrom } from './logistic.ts';

/** `count` ordinary lines, one to three sentences each. */
export function everydayLines(count: number, seed: number): readonly Line[] {
  const random = randomFrom(seed);
  const lines: Line[] = [];
  for (let made = 0; made < count; made += 1) {
    const sentences = 1 + Math.floor(random() * 3);
    const text = Array.from({ length: sentences }, () => fill(pick(SENTENCES, random), random)).join(joint(random));
    lines.push({ text, tier: 'none', category: 'everyday' });
  }
  return lines;
}

function fill(template: string, random: () => number): string {
  return template.replace(/[A-Z]+/g, (name) => pick(SLOTS[name] ?? [name], random));
}

function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? '';
}

function joint(random: () => number): string {
  return pick(['. ', '. ', ' ', '... ', ', ', '! ', ' haha '], random);
}
