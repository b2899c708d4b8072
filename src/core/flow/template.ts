// Texts with blanks: one ICU message, which values it needs, how long it can get, and the finished words.
// It never decides what a value is (facts.ts) and never leaves a blank: who renders has checked the values first.

import { IntlMessageFormat } from 'intl-messageformat';
import type { ConversationFacts } from '../model/conversation.ts';
import type { Language } from '../model/people.ts';
import { valueFor } from './facts.ts';
import type { LocalText } from './local-text.ts';

/** How a message uses a value: plain words, a number (also plurals), a choice between words, or a date format. */
export type ValueUse = 'plain' | 'number' | 'select' | 'date';

/** A message ready to be rendered. */
export interface Template {
  /** Each value that the message names, with how it is used. */
  readonly uses: ReadonlyMap<string, ValueUse>;
  /** The finished words. Values must hold everything in `uses`. */
  readonly render: (values: Readonly<Record<string, string | number>>) => string;
  /** The longest words this can become over all plurals and choices, with `samples` in the blanks. */
  readonly longest: (samples: Readonly<Record<string, string | number>>) => string;
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** The parser's element numbers, which it declares as an enum that type stripping cannot import. */
const ELEMENT = { literal: 0, argument: 1, number: 2, date: 3, time: 4, select: 5, plural: 6, pound: 7 } as const;
const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' };

/** Reads one ICU message. A failure is a sentence for the author that says what is wrong with the braces. */
export function parseTemplate(text: string, language: Language): Template | { readonly failure: string } {
  try {
    const message = new IntlMessageFormat(text, LOCALES[language], undefined, { ignoreTag: true });
    const elements = message.getAst();
    const uses = new Map<string, ValueUse>();
    collectUses(elements, uses);
    return {
      uses,
      render: isPlain(elements) ? (values) => fill(elements, values) : (values) => String(message.format(values)),
      longest: (samples) => longestOf(elements, samples),
    };
  } catch (error) {
    return { failure: explain(error) };
  }
}

/**
 * The finished words, in the mentee's language, of a text that belongs to no flow (the introduction, "I passed it on").
 * The text has passed its check; a value that is not there after all stays as its name in braces, never a blank.
 */
export function renderText(text: LocalText, facts: ConversationFacts): string {
  const { language } = facts.mentee;
  const template = parseTemplate(text[language], language);
  if ('failure' in template) return text[language];
  const source = { facts, variables: {}, types: {}, language };
  const values = [...template.uses.keys()].map((name) => [name, valueFor(name, source) ?? `{${name}}`] as const);
  return template.render(Object.fromEntries(values));
}

/** Only words and plain values, as most texts are: filled in without the formatter, which is much slower. */
function isPlain(elements: readonly Element[]): boolean {
  return elements.every(({ type }) => Number(type) === ELEMENT.literal || Number(type) === ELEMENT.argument);
}

function fill(elements: readonly Element[], values: Readonly<Record<string, string | number>>): string {
  let text = '';
  for (const element of elements) {
    const name = valueName(element);
    text += Number(element.type) === ELEMENT.literal ? name : String(values[name]);
  }
  return text;
}

function collectUses(elements: readonly Element[], uses: Map<string, ValueUse>): void {
  for (const element of elements) {
    const use = useOf(element);
    const name = valueName(element);
    if (use !== null && (use !== 'plain' || !uses.has(name))) uses.set(name, use);
    for (const branch of branchesOf(element)) collectUses(branch, uses);
  }
}

function useOf(element: Element): ValueUse | null {
  const type: number = element.type;
  if (type === ELEMENT.literal || type === ELEMENT.pound) return null;
  if (type === ELEMENT.number || type === ELEMENT.plural) return 'number';
  if (type === ELEMENT.date || type === ELEMENT.time) return 'date';
  return type === ELEMENT.select ? 'select' : 'plain';
}

function valueName(element: Element): string {
  return 'value' in element ? String(element.value) : '';
}

function branchesOf(element: Element): Element[][] {
  return 'options' in element ? Object.values(element.options).map((option) => option.value) : [];
}

function longestOf(elements: readonly Element[], samples: Readonly<Record<string, string | number>>): string {
  return elements.map((element) => longestElement(element, samples)).join('');
}

function longestElement(element: Element, samples: Readonly<Record<string, string | number>>): string {
  const type: number = element.type;
  if (type === ELEMENT.literal) return valueName(element);
  if (type === ELEMENT.pound) return '10';
  const branches = branchesOf(element).map((branch) => longestOf(branch, samples));
  if (branches.length > 0) return branches.reduce((a, b) => (b.length > a.length ? b : a));
  return String(samples[valueName(element)] ?? valueName(element));
}

const EXPLAINED: Record<string, string> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: 'a "{" is never closed with "}"',
  UNMATCHED_CLOSING_TAG: 'a tag is closed that was never opened',
  EMPTY_ARGUMENT: 'the braces "{}" are empty',
  MALFORMED_ARGUMENT: 'a name in braces is not one word',
  INVALID_ARGUMENT_TYPE: 'the word after the comma in braces is not known',
  MISSING_OTHER_CLAUSE: 'a plural or select has no "other" case',
};

function explain(error: unknown): string {
  const code = error instanceof Error ? error.message : String(error);
  return EXPLAINED[code] ?? `the braces cannot be read (${code.toLowerCase().replaceAll('_', ' ')})`;
}
