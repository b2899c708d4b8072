// Which files of the content folder are flows. Paths are relative to the folder, with `/` between folders.

/** Files with a meaning of their own. */
const OTHER_FILES: ReadonlySet<string> = new Set(['tasks.yaml', 'program.yaml']);
/** Folders with a meaning of their own: nothing in them is a flow. */
const OTHER_FOLDERS: ReadonlySet<string> = new Set(['safety', 'replies', 'colleges', 'answers']);

/** Whether it tests a flow, as `<flow>.test.yaml` beside it. Tests are no content: they are never published. */
export function isFlowTest(path: string): boolean {
  return path.endsWith('.test.yaml');
}

/** Whether a path is a flow: any other `.yaml` in the folder or in a folder of the author's own. */
export function isFlowPath(path: string): boolean {
  const [first = ''] = path.split('/');
  return path.endsWith('.yaml') && !isFlowTest(path) && !OTHER_FILES.has(path) && !OTHER_FOLDERS.has(first);
}

/** The id that a flow in this file must have. */
export function flowIdOfPath(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.yaml$/, '');
}
