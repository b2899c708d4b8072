// What can be wrong with a flow's texts: empty, braces that cannot be read, names that do not exist or are used as what
// they are not, and texts too long for SMS (TX-10).

import { LANGUAGES, type Language } from '../model/people.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { FACT_SAMPLES, isFactName, sampleOf, type VariableType } from './facts.ts';
import { textKey } from './flow-texts.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import { LONGEST_TEXT, measureSegments } from './segments.ts';
import type { StepText } from './step-kind.ts';
import { kindOf } from './steps/index.ts';
import { parseTemplate, type Template, type ValueUse } from './template.ts';

/** Every mistake in the texts of a flow. */
export function checkTexts(flow: CompiledFlow, maxSegments: number): Problem[] {
  const unreadable = flow.texts.failures.map(({ path, failure }) => ({
    path,
    message: `this text cannot be read: ${failure}`,
    hint: "Write values as {first_name}; for a plain brace write '{'.",
  }));
  const found = Object.entries(flow.steps).flatMap(([name, step]) =>
    kindOf(step)
      .texts(step)
      .flatMap((text) => checkText(flow, name, text, maxSegments)),
  );
  return [...unreadable, ...found];
}

function checkText(flow: CompiledFlow, step: string, text: StepText, maxSegments: number): Problem[] {
  const languages: readonly Language[] = text.reader === 'mentee' ? LANGUAGES : ['en'];
  return languages.flatMap((language) => {
    const path = ['steps', step, ...text.path, ...(text.reader === 'mentee' ? [language] : [])];
    if (text.text[language].trim() === '') {
      return [{ path, message: 'this text is empty', hint: 'Write the words that are sent.' }];
    }
    const template = flow.texts.templates.get(textKey(step, text.path, language));
    if (template === undefined) return [];
    const values = [...template.uses].flatMap(([name, use]) => checkValue(name, use, path, flow.variables));
    const whole = text.reader === 'mentee' ? checkLength(template, text, language, path, flow, maxSegments) : [];
    return [...values, ...whole];
  });
}

function checkValue(name: string, use: ValueUse, path: Path, variables: CompiledFlow['variables']): Problem[] {
  const type = isFactName(name) ? 'text' : variables[name];
  if (type === undefined) {
    const known = [...Object.keys(variables), ...Object.keys(FACT_SAMPLES)];
    return [{ path, message: `there is no value {${name}}`, hint: didYouMean(name, known) }];
  }
  if (use === 'date') {
    return [{ path, message: `{${name}} cannot have a date format`, hint: `Write {${name}} alone: dates are words.` }];
  }
  if (use !== 'number' || type === 'number') return [];
  return [{ path, message: `{${name}} is used as a number but holds ${type}`, hint: `Write {${name}} alone.` }];
}

function checkLength(
  template: Template,
  text: StepText,
  language: Language,
  path: Path,
  flow: CompiledFlow,
  maxSegments: number,
): Problem[] {
  const samples = samplesFor(flow.variables);
  const lines = (text.lines ?? []).flatMap((line) => {
    const parsed = parseTemplate(line[language], language);
    return 'failure' in parsed ? [] : [parsed.longest(samples)];
  });
  const longest = [template.longest(samples), ...lines].join('\n');
  if (longest.length > LONGEST_TEXT) {
    return [{ path, message: `this text can reach ${longest.length} characters`, hint: `Stay under ${LONGEST_TEXT}.` }];
  }
  const { segments, costlyLetters } = measureSegments(longest);
  if (segments <= maxSegments) return [];
  const letters = costlyLetters.length === 0 ? '' : ` (70 characters each because of ${costlyLetters.join(' ')})`;
  const message = `this text can take ${segments} SMS segments${letters}; the limit of this flow is ${maxSegments}`;
  return [{ path, message, hint: 'Shorten it, or raise "max_segments".' }];
}

function samplesFor(variables: Readonly<Record<string, VariableType>>): Record<string, string | number> {
  const own = Object.entries(variables).map(([name, type]) => [name, sampleOf(type)] as const);
  return { ...FACT_SAMPLES, ...Object.fromEntries(own) };
}
