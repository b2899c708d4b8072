// Runs the examples that every signal and idiom brings along, and reports each that does not do what it says.
// A file with a problem is refused at start; the check never mends anything.

import { builtInNet } from './built-in-net.ts';
import { unheardFloor } from './floor.ts';
import { screen } from './screen.ts';
import { type CompiledScreen, compileScreen } from './screen-compiler.ts';
import type { SecondNet } from './second-net.ts';
import type { SafetyFile, SafetyProblem, SignalDefinition } from './signal-schema.ts';

/** A problem and the language whose file it stands in. */
export type PlacedSafetyProblem = SafetyProblem & { readonly language: SafetyFile['language'] };

/** Checks all files together, because a sentence may mix their languages. An empty list means that all is well. */
export function checkSafetyFiles(
  files: readonly SafetyFile[],
  nets: readonly SecondNet[] = [builtInNet()],
): readonly PlacedSafetyProblem[] {
  const compiled = compileScreen(files, nets);
  return [...compiled.problems, ...files.flatMap((file) => checkFile(compiled, file)), ...checkFloor(compiled)];
}

/** The floor that ships can be added to, and never edited away, neither by a line taken out nor by a new mask. */
function checkFloor(compiled: CompiledScreen): readonly PlacedSafetyProblem[] {
  return unheardFloor(compiled).map(({ text, tier }) => ({
    language: 'en',
    path: ['signals'],
    message: `"${text}" is part of the floor and is no longer read as ${tier}`,
    hint: 'put the signal back that was taken out, or narrow the mask that hides it',
  }));
}

function checkFile(compiled: CompiledScreen, file: SafetyFile): readonly PlacedSafetyProblem[] {
  const problems = [
    ...checkIds(file),
    ...file.signals.flatMap((signal, at) => checkSignal(compiled, signal, at)),
    ...file.masks.flatMap((_, at) => checkMask(compiled, file, at)),
  ];
  return problems.map((problem) => ({ ...problem, language: file.language }));
}

function checkIds(file: SafetyFile): readonly SafetyProblem[] {
  const seen = new Set<string>();
  return file.signals.flatMap((signal, at) => {
    const isNew = !seen.has(signal.id);
    seen.add(signal.id);
    if (isNew) return [];
    return [
      { path: ['signals', at, 'id'], message: `"${signal.id}" is there twice`, hint: 'give each signal its own id' },
    ];
  });
}

function checkSignal(compiled: CompiledScreen, signal: SignalDefinition, at: number): readonly SafetyProblem[] {
  const silent = signal.examples.flatMap((text, index) => {
    const found = screen(compiled, { text });
    if (found.signals.some((other) => other.id === signal.id) && found.tier !== 'none') return [];
    const path = ['signals', at, 'examples', index];
    return [
      {
        path,
        message: `"${text}" does not fire ${signal.id}`,
        hint: 'widen a pattern, or look for a mask that hides it',
      },
    ];
  });
  const loud = signal.counterexamples.flatMap((text, index) => {
    const found = screen(compiled, { text });
    if (!found.signals.some((other) => other.id === signal.id)) return [];
    const path = ['signals', at, 'counterexamples', index];
    const hint = 'narrow the pattern, add an unless, or mask the idiom';
    return [{ path, message: `"${text}" fires ${signal.id} on "${found.matched.join('", "')}"`, hint }];
  });
  return [...silent, ...loud];
}

function checkMask(compiled: CompiledScreen, file: SafetyFile, at: number): readonly SafetyProblem[] {
  const mask = file.masks[at];
  if (mask === undefined) return [];
  const loud = mask.examples.flatMap((text, index) => {
    const found = screen(compiled, { text });
    if (found.tier === 'none') return [];
    const path = ['masks', at, 'examples', index];
    const message = `"${text}" is read as ${found.tier}: ${found.signals.map((signal) => signal.id).join(', ')}`;
    return [{ path, message, hint: 'let the mask cover the whole idiom' }];
  });
  const hidden = (mask.stillFound ?? []).flatMap((text, index) => {
    if (screen(compiled, { text }).tier !== 'none') return [];
    const path = ['masks', at, 'stillFound', index];
    return [{ path, message: `"${text}" has become silent`, hint: 'the mask covers too much' }];
  });
  return [...loud, ...hidden];
}
