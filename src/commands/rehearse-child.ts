// The process of rehearse-apart.ts: takes the options of one year, plays it, says how far it is, and hands over its page.

import { headlinesOf, verdictOf } from '../rehearsal/town/headlines.ts';
import { pageOf } from '../rehearsal/town/page.ts';
import type { Told } from './rehearse-apart.ts';
import { type RehearseOptions, rehearse } from './rehearse-play.ts';

/** Resolves when it is on its way as a whole. */
function tell(told: Told): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(told, undefined, undefined, () => resolve());
  });
}

// Only rehearse-apart.ts speaks here.
process.once('message', async (options: RehearseOptions) => {
  // It is told, or nobody waits for it any more.
  process.once('disconnect', () => process.exit());
  try {
    const report = await rehearse(options, (progress) => void tell({ kind: 'progress', progress }));
    const { violationTotal } = report;
    const played = { page: pageOf(report), headlines: headlinesOf(report), verdict: verdictOf(report) };
    await tell({ kind: 'played', played: { ...played, isGood: violationTotal === 0 } });
  } catch (error) {
    await tell({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect();
});
