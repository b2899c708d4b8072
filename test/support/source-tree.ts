// The checkout as text: which files there are, what they import, and their code without comments and strings.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['node_modules', '.git', '.vitest', 'coverage', 'data', '.tmp']);

/** Every file below a folder of the checkout (`''` is all of it), with `/` between folders. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** Every file that is or would be committed: ignored ones are left out where git is at hand. */
export function filesOfCheckout(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const here = new Set(filesUnder(''));
    return listed.split('\n').filter((path) => here.has(path));
  } catch {
    return filesUnder('');
  }
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

const STATIC_IMPORT = /^\s*(?:import|export)\b(?:[^'";]*?\bfrom)?\s*(['"])([^'"\n]+)\1/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*(['"])([^'"\n]+)\1\s*\)/g;

/** What a file imports, as it writes it: values, types, re-exports and imports at run time. */
export function importsOf(text: string): string[] {
  return [STATIC_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => (match[2] === undefined ? [] : [match[2]])),
  );
}

/** Where a relative import leads, from the root of the checkout; null for a package. */
export function targetOf(file: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : null;
}

/** The code alone: comments and the inside of strings become blanks. */
export function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}
