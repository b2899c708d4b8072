// The program as data: its name and phone, its settings, and the texts that belong to no flow. Some parts of those texts
// are locked because law and carriers want them (CA-02, CA-04, SB-01): a file without them is refused.

import { z } from 'zod';
import { isLocalDate, isTimeZone } from '../model/local-time.ts';
import { LANGUAGES, type Language } from '../model/people.ts';
import { checkDrill, drillPhoneSchema, drillSchema } from './drill-schema.ts';
import { readWith } from './explain-issue.ts';
import { FACT_SAMPLES } from './facts.ts';
import { checkLadder, ladderSchema } from './ladder-schema.ts';
import { type LocalText, localTextSchema } from './local-text.ts';
import { checkMentorTexts, mentorTextsSchema } from './mentor-texts.ts';
import { checkHours, forgetAfterSchema, mandatedReportsSchema, onCallHoursSchema } from './office-schema.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import { USUAL_GRADE } from './reading-grade.ts';
import { LONGEST_TEXT } from './segments.ts';
import { parseTemplate, type Template } from './template.ts';

/** What a caller hears in a program that was published before it could say so itself. */
const WHEN_CALLED: LocalText = {
  en: 'Hello. This number of {program} is for text messages, and nobody can answer here. If you are in danger, hang up and call 911. To talk to somebody, any time, call or text 988. To reach our office, call {program_phone}.',
  es: 'Hola. Este número de {program} es para mensajes de texto y aquí nadie puede contestar. Si hay peligro, cuelga y llama al 911. Para hablar con alguien, a cualquier hora, llama al 988 y oprime 2. Para hablar con nuestra oficina, llama al {program_phone}.',
};

/** Schema of `flows/program.yaml`. */
export const programSchema = z.strictObject({
  name: z.string().min(1).describe('Write the name of the program, as mentees know it.'),
  phone: z.string().min(7).describe('Write the phone number at which a person answers.'),
  time_zone: z.string().describe('Write the time zone of staff, like America/Los_Angeles.'),
  weekly_unasked_texts: z.number().int().min(1).max(7).describe('Write how many unasked texts a week, 1 to 7.'),
  carrier_confirms_stop: z.boolean().describe('Write true when the carrier answers STOP by itself, else false.'),
  // What came after the first release has a default: a house stands on what was published before.
  sign_relayed_texts: z
    .boolean()
    .describe("Write true when a counselor's text begins with their first name, else false.")
    .default(true),
  reading_grade: z
    .number()
    .int()
    .min(1)
    .max(12)
    .describe('Write the school grade that texts may read at, 1 to 12.')
    .default(USUAL_GRADE),
  pause_after_case_hours: z
    .number()
    .int()
    .min(0)
    .max(720)
    .describe('Write how many hours nudges rest after a case is resolved, 0 to 720.')
    .default(72),
  exam_weeks: z
    .array(
      z.strictObject({
        from: z.string().describe('Write the first day, like 2027-12-06.'),
        until: z.string().describe('Write the last day, like 2027-12-17.'),
        why: z.string().min(1).describe('Write what it is, like finals.'),
      }),
    )
    .describe('Write the weeks in which mentors are not asked, each with from, until and why.')
    .default([]),
  on_call_hours: onCallHoursSchema,
  mandated_reports: mandatedReportsSchema,
  forget_immigration_after_days: forgetAfterSchema,
  ladder: ladderSchema,
  drill: drillSchema,
  drill_phone: drillPhoneSchema,
  mentor_texts: mentorTextsSchema,
  introduction: localTextSchema,
  passed_on: localTextSchema,
  unknown_sender: localTextSchema,
  when_called: localTextSchema
    .default(WHEN_CALLED)
    .describe('Write what somebody hears who calls the number of the texts, under "en" and "es".'),
  keyword_answers: z
    .strictObject({ help: localTextSchema, opt_out: localTextSchema, opt_in: localTextSchema })
    .describe('Write the answers to keywords: help, opt_out and opt_in.'),
});

/**
 * A program that passed every check. `introduction` and `passed_on` are rendered with `renderText`; `unknown_sender`,
 * `when_called` and the keyword answers speak to nobody in particular and are finished: name, phone and number of texts are filled in.
 */
export type Program = z.infer<typeof programSchema>;

const COMMON = ['program', 'program_phone', 'weekly_texts'];
const PERSONAL = ['program', 'program_phone', 'first_name', 'mentor', 'has_mentor', 'college'];

interface Rules {
  readonly path: Path;
  /** Names that may stand in braces. */
  readonly values: readonly string[];
  /** What must stand in the text, compared without case and accents. */
  readonly locked: Readonly<Record<Language, readonly string[]>>;
}

