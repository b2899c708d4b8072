// The texts that an author wrote in one flow file, each with the place where it stands, for every check that reads words.
// Texts of flows that are called stand in their own files and are not among them.

import { LANGUAGES, type Language } from '../model/people.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { FACT_SAMPLES, sampleOf } from './facts.ts';
import { textKey } from './flow-texts.ts';
import type { Path } from './problem.ts';
import { kindOf, type Step } from './steps/index.ts';
import { parseTemplate, type Template } from './template.ts';

/** One text in one language. */
export interface OwnText {
  readonly step: string;
  /** From the top of the file. */
  readonly path: Path;
  readonly language: Language;
  /** As written. */
  readonly written: string;
  readonly template: Template;
  /** The longest message that it can become, options included; null for the label of an option, which is part of one. */
  readonly longest: string | null;
  /** The words that leave as one message with values of one easy word; null for the label of an option. */
  readonly spoken: string | null;
}

/** A value in braces reads as one easy word, whatever it will be. */
const EASY_WORD = 'Ana';

/** The steps that stand in the file of this flow itself. */
export function ownSteps(flow: Pick<CompiledFlow, 'steps'>): [string, Step][] {
  return Object.entries(flow.steps).filter(([name]) => !name.includes('.'));
}

/** Every text for mentees. */
export function ownTexts(flow: CompiledFlow): OwnText[] {
  const own = Object.entries(flow.variables).map(([name, type]) => [name, sampleOf(type)] as const);
  const samples = { ...FACT_SAMPLES, ...Object.fromEntries(own) };
  return ownSteps(flow).flatMap(([step, data]) =>
    kindOf(data)
      .texts(data)
      .filter((text) => text.reader === 'mentee')
      .flatMap(({ path, text, lines }) =>
        LANGUAGES.flatMap((language) => {
          const template = flow.texts.templates.get(textKey(step, path, language));
          if (template === undefined) return [];
          const written = text[language];
          const whole = path[0] === 'options' ? null : (lines ?? []).map((line) => line[language]);
          const at = { step, path: ['steps', step, ...path, language], language, written, template };
          return [{ ...at, ...messages(template, whole, { samples, language }) }];
        }),
      ),
  );
}

function messages(
  template: Template,
  lines: readonly string[] | null,
  { samples, language }: { readonly samples: Readonly<Record<string, string | number>>; readonly language: Language },
): Pick<OwnText, 'longest' | 'spoken'> {
  if (lines === null) return { longest: null, spoken: null };
  const parsed = lines.map((line) => parseTemplate(line, language));
  const all = [template, ...parsed.flatMap((line) => ('failure' in line ? [] : [line]))];
  const easy = (one: Template) => Object.fromEntries([...one.uses.keys()].map((name) => [name, EASY_WORD]));
  return {
    longest: all.map((one) => one.longest(samples)).join('\n'),
    spoken: all.map((one) => one.longest(easy(one))).join('\n'),
  };
}
