// An example for the screen, written by a counselor: what it should have heard, or should have let pass. The student's own
// words are shown and never stored: the field starts empty, and a copy is refused. It takes effect with the commit.

import { refuseExample } from '../core/safety/example-check.ts';
import { bareWords } from '../core/safety/example-match.ts';
import { type Example, nextExampleId } from '../core/safety/example-schema.ts';
import { type Doing, wordModal } from './doing.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { ExampleSource, ExampleTier, Modal, ModalAnswer, ModalAsk, ModalSubmission } from './ports/staff-room.ts';
import { publishExample } from './publish-content.ts';

type Asked = Doing<Extract<ModalAsk, { kind: 'safety_example' }>>;
type Written = Doing<Extract<ModalSubmission, { kind: 'safety_example' }>>;

const TITLE = 'Example';
const FOR_COUNSELORS = 'Examples are for the counselors on the roster: they change what the screen hears.';
const NOTHING_PUBLISHED = 'Nothing was added: no content was published yet.';
/** Texts of a case that are shown, the newest ones. */
const SHOWN = 8;
/** A case begins with what was said shortly before it. */
const BEFORE_CASE_MS = 2 * 3_600_000;

export async function showExample(doing: Asked): Promise<Modal> {
  const { stores, what, person, now } = doing;
  if (person.counselor === null) return wordModal(TITLE, FOR_COUNSELORS);
  const { source } = what;
  const originals = await originalsOf(stores, source, now);
  if (originals.length > 0) await audit(doing, 'example_begun', source);
  return { kind: 'safety_example', source, originals, ...(await offered(stores, source)) };
}

/** What the form offers first: what the case was judged to be; a text that nobody heard was missed. */
async function offered(
  stores: Stores,
  source: ExampleSource,
): Promise<{ readonly was: 'missed' | 'false_page'; readonly tier: ExampleTier }> {
  const escalation = source.kind === 'case' ? await stores.escalations.byId(source.escalationId) : null;
  const verdict = escalation?.state.verdict ?? null;
  if (verdict?.kind === 'wrong_tier')
    return { was: verdict.tier === 'moderate' ? 'false_page' : 'missed', tier: verdict.tier };
  return { was: verdict?.kind === 'false_alarm' ? 'false_page' : 'missed', tier: 'crisis' };
}

/** The student's own words that the example is written after, oldest first. */
async function originalsOf(stores: Stores, source: ExampleSource, now: number): Promise<readonly string[]> {
  if (source.kind === 'own') return [];
  if (source.kind === 'text') return wordsIn([await stores.inbox.byId(source.inboundId)]);
  const escalation = await stores.escalations.byId(source.escalationId);
  return escalation === null ? [] : wordsIn(await textsOfCase(stores, escalation, now));
}

async function textsOfCase(stores: Stores, { phoneHash, state }: Escalation, now: number) {
  const until = state.resolvedAt ?? now;
  const texts = await stores.inbox.recent(phoneHash, state.openedAt - BEFORE_CASE_MS, 200);
  return texts.filter(({ receivedAt }) => receivedAt <= until).slice(-SHOWN);
}

function wordsIn(texts: readonly ({ readonly body: string } | null)[]): readonly string[] {
  return texts.flatMap((text) => (text === null || text.body.trim() === '' ? [] : [text.body]));
}

/** Checks it, publishes it as a revision of its own with who and why, and says what it does from now on. */
export async function saveExample(doing: Written): Promise<ModalAnswer> {
  const { deps, stores, what, person, now } = doing;
  if (person.counselor === null) return { kind: 'show', modal: wordModal(TITLE, FOR_COUNSELORS) };
  const words = what.words.trim();
  const originals = await originalsOf(stores, what.source, now);
  const why = isCopy(words, originals) ? COPIED : refuseExample(deps.content.current().screen, exampleOf(what, 'new'));
  if (why !== null) return { kind: 'errors', errors: { words: why } };
  const by = person.actorId;
  const added = await publishExample(stores, (known) => exampleOf(what, nextExampleId(known)), { by, at: now });
  if (added === null) return { kind: 'show', modal: wordModal(TITLE, NOTHING_PUBLISHED) };
  await stores.audit.add({
    at: now,
    actor: by,
    action: 'example_added',
    subjectKind: 'example',
    subject: added.id,
    detail: { was: added.was, tier: added.was === 'missed' ? added.tier : null, source: what.source.kind },
  });
  return { kind: 'show', modal: wordModal('Thank you', doneWords(added)) };
}

function exampleOf({ was, words, tier, about }: Written['what'], id: string): Example {
  const said = { id, words: words.trim() };
  return was === 'missed' ? { ...said, was, tier, kind: about } : { ...said, was };
}

const COPIED = 'These are the student’s own words: please say the same thing in other words.';
/** Fewer words than this are nobody's in particular. */
const COPY_WORDS = 4;

/** Word for word the same as a text, or as a part of one, or with a whole text in it. */
function isCopy(words: string, originals: readonly string[]): boolean {
  const written = bareWords(words);
  return originals.map(bareWords).some((said) => said === written || holds(written, said) || holds(said, written));
}

function holds(whole: string, part: string): boolean {
  return part.split(' ').length >= COPY_WORDS && ` ${whole} `.includes(` ${part} `);
}

function doneWords(added: Example): string {
  const what =
    added.was === 'missed'
      ? `From now on a text like it is read as ${added.tier}.`
      : 'From now on a text like it is read as moderate and pages nobody, unless a signal calls it a crisis.';
  return `Added as ${added.id}. ${what} It stands in the published content, with your name in the history.`;
}

async function audit({ stores, person, now }: Asked, action: string, source: ExampleSource): Promise<void> {
  if (source.kind === 'own') return;
  const subject =
    source.kind === 'case'
      ? { subjectKind: 'case', subject: source.escalationId }
      : { subjectKind: 'inbound', subject: source.inboundId };
  await stores.audit.add({ at: now, actor: person.actorId, action, ...subject, detail: {} });
}
