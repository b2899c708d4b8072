// The shape of the second net's file: what training writes and the screen loads. Weights are bytes in base64, one for
// each feature and question, so that the file stays under a megabyte.

import { z } from 'zod';

const limits = z.strictObject({ paged: z.number(), any: z.number() });

export const netFileSchema = z.strictObject({
  version: z.literal(2),
  /**
   * Log-odds from which a tier is given: where no signal spoke, beside one, and beside a hint. A sentence by itself must say `part` more,
   * because a long text has many. It is a crisis from `least` on, or when a crisis is no more than `apart` less likely
   * than a page.
   */
  thresholds: z.strictObject({
    alone: limits,
    beside: limits,
    hint: limits,
    crisis: z.strictObject({ least: z.number(), apart: z.number() }),
    part: z.number(),
  }),
  scale: z.array(z.number()).length(6),
  bias: z.array(z.number()).length(6),
  tags: z.string().max(300_000),
  weights: z.string().max(900_000),
});

/** The file, parsed. */
export type NetFile = z.infer<typeof netFileSchema>;
