// The monitor outside that calls a person when it hears nothing for a while (CR-08).

/** Says that all is well. Never rejects; a failure is logged. */
export type Heartbeat = () => Promise<void>;
