// What counselors write in the thread of a case: only the words of whoever holds the conversation reach the student, and
// only once. And what a student writes in a case stands in its thread.

import { contentColumn } from '../../../src/adapters/db/outbox-columns.ts';
import { wordsOfText } from '../../../src/app/relayed-text.ts';
import type { OutboundFacts } from '../observer.ts';
import { isOfCounselor, REMARK } from '../words.ts';
import { stoodSo, tellCase } from './case-story.ts';
import { accuse, actorOf, type Witness } from './witness.ts';

const RELAYED = 'relay:';

/** Looks at the texts of counselors that were queued after the `from`-th row; gives the last row that was seen. */
export function checkRelayed(witness: Witness, from: number): number {
  const { observer } = witness.scene;
  const rows = observer.all<OutboundFacts>(
    "select * from outbox where message_class = 'human_text' and seq > ? order by seq",
    from,
  );
  for (const row of rows) checkRow(witness, row);
  return rows.at(-1)?.seq ?? from;
}

function checkRow(witness: Witness, row: OutboundFacts): void {
  const { observer } = witness.scene;
  const written = witness.written.get(row.key.slice(RELAYED.length));
  if (!row.key.startsWith(RELAYED) || written === undefined)
    return accuse(witness, 'relay-stray', `${row.key} goes to a student and nobody wrote it`);
  const words = wordsOfText(contentColumn.open(observer.codec, row.id, row.sealed_content));
  if (!written.versions.some((version) => isTold(words, version)))
    accuse(witness, 'relay-words', `${row.key} says other words than were written`);
  const actor = actorOf(observer, written.userId);
  const chapters = tellCase(observer, row.escalation_id ?? '');
  const isHeldBy = stoodSo(
    chapters,
    row.created_at,
    ({ status, heldBy }) => status === 'handed_off' && heldBy === actor,
  );
  if (!isHeldBy) accuse(witness, 'relay-not-held', `${row.key} was written by somebody who did not hold the case`);
}

/** The words without remarks, behind the writer's name or nothing. */
function isTold(told: string, written: string): boolean {
  const words = written.split(/\n/).filter((line) => !/^\s*\/\//.test(line));
  const kept = words.join('\n').trim();
  const signature = told.slice(0, told.length - kept.length);
  return kept !== '' && told.endsWith(kept) && /^(?:[^\n:]{1,40}: )?$/.test(signature);
}

/** Looks at all texts on phones: no remark is among them, and no words of a counselor twice. */
export function checkPhones(witness: Witness): void {
  const seen = new Set<string>();
  for (const { direction, to, body } of witness.scene.twilio.state().messages) {
    if (direction !== 'outbound-api') continue;
    if (body.includes(REMARK) || /^\s*\/\//m.test(body)) accuse(witness, 'remark-left', `a remark went to ${to}`);
    if (!isOfCounselor(body)) continue;
    if (seen.has(body)) accuse(witness, 'relay-twice', `${to} got the same words of a counselor twice`);
    seen.add(body);
  }
}

/** A text was taken while its sender had an unresolved case: it is on its way into the thread of that case. */
export function checkInThread(
  witness: Witness,
  text: { readonly inboundId: string; readonly phoneHash: string; readonly receivedAt: number },
): void {
  const { observer } = witness.scene;
  const ids = observer.all<{ id: string }>(
    'select id from escalations where phone_hash = ? and created_at < ?',
    text.phoneHash,
    text.receivedAt,
  );
  const isUnresolved = ids.some(({ id }) => {
    const chapters = tellCase(observer, id);
    // At the very moment of an end or a new beginning either is right.
    const last = chapters.at(-1);
    // An end that lies ahead of the clock was before it was set back: the case was over when the text came.
    const endedBefore = last?.state.status === 'resolved' && last.event.at > witness.scene.now();
    const isOver = endedBefore || stoodSo(chapters, text.receivedAt, ({ status }) => status === 'resolved');
    return chapters.length > 0 && !isOver;
  });
  const note = observer.first('select id from outbox where key = ?', `case-text:${text.inboundId}`);
  if (isUnresolved && note === null)
    accuse(witness, 'not-in-thread', `${text.inboundId} was written in a case and is not in its thread`);
}

interface NoteRow {
  readonly key: string;
  readonly provider_id: string | null;
  readonly root_id: string | null;
}

/** In the end every such note stands in Slack, beneath the card of its case. */
export function checkThreadPosts(witness: Witness, before: number): void {
  const { observer, slack } = witness.scene;
  const { messages } = slack.state();
  const rows = observer.all<NoteRow>(
    `select key, provider_id, (select provider_id from outbox card where card.escalation_id = note.escalation_id
         and card.message_class = 'alert' and card.body_kind = 'slack_post' order by seq limit 1) as root_id
       from outbox note where message_class = 'case_note' and key like 'case-text:%' and created_at < ?`,
    before,
  );
  for (const { key, provider_id: id, root_id: root } of rows) {
    if (root === null) continue;
    const post = messages.find(({ channel, ts }) => `${channel}:${ts}` === id);
    if (post === undefined) accuse(witness, 'not-in-thread', `${key} is not in Slack`);
    else if (`${post.channel}:${post.threadTs}` !== root) accuse(witness, 'not-in-thread', `${key} is in no thread`);
  }
}

/** In the end nothing that was written in the thread of an unresolved case is unread, whether or not its event came. */
export function checkHeard(witness: Witness, before: number): void {
  const { observer, slack } = witness.scene;
  for (const [externalId, { rootTs, writtenAt, isErased }] of witness.written) {
    if (isErased || writtenAt > before) continue;
    const [channel] = externalId.split(':');
    const open = observer.first(
      `select e.id from escalations e join outbox o on o.escalation_id = e.id
         where e.is_resolved = 0 and o.provider_id = ?`,
      `${channel}:${rootTs}`,
    );
    if (open === null || !slack.state().messages.some(({ ts }) => `${channel}:${ts}` === externalId)) continue;
    const slot = observer.first("select slot from slots where job = 'case-thread' and slot = ?", externalId);
    if (slot === null) accuse(witness, 'not-heard', `${externalId} was written in a case and nobody read it`);
  }
}
