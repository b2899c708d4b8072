// All texts of a flow, prepared: found by step, path and language. Texts whose braces cannot be read are kept apart,
// for the check to report.

import type { Language } from '../model/people.ts';
import { LANGUAGES } from '../model/people.ts';
import { TASK_FACTS } from './facts.ts';
import type { Path } from './problem.ts';
import { kindOf, type Step } from './steps/index.ts';
import { parseTemplate, type Template } from './template.ts';

/** The prepared texts of one flow. */
export interface FlowTexts {
  /** A text by `textKey`; every text of a compiled flow is here in every language. */
  readonly templates: ReadonlyMap<string, Template>;
  /** Names in braces that any text of a step uses, so that a missing value is found before anything is sent. */
  readonly usedBy: ReadonlyMap<string, readonly string[]>;
  /** Whether any text names a fact that only a conversation about a task has. */
  readonly needTask: boolean;
  /** What could not be read: path from the top of the file, and why. */
  readonly failures: readonly { readonly path: Path; readonly failure: string }[];
}

/** The key of one text. */
export function textKey(step: string, path: Path, language: Language): string {
  return `${step}/${path.join('.')}/${language}`;
}

/** Prepares every text of every step. */
export function compileTexts(steps: Readonly<Record<string, Step>>): FlowTexts {
  const templates = new Map<string, Template>();
  const usedBy = new Map<string, readonly string[]>();
  const failures: { path: Path; failure: string }[] = [];
  for (const [name, step] of Object.entries(steps)) {
    const used = new Set<string>();
    for (const { path, text, reader } of kindOf(step).texts(step)) {
      for (const language of LANGUAGES) {
        const template = parseTemplate(text[language], language);
        const where = ['steps', name, ...path, ...(reader === 'mentee' ? [language] : [])];
        if ('failure' in template) {
          if (reader === 'mentee' || language === 'en') failures.push({ path: where, failure: template.failure });
          continue;
        }
        templates.set(textKey(name, path, language), template);
        for (const value of template.uses.keys()) used.add(value);
      }
    }
    usedBy.set(name, [...used]);
  }
  const needTask = [...usedBy.values()].some((used) => TASK_FACTS.some((fact) => used.includes(fact)));
  return { templates, usedBy, needTask, failures };
}
