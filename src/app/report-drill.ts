// Tells the times of a drill in its thread: when somebody has it, when it is over, or after half an hour. One that nobody
// acknowledged, or that Slack never showed, is an alarm to the operator, and ends by itself: nobody shall get used to it.

import { asCounselorId, asEscalationId } from '../core/model/ids.ts';
import { changeCase } from './case-actions.ts';
import { postInThread } from './case-thread.ts';
import { type CaseTimes, timesOfCase } from './case-times.ts';
import { DRILL_FAILED } from './drill.ts';
import { isDrill } from './drill-mark.ts';
import { DRILL_MS, DRILL_TIMER } from './drill-timer.ts';
import type { HouseDeps } from './house-deps.ts';
import { HOUSE } from './person.ts';
import type { Escalation, Stores, Timer } from './ports/database.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { drillWords } from './safety-report.ts';

const SLOT = 'drill-report';

/** What the timer of a drill brings. */
export async function reportDrill(deps: HouseDeps, stores: Stores, timer: Timer): Promise<void> {
  const now = deps.clock.now();
  const escalation = await stores.escalations.byId(asEscalationId(timer.subject));
  if (escalation === null || !isDrill(escalation)) return;
  const times = await timesOfCase(stores, escalation);
  const stage = stageOf(escalation, times);
  if (await stores.house.takeSlot(SLOT, `${escalation.id}:${stage}`, now)) {
    await post(stores, escalation, { title: TITLES[stage], times, stage, now });
    const faults = faultsOf(times, now);
    if (faults.length > 0) await failDrill(deps, stores, escalation, faults, now);
    // A drill that went well is the word that the fault of an earlier one was mended.
    else if (stage !== 'late') await clearEarlier(stores, now);
  }
  await endForgotten(deps, stores, escalation, times, now);
}

/** Before whoever took it would be asked whether they still have it, and the team paged anew for nothing. */
const FORGOTTEN_MS = 25 * 60_000;

async function endForgotten(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  { acknowledgedAt }: CaseTimes,
  now: number,
): Promise<void> {
  if (acknowledgedAt === null || escalation.state.status === 'resolved') return;
  const dueAt = acknowledgedAt + FORGOTTEN_MS;
  if (now >= dueAt) return endByItself(deps, stores, escalation, now);
  await stores.timers.set({ kind: 'program', subject: escalation.id, name: DRILL_TIMER, dueAt });
}

type Stage = 'late' | 'acknowledged' | 'resolved';

const TITLES: Record<Stage, string> = {
  late: 'The drill failed: nobody acknowledged it within 30 minutes',
  acknowledged: 'The drill was acknowledged',
  resolved: 'The drill is over',
};

function stageOf({ state }: Escalation, { acknowledgedAt }: CaseTimes): Stage {
  if (state.status === 'resolved') return 'resolved';
  return acknowledgedAt === null ? 'late' : 'acknowledged';
}

async function post(
  stores: Stores,
  { id: escalationId }: Escalation,
  told: { readonly title: string; readonly times: CaseTimes; readonly stage: Stage; readonly now: number },
): Promise<void> {
  const { title, times, stage, now } = told;
  const lines = [{ label: 'From its opening', text: drillWords(times) }];
  const message = { kind: 'notice', title, lines } as const;
  await postInThread(stores, { key: `${SLOT}:${escalationId}:${stage}`, escalationId, message, now });
}

function faultsOf({ openedAt, postedAt, textedAt, acknowledgedAt }: CaseTimes, now: number): readonly string[] {
  const isLate = acknowledgedAt === null && now >= openedAt + DRILL_MS;
  return [
    ...(postedAt === null ? ['it was not posted in Slack'] : []),
    ...(isLate && textedAt === null ? ['no text to staff was handed over'] : []),
    ...(isLate ? ['nobody acknowledged it within 30 minutes'] : []),
  ];
}

async function failDrill(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  faults: readonly string[],
  now: number,
): Promise<void> {
  const { id, caseCode, state } = escalation;
  const detail = `The drill ${caseCode} failed: ${faults.join(', ')}. A real crisis would have waited as long: mend it, and run /icehouse drill again.`;
  await raiseAlarm(deps.log, stores, { kind: DRILL_FAILED, subject: id, detail, now });
  if (state.status === 'open') await endByItself(deps, stores, escalation, now);
}

async function endByItself(deps: HouseDeps, stores: Stores, escalation: Escalation, now: number): Promise<void> {
  const by = asCounselorId(HOUSE);
  const event = { kind: 'resolved', at: now, by, outcome: 'other', nudgesResumeAt: now } as const;
  await changeCase(deps, stores, escalation, event, now);
}

async function clearEarlier(stores: Stores, now: number): Promise<void> {
  for (const { kind, subject } of await stores.house.alarms()) {
    if (kind === DRILL_FAILED) await stores.house.clearAlarm(kind, subject, now);
  }
}
