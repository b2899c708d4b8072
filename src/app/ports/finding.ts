// One thing that an examination of the house looked at, whoever looked.

/** `mend` says what to do when it is not well, and is empty when it is. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly mend: string;
}
