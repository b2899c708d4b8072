// What only the reader of replies can say of the options of a choice: labels that it reads as another option, as an answer
// of another kind, or as STOP and HELP, which are acted on before any flow sees them (CA-12).

import type { ReplyBook } from '../language/reply-book.ts';
import { understand } from '../language/understand.ts';
import type { AskedOption } from '../model/conversation.ts';
import { LANGUAGES, type Language } from '../model/people.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { ownSteps, ownTexts } from './own-texts.ts';
import { type Path, type Problem, under } from './problem.ts';
import { expectedReservedWords, reservedWordIn } from './reserved-words.ts';
import type { AskStep } from './steps/ask.ts';

/** How replies are read. `readConsent` is the house's own reading of STOP, START and HELP. */
export interface Readers {
  readonly replyBook: ReplyBook;
  readonly readConsent: (text: string) => 'opt_out' | 'opt_in' | 'help' | null;
}

type Option = NonNullable<AskStep['options']>[number];
interface Label {
  readonly option: Option;
  readonly path: Path;
  readonly language: Language;
  readonly label: string;
  /** All options as they are texted in this language. */
  readonly asked: readonly AskedOption[];
}

const NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Spanish' };

/** Every finding about the options of a flow. */
export function checkOptionReadings(flow: CompiledFlow, readers: Readers): Problem[] {
  return ownSteps(flow).flatMap(([name, step]) => {
    if (step.type !== 'ask' || step.answer !== 'choice') return [];
    return under(['steps', name], checkStep(step, readers));
  });
}

/** Texts that tell mentees to answer with a word that never reaches a flow. */
export function checkExpectedWords(flow: CompiledFlow): Problem[] {
  return ownTexts(flow).flatMap(({ path, written }) =>
    expectedReservedWords(written).map((word) => ({
      path,
      message: `this text asks for the reserved word ${word}, which never reaches a flow (CA-12)`,
      hint: 'Ask for another word.',
    })),
  );
}

function checkStep(step: AskStep, readers: Readers): Problem[] {
  const labels = labelsOf(step.options ?? []);
  return [
    ...labels.flatMap((label) => firstOf([checkConsent, checkRead, checkFirstWord], label, readers)),
    ...labels.flatMap((label) => checkAlso(step, label, readers)),
    ...checkLanguages(labels),
  ];
}

function labelsOf(options: readonly Option[]): Label[] {
  return LANGUAGES.flatMap((language) => {
    const asked = options.map(({ value, label }) => ({ value, label: label[language] }));
    return options.map((option, index) => {
      return { option, path: ['options', index, 'label', language], language, label: option.label[language], asked };
    });
  });
}

type Check = (label: Label, readers: Readers) => Problem[];

/** The findings of the first check that has any: the others would be their echo. */
function firstOf(checks: readonly Check[], label: Label, readers: Readers): Problem[] {
  for (const check of checks) {
    const found = check(label, readers);
    if (found.length > 0) return found;
  }
  return [];
}

/** STOP and HELP are acted on first. "Para" begins many a Spanish phrase, and nobody answers with it alone. */
function checkConsent({ label, path }: Label, { readConsent }: Readers): Problem[] {
  if (reservedWordIn(label) !== null) return [];
  const whole = readConsent(label);
  if (whole === 'opt_out' || whole === 'help') {
    const message = `the reply "${label}" is read as ${ACTED[whole]} before the flow sees it (CA-12)`;
    return [{ path, message, hint: 'Choose other words.' }];
  }
  const first = firstWordOf(label);
  const said = first === null || /^para$/i.test(first) ? null : readConsent(first);
  if (said !== 'opt_out' && said !== 'help') return [];
  const message = `the option "${label}" begins with "${first}", which alone is read as ${ACTED[said]} (CA-12)`;
  return [{ path, message, hint: 'Begin it with another word: people reply with the first one.' }];
}

const ACTED = { opt_out: 'STOP', help: 'HELP' } as const;

/** Small words that people leave out when they answer with a label. */
const SMALL =
  /^(?:(?:the|a|an|in|at|on|with|to|my|option|number|letter|el|la|los|las|un|una|en|con|a|mi|opci[oó]n|n[uú]mero|letra)\s+)+(?=\S)/iu;

/**
 * A mentee who types the label must be understood. Without its small words it may be asked back, and an author should know;
 * it must never be read as another option.
 */
function checkRead({ label, option, asked, path, language }: Label, { replyBook }: Readers): Problem[] {
  for (const text of new Set([label, label.replace(SMALL, '')])) {
    const found = understand(replyBook, { text, expects: 'choice', language, options: asked });
    if (found.band !== 'unclear' && found.value === option.value) continue;
    const other = found.band === 'unclear' ? undefined : asked.find(({ value }) => value === found.value);
    const short = text === label ? `"${label}"` : `"${text}" for "${label}"`;
    const message =
      other === undefined
        ? `the reply ${short} cannot be told apart from the other options`
        : `the reply ${short} is read as the option "${other.label}"`;
    const finding = { path, message, hint: 'Give each option words that no other one has.' };
    return [other === undefined && text !== label ? { ...finding, severity: 'warning' } : finding];
  }
  return [];
}

/** A first word that two options share is asked back; one that is read as another option goes the wrong way. */
function checkFirstWord({ label, option, asked, path, language }: Label, { replyBook }: Readers): Problem[] {
  const first = firstWordOf(label);
  if (first === null || first.length < 3) return [];
  const found = understand(replyBook, { text: first, expects: 'choice', language, options: asked });
  if (found.band === 'unclear' || found.value === option.value) return [];
  const other = asked.find(({ value }) => value === found.value)?.label ?? '';
  const message = `the reply "${first}", the first word of "${label}", is read as the option "${other}"`;
  return [{ path, message, hint: 'Begin each option with a word of its own.' }];
}

/** The label itself is read as the option first; words near it may not be, and then `also` takes them. */
function checkAlso(step: AskStep, { label, path }: Label, { replyBook }: Readers): Problem[] {
  const { band, family } = understand(replyBook, { text: label, expects: 'task', language: 'en' });
  if (band !== 'accept' || !Object.hasOwn(step.also ?? {}, family)) return [];
  const message = `"${label}" is an option, and words like it also mean "${family}", which "also" leads elsewhere`;
  return [{ path, message, hint: `Take "${family}" out of "also", or choose other words.`, severity: 'warning' }];
}

/** Many mentees write in both languages: the same words must not mean two options. */
function checkLanguages(labels: readonly Label[]): Problem[] {
  return labels.flatMap(({ label, option, path, language }) => {
    if (language === 'en') return [];
    const other = labels.find((one) => one.language === 'en' && alike(one.label) === alike(label));
    if (other === undefined || other.option.value === option.value) return [];
    const message = `"${label}" is "${other.option.value}" in ${NAMES.en} and "${option.value}" in ${NAMES.es}`;
    return [{ path, message, hint: 'Use words that mean the same in both languages.' }];
  });
}

function alike(label: string): string {
  return label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** The first of several words; null when there is only one. */
function firstWordOf(label: string): string | null {
  const [first, ...rest] = label.match(/[\p{L}\p{M}\p{N}']+/gu) ?? [];
  return first === undefined || rest.length === 0 ? null : first;
}
