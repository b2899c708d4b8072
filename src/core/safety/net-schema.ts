// The shape of the second net's file: what training writes and the screen loads. Weights are bytes in base64, one for
// each bucket and question, so that the file stays under a megabyte.

import { z } from 'zod';

const limits = z.strictObject({ paged: z.number(), any: z.number() });

export const netFileSchema = z.strictObject({
  version: z.literal(1),
  /**
   * Log-odds from which a tier is given: where no signal spoke, and beside one. A long text says more of everything, so
   * each of its first `words` words takes `each` away. It is a crisis from `least` on, or
   * when a crisis is no more than `apart` less likely than a page.
   */
  thresholds: z.strictObject({
    alone: limits,
    beside: limits,
    crisis: z.strictObject({ least: z.number(), apart: z.number() }),
    length: z.strictObject({ each: z.number(), words: z.number() }),
  }),
  scale: z.array(z.number()).length(6),
  bias: z.array(z.number()).length(6),
  weights: z.string().max(900_000),
});

/** The file, parsed. */
export type NetFile = z.infer<typeof netFileSchema>;
