// What the card of a case shows at this moment, and the names that stand on it.

import type { CounselorId } from '../core/model/ids.ts';
import {
  type Escalation as EscalationState,
  isPagedAgain,
  isPaging,
  waitsForMorning,
} from '../core/safety/escalation.ts';
import { staffNightEndsAt } from '../core/schedule/quiet-hours.ts';
import { whyNoTexts } from './cannot-text.ts';
import { DRILL_NAME, isDrill } from './drill-mark.ts';
import { findByPhone, firstNameOf } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { onCallNow, whySkipped } from './on-call.ts';
import { findPerson, nameOfActor } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { AlertCard, CaseCard } from './ports/messages.ts';
import { dutyOnCard } from './report-duty.ts';
import { toldNobodyYetAt } from './tell-nobody-yet.ts';

/** The card that a change in the outbox stands for, as the case is now; null when there is no such case. */
export async function cardOfCase(
  deps: CardDeps,
  stores: Stores,
  { escalationId, round }: CaseCard,
  now: number,
): Promise<AlertCard | null> {
  const escalation = await stores.escalations.byId(escalationId);
  return escalation === null ? null : caseCard(deps, stores, { escalation, round, now });
}

type CardDeps = Pick<HouseDeps, 'content'>;

/** The card, as its `round`-th post in the channel. */
export async function caseCard(
  deps: CardDeps,
  stores: Stores,
  shown: { readonly escalation: Escalation; readonly round: number; readonly now: number },
): Promise<AlertCard> {
  const { escalation, round, now } = shown;
  const { state } = escalation;
  const timeZone = deps.content.current().program.time_zone;
  return {
    kind: 'alert',
    escalationId: escalation.id,
    caseCode: escalation.caseCode,
    firstName: await firstNameOfCase(stores, escalation),
    tier: state.tier,
    words: escalation.words,
    answered: escalation.answered,
    openedAt: state.openedAt,
    round,
    state: state.status,
    acknowledgedBy: await nameOrNull(stores, state.acknowledgedBy),
    acknowledgedAt: state.acknowledgedAt,
    heldBy: await nameOrNull(stores, state.heldBy),
    released: state.released,
    unansweredSince: isPagedAgain(state) ? state.unansweredSince : null,
    nextPaged: await nextPaged(stores, state, timeZone, now),
    skipped: await skippedNow(stores, state),
    menteeToldAt: await toldNobodyYetAt(stores, escalation),
    textSafety: state.textSafety ?? null,
    cannotText: state.status === 'resolved' ? null : await whyNoTexts(stores, escalation),
    duty: await dutyOnCard(deps, stores, escalation),
    wordsRemovedAt: escalation.wordsRemovedAt ?? null,
    resolvedBy: await nameOrNull(stores, state.resolvedBy),
    outcome: state.outcome,
    nudgesResumeAt: state.nudgesResumeAt,
    ...(isDrill(escalation) ? { isDrill: true } : {}),
    timeZone,
  };
}

/** The first name on cards, in threads and modals; of somebody who is no mentee, with what they are. */
export async function firstNameOfCase(
  stores: Stores,
  { menteeId, phoneHash, contact, raisedBy }: Pick<Escalation, 'menteeId' | 'phoneHash' | 'contact' | 'raisedBy'>,
): Promise<string> {
  if (isDrill({ raisedBy })) return DRILL_NAME;
  const mentee = menteeId === null ? null : await stores.people.mentee(menteeId);
  if (mentee !== null) return mentee.firstName;
  if (contact?.kind !== 'slack') return firstNameOf(await findByPhone(stores, phoneHash));
  const { counselor, mentor, staff, name } = await findPerson(stores, contact.slackUserId);
  if (counselor !== null) return firstNameOf({ kind: 'counselor', counselor, phoneHash });
  if (mentor !== null) return firstNameOf({ kind: 'mentor', mentor, phoneHash });
  return staff === null ? name : firstNameOf({ kind: 'staff', staff, phoneHash });
}

function nameOrNull(stores: Stores, who: CounselorId | null): Promise<string> | null {
  return who === null ? null : nameOfActor(stores, who);
}

/** Who is texted next, and when, as the list stands now: a new round reads it anew. A `high` case waits for the morning. */
async function nextPaged(
  stores: Stores,
  state: EscalationState,
  timeZone: string,
  now: number,
): Promise<AlertCard['nextPaged']> {
  const { status, step, chain, nextAlertAt, callNext } = state;
  if (!isPaging(state) || nextAlertAt === null) return null;
  if (callNext !== null && (await whySkipped(stores, callNext.who)) === null)
    return { name: await nameOfActor(stores, callNext.who), at: nextAlertAt, by: 'call' };
  const isNewRound = step === 0 || step >= chain.length;
  const reachable = isNewRound ? [] : await whoCanBePaged(stores, chain.slice(step));
  // At the end of a round, or when nobody is left of it, the list is read anew.
  const list =
    reachable.length > 0
      ? reachable
      : await whoCanBePaged(
          stores,
          (await onCallNow(stores, now)).map(({ id }) => id),
        );
  const [next] = list;
  if (next === undefined) return null;
  const rests = status === 'open' && waitsForMorning(state);
  const night = rests ? staffNightEndsAt(nextAlertAt, timeZone, state.policy.high) : null;
  return { name: await nameOfActor(stores, next), at: night ?? nextAlertAt };
}

async function whoCanBePaged(stores: Stores, ids: readonly CounselorId[]): Promise<CounselorId[]> {
  const able: CounselorId[] = [];
  for (const id of ids) if ((await whySkipped(stores, id)) === null) able.push(id);
  return able;
}

/** Those of the roster's on-call list, and of this round, whose turn is skipped while the team is paged. */
async function skippedNow(stores: Stores, state: EscalationState): Promise<NonNullable<AlertCard['skipped']>> {
  if (!isPaging(state)) return [];
  const skipped: { name: string; why: 'no_phone' | 'left' }[] = [];
  const list = (await stores.people.onCall()).map(({ id }) => id);
  for (const id of new Set([...state.chain, ...list])) {
    const why = await whySkipped(stores, id);
    if (why !== null) skipped.push({ name: await nameOfActor(stores, id), why });
  }
  return skipped;
}
