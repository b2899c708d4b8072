// `icehouse serve`: the house until it is told to stop.

import { readConfig, readEnvironment } from '../config.ts';

/** Starts, and stops in good order on SIGTERM or SIGINT, or when another host takes over. A second signal stops at once. */
export async function serve(): Promise<void> {
  const stopped = Promise.withResolvers<number>();
  const config = readConfig(readEnvironment());
  // Loaded only now, so that a setting that is wrong is said at once.
  const { startHouse } = await import('../main.ts');
  let signals = 0;
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    stopped.resolve(0);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // The doors open within this: whoever sees them open may ask for a stop.
  const house = await startHouse(config, { onLost: () => stopped.resolve(1) });
  const code = await stopped.promise;
  await house.stop();
  process.exit(code);
}
