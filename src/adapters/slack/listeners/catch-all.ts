// Whatever no other listener takes: acknowledged and noted, so that a person never sees an error for a button of an
// older version, and Slack never repeats what nobody will answer (platforms SL-13).

import type { App } from '@slack/bolt';
import type { Log } from '../../../app/ports/log.ts';
import { HANDLED_ACTIONS } from './buttons.ts';

const OTHER_ACTIONS = new RegExp(`^(?!(?:${HANDLED_ACTIONS.join('|')})$)`);
const ANY = /^/;

export function listenForTheRest(app: App, log: Log): void {
  app.action(OTHER_ACTIONS, async ({ ack }) => {
    log.warn('slack_action_unknown');
    await ack();
  });
  app.view(ANY, async ({ ack }) => {
    log.warn('slack_view_unknown');
    await ack();
  });
  app.view({ type: 'view_closed', callback_id: ANY }, async ({ ack }) => ack());
  app.command(ANY, async ({ ack }) => {
    log.warn('slack_command_unknown');
    await ack('Icehouse does not know this command.');
  });
  app.shortcut(ANY, async ({ ack }) => {
    log.warn('slack_shortcut_unknown');
    await ack();
  });
  app.options(ANY, async ({ ack }) => ack({ options: [] }));
  app.event(ANY, async () => {});
}
