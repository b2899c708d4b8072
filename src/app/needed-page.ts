// "This needed a page": a person has read a text that the screen let pass, and somebody is paged for it now. The student
// gets no automatic answer, because a counselor will write or call; the text is kept as a miss that was found later.

import { asPhone } from '../core/model/ids.ts';
import { type Doing, say } from './doing.ts';
import { findByHash } from './find-sender.ts';
import { mayRead, NOT_YOURS } from './mark-read.ts';
import { noteMiss } from './note-miss.ts';
import { type Opened, openOrRaise } from './open-escalation.ts';
import type { StoredInbound } from './ports/database.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';

type Pointed = Doing<Extract<StaffAct, { kind: 'needed_page' }>>;

const GONE = 'This text is not there any more.';
const RAISED_BEFORE = 'Somebody has raised this text already.';
const ANSWERED = 'Nothing: a person has read this text and asked for a page. Please write or call.';
/** Whoever presses says that somebody is to be paged now; what it should have been is said on Resolve. */
const TIER = 'crisis';
const SLOT = 'needed-page';
/** Of a text on the card; the whole of it stands in Details. */
const WORDS_LIMIT = 300;

export async function raiseText(doing: Pointed): Promise<ActResult> {
  const { stores, what, person, now } = doing;
  if (!mayRead(person)) return say(NOT_YOURS);
  const text = await stores.inbox.byId(what.inboundId);
  if (text === null) return say(GONE);
  await stores.lockPerson(text.phoneHash);
  if (!(await stores.house.takeSlot(SLOT, text.id, now))) return say(RAISED_BEFORE);
  const opened = await openFor(doing, text);
  if (opened === null) return say(GONE);
  const { actorId: actor } = person;
  await noteMiss(stores, opened.escalation, { inboundId: text.id, by: 'person', at: now, actor });
  await stores.inbox.markRead(text.id, actor, now);
  const { caseCode } = opened.escalation;
  const word = `Case ${caseCode} ${opened.isNew ? 'is open' : 'goes on'}: the counselors are paged for this text.`;
  return { word, modal: null, homeChanged: true };
}

async function openFor({ deps, stores, now }: Pointed, text: StoredInbound): Promise<Opened | null> {
  const sender = await findByHash(stores, text.phoneHash, (address) => deps.hashPhone(asPhone(address)));
  const words = text.body.trim() === '' ? [] : [text.body.trim().slice(0, WORDS_LIMIT)];
  const distress = { sender, tier: TIER, words, askedByFlow: false, raisedBy: 'person', now } as const;
  return openOrRaise(deps, stores, distress, ANSWERED);
}
