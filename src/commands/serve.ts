// `icehouse serve`: the house until it is told to stop.

import { readConfig, readEnvironment } from '../config.ts';
import { startHouse } from '../main.ts';

/** Starts, and stops in good order on SIGTERM or SIGINT. A second signal stops at once. */
export async function serve(): Promise<void> {
  const house = await startHouse(readConfig(readEnvironment()));
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void house.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