const NONE = { en: [], es: [] };
const same = (...parts: string[]): Rules['locked'] => ({ en: parts, es: parts });
const RULES: readonly Rules[] = [
  {
    path: ['introduction'],
    values: PERSONAL,
    locked: {
      en: [
        '{program}',
        '{mentor}',
        '{program_phone}',
        'automated',
        'a week',
        'Msg & data rates may apply',
        'HELP',
        'STOP',
      ],
      es: [
        '{program}',
        '{mentor}',
        '{program_phone}',
        'automati',
        'por semana',
        'tarifas de mensajes y datos',
        'HELP',
        'STOP',
      ],
    },
  },
  { path: ['passed_on'], values: PERSONAL, locked: NONE },
  { path: ['unknown_sender'], values: COMMON, locked: same('{program}') },
  { path: ['when_called'], values: COMMON, locked: same('{program_phone}', '988', '911') },
  {
    path: ['keyword_answers', 'help'],
    values: COMMON,
    locked: same('{program}', '{program_phone}', 'STOP', '988', '911'),
  },
  { path: ['keyword_answers', 'opt_out'], values: COMMON, locked: same('{program}', '988') },
  { path: ['keyword_answers', 'opt_in'], values: COMMON, locked: same('{program}', 'HELP', 'STOP') },
];

/** Reads the program, or says what is wrong with it. */
export function compileProgram(data: unknown): {
  readonly program: Program | null;
  readonly problems: readonly Problem[];
} {
  const read = readWith(programSchema, data);
  if ('problems' in read) return { program: null, problems: read.problems };
  const { introduction, passed_on, unknown_sender, when_called, keyword_answers } = read.value;
  const texts = [introduction, passed_on, unknown_sender, when_called, ...Object.values(keyword_answers)];
  const problems = [
    ...checkZone(read.value.time_zone),
    ...checkExamWeeks(read.value.exam_weeks),
    ...checkHours(read.value.on_call_hours),
    ...checkLadder(read.value.ladder),
    ...checkDrill(read.value),
    ...checkMentorTexts(read.value.mentor_texts),
    ...RULES.flatMap((rules, index) => checkText(rules, texts[index] ?? { en: '', es: '' })),
  ];
  return problems.length > 0 ? { program: null, problems } : { program: finish(read.value), problems };
}

function checkZone(zone: string): Problem[] {
  if (isTimeZone(zone)) return [];
  return [
    { path: ['time_zone'], message: `"${zone}" is not a time zone`, hint: 'Write one like America/Los_Angeles.' },
  ];
}

function checkExamWeeks(weeks: Program['exam_weeks']): Problem[] {
  return weeks.flatMap(({ from, until }, index) => {
    const at = ['exam_weeks', index];
    const wrong = (
      [
        ['from', from],
        ['until', until],
      ] as const
    ).filter(([, day]) => !isLocalDate(day));
    if (wrong.length > 0) {
      const hint = 'Write a date like 2027-12-06.';
      return wrong.map(([key, day]) => ({ path: [...at, key], message: `"${day}" is not a date`, hint }));
    }
    if (from <= until) return [];
    return [{ path: [...at, 'until'], message: `"${until}" is before "${from}"`, hint: 'Write the last day here.' }];
  });
}

function checkText(rules: Rules, text: LocalText): Problem[] {
  return LANGUAGES.flatMap((language) => checkWords(rules, text[language], language, [...rules.path, language]));
}

function checkWords({ values, locked }: Rules, text: string, language: Language, path: Path): Problem[] {
  if (text.trim() === '') return [{ path, message: 'this text is empty', hint: 'Write the words that are sent.' }];
  const template = parseTemplate(text, language);
  if ('failure' in template) {
    return [{ path, message: `this text cannot be read: ${template.failure}`, hint: 'Write values as {program}.' }];
  }
  const unknown = [...template.uses.keys()].filter((name) => !values.includes(name));
  const lost = locked[language].filter((part) => !bare(text).includes(bare(part)));
  return [
    ...unknown.map((name) => ({ path, message: `there is no value {${name}} here`, hint: didYouMean(name, values) })),
    ...lost.map((part) => ({
      path,
      message: `this text must contain "${part}"`,
      hint: 'Put it back; it is required.',
    })),
    ...checkLength(template, path),
  ];
}

function checkLength(template: Template, path: Path): Problem[] {
  const { length } = template.longest({ ...FACT_SAMPLES, weekly_texts: 7 });
  if (length <= LONGEST_TEXT) return [];
  return [{ path, message: `this text can reach ${length} characters`, hint: `Stay under ${LONGEST_TEXT}.` }];
}

function finish(program: Program): Program {
  const values = {
    program: program.name,
    program_phone: program.phone,
    weekly_texts: program.weekly_unasked_texts,
  };
  const fill = (text: LocalText): LocalText => ({
    en: render(text.en, 'en', values),
    es: render(text.es, 'es', values),
  });
  const { help, opt_out, opt_in } = program.keyword_answers;
  return {
    ...program,
    unknown_sender: fill(program.unknown_sender),
    when_called: fill(program.when_called),
    keyword_answers: { help: fill(help), opt_out: fill(opt_out), opt_in: fill(opt_in) },
  };
}

function render(text: string, language: Language, values: Readonly<Record<string, string | number>>): string {
  const template = parseTemplate(text, language);
  return 'failure' in template ? text : template.render(values);
}

function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
