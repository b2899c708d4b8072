// What may be said of an error in a log: its name and where it was thrown. A message may quote a value, so it stays out.

/** Stack frames kept; the deeper ones are the event loop's. */
const FRAME_LIMIT = 8;

export function nameOf(error: unknown): { name: string; stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { name: error.name, stack: frames.slice(0, FRAME_LIMIT).join('\n') };
}
