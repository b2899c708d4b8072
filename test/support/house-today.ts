// What a house on the real clock needs: a place in which texts may leave just now, and a task that is due soon.

import { copyFlows, type FlowsCopy } from './house-flows.ts';

/** A time zone in which it is about two in the afternoon, inside the allowed hours of every day of the week. */
export function afternoonZone(now = Date.now()): string {
  const ahead = 14 - new Date(now).getUTCHours();
  const offset = ahead > 12 ? ahead - 24 : ahead;
  // Etc/GMT-3 is three hours ahead of UTC.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** The flows with a housing form that is due in ten days. */
export function flowsOfToday(): FlowsCopy {
  const due = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  return copyFlows({ housing_form: due });
}
