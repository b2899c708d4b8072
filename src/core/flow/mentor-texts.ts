// The texts of the weekly update by SMS, for a mentor who is not in Slack: their schema, the wording of a house whose
// published program lacks them, and what must stand in each. Mentors are written to in English.

import { z } from 'zod';
import { didYouMean, type Path, type Problem } from './problem.ts';
import { LONGEST_TEXT } from './segments.ts';
import { parseTemplate } from './template.ts';

const DEFAULTS = {
  introduction:
    'Hi {first_name}, this is {program}. You get the weekly mentor update by text because you are not in our Slack. These texts are automated and our staff read your replies. About 2 texts a week. Msg & data rates may apply. Reply HELP for help, STOP to stop.',
  weekly_update:
    '{program}, your week: {list}. Reply one letter for each, in order: T talked, M message only, N tried, no answer, X not tried. All the same? ALL T. Worried about 2? WORRIED 2 and why. In danger now? Call 911, then {program_phone}.',
  still_open:
    '{program}: still open this week: {list}. Reply number and letter, like 2T: T talked, M message only, N tried, no answer, X not tried. Worried? WORRIED 2 and why.',
  saved: '{program}: saved, thank you. {list}. Reply again to change it.',
  saved_part: '{program}: saved. {list}. Still open: {missing}. Reply number and letter, like 2T.',
  worry_taken: 'A counselor has been alerted about {names}. In danger now? Call 911.',
  not_understood:
    '{program}: sorry, that was not clear. Yours are: {list}. Reply one letter for each, in order: T talked, M message only, N tried, no answer, X not tried. Or ALL T, or 2M. Worried about 2? WORRIED 2 and why. For a person call {program_phone}.',
} as const;

/** Names of the texts of the weekly update. */
export type MentorTextName = keyof typeof DEFAULTS;

const text = (name: MentorTextName, what: string) =>
  z.string().describe(`Write what a mentor is texted ${what}.`).default(DEFAULTS[name]);

/** Schema of `mentor_texts` in `flows/program.yaml`; what is left out has the house's own wording. */
export const mentorTextsSchema = z
  .strictObject({
    introduction: text('introduction', 'before the first weekly update'),
    weekly_update: text('weekly_update', 'once a week'),
    still_open: text('still_open', 'on Tuesday, when something is missing'),
    saved: text('saved', 'when all is answered'),
    saved_part: text('saved_part', 'when something is still missing'),
    worry_taken: text('worry_taken', 'when they are worried'),
    not_understood: text('not_understood', 'when their answer cannot be read'),
  })
  .describe('Write the texts of the weekly update by SMS.')
  .default({ ...DEFAULTS });

/** The texts of the weekly update by SMS; each is rendered with `renderMentorText`. */
export type MentorTexts = z.infer<typeof mentorTextsSchema>;

interface Rules {
  readonly values: readonly string[];
  /** What must stand in the text, compared without case: carriers want it (CA-02), or the mentor could not answer. */
  readonly locked: readonly string[];
}

const COMMON = ['program', 'program_phone', 'first_name'];
const LETTERS = ['{list}', 'T talked', 'M message', 'N tried', 'X not tried'];
const RULES: Readonly<Record<MentorTextName, Rules>> = {
  introduction: {
    values: COMMON,
    locked: ['{program}', 'automated', 'a week', 'Msg & data rates may apply', 'HELP', 'STOP'],
  },
  weekly_update: { values: [...COMMON, 'list'], locked: [...LETTERS, 'WORRIED', '{program}'] },
  still_open: { values: [...COMMON, 'list'], locked: [...LETTERS, '{program}'] },
  saved: { values: [...COMMON, 'list'], locked: ['{list}'] },
  saved_part: { values: [...COMMON, 'list', 'missing'], locked: ['{missing}'] },
  worry_taken: { values: [...COMMON, 'names'], locked: ['{names}', '911'] },
  not_understood: { values: [...COMMON, 'list'], locked: LETTERS },
};

/** As long as the values come: twelve mentees with names of twenty letters. */
const LONGEST_LIST = Array.from({ length: 12 }, (_, index) => `${index + 1} ${'n'.repeat(20)} T`).join(', ');
const SAMPLES = {
  program: 'Bridge to College Program',
  program_phone: '(213) 555-0100',
  first_name: 'Maximiliano',
  list: LONGEST_LIST,
  missing: LONGEST_LIST,
  names: LONGEST_LIST,
};

/** Every mistake in the texts, by their path in the file. The introduction and the first update leave as one text. */
export function checkMentorTexts(texts: MentorTexts): Problem[] {
  return Object.entries(RULES).flatMap(([name, rules]) => {
    const written = Object.entries(texts).find(([key]) => key === name)?.[1] ?? '';
    return checkText(written, rules, ['mentor_texts', name]);
  });
}

/** Both of the first text together stay under what a text may hold (TX-10). */
const LONGEST_PART = LONGEST_TEXT / 2;

function checkText(written: string, { values, locked }: Rules, path: Path): Problem[] {
  if (written.trim() === '') return [{ path, message: 'this text is empty', hint: 'Write the words that are sent.' }];
  const template = parseTemplate(written, 'en');
  if ('failure' in template) {
    return [{ path, message: `this text cannot be read: ${template.failure}`, hint: 'Write values as {program}.' }];
  }
  const unknown = [...template.uses.keys()].filter((name) => !values.includes(name));
  const lost = locked.filter((part) => !written.toLowerCase().includes(part.toLowerCase()));
  const { length } = template.longest(SAMPLES);
  return [
    ...unknown.map((name) => ({ path, message: `there is no value {${name}} here`, hint: didYouMean(name, values) })),
    ...lost.map((part) => ({
      path,
      message: `this text must contain "${part}"`,
      hint: 'Put it back; it is required.',
    })),
    ...(length > LONGEST_PART
      ? [{ path, message: `this text can reach ${length} characters`, hint: `Stay under ${LONGEST_PART}.` }]
      : []),
  ];
}

/** The finished words. A value that is not given stays as its name in braces, never a blank. */
export function renderMentorText(written: string, values: Readonly<Record<string, string>>): string {
  const template = parseTemplate(written, 'en');
  if ('failure' in template) return written;
  return template.render(
    Object.fromEntries([...template.uses.keys()].map((name) => [name, values[name] ?? `{${name}}`])),
  );
}
