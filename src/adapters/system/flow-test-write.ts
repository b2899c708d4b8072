// Writes into test files of authors without touching what they wrote around it: comments, order and quotes stay.
// Only expectations are rewritten; a played case is put at the end.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Document, isMap, isScalar, isSeq, parseDocument, type Scalar, visit, type YAMLSeq } from 'yaml';
import type { Rewrite } from '../../core/conversation/play-compare.ts';
import { EXPECTATIONS } from '../../core/flow/flow-test-schema.ts';

/** Rewrites keys of a file by their paths from its top; `undefined` takes a key out. Answers whether the file changed. */
export function rewriteTestFile(file: string, rewrites: readonly Rewrite[]): boolean {
  if (rewrites.length === 0) return false;
  const before = readFileSync(file, 'utf8');
  const document = parseDocument(before);
  visit(document, {
    // What stands in two places cannot be written for one of them.
    Alias: (_, { source }) => {
      throw new Error(`${file} has "*${source}" in it, so nothing was written; write the words out there`);
    },
  });
  for (const { path, value, inserts } of rewrites) {
    if (inserts) continue;
    if (value === undefined) document.deleteIn(path);
    else putIn(document, path, value);
  }
  // Entries come last: they move those behind them.
  for (const { path, value, inserts } of rewrites) if (inserts) insert(document, path, value);
  const after = written(document);
  if (after !== before) writeFileSync(file, after);
  return after !== before;
}

/** A case as a file holds it, of its name, who and when, and its turns. */
export type WrittenCase = Readonly<Record<string, unknown>>;

/**
 * Appends a case; a file that does not exist yet begins with it. What an author wrote is never taken out.
 * @throws when the file holds something else than a list of cases.
 */
export function appendCase(file: string, id: string, one: WrittenCase): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : headOf(id);
  const document = parseDocument(text);
  const cases = casesOf(document);
  if (cases === undefined) throw new Error(`${file} holds no list under "cases", so nothing was added; mend it first`);
  const node = quoted(document, one);
  if (cases !== null) {
    node.spaceBefore = true;
    cases.items.push(node);
  } else document.set('cases', quoted(document, [one]));
  writeFileSync(file, written(document));
}

/** The list of cases; null when there is none yet, undefined when something else stands there. */
function casesOf(document: Document): YAMLSeq | null | undefined {
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) return null;
  const cases: unknown = isMap(document.contents) ? document.get('cases') : document.contents;
  if (cases === undefined || cases === null) return null;
  return isMap(document.contents) && isSeq(cases) ? cases : undefined;
}

/** A case as the lines that would stand in a file. */
export function caseAsText(one: WrittenCase): string {
  const document = parseDocument('');
  document.contents = document.createNode([]) as unknown as typeof document.contents;
  const list: unknown = document.contents;
  if (isSeq(list)) list.items.push(quoted(document, one));
  return written(document);
}

function headOf(id: string): string {
  return `# Tests of ${id}. Run them with: npx icehouse flows test\n\ncases:\n`;
}

function written(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function putIn(document: Document, path: Rewrite['path'], value: unknown): void {
  const old = document.getIn(path, true);
  const node = quoted(document, value);
  if (isScalar(old) && isScalar(node)) {
    // The old node keeps its comment and, where it fits, its quotes.
    old.value = node.value;
    if (node.type !== undefined) old.type = node.type;
    return;
  }
  document.setIn(path, node);
  sortTurn(document, path);
}

function insert(document: Document, path: Rewrite['path'], value: unknown): void {
  const list = document.getIn(path.slice(0, -1), true);
  if (isSeq(list)) list.items.splice(Number(path.at(-1)), 0, quoted(document, value));
}

/** A key that is new stands where the manual has it, not at the end of its turn. */
function sortTurn(document: Document, path: Rewrite['path']): void {
  const turn = document.getIn(path.slice(0, -1), true);
  if (!isMap(turn)) return;
  const names: readonly string[] = EXPECTATIONS;
  const rank = (key: unknown): number => names.indexOf(String(isScalar(key) ? key.value : key));
  turn.items.sort((a, b) => rank(a.key) - rank(b.key));
}

/** Texts stand in double quotes, so that no colon or hash in them surprises anybody; short words stand bare. */
function quoted(document: Document, value: unknown): Scalar & { spaceBefore?: boolean } {
  const node = document.createNode(value) as Scalar;
  quoteTexts(node);
  return node;
}

const BARE = /^(?:[\p{L}\d_/-]+|\d{4}-\d{2}-\d{2} \d{2}:\d{2}|\d+ \w+)$/u;

function quoteTexts(node: unknown): void {
  if (isMap(node)) for (const pair of node.items) quoteTexts(pair.value);
  else if (isSeq(node)) for (const item of node.items) quoteTexts(item);
  else if (isScalar(node) && typeof node.value === 'string' && !BARE.test(node.value)) {
    node.type = node.value.includes('\n') ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE';
  }
}
