// What a person writes in the thread of a case: words for the student go out as a text, everything else stays among the
// team. Whichever it was stands beneath it, once, so that nobody has to guess what was sent.

import { asCounselorId } from '../core/model/ids.ts';
import { type Escalation as EscalationState, holderOf } from '../core/safety/escalation.ts';
import { acknowledgeCase, changeCase, isOfTeam, releaseCase, takeOverCase } from './case-actions.ts';
import type { CommitTurn } from './commit-turn.ts';
import type { StaffDeps } from './doing.ts';
import { hearMentor } from './hear-mentor.ts';
import type { HouseDeps } from './house-deps.ts';
import { findPerson, type Person } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { ThreadMessage } from './ports/staff-room.ts';
import { postState, queueText, recipientOf, relayKey, signatureOf, whyNotSent, whyTooLong } from './relayed-text.ts';
import { isActor } from './slack-actor.ts';
import { isButtonName, wordsForMentee } from './words-for-mentee.ts';

/** Resolves after the commit. The same message again, by whatever way, changes nothing. */
export type ReceiveThreadMessage = (message: ThreadMessage) => Promise<void>;

export function createReceiveThreadMessage(deps: StaffDeps, commit: CommitTurn): ReceiveThreadMessage {
  return async (message) => {
    if (await commit((stores) => takeIn(deps, stores, message))) deps.wake();
  };
}

/** One message in one case's thread. */
interface Said {
  readonly deps: HouseDeps;
  readonly stores: Stores;
  readonly message: ThreadMessage;
  readonly escalation: Escalation;
  readonly person: Person;
  readonly now: number;
}

/** The slot of a message, whether the event or the poll brought it. */
export const THREAD_SLOT = 'case-thread';

/** False for a thread that is no case's, and for a message that was here before. */
async function takeIn(deps: HouseDeps, stores: Stores, message: ThreadMessage): Promise<boolean> {
  const found = await caseOfThread(stores, message.threadOf);
  if (found === null) return false;
  const now = deps.clock.now();
  await stores.lockPerson(found.phoneHash);
  if (!(await stores.house.takeSlot(THREAD_SLOT, message.externalId, now))) return false;
  // What was read before the lock may be old.
  const escalation = (await stores.escalations.byId(found.id)) ?? found;
  const person = await findPerson(stores, message.slackUserId);
  await handle({ deps, stores, message, escalation, person, now });
  return true;
}

/** The case whose thread begins with this post; null for any other post. Only the counselors' channel holds threads. */
async function caseOfThread(stores: Stores, threadOf: string): Promise<Escalation | null> {
  const root = await stores.outbox.byProviderId(threadOf);
  if (root?.escalationId == null || !beginsThread(root)) return null;
  return stores.escalations.byId(root.escalationId);
}

/**
 * A card, or a post of the thread that stands by itself because the card was lost. Beneath a notice people talk about
 * the student, not with them.
 */
function beginsThread({ recipient, messageClass, body }: Outbound): boolean {
  if (recipient.kind !== 'slack_channel' || body.kind !== 'slack_post') return false;
  if (messageClass === 'alert') return body.message.kind === 'alert';
  return messageClass === 'case_note' && body.thread != null && body.message.kind !== 'notice';
}

async function handle(said: Said): Promise<void> {
  const { message, escalation, person } = said;
  if (!isOfTeam(person)) await hearWords(said);
  if (escalation.state.status === 'resolved') {
    return keepInternal(said, 'resolved', 'This case is resolved: press Re-open to write to the student.');
  }
  const command = COMMANDS.get(message.text.trim().toLowerCase().replace(/\.$/u, ''));
  if (command !== undefined) return obey(said, command);
  const words = wordsForMentee(message.text);
  if (words === '' && message.text.trim() !== '') return keepInternal(said, 'remark', KEPT);
  if (words === '' && message.fileCount === 0) return;
  if (isButtonName(message.text)) return keepInternal(said, 'button_name', BUTTON_NAMED);
  if (!mayWrite(person, escalation.state)) return keepInternal(said, 'not_theirs', await whoMayWrite(said));
  if (!isWrittenInHold(message, escalation.state)) return keepInternal(said, 'too_early', WRITTEN_BEFORE);
  if (words === '') return keepInternal(said, 'file_only', FILE_NOT_SENT);
  return relay(said, words);
}

const BUTTON_NAMED =
  'That is the name of a button, so it was kept here: press it on the card. If the student shall read it, say it otherwise.';

type Command = 'acknowledge' | 'take_over' | 'release';

/** What is done by a word alone when Slack's buttons are dead (SL-12). */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['ack', 'acknowledge'],
  ['acknowledge', 'acknowledge'],
  ['take over', 'take_over'],
  ['release', 'release'],
]);
const DEEDS = { acknowledge: acknowledgeCase, take_over: takeOverCase, release: releaseCase } as const;
const DONE_WORDS: Record<Command, string> = {
  acknowledge: 'Acknowledged: paging has stopped.',
  take_over:
    'You have this conversation: what you write here goes to the student. A line that starts with // stays here.',
  release: 'Released: the bot answers again. The case stays with you until it is resolved.',
};

