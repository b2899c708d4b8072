// What of an error of ours may be logged.

/** The name and place of an error of ours. Its message may quote a value, so it stays out of the log. */
export function nameOf(error: unknown): { name: string; stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { name: error.name, stack: frames.slice(0, 8).join('\n') };
}
