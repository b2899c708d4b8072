// The files flows/replies/<language>.yaml: their shape, and whether every line can be read and every example is read as
// it says. What the words do is core/language's.

import { z } from 'zod';
import { readFamily } from '../language/read-family.ts';
import { compileReplies, type ReplyBook } from '../language/reply-book.ts';
import { FAMILIES, type Family, type ReplyWords, WORD_KINDS, type WordKind } from '../language/reply-words.ts';
import { readWith } from './explain-issue.ts';
import type { Problem } from './problem.ts';

const lines = z.array(z.string().min(1)).describe('Write a list of lines in brackets; an empty one is [].');

const family = z.strictObject({
  means: z.string().min(1).describe('Write how the bot says it when it asks back.'),
  words: lines,
  open: lines,
  weak: lines,
  alone: lines,
  asked: lines,
  examples: z.array(z.string().min(1)).min(3).describe('Write at least 3 replies that are read so.'),
  counterexamples: z.array(z.string().min(1)).min(2).describe('Write at least 2 replies that must not be read so.'),
});

const families = Object.fromEntries(FAMILIES.map((name) => [name, family])) as Record<Family, typeof family>;
/** Lists that came later: a file without them goes on working. */
const LATER_KINDS: ReadonlySet<WordKind> = new Set(['goodwill', 'aftermath', 'aside']);
const laterLines = lines.default([]);
const words = Object.fromEntries(
  WORD_KINDS.map((name) => [name, LATER_KINDS.has(name) ? laterLines : lines]),
) as Record<WordKind, typeof laterLines>;

const repliesSchema = z.strictObject({
  language: z.enum(['en', 'es']).describe('Write en or es, as the file is called.'),
  ask_back: z
    .string()
    .max(120)
    .regex(/\{answer\}/)
    .describe('Write the text that asks back, with {answer} in it, at most 120 characters.'),
  slots: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), lines)
    .describe('Write slots in capitals, each with its lines.'),
  families: z.strictObject(families).describe(`Write all of: ${FAMILIES.join(', ')}.`),
  words: z.strictObject(words).describe(`Write all of: ${WORD_KINDS.join(', ')}.`),
  alike: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/), lines)
    .default({})
    .describe('Write a name in small letters for each meaning, each with its lines.'),
});

/** Reads one file's data, or says what is wrong with its shape. */
export function parseReplyWords(
  data: unknown,
  language: ReplyWords['language'],
): { readonly value: ReplyWords } | { readonly problems: readonly Problem[] } {
  const read = readWith(repliesSchema, data);
  if ('problems' in read || read.value.language === language) return read;
  const message = `this is the file of "${language}" and says "${read.value.language}"`;
  return { problems: [{ path: ['language'], message, hint: `Write ${language}.` }] };
}

/** A problem and the language whose file it stands in. */
export interface PlacedProblem {
  readonly language: ReplyWords['language'];
  readonly problem: Problem;
}

/** Compiles both files together and, when asked, runs every example. An empty list means that all is well. */
export function checkReplyWords(files: readonly ReplyWords[], runExamples: boolean): readonly PlacedProblem[] {
  const { book, problems } = compileReplies(files);
  const hint = 'Mend the line; how one is written stands at the head of en.yaml.';
  const unread = problems.map(({ language, path, failure }) => ({
    language,
    problem: { path, message: failure, hint },
  }));
  if (unread.length > 0 || !runExamples) return unread;
  return files.flatMap((file) =>
    FAMILIES.flatMap((name) => checkFamily(book, file, name)).map((problem) => ({ language: file.language, problem })),
  );
}

function checkFamily(book: ReplyBook, file: ReplyWords, name: Family): Problem[] {
  const { examples, counterexamples } = file.families[name];
  const missed = examples.flatMap((text, index): Problem[] => {
    const found = readFamily(book, text);
    if (found.family === name && found.band === 'accept') return [];
    const said = found.family === null ? 'unclear' : `${found.band === 'accept' ? '' : 'perhaps '}${found.family}`;
    const message = `"${text}" is read as ${said} and not as ${name}`;
    const hint = 'Add its words to a list, or take a doubt out.';
    return [{ path: ['families', name, 'examples', index], message, hint }];
  });
  const wrong = counterexamples.flatMap((text, index): Problem[] => {
    const found = readFamily(book, text);
    if (found.family !== name || found.band !== 'accept') return [];
    const hint = 'Add what speaks against it to "doubt", or take a word out.';
    return [{ path: ['families', name, 'counterexamples', index], message: `"${text}" is read as ${name}`, hint }];
  });
  return [...missed, ...wrong];
}
