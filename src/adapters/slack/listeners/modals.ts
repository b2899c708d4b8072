// A press that asks for a modal: a skeleton is opened at once, because the trigger lives three seconds, while the house
// reads what it shows (platforms SL-14). The press waits for the house only, never for Slack.

import { subjectOf } from '../../../app/open-modal.ts';
import type { Actor, Modal, ModalAsk } from '../../../app/ports/staff-room.ts';
import { loadingModal } from '../views/modal.ts';
import type { AskedModal } from '../views/read-act.ts';
import type { Reception } from './reception.ts';
import { fillByName, type Opening, openView, showModal } from './show-view.ts';

/** A second click within this time has the first one's name, and Slack refuses it. */
const DOUBLE_CLICK_MS = 5_000;

const TITLES: Readonly<Record<ModalAsk['kind'], string>> = {
  case_details: 'Case',
  case_call: 'Call',
  resolve_case: 'Resolve the case',
  weekly_update: 'Weekly update',
  mentee_update: 'Update',
  pause_mentee: 'Pause',
  worried: 'I’m worried',
  away: 'Away',
  slot: 'When I am asked',
  on_call_override: 'On call',
  safety_example: 'Example',
  flows_publish: 'Publish',
  flows_roll_back: 'Roll back',
};

/** What stands in the modal when the house could not read what belongs there. */
const NOT_READ: Modal = {
  kind: 'word',
  title: 'Not now',
  text: 'Icehouse cannot read this at the moment. Please close this and try again in a minute.',
};

/** Resolves when the house has answered; rejects when it could not. The modal itself is filled in the background. */
export async function openAsked(
  reception: Reception,
  asked: AskedModal,
  { actor, triggerId }: { readonly actor: Actor; readonly triggerId: string },
): Promise<void> {
  const { doors, client, background } = reception;
  const { ask, how } = asked;
  const externalId = nameOfModal(ask, actor);
  const skeleton = { ...loadingModal(TITLES[ask.kind]), external_id: externalId };
  const opening = openView(client, how, { triggerId, view: skeleton });
  // Its checks take longer than a press may wait; nothing is stored by a look.
  if (ask.kind === 'flows_publish') {
    background.run(async () => {
      const modal = await doors.openModal(ask, actor).catch(() => NOT_READ);
      await fill(reception, await opening, { ask, actor, modal, externalId });
    });
    return;
  }
  try {
    const modal = await doors.openModal(ask, actor);
    background.run(async () => fill(reception, await opening, { ask, actor, modal, externalId }));
  } catch (error) {
    background.run(async () => {
      const opened = await opening;
      if (opened.kind === 'opened') showModal(reception, opened, { modal: NOT_READ, actor });
    });
    throw error;
  }
}

interface Filling {
  readonly ask: ModalAsk;
  readonly actor: Actor;
  readonly modal: Modal;
  readonly externalId: string;
}

async function fill(reception: Reception, opening: Opening, { ask, actor, modal, externalId }: Filling): Promise<void> {
  const { doors, client } = reception;
  switch (opening.kind) {
    case 'opened':
      return showModal(reception, opening, { modal, actor, otherwise: NOT_READ });
    case 'duplicate':
      return;
    default:
      if (opening.kind === 'unknown' && (await fillByName(client, externalId, modal))) return;
      doors.log.warn('slack_view_not_opened', { code: opening.code });
      return doors.offerAgain(ask, actor);
  }
}

/** Unique in the workspace and the same for a double click: a reload leaves an old one behind, so time is in it. */
function nameOfModal(ask: ModalAsk, actor: Actor): string {
  const bucket = Math.floor(Date.now() / DOUBLE_CLICK_MS);
  return `${ask.kind}:${subjectOf(ask)}:${actor.slackUserId}:${bucket}`;
}
