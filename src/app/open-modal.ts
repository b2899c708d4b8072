// A press that asks for a modal → what it shows. Reading a case is a deed too: it stands in the audit.

import { unreachable } from '../core/model/invariant.ts';
import { showAway } from './away.ts';
import { showCaseCall, showCaseDetails, showResolveCase } from './case-details.ts';
import type { CommitTurn } from './commit-turn.ts';
import type { Doing, StaffDeps } from './doing.ts';
import { subjectOfExample } from './example-source.ts';
import { showPublish, showRollBack } from './flows-in-slack.ts';
import { noticeRow } from './outbound-rows.ts';
import { showOverride } from './override-on-call.ts';
import { showPause } from './pause-mentee.ts';
import { findPerson } from './person.ts';
import type { Actor, Modal, ModalAsk } from './ports/staff-room.ts';
import { showSlot } from './prompt-slot.ts';
import { showExample } from './safety-example.ts';
import { showMenteeUpdate, showWeeklyUpdate } from './show-update.ts';
import { showWorried } from './worry.ts';

/** Resolves after the commit of whatever the audit keeps. The same ask twice shows the same: nothing is done by it. */
export type OpenModal = (ask: ModalAsk, actor: Actor) => Promise<Modal>;

export function createOpenModal(deps: StaffDeps, commit: CommitTurn): OpenModal {
  return (ask, actor) => {
    if (ask.kind === 'flows_publish') return showPublish(deps, commit, actor);
    return commit(async (stores) => {
      const person = await findPerson(stores, actor.slackUserId);
      return show({ deps, stores, what: ask, person, now: deps.clock.now() });
    });
  };
}

type AskInTransaction = Exclude<ModalAsk, { kind: 'flows_publish' }>;

function show(doing: Doing<AskInTransaction>): Promise<Modal> {
  const { what } = doing;
  switch (what.kind) {
    case 'case_details':
      return showCaseDetails({ ...doing, what });
    case 'case_call':
      return showCaseCall({ ...doing, what });
    case 'resolve_case':
      return showResolveCase({ ...doing, what });
    case 'weekly_update':
      return showWeeklyUpdate({ ...doing, what });
    case 'mentee_update':
      return showMenteeUpdate({ ...doing, what });
    case 'pause_mentee':
      return showPause({ ...doing, what });
    case 'worried':
      return showWorried({ ...doing, what });
    case 'away':
      return showAway({ ...doing, what });
    case 'slot':
      return showSlot({ ...doing, what });
    case 'on_call_override':
      return showOverride({ ...doing, what });
    case 'safety_example':
      return showExample({ ...doing, what });
    case 'flows_roll_back':
      return showRollBack(doing);
    default:
      return unreachable(what);
  }
}

/** The trigger was over before the modal could open (SL-14): a direct message has a button that opens it anew. */
export type OfferAgain = (ask: ModalAsk, actor: Actor) => Promise<void>;

export function createOfferAgain(deps: StaffDeps, commit: CommitTurn): OfferAgain {
  return async (ask, actor) => {
    await commit(async (stores) => {
      const now = deps.clock.now();
      const row = noticeRow({
        key: `open-again:${actor.actKey}`,
        recipient: { kind: 'slack_user', slackUserId: actor.slackUserId },
        title: '',
        lines: [],
        now,
      });
      const message = { kind: 'open_again', ask: { modal: ask.kind, subject: subjectOf(ask) } } as const;
      await stores.outbox.add({ ...row, body: { kind: 'slack_post', message } }, now);
    });
    deps.wake();
  };
}

/** The opaque id a modal is about, as it stands in a button's value; empty for one that is about the person alone. */
export function subjectOf(ask: ModalAsk): string {
  switch (ask.kind) {
    case 'case_details':
    case 'case_call':
    case 'resolve_case':
      return ask.escalationId;
    case 'weekly_update':
      return ask.promptId;
    case 'mentee_update':
      return `${ask.promptId}/${ask.menteeId}`;
    case 'pause_mentee':
      return ask.menteeId;
    case 'safety_example':
      return subjectOfExample(ask.source);
    case 'worried':
    case 'away':
    case 'slot':
    case 'on_call_override':
    case 'flows_publish':
    case 'flows_roll_back':
      return '';
    default:
      return unreachable(ask);
  }
}
