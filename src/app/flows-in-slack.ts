// `/icehouse flows`, for staff: what is published, what the folder of the server holds, the publish and the way back. Checks
// take longer than Slack waits, so what was done is told in a direct message, and nothing slow runs in a transaction.

import type { CommitTurn } from './commit-turn.ts';
import { type Doing, type StaffDeps, wordModal } from './doing.ts';
import { noticeRow } from './outbound-rows.ts';
import { findPerson, nameOfActor, type Person } from './person.ts';
import { blockedLines, countOf, planLines } from './plan-words.ts';
import type { FlowsFolderRead } from './ports/flows-folder.ts';
import type { Actor, CommandAnswer, Line, Modal, ModalAnswer, ModalSubmission } from './ports/staff-room.ts';
import { PublishBlockedError, planPublication, publishContent } from './publish-content.ts';
import { followPublished } from './published-content.ts';
import { RollBackError, rollBackContent } from './roll-back.ts';
import { momentWords } from './time-words.ts';

const TITLE = 'Flows';
const FOR_STAFF = 'Publishing is for the staff of the program, as the roster has them.';
/** Revisions that can be gone back to from Slack; `icehouse flows rollback` knows all. */
const REVISIONS_SHOWN = 5;
const MISTAKES_SHOWN = 20;

/** What is published, at once; what differs is looked at behind the button. */
export async function tellFlows({ deps, stores, person, now }: Doing<unknown>): Promise<CommandAnswer> {
  if (person.staff === null) return { title: TITLE, lines: [{ label: '', text: FOR_STAFF }] };
  const zone = deps.content.current().program.time_zone;
  const [newest] = await stores.content.history(1);
  if (newest === undefined) return { title: TITLE, lines: [{ label: '', text: 'Nothing was published yet.' }] };
  const by = await nameOfActor(stores, newest.publishedBy);
  return {
    title: TITLE,
    lines: [
      {
        label: 'Published',
        text: `revision ${newest.revision}, ${momentWords(newest.publishedAt, now, zone)}, by ${by}`,
      },
      { label: 'Why', text: newest.why },
      { label: '', text: 'Publish… checks the files on the server and shows what would change before anything does.' },
    ],
    form: { label: 'Publish…', ask: { kind: 'flows_publish' } },
    second: { label: 'Roll back…', ask: { kind: 'flows_roll_back' } },
  };
}

/** Checks the folder and says what a publish would do. */
export async function showPublish(deps: StaffDeps, commit: CommitTurn, actor: Actor): Promise<Modal> {
  const person = await commit((stores) => findPerson(stores, actor.slackUserId));
  const refusal = refusalOf(deps, person);
  if (refusal !== null) return wordModal(TITLE, refusal);
  const read = await readFolder(deps);
  if (!read.ok) return { kind: 'flows_publish', lines: mistakeLines(read.mistakes), canPublish: false };
  const plan = await planPublication(deps, read.files);
  const isSame = plan.flows.every(({ change }) => change === 'same') && plan.tasks.length + plan.files.length === 0;
  const lines = plan.isBlocked ? [...blockedLines(plan), ...planLines(plan)] : planLines(plan);
  return { kind: 'flows_publish', lines, canPublish: !plan.isBlocked && !isSame };
}

/** The last revisions, to choose from. */
export async function showRollBack({ deps, stores, person, now }: Doing<unknown>): Promise<Modal> {
  if (person.staff === null) return wordModal(TITLE, FOR_STAFF);
  const zone = deps.content.current().program.time_zone;
  const earlier = (await stores.content.history(REVISIONS_SHOWN + 1)).slice(1);
  if (earlier.length === 0) return wordModal(TITLE, 'There is nothing older to go back to.');
  const revisions = earlier.map(({ revision, publishedAt, why }) => ({
    revision,
    words: `${revision}, ${momentWords(publishedAt, now, zone)}: ${why}`,
  }));
  return { kind: 'flows_roll_back', revisions };
}

type FlowsSubmission = Extract<ModalSubmission, { kind: 'flows_publish' | 'flows_roll_back' }>;

