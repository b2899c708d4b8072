// What each text of a flow costs, in SMS segments, per language: the list behind `icehouse flows check --segments`.

import type { Language } from '../model/people.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { ownTexts } from './own-texts.ts';
import type { Path } from './problem.ts';
import { measureSegments } from './segments.ts';

/** One text at its longest. */
export interface SegmentRow {
  readonly flow: string;
  readonly path: Path;
  readonly language: Language;
  readonly characters: number;
  readonly segments: number;
  /** Characters outside GSM-7, each once. */
  readonly costly_letters: readonly string[];
}

/** Every text that leaves as a message of its own, in the order of the file. */
export function segmentTable(flow: CompiledFlow): SegmentRow[] {
  return ownTexts(flow).flatMap(({ path, language, longest }) => {
    if (longest === null) return [];
    const { segments, costlyLetters } = measureSegments(longest);
    return [{ flow: flow.id, path, language, characters: longest.length, segments, costly_letters: costlyLetters }];
  });
}
