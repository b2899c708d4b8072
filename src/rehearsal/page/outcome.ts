// What became of an action of the page.

/** An outcome for the page: `status` of the HTTP answer, and words when something is wrong. */
export interface Outcome {
  readonly status: number;
  readonly error: string | null;
}

/** Nothing is wrong. */
export const DONE: Outcome = { status: 200, error: null };

/** An outcome that is a refusal, in words. */
export function refuse(status: number, error: string): Outcome {
  return { status, error };
}
