// Modals that were submitted. Stored first; then Slack hears in the same answer whether to close, to show errors, or to
// show something else. A modal of an older version says so, instead of closing as if it were saved.

import { createHash } from 'node:crypto';
import type { App, ViewResponseAction } from '@slack/bolt';
import type { ModalAnswer } from '../../../app/ports/staff-room.ts';
import { unreachable } from '../../../core/model/invariant.ts';
import { renderModal } from '../views/modal.ts';
import { errorsForView, readSubmission } from '../views/read-submission.ts';
import type { Reception } from './reception.ts';
import { drawHome, showModal } from './show-view.ts';

interface Submitted {
  readonly id: string;
  readonly hash: string;
  readonly previous_view_id: string | null;
  readonly state: { readonly values: object };
}

/**
 * A view keeps its hash until it changes, so the same submission again is the same deed (SL-03). When its answer was
 * lost and the person adds words, it is another one: the words are part of the key, by their digest alone.
 */
function keyOf({ id, hash, state }: Submitted): string {
  const said = createHash('sha256').update(JSON.stringify([id, hash, state.values]));
  return `${id}:${said.digest('base64url')}`;
}

export function listenForSubmissions(app: App, reception: Reception): void {
  app.view({ type: 'view_submission' }, async ({ ack, view, body }) => {
    const read = readSubmission(view);
    if (read === null) {
      reception.doors.log.warn('slack_view_unknown');
      return ack(sayOnly('Nothing was saved: this form is from an older version of Icehouse. Please open it again.'));
    }
    if (!read.ok) return ack({ response_action: 'errors', errors: { ...read.errors } });
    const actor = { slackUserId: body.user.id, actKey: keyOf(view) };
    const answer = await reception.doors.submitModal(read.submission, actor);
    if (answer.kind === 'close_and_redraw' && view.previous_view_id !== null) {
      showModal(reception, { viewId: view.previous_view_id, hash: null }, { modal: answer.beneath, actor });
    }
    if (answer.kind === 'later') reception.background.run(answer.work);
    if (answer.kind !== 'errors') drawHome(reception, actor.slackUserId);
    const response = responseTo(answer, view);
    await (response === null ? ack() : ack(response));
  });
  app.view({ type: 'view_closed' }, async ({ ack }) => ack());
}

/** Null closes the modal. */
function responseTo(answer: ModalAnswer, view: Submitted): ViewResponseAction | null {
  switch (answer.kind) {
    case 'close':
    case 'close_and_redraw':
      return null;
    case 'errors': {
      const errors = errorsForView(view, answer.errors);
      // Slack refuses an error without an input to stand under.
      return Object.keys(errors).length === 0
        ? sayOnly(Object.values(answer.errors).join(' '))
        : { response_action: 'errors', errors };
    }
    case 'show':
    case 'later':
      return { response_action: 'update', view: renderModal(answer.modal) };
    default:
      return unreachable(answer);
  }
}

function sayOnly(text: string): ViewResponseAction {
  return { response_action: 'update', view: renderModal({ kind: 'word', title: 'Not saved', text }) };
}