/** Takes the submission once, says that it is being done, and hands on the work itself. */
export async function submitFlows(
  deps: StaffDeps,
  commit: CommitTurn,
  submission: FlowsSubmission,
  actor: Actor,
): Promise<ModalAnswer> {
  if (submission.why.trim() === '') return { kind: 'errors', errors: { why: 'Please write why, for the history.' } };
  const person = await commit(async (stores) => {
    const found = await findPerson(stores, actor.slackUserId);
    if (found.staff === null) return found;
    return (await stores.house.takeSlot('slack-submit', actor.actKey, deps.clock.now())) ? found : null;
  });
  if (person === null) return { kind: 'close' };
  const refusal = submission.kind === 'flows_publish' ? refusalOf(deps, person) : staffOnly(person);
  if (refusal !== null) return { kind: 'show', modal: wordModal(TITLE, refusal) };
  const modal = wordModal(TITLE, 'Icehouse is at it. What came of it is told to you in a direct message in a moment.');
  return { kind: 'later', modal, work: () => doAndTell(deps, submission, person, actor) };
}

async function doAndTell(deps: StaffDeps, submission: FlowsSubmission, person: Person, actor: Actor): Promise<void> {
  const told = await outcomeOf(deps, submission, person);
  const now = deps.clock.now();
  const recipient = { kind: 'slack_user', slackUserId: actor.slackUserId } as const;
  const row = noticeRow({ key: `flows:${actor.actKey}`, recipient, ...told, now });
  await deps.database.transact((stores) => stores.outbox.add(row, now));
  deps.wake();
}

interface Told {
  readonly title: string;
  readonly lines: readonly Line[];
}

const NOT_PUBLISHED = 'Nothing was published';

async function outcomeOf(deps: StaffDeps, submission: FlowsSubmission, person: Person): Promise<Told> {
  try {
    const told =
      submission.kind === 'flows_publish' ? publish(deps, submission, person) : rollBack(deps, submission, person);
    return await told;
  } catch (error) {
    if (error instanceof PublishBlockedError) return { title: NOT_PUBLISHED, lines: blockedLines(error.plan) };
    if (error instanceof RollBackError) return { title: NOT_PUBLISHED, lines: [{ label: 'Why', text: error.message }] };
    deps.log.error('flows_not_published');
    const text = 'Something failed on the server. What was published before stays in use.';
    return { title: NOT_PUBLISHED, lines: [{ label: 'Why', text }] };
  }
}

async function publish(
  deps: StaffDeps,
  { why }: Extract<FlowsSubmission, { kind: 'flows_publish' }>,
  { actorId }: Person,
): Promise<Told> {
  const read = await readFolder(deps);
  if (!read.ok) return { title: NOT_PUBLISHED, lines: mistakeLines(read.mistakes) };
  const { revision, isNew, plan } = await publishContent(deps, { files: read.files, by: actorId, why, actor: actorId });
  if (!isNew) return { title: `Nothing has changed since revision ${revision}`, lines: [] };
  await followPublished(deps);
  return { title: `Published as revision ${revision}`, lines: planLines(plan) };
}

async function rollBack(
  deps: StaffDeps,
  { to, why }: Extract<FlowsSubmission, { kind: 'flows_roll_back' }>,
  { actorId }: Person,
): Promise<Told> {
  const done = await rollBackContent(deps, { to, by: actorId, why, actor: actorId });
  await followPublished(deps);
  const stay = countOf(done.plan.standings.filter(({ becomes }) => becomes === 'stays'));
  const pinned = { label: 'Inside', text: `${stay} finish on the structure on which they stand` };
  return {
    title: `Revision ${done.of} is published again, as revision ${done.revision}`,
    lines: [pinned, ...planLines(done.plan)],
  };
}

async function readFolder({ flows, log }: StaffDeps): Promise<FlowsFolderRead> {
  if (flows === undefined) return { ok: false, mistakes: [NO_FOLDER] };
  try {
    return await flows.read();
  } catch {
    log.error('flows_folder_unreadable');
    return { ok: false, mistakes: ['The folder of the flows cannot be read on the server. Look at FLOWS_DIR.'] };
  }
}

const NO_FOLDER = 'This house has no folder of flows to publish from. Use icehouse flows publish.';

function refusalOf(deps: StaffDeps, person: Person): string | null {
  return staffOnly(person) ?? (deps.flows === undefined ? NO_FOLDER : null);
}

function staffOnly({ staff }: Person): string | null {
  return staff === null ? FOR_STAFF : null;
}

function mistakeLines(mistakes: readonly string[]): Line[] {
  const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
  const head = { label: count, text: 'in the files on the server: nothing can be published before they are mended' };
  const more = mistakes.length - MISTAKES_SHOWN;
  const rest = more > 0 ? [{ label: 'and', text: `${more} more: icehouse flows check` }] : [];
  return [head, ...mistakes.slice(0, MISTAKES_SHOWN).map((text) => ({ label: '', text })), ...rest];
}
