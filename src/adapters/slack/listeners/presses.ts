// Buttons and menus, in messages, modals and homes. What a press does is stored before it is acknowledged; who pressed
// is Slack's signed word for it. A press that nobody knows is acknowledged and noted (platforms SL-06, SL-13).

import type { App, RespondFn } from '@slack/bolt';
import type { Actor, ActResult } from '../../../app/ports/staff-room.ts';
import { readAct, readModalAsk, readPress } from '../views/read-act.ts';
import { escapeText, plain } from '../views/text.ts';
import { openAsked } from './modals.ts';
import type { Reception } from './reception.ts';
import { drawHome, type OpenView, showModal } from './show-view.ts';

export function listenForPresses(app: App, reception: Reception): void {
  app.action({}, async ({ ack, action, body, respond }) => {
    if (body.type === 'block_actions') {
      const { trigger_id: triggerId, user, view } = body;
      // Slack gives each press its own trigger (SL-03).
      const actor = { slackUserId: user.id, actKey: triggerId };
      await takePress(reception, action, { actor, triggerId, view: view ?? null, respond });
    } else {
      reception.doors.log.warn('slack_action_unknown');
    }
    await ack();
  });
}

interface Pressed {
  readonly actor: Actor;
  readonly triggerId: string;
  readonly view: {
    readonly id: string;
    readonly hash: string;
    readonly type?: string;
    readonly external_id?: string;
  } | null;
  readonly respond: RespondFn;
}

async function takePress(reception: Reception, action: unknown, pressed: Pressed): Promise<void> {
  const { doors } = reception;
  const press = readPress(action);
  const act = press === null ? null : readAct(press.actionId, press.value);
  if (act !== null) return follow(reception, await doors.act(act, pressed.actor), pressed);
  const asked = press === null ? null : readModalAsk(press.actionId, press.value, pressed.view);
  if (asked !== null) return openAsked(reception, asked, pressed);
  doors.log.warn('slack_action_unknown');
}

/** Shows what an act came to. All of it is in the database already. */
function follow(reception: Reception, result: ActResult, { actor, view, respond }: Pressed): void {
  const { word, modal } = result;
  if (modal !== null && view?.type === 'modal') {
    const open: OpenView = { viewId: view.id, hash: view.hash, externalId: view.external_id };
    showModal(reception, open, { modal, actor });
  }
  if (word !== null && view === null) reception.background.run(() => tell(reception, respond, word));
  if (result.homeChanged) drawHome(reception, actor.slackUserId);
}

/** Best effort: what only one person sees is neither kept nor certain to arrive (SL-26). */
async function tell({ doors }: Reception, respond: RespondFn, word: string): Promise<void> {
  try {
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: escapeText(word),
      blocks: [{ type: 'section', text: plain(word) }],
    });
  } catch {
    doors.log.warn('slack_word_not_shown');
  }
}
