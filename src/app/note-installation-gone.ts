// Slack says that the app was uninstalled or its token revoked (SL-22). The operator hears of it outside Slack; nothing
// is deleted, and alerts go on by SMS.

import type { StaffDeps } from './doing.ts';
import { raiseAlarm } from './raise-alarm.ts';

export type NoteInstallationGone = (reason: string) => Promise<void>;

/**
 * `reason` is Slack's name of the event. The two events come in either order, and the second one finds the alarm raised.
 * The alarm is what is remembered of it: it ends when Slack takes a post again.
 */
export function createNoteInstallationGone(deps: StaffDeps): NoteInstallationGone {
  return async (reason) => {
    const now = deps.clock.now();
    await deps.database.transact(async (stores) => {
      await raiseAlarm(deps.log, stores, {
        kind: 'slack_auth',
        subject: 'installation',
        detail: `The Icehouse app was removed from Slack, or its token was revoked (${reason}). Nothing is posted there any more; alerts go by SMS. Install the app again and set SLACK_BOT_TOKEN, then restart. All data is kept.`,
        now,
      });
    });
    deps.wake();
  };
}
