// The step `random`: sends each mentee one of several ways, for an experiment. Which one follows from who they are and the
// experiment's name alone: the same in every flow, after a restart and in a replay, and without a die.

import { z } from 'zod';
import { NAME } from '../flow-schema.ts';
import { targetSchema } from '../local-text.ts';
import { didYouMean, type Problem } from '../problem.ts';
import { pickByShare } from '../share-out.ts';
import type { FlowOutline, StepKind } from '../step-kind.ts';

const LARGEST_SHARE = 1000;

const variantSchema = z.strictObject({
  next: targetSchema,
  share: z.number().int().min(1).max(LARGEST_SHARE).optional().describe('Write a whole number, 1 or more.'),
});

const schema = z.strictObject({
  type: z.literal('random'),
  experiment: z.string().describe('Write a name for the experiment: small letters, digits and underscores.'),
  variants: z.record(z.string(), variantSchema).describe('Write each variant with its "next", and "share" if not 1.'),
  save_as: z.string().optional().describe('Write the name of a text variable of this flow.'),
});

/** A `random` step as written. */
export type RandomStep = z.infer<typeof schema>;

/**
 * The way of the mentee's variant. The variant is kept in the conversation as `#experiment:<name>`, with or without
 * `save_as`, so that answers can be counted by it later.
 */
export const randomKind: StepKind<RandomStep> = {
  type: 'random',
  schema,
  exits: (step) => {
    const sets = step.save_as === undefined ? [] : [step.save_as];
    return Object.entries(step.variants).map(([name, { next }]) => ({
      path: ['variants', name, 'next'],
      to: next,
      sets,
    }));
  },
  texts: () => [],
  pauses: () => false,
  reads: () => [],
  needsTask: () => false,
  check: (step, outline) => [...checkNames(step), ...checkVariants(step), ...checkSaved(step, outline)],
  enter: (step, { menteeId }) => {
    const shares = Object.entries(step.variants).map(([name, { share = 1 }]) => ({ name, share }));
    const { name } = pickByShare(shares, `${step.experiment}:${menteeId}`);
    const saved = step.save_as === undefined ? {} : { [step.save_as]: name };
    return {
      kind: 'go',
      to: step.variants[name]?.next ?? '',
      variables: { ...saved, [`#experiment:${step.experiment}`]: name },
    };
  },
  resume: () => ({ kind: 'stay' }),
};

function checkNames({ experiment, variants }: RandomStep): Problem[] {
  const hint = 'Use small letters, digits and underscores, and begin with a letter.';
  const wrong = Object.keys(variants).filter((name) => !NAME.test(name));
  return [
    ...(NAME.test(experiment) ? [] : [{ path: ['experiment'], message: `"${experiment}" cannot be a name`, hint }]),
    ...wrong.map((name): Problem => {
      return { path: ['variants', name], at: 'key', message: `"${name}" cannot be a name`, hint };
    }),
  ];
}

function checkVariants({ variants }: RandomStep): Problem[] {
  const count = Object.keys(variants).length;
  if (count >= 2) return [];
  const message = count === 0 ? 'an experiment without a variant' : 'an experiment with one variant';
  return [{ path: ['variants'], message, hint: 'Write two "variants" or more.' }];
}

function checkSaved({ save_as }: RandomStep, { variables }: FlowOutline): Problem[] {
  if (save_as === undefined || variables[save_as] === 'text') return [];
  const type = variables[save_as];
  if (type !== undefined) {
    const message = `the name of a variant does not fit the variable "${save_as}", which holds ${type}`;
    return [{ path: ['save_as'], message, hint: 'Declare the variable as text.' }];
  }
  const hint = didYouMean(save_as, Object.keys(variables));
  const message = `there is no variable "${save_as}" in this flow`;
  return [{ path: ['save_as'], message, hint: hint === 'Take it out.' ? 'Add it under "variables".' : hint }];
}