/** The same deed as the button's, in the same words; the thread shows what it came to. */
async function obey({ deps, stores, message, escalation, person, now }: Said, kind: Command): Promise<void> {
  const what = { kind, escalationId: escalation.id } as const;
  const { word } = await DEEDS[kind]({ deps, stores, what, person, now });
  const reason = word ?? DONE_WORDS[kind];
  const textKey = relayKey(message.externalId);
  await postState(stores, { textKey, escalationId: escalation.id, state: 'internal', text: '', reason, now });
}

/** Everything that a mentor writes is screened: for the student of the case, and for themselves. */
async function hearWords({ deps, stores, message, escalation, person, now }: Said): Promise<void> {
  const { mentor } = person;
  if (mentor === null) return;
  const mentee = escalation.menteeId === null ? null : await stores.people.mentee(escalation.menteeId);
  await hearMentor(deps, stores, { mentor, mentee, worry: null, texts: [message.text], now });
}

/** A mentor who is in the channel by mistake never writes to a student of a case. */
function mayWrite(person: Person, { status, heldBy, released }: EscalationState): boolean {
  return isOfTeam(person) && status === 'handed_off' && isActor(person, heldBy) && !released;
}

/**
 * What was written before this take over was meant for the team, however late it arrives (SL-12). Slack's stamp of the
 * message against our clock, which may differ by a second or two: where Slack's is behind, the first words after a take
 * over stay here and their writer reads that.
 */
function isWrittenInHold({ externalId }: ThreadMessage, { heldAt }: EscalationState): boolean {
  const writtenAt = writtenAtOf(externalId);
  return heldAt !== null && writtenAt !== null && writtenAt >= heldAt;
}

/** When it was written by Slack's clock, in milliseconds; null when its id does not say. */
function writtenAtOf(externalId: string): number | null {
  // Whole microseconds first, so that no millisecond is lost to the fraction.
  const microseconds = Math.round(Number(externalId.split(':')[1]) * 1_000_000);
  return Number.isFinite(microseconds) ? microseconds / 1_000 : null;
}

const WRITTEN_BEFORE = 'Written before you took over: send it again if the student shall have it.';

const KEPT = 'Internal: not sent.';

async function whoMayWrite({ stores, escalation, person }: Said): Promise<string> {
  const { heldBy, status } = escalation.state;
  if (status !== 'handed_off' || heldBy === null || isActor(person, heldBy)) {
    return isOfTeam(person) ? `${KEPT} Press Take over to write to the student.` : KEPT;
  }
  const holder = await stores.people.counselor(heldBy);
  return `${KEPT} ${holder?.firstName ?? 'Somebody else'} has this conversation.`;
}

/** Why a message stayed among the team, for the audit. */
type Why = 'resolved' | 'remark' | 'button_name' | 'not_theirs' | 'too_early' | 'file_only';

async function keepInternal(said: Said, why: Why, reason: string): Promise<void> {
  const { stores, message, escalation, now } = said;
  const textKey = relayKey(message.externalId);
  await postState(stores, { textKey, escalationId: escalation.id, state: 'internal', text: '', reason, now });
  await audit(said, 'remark_kept_internal', { why });
  await noteActivity(said, false);
}

const FILE_NOT_SENT = 'The file was not sent: texts carry words only.';

async function relay(said: Said, words: string): Promise<void> {
  const { deps, stores, message, escalation, person, now } = said;
  const signature = signatureOf(deps.content.current(), person);
  const recipient = await recipientOf(stores, escalation);
  const why = (await whyNotSent(stores, recipient)) ?? whyTooLong(words, signature);
  if (recipient === null || why !== null) return refuse(said, why ?? '');
  const note = message.fileCount > 0 ? FILE_NOT_SENT : '';
  const text = { key: relayKey(message.externalId), escalationId: escalation.id, recipient, note, now };
  await queueText(stores, { ...text, words: `${signature}${words}` });
  await audit(said, 'text_relayed', { characters: words.length });
  await noteActivity(said, true);
}

/** It was meant for the student and cannot go: they are as unanswered as before. */
async function refuse(said: Said, reason: string): Promise<void> {
  const { stores, message, escalation, now } = said;
  const textKey = relayKey(message.externalId);
  await postState(stores, { textKey, escalationId: escalation.id, state: 'not_sent', text: '', reason, now });
  await audit(said, 'text_not_sent', {});
  await noteActivity(said, false);
}

/** Whoever has the case is at work on it: it is not asked of them whether they still are. */
async function noteActivity({ deps, stores, escalation, person, now }: Said, answersMentee: boolean): Promise<void> {
  if (!isActor(person, holderOf(escalation.state))) return;
  const event = { kind: 'activity', at: now, by: asCounselorId(person.actorId), answersMentee } as const;
  await changeCase(deps, stores, escalation, event, now);
}

async function audit(
  { stores, escalation, person, now }: Said,
  action: string,
  detail: Readonly<Record<string, string | number | boolean | null>>,
): Promise<void> {
  const subject = { subjectKind: 'case', subject: escalation.id } as const;
  await stores.audit.add({ at: now, actor: person.actorId, action, ...subject, detail });
}
