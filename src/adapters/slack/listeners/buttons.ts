// The buttons of a case's card. Each is stored before it is acknowledged; who pressed is Slack's signed word for it.

import type { App } from '@slack/bolt';
import { asEscalationId, type EscalationId } from '../../../core/model/ids.ts';
import { ACKNOWLEDGE_ACTION, RESOLVE_ACTION } from '../views/alert.ts';

/** A press, with what makes it one press: Slack gives each its own trigger (platforms SL-03). */
export interface Press {
  readonly escalationId: EscalationId;
  readonly slackUserId: string;
  readonly pressKey: string;
}

export interface ButtonDoors {
  readonly acknowledge: (press: Press) => Promise<void>;
  readonly resolve: (press: Press) => Promise<void>;
}

export const HANDLED_ACTIONS: readonly string[] = [ACKNOWLEDGE_ACTION, RESOLVE_ACTION];

export function listenForButtons(app: App, doors: ButtonDoors): void {
  const wire = (actionId: string, door: (press: Press) => Promise<void>) => {
    app.action({ type: 'block_actions', action_id: actionId }, async ({ ack, action, body }) => {
      const value = 'value' in action && typeof action.value === 'string' ? action.value : '';
      const pressKey = body.trigger_id ?? `${body.user.id}:${'action_ts' in action ? action.action_ts : ''}`;
      if (value !== '') await door({ escalationId: asEscalationId(value), slackUserId: body.user.id, pressKey });
      await ack();
    });
  };
  wire(ACKNOWLEDGE_ACTION, doors.acknowledge);
  wire(RESOLVE_ACTION, doors.resolve);
}
