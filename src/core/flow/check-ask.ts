// The mistakes that only an `ask` can have: answers without a way, ways without an answer, options that are reserved
// words or that the same reply would match, variables of the wrong type.

import { normaliseLabel } from '../language/read-choice.ts';
import { LANGUAGES } from '../model/people.ts';
import { ANSWERS, type AnswerType } from './answers.ts';
import { parseDuration } from './duration.ts';
import type { LocalText } from './local-text.ts';
import { didYouMean, type Problem } from './problem.ts';
import { reservedWordIn } from './reserved-words.ts';
import type { FlowOutline } from './step-kind.ts';

/** The parts of an `ask` that are checked here. */
interface CheckedAsk {
  readonly answer: AnswerType;
  readonly options?: readonly Option[] | undefined;
  readonly at_least?: number | undefined;
  readonly at_most?: number | 'deadline' | undefined;
  readonly save_as?: string | undefined;
  readonly on?: Readonly<Record<string, string>> | undefined;
  readonly next?: string | undefined;
  readonly no_reply: { readonly after: string };
}

interface Option {
  readonly value: string;
  readonly label: LocalText;
}

/** Most options of one choice: letters stay easy to answer, and the text short. */
const MOST_OPTIONS = 8;

/** All mistakes of one ask, with paths inside the step. */
export function checkAsk(ask: CheckedAsk, outline: FlowOutline): Problem[] {
  return [
    ...checkOptions(ask),
    ...checkWays(ask),
    ...checkLimits(ask),
    ...checkSaved(ask, outline),
    ...checkSilence(ask),
  ];
}

function checkOptions({ answer, options }: CheckedAsk): Problem[] {
  if (answer !== 'choice') {
    if (options === undefined) return [];
    const message = `an answer of type ${answer} has no options`;
    return [{ path: ['options'], at: 'key', message, hint: 'Take "options" out, or write answer: choice.' }];
  }
  const count = options?.length ?? 0;
  if (options === undefined || count < 2 || count > MOST_OPTIONS) {
    const path = options === undefined ? [] : ['options'];
    return [{ path, message: `a choice with ${count} options`, hint: `Write 2 to ${MOST_OPTIONS} "options".` }];
  }
  return options.flatMap((option, index) => [...checkReserved(option, index), ...checkTwins(option, index, options)]);
}

function checkReserved(option: Option, index: number): Problem[] {
  const written = [
    { path: ['options', index, 'value'], text: option.value },
    ...LANGUAGES.map((language) => ({ path: ['options', index, 'label', language], text: option.label[language] })),
  ];
  return written.flatMap(({ path, text }) => {
    const word = reservedWordIn(text);
    const message = `the option "${text}" is the reserved word ${word}, which never reaches a flow`;
    return word === null ? [] : [{ path, message, hint: 'Choose another word.' }];
  });
}

function checkTwins(option: Option, index: number, options: readonly Option[]): Problem[] {
  const earlier = options.slice(0, index);
  if (earlier.some((other) => other.value === option.value)) {
    return [twin(['options', index, 'value'], option.value)];
  }
  return LANGUAGES.filter((language) => {
    const taken = options.flatMap((other, at) =>
      at === index ? [] : [`${String.fromCharCode(97 + at)}`, String(at + 1), ...before(other, at, index, language)],
    );
    return taken.includes(normaliseLabel(option.label[language]));
  }).map((language) => twin(['options', index, 'label', language], option.label[language]));
}

function before(other: Option, at: number, index: number, language: 'en' | 'es'): string[] {
  return at < index ? [normaliseLabel(other.label[language])] : [];
}

function twin(path: (string | number)[], text: string): Problem {
  const hint = 'Give each option its own words; A, B, C and 1, 2, 3 are taken by the order of the options.';
  return { path, message: `the reply "${text}" would match two options`, hint };
}

