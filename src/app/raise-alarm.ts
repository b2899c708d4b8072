// Something that the operator or staff must look at: noted once while it lasts, logged, and told in Slack.

import type { Stores } from './ports/database.ts';
import type { Log } from './ports/log.ts';
import { tellStaff } from './tell-staff.ts';

export interface Alarm {
  /** Short snake_case name of the kind of trouble. */
  readonly kind: string;
  /** What it is about: an id, a code. One alarm of a kind and subject is open at a time. */
  readonly subject: string;
  /** What happened and what to do, in a sentence or two for staff. */
  readonly detail: string;
  readonly now: number;
}

/** Raises it, and tells staff in Slack when it was not raised already. */
export async function raiseAlarm(log: Log, stores: Stores, alarm: Alarm): Promise<void> {
  const isNew = await stores.house.raiseAlarm(alarm.kind, alarm.subject, alarm.detail, alarm.now);
  log.error('alarm', { reason: alarm.kind, code: alarm.subject });
  if (!isNew) return;
  await tellStaff(stores, {
    key: `alarm:${alarm.kind}:${alarm.subject}:${alarm.now}`,
    title: `Alarm: ${alarm.kind.replaceAll('_', ' ')}`,
    lines: [{ label: 'What to do', text: alarm.detail }],
    now: alarm.now,
  });
}
