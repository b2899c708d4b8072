// The shipped safety files, read and compiled once for the tests of the screen.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type ScreenInput, type Screening, screen } from '../../../src/core/safety/screen.ts';
import { compileScreen } from '../../../src/core/safety/screen-compiler.ts';
import { parseSafetyFile, type SafetyFile } from '../../../src/core/safety/signal-schema.ts';

function readSafetyFile(language: 'en' | 'es'): SafetyFile {
  const source = readFileSync(new URL(`../../../flows/safety/${language}.yaml`, import.meta.url), 'utf8');
  const parsed = parseSafetyFile(parse(source));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems[0]));
  return parsed.file;
}

export const SAFETY_FILES: readonly SafetyFile[] = [readSafetyFile('en'), readSafetyFile('es')];

/** Compiled once: it takes a second. */
export const compiled = compileScreen(SAFETY_FILES);

/** Screens a text as the product does. */
export function read(text: string, more: Omit<ScreenInput, 'text'> = {}): Screening {
  return screen(compiled, { text, ...more });
}
