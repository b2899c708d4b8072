// Says of an example whether it may be taught, in a sentence that a counselor can act on. An example that would page
// everyday texts, or would hide what the signals know as danger, is refused; nothing is mended here.

import { isGraver } from '../model/message.ts';
import {
  CONTENT_MAX,
  CONTENT_MIN,
  type CompiledExamples,
  compileExamples,
  contentForms,
  findLike,
  wordsOf,
} from './example-match.ts';
import type { Example, ExamplesFile } from './example-schema.ts';
import { ORDINARY_TEXTS } from './ordinary.ts';
import { screen } from './screen.ts';
import { type CompiledScreen, withExamples } from './screen-compiler.ts';
import type { SafetyProblem } from './signal-schema.ts';

/** Why this example may not be added; null when it may. `compiled` is the screen without it. */
export function refuseExample(compiled: CompiledScreen, example: Example): string | null {
  return refuseLength(compiled, example) ?? refuseNeedless(compiled, example) ?? refuseHarmful(compiled, example);
}

/** The mistakes of the file: each example on its own, beside all the others. */
export function checkExamples(compiled: CompiledScreen, { examples }: ExamplesFile): readonly SafetyProblem[] {
  const taught = withExamples(compiled, examples);
  return examples.flatMap((example, at) => {
    const message =
      refuseLength(compiled, example) ?? refuseSilent(taught, example) ?? refuseHarmful(compiled, example);
    if (message === null) return [];
    const hint = 'write it in other words, or take it away';
    return [{ path: ['examples', at, 'words'], message: `${example.id}: ${message}`, hint }];
  });
}

function refuseLength(compiled: CompiledScreen, { words }: Example): string | null {
  const { length: count } = contentForms(compiled, words);
  if (count < CONTENT_MIN) return 'This says too little to be told from an everyday text: write a whole sentence.';
  return count > CONTENT_MAX ? 'This is too long: write only the sentence that matters.' : null;
}

/** What the screen reads so by itself needs no example. */
function refuseNeedless(compiled: CompiledScreen, example: Example): string | null {
  const found = screen(compiled, { text: example.words });
  if (example.was === 'missed')
    return isGraver(example.tier, found.tier) ? null : `The screen reads this as ${found.tier} already.`;
  if (!isGraver(found.tier, 'moderate')) return 'The screen pages nobody for this text: there is nothing to lower.';
  return isExplicitCrisis(compiled, example.words)
    ? `The signals call this a crisis (“${found.matched.join('”, “')}”), and no example lowers that.`
    : null;
}

/** A crisis that is not the guess of the nets alone. */
function isExplicitCrisis(compiled: CompiledScreen, text: string): boolean {
  return screen({ ...compiled, nets: [] }, { text }).tier === 'crisis';
}

/** In the file an example of a missed text must do what it says. */
function refuseSilent(taught: CompiledScreen, example: Example): string | null {
  if (example.was === 'false_page') return null;
  const found = screen(taught, { text: example.words });
  return isGraver(example.tier, found.tier) ? `it is read as ${found.tier}, not as ${example.tier}` : null;
}

function refuseHarmful(compiled: CompiledScreen, example: Example): string | null {
  const alone = compileExamples(compiled, [example]);
  if (example.was === 'false_page') return refuseHiding(compiled, example, alone);
  return refuseCommon(compiled, example) ?? refuseLoud(compiled, alone);
}

/** From so many words on their order says enough; fewer need one that is not said every day. */
const FEW_WORDS = 5;
/** In so many everyday texts a word is said every day. */
const EVERYDAY = 3;

function refuseCommon(compiled: CompiledScreen, { words }: Example): string | null {
  const content = contentForms(compiled, words);
  if (content.length >= FEW_WORDS) return null;
  const known = ORDINARY_TEXTS.map((text) => new Set(contentForms(compiled, text).flat()));
  const isEveryday = (forms: readonly string[]): boolean =>
    known.filter((said) => forms.some((form) => said.has(form))).length >= EVERYDAY;
  return content.every(isEveryday) ? 'These few words are said every day: write the whole sentence.' : null;
}

/** A missed example fires on no everyday text. */
function refuseLoud(compiled: CompiledScreen, alone: CompiledExamples): string | null {
  const paged = ORDINARY_TEXTS.find((text) => isLike(compiled, alone, text));
  return paged === undefined
    ? null
    : `This would also fire on an everyday text, “${paged}”: write it with the words that make it grave.`;
}

/** An example of a false page lowers nothing that the signals bring along as an example of danger. */
function refuseHiding(compiled: CompiledScreen, example: Example, alone: CompiledExamples): string | null {
  const lowering = withExamples(compiled, [example]);
  for (const { definition } of compiled.signals) {
    if (!isGraver(definition.tier, 'moderate')) continue;
    const hidden = definition.examples.find(
      (text) => isLike(compiled, alone, text) && isLowered(compiled, lowering, text),
    );
    if (hidden !== undefined)
      return `This would hide a text that must page, “${hidden}”: write more of what makes it harmless.`;
  }
  return null;
}

function isLowered(compiled: CompiledScreen, lowering: CompiledScreen, text: string): boolean {
  return isGraver(screen(compiled, { text }).tier, screen(lowering, { text }).tier);
}

function isLike(compiled: CompiledScreen, alone: CompiledExamples, text: string): boolean {
  return findLike(alone, compiled, wordsOf(compiled, text), 0).length > 0;
}
