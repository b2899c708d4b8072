// `npm run simulate`: plays seeds and says what came of them. Exit code 1 when a checker found something.

import { parseArgs } from 'node:util';
import { Violation } from './outcome.ts';
import { simulate } from './simulation.ts';

const HELP = `Plays the whole house against a town, local vendors and their troubles, decided by a seed.

Usage: npm run simulate -- [--seed N] [--seeds COUNT] [--steps N] [--verbose]

  --seed N       the first seed (default 1)
  --seeds COUNT  how many, one after the other (default 1)
  --steps N      how many things happen in each (default 900)
  --verbose      prints every event

Example: npm run simulate -- --seed 41 --verbose
A violation prints its seed and the last events, and the exit code is 1.
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '900' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else await playAll();

async function playAll(): Promise<void> {
  const first = Number(values.seed);
  for (let seed = first; seed < first + Number(values.seeds); seed += 1) await playOne(seed);
}

async function playOne(seed: number): Promise<void> {
  const onEvent = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    const run = await simulate({ seed, steps: Number(values.steps), ...(values.verbose ? { onEvent } : {}) });
    const perSecond = Math.round((run.steps / run.ms) * 1000);
    process.stdout.write(
      `seed ${seed}: ${run.steps} steps in ${run.days} days, ${run.texts} texts in, ${run.sent} out, ${run.posts} posts, ` +
        `${run.cases} cases, ${run.relayed} relayed, ${run.troubles} troubles, ${run.crashes} crashes; ${perSecond} steps/s, digest ${run.digest}\n`,
    );
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof Violation)) throw error;
    process.stdout.write(`${error.events.join('\n')}\n\nVIOLATION, seed ${seed}:\n  ${error.found.join('\n  ')}\n`);
    process.stdout.write(`Again: npm run simulate -- --seed ${seed} --steps ${values.steps} --verbose\n`);
  }
}
