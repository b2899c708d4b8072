// A text in every language that mentees are texted in, as authors write it: `en` and `es` side by side.

import { z } from 'zod';

/** Schema of a text in both languages. Each is an ICU message. */
export const localTextSchema = z
  .strictObject({
    en: z.string().describe('Write the text in English.'),
    es: z.string().describe('Write the text in Spanish.'),
  })
  .describe('Write the text in both languages, under "en" and "es".');

/** A text in both languages. */
export type LocalText = z.infer<typeof localTextSchema>;

/** The name of another step, as it stands in `next` and its kin. */
export const targetSchema = z.string().describe('Write the name of the step that comes next.');
