// The floor of the screen: lines of danger that ship with the program, each of which every published screen must still
// hear. They are code, not content: a program adds signals as it likes and edits none of these away.

import { isGraver, type Tier } from '../model/message.ts';
import lines from './floor-lines.json' with { type: 'json' };
import { screen } from './screen.ts';
import type { CompiledScreen } from './screen-compiler.ts';

/** A line and the tier at which it is heard at least. */
export interface FloorLine {
  readonly text: string;
  readonly tier: Tier;
}

/** Examples of the shipped signals of crisis and high, as they were when this version was made. */
export const FLOOR: readonly FloorLine[] = lines.flatMap(([tier, text]): FloorLine[] =>
  text !== undefined && (tier === 'crisis' || tier === 'high') ? [{ text, tier }] : [],
);

/** The lines of the floor that this screen does not hear as gravely as it must; empty when all is well. */
export function unheardFloor(compiled: CompiledScreen): readonly FloorLine[] {
  return FLOOR.filter(({ text, tier }) => isGraver(tier, screen(compiled, { text }).tier));
}
