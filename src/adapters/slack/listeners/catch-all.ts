// Whatever no other listener takes: acknowledged and noted, so that a person never sees an error for a thing of an older
// version, and Slack never repeats what nobody will answer (platforms SL-13). Presses, modals, commands and events take
// what is unknown among them themselves.

import type { App } from '@slack/bolt';
import type { Log } from '../../../app/ports/log.ts';

export function listenForTheRest(app: App, log: Log): void {
  app.shortcut({}, async ({ ack }) => {
    log.warn('slack_shortcut_unknown');
    await ack();
  });
  app.options({}, async ({ ack }) => ack({ options: [] }));
}
