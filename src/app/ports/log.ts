// What the house may say about itself. Names of things and numbers only: no text, no phone number, no token, ever.

/** The only fields that reach a log line; anything else is dropped by the adapter. */
export interface LogFields {
  readonly code?: string | number;
  readonly count?: number;
  readonly durationMs?: number;
  readonly escalationId?: string;
  readonly conversationId?: string;
  readonly flowId?: string;
  readonly inboundId?: string;
  readonly outboundId?: string;
  readonly menteeId?: string;
  readonly messageClass?: string;
  readonly port?: number;
  readonly reason?: string;
  readonly revision?: number;
  readonly status?: string;
  readonly step?: string;
  readonly tier?: string;
  readonly url?: string;
  /** Name and stack of an error of our own; its message only when the code that throws it wrote every word of it. */
  readonly error?: { readonly name: string; readonly stack?: string };
}

/** One line a call; `event` is a short snake_case name that can be searched for. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
