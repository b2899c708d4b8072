// The rows of the screen's table: shares of a labelled sample, beside what each should be.

import type { Tier } from '../src/core/model/message.ts';

/** A labelled line of a sample. `accept` are the tiers that also count as right. */
export interface SampleLine {
  readonly text: string;
  readonly label?: Tier;
  readonly category?: string;
  readonly lang?: string;
  readonly accept?: readonly Tier[];
}

/** A line and what the screen says of it. */
export type Judged = Required<Omit<SampleLine, 'accept'>> & Pick<SampleLine, 'accept'> & { readonly tier: Tier };

type Test = (line: Judged) => boolean;

const isPaged: Test = (line) => line.tier === 'crisis' || line.tier === 'high';
const isAny: Test = (line) => line.tier !== 'none';
const isAccepted: Test = (line) => line.tier === line.label || line.accept?.includes(line.tier) === true;
const HARD = /^(idiom|hyperbole|topic|negated|denial|game|song|lyrics|meme|past-or-other|real-idiom|real-mention)/;
const TRIGGER = /trigger/;

/** One row a question that the sample can answer. */
export function rowsOf(lines: readonly Judged[]): string[][] {
  const crisis = lines.filter((line) => line.label === 'crisis');
  const of = (label: Tier): readonly Judged[] => lines.filter((line) => line.label === label);
  const ordinary = of('none').filter((line) => !HARD.test(line.category) && !TRIGGER.test(line.category));
  const foreign = crisis.filter((line) => line.lang !== 'en');
  const falsePage: Test = (line) => isPaged(line) && !isAccepted(line);
  const falseModerate: Test = (line) => line.tier === 'moderate' && !isAccepted(line);
  return [
    share('crisis: right tier (97; at least 93)', crisis, (line) => line.tier === 'crisis'),
    share('crisis: paged (98; 95)', crisis, isPaged),
    share('crisis: any (99; 97)', crisis, isAny),
    ...worst(crisis),
    share('crisis in Spanish or both: right tier (97; 93)', foreign, (line) => line.tier === 'crisis'),
    share('high: paged (94; 88)', of('high'), isPaged),
    share('high: any (97; 93)', of('high'), isAny),
    share('moderate: any (92; 85)', of('moderate'), isAny),
    share('ordinary: paged falsely (0.15; 0.3)', ordinary, falsePage),
    share(
      'with trigger words: paged falsely (1; 2)',
      of('none').filter((line) => TRIGGER.test(line.category)),
      falsePage,
    ),
    share(
      'hard negatives: paged falsely (1.5; 3)',
      of('none').filter((line) => HARD.test(line.category)),
      falsePage,
    ),
    share('all of none: moderate falsely (0.7; 1.5)', of('none'), falseModerate),
    share(
      'ambiguous: an accepted tier (90; 80)',
      lines.filter((line) => line.accept !== undefined),
      isAccepted,
    ),
  ].filter((row) => row.length > 0);
}

function share(name: string, lines: readonly Judged[], test: Test): string[] {
  if (lines.length === 0) return [];
  return [name, String(lines.length), ((100 * lines.filter(test).length) / lines.length).toFixed(2)];
}

/** The category of crisis that is found worst. */
function worst(crisis: readonly Judged[]): string[][] {
  const categories = [...new Set(crisis.map((line) => line.category))];
  const rows = categories.map((category) =>
    share(
      `crisis: worst category paged (90; 80), ${category}`,
      crisis.filter((line) => line.category === category),
      isPaged,
    ),
  );
  return rows.sort((a, b) => Number(a[2]) - Number(b[2])).slice(0, 1);
}