function checkWays(ask: CheckedAsk): Problem[] {
  const ways = ask.answer === 'choice' ? (ask.options ?? []).map((option) => option.value) : ANSWERS[ask.answer].ways;
  const written = Object.keys(ask.on ?? {});
  if (ways === null) {
    const extra: Problem[] = ask.on === undefined ? [] : [onlyOneWay(ask.answer)];
    return ask.next === undefined ? [...extra, noWay('next')] : extra;
  }
  const unknown = written.filter((way) => !ways.includes(way));
  const missing = ask.next === undefined ? ways.filter((way) => !written.includes(way)) : [];
  if (ask.on === undefined && ask.next === undefined) return [noWay('on')];
  return [
    ...unknown.map((way) => unknownWay(way, ways)),
    ...(missing.length === 0 ? [] : [missingWays(missing)]),
    ...(ask.next !== undefined && ask.on !== undefined && ways.every((way) => written.includes(way)) ? [idle()] : []),
  ];
}

const onlyOneWay = (answer: string): Problem => ({
  path: ['on'],
  at: 'key',
  message: `all answers of type ${answer} go the same way`,
  hint: 'Write "next" instead of "on"; a branch step can look at the answer afterwards.',
});
const noWay = (key: string): Problem => ({
  path: [],
  message: 'this question does not say where an answer leads',
  hint: key === 'on' ? 'Add "on" with each answer and its step, or "next" for all.' : 'Add "next" with the next step.',
});
const unknownWay = (way: string, ways: readonly string[]): Problem => ({
  path: ['on', way],
  at: 'key',
  message: `"${way}" is not an answer to this question`,
  hint: didYouMean(way, ways),
});
const missingWays = (missing: readonly string[]): Problem => ({
  path: ['on'],
  message: `no step for the answer ${missing.map((way) => `"${way}"`).join(', ')}`,
  hint: 'Add each under "on" with its step, or add "next" for all other answers.',
});
const idle = (): Problem => ({
  path: ['next'],
  at: 'key',
  message: 'every answer has its own step under "on", so "next" is never used',
  hint: 'Take "next" out.',
});

function checkLimits({ answer, at_least, at_most }: CheckedAsk): Problem[] {
  const used = Object.entries({ at_least, at_most }).filter(([, limit]) => limit !== undefined);
  if (answer === 'date' && at_least === undefined && at_most === 'deadline') return [];
  if (answer !== 'number' && answer !== 'money') {
    const message = `an answer of type ${answer} has no limits`;
    return used.map(([key]) => ({ path: [key], at: 'key', message, hint: `Take "${key}" out.` }));
  }
  if (at_most === 'deadline') {
    const message = '"deadline" is not a number';
    return [{ path: ['at_most'], message, hint: 'Write the largest number that is an answer.' }];
  }
  if (at_least === undefined || at_most === undefined || at_least <= at_most) return [];
  return [{ path: ['at_most'], message: '"at_most" is below "at_least"', hint: 'Write the larger one as "at_most".' }];
}

function checkSaved({ answer, save_as }: CheckedAsk, { variables }: FlowOutline): Problem[] {
  if (save_as === undefined) return [];
  const type = variables[save_as];
  if (type === undefined) {
    const message = `there is no variable "${save_as}" in this flow`;
    const hint = didYouMean(save_as, Object.keys(variables));
    return [{ path: ['save_as'], message, hint: hint === 'Take it out.' ? 'Add it under "variables".' : hint }];
  }
  const { saves } = ANSWERS[answer];
  if (type === saves) return [];
  const message = `an answer of type ${answer} does not fit the variable "${save_as}", which holds ${type}`;
  return [{ path: ['save_as'], message, hint: `Declare the variable as ${saves}.` }];
}

function checkSilence({ no_reply }: CheckedAsk): Problem[] {
  if (parseDuration(no_reply.after) !== null) return [];
  const hint = 'Write a number and a unit, like 2 days or 3 hours; a year at most.';
  return [{ path: ['no_reply', 'after'], message: `"${no_reply.after}" is not a duration`, hint }];
}
