// The folder of flow files beside a house, as whoever publishes from Slack needs it: checked anew at each look.

/** What stands in it: parsed files by path, or every mistake as one line (`file:line:column what is wrong. Hint.`). */
export type FlowsFolderRead =
  | { readonly ok: true; readonly files: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Reading and checking takes seconds, so it is never awaited inside a transaction, and holds up nothing else. */
export interface FlowsFolder {
  read(): Promise<FlowsFolderRead>;
}
