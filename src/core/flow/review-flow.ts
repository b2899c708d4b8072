// What is found in a flow beyond what it needs in order to run. It is looked for when an author checks or publishes, never
// when a house starts: what was published before a check was thought of, or before a date was past, goes on running.

import { checkDates } from './check-dates.ts';
import { checkLetters, checkSpreadLetters } from './check-letters.ts';
import { checkLinks } from './check-links.ts';
import { checkExpectedWords, checkOptionReadings, type Readers } from './check-options.ts';
import { checkUnused } from './check-unused.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { ownTexts } from './own-texts.ts';
import type { Path, Problem } from './problem.ts';
import type { Program } from './program-schema.ts';
import { checkReading } from './reading-grade.ts';
import type { TaskDefinition } from './task-schema.ts';

/** What a review needs besides the flow. */
export interface Review extends Readers {
  /** The program's local date (ISO). */
  readonly today: string;
  /** The school grade that texts may read at. */
  readonly readingGrade: number;
  /** Variables of this flow that other flows save when they call it. */
  readonly readByCallers: ReadonlySet<string>;
}

/** Everything that is found in a flow without mistakes of the first kind. Mistakes and warnings. */
export function reviewFlow(flow: CompiledFlow, review: Review): Problem[] {
  const texts = ownTexts(flow);
  return [
    ...texts.flatMap(({ written, path }) => checkLinks(written, path)),
    ...checkDates(flow, review.today),
    ...checkOptionReadings(flow, review),
    ...checkExpectedWords(flow),
    ...texts.flatMap(checkLetters),
    ...texts.flatMap((text) => checkReading(text, review.readingGrade)),
    ...checkUnused(flow, review.readByCallers),
  ];
}

/** The same of the tasks: deadlines that are past, link shorteners, and titles that make every text cost more. */
export function reviewTasks(tasks: readonly TaskDefinition[], today: string): Problem[] {
  return tasks.flatMap(({ key, deadline, link, title }) => [
    ...(deadline < today ? [pastDeadline(key, deadline)] : []),
    ...checkLinks(link, ['tasks', key, 'link']),
    ...checkSpreadLetters(title.en, ['tasks', key, 'title', 'en'], 'task'),
    ...checkSpreadLetters(title.es, ['tasks', key, 'title', 'es'], 'task'),
  ]);
}

function pastDeadline(key: string, deadline: string): Problem {
  return {
    path: ['tasks', key, 'deadline'],
    message: `the deadline ${deadline} is past, and nobody is asked about this task any more`,
    hint: 'Write the deadline of this year, or take the task out.',
    severity: 'warning',
  };
}

/** The same of the program's own texts; what law and carriers want said in them is not judged for its words. */
export function reviewProgram(program: Program): Problem[] {
  const { introduction, passed_on, unknown_sender, keyword_answers } = program;
  const texts: readonly (readonly [Path, { readonly en: string; readonly es: string }])[] = [
    [['introduction'], introduction],
    [['passed_on'], passed_on],
    [['unknown_sender'], unknown_sender],
    ...Object.entries(keyword_answers).map(([key, text]) => [['keyword_answers', key], text] as const),
  ];
  return texts.flatMap(([path, text]) =>
    (['en', 'es'] as const).flatMap((language) => checkLinks(text[language], [...path, language])),
  );
}
