// The words of a stored text, opened as the checkers need them.

import { z } from 'zod';
import { SealedColumn } from '../../../src/adapters/db/json-column.ts';

export const inboxContent = new SealedColumn(
  'inbox',
  'sealed_content',
  z.object({ from: z.string(), body: z.string() }),
);
