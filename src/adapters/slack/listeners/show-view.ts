// Modals and homes as Slack is asked to show them. A view that cannot be drawn loses nothing: all it shows is stored.
// So nothing here throws; what it came to is said in a word.

import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Actor, Modal, ModalAsk } from '../../../app/ports/staff-room.ts';
import { unreachable } from '../../../core/model/invariant.ts';
import { codeOfFailure } from '../failure.ts';
import { renderHome } from '../views/home.ts';
import { renderModal } from '../views/modal.ts';
import type { Reception } from './reception.ts';

/** A view that is open in front of somebody. */
export interface OpenView {
  readonly viewId: string;
  /** What it showed when we last heard of it; null: whatever it shows is to be replaced. */
  readonly hash: string | null;
  /** Our own name for it, kept as long as it is open: a second click must not open it twice. */
  readonly externalId?: string | undefined;
}

/** `duplicate`: the same press, or a second click, has opened it. `unknown`: it may be open. */
export type Opening =
  | ({ readonly kind: 'opened' } & OpenView)
  | { readonly kind: 'duplicate' | 'unknown' | 'refused'; readonly code: string };

const DUPLICATE = new Set(['duplicate_external_id', 'exchanged_trigger_id']);
const REFUSED = new Set([
  'expired_trigger_id',
  'invalid_trigger_id',
  'invalid_trigger',
  'push_limit_reached',
  'not_found',
]);

const answered = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

/** Opens a modal, or pushes it on the one that is open. The trigger of a press lives three seconds (SL-14). */
export async function openView(
  client: WebClient,
  how: 'open' | 'push',
  opening: { readonly triggerId: string; readonly view: ModalView },
): Promise<Opening> {
  const ask = { trigger_id: opening.triggerId, view: opening.view };
  try {
    const answer = how === 'open' ? await client.views.open(ask) : await client.views.push(ask);
    const { view } = answered.parse(answer);
    return { kind: 'opened', viewId: view.id, hash: view.hash, externalId: opening.view.external_id };
  } catch (error) {
    const code = codeOfFailure(error);
    if (DUPLICATE.has(code)) return { kind: 'duplicate', code };
    return { kind: REFUSED.has(code) ? 'refused' : 'unknown', code };
  }
}

/** Fills a modal of which it is not known whether it opened, by the name that we gave it. True when it is there. */
export async function fillByName(client: WebClient, externalId: string, modal: Modal): Promise<boolean> {
  try {
    await client.views.update({ external_id: externalId, view: named(modal, externalId) });
    return true;
  } catch {
    return false;
  }
}

/** `otherwise` is shown when Slack takes the modal not even the second time, so that nobody looks at a skeleton for ever. */
export interface Showing {
  readonly modal: Modal;
  readonly actor: Actor;
  readonly otherwise?: Modal;
}

/** Replaces what an open modal shows. When somebody changed it meanwhile, it is read anew and shown (SL-15). */
export function showModal(reception: Reception, view: OpenView, { modal, actor, otherwise }: Showing): void {
  const { doors, client, background } = reception;
  background.run(async () => {
    const code = await update(client, view, modal);
    if (code === null || code === 'not_found') return;
    const ask = code === 'hash_conflict' ? askFor(modal) : null;
    const fresh = ask === null ? modal : await doors.openModal(ask, actor);
    const whatever = { ...view, hash: null };
    const again = await update(client, whatever, fresh);
    if (again === null || again === 'not_found') return;
    doors.log.warn('slack_view_not_shown', { code: again });
    if (otherwise !== undefined) await update(client, whatever, otherwise);
  }, `view:${view.viewId}`);
}

/** Null when it is shown, else Slack's code. */
async function update(client: WebClient, view: OpenView, modal: Modal): Promise<string | null> {
  try {
    const hash = view.hash === null ? {} : { hash: view.hash };
    await client.views.update({ view_id: view.viewId, view: named(modal, view.externalId), ...hash });
    return null;
  } catch (error) {
    return codeOfFailure(error);
  }
}

function named(modal: Modal, externalId: string | undefined): ModalView {
  const view = renderModal(modal);
  return externalId === undefined || externalId === '' ? view : { ...view, external_id: externalId };
}

/** Draws somebody's App Home, in the background; the newest drawing stays. */
export function drawHome({ doors, client, background }: Reception, slackUserId: string): void {
  background.run(async () => {
    const view = renderHome(await doors.showHome(slackUserId));
    try {
      await client.views.publish({ user_id: slackUserId, view });
    } catch (error) {
      doors.log.warn('slack_home_not_drawn', { code: codeOfFailure(error) });
    }
  }, `home:${slackUserId}`);
}

/** What would be asked to see this modal anew; null for a sentence, which is about nothing. */
function askFor(modal: Modal): ModalAsk | null {
  switch (modal.kind) {
    case 'word':
      return null;
    case 'case_details':
    case 'case_call':
    case 'resolve_case':
      return { kind: modal.kind, escalationId: modal.escalationId };
    case 'weekly_update':
      return { kind: modal.kind, promptId: modal.promptId };
    case 'mentee_update':
      return { kind: modal.kind, promptId: modal.promptId, menteeId: modal.menteeId };
    case 'pause_mentee':
      return { kind: modal.kind, menteeId: modal.menteeId };
    case 'revive_mentee':
      return null;
    case 'safety_example':
      return { kind: modal.kind, source: modal.source };
    case 'worried':
    case 'away':
    case 'slot':
    case 'on_call_override':
    case 'flows_publish':
    case 'flows_roll_back':
      return { kind: modal.kind };
    default:
      return unreachable(modal);
  }
}
