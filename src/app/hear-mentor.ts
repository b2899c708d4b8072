// Everything a mentor writes goes through the same screen as a mentee's text, and a worry opens a case in the same
// minute: for the mentee, for whoever is not on the list under the mentor's name, and for a mentor who speaks of
// themselves. Nothing of it reaches a log.

import { asInboundId, asPhone, type MenteeId } from '../core/model/ids.ts';
import type { Mentee, Mentor } from '../core/model/people.ts';
import type { Worry } from '../core/model/weekly-update.ts';
import { type CaseTopic, caseTopicsOf } from '../core/safety/case-about.ts';
import { type EscalationTier, tierToOpen } from '../core/safety/escalation.ts';
import { type Screening, screen } from '../core/safety/screen.ts';
import type { Sender } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { postWhole, topicsOf, type Whole, whoOf } from './mentor-words.ts';
import { noteUnheard } from './note-miss.ts';
import { type Opened, openForWorry, openOrRaise } from './open-escalation.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound } from './ports/messages.ts';
import { planSafetyReply } from './reply-safely.ts';
import { slackActor } from './slack-actor.ts';

export interface MentorWords {
  readonly mentor: Mentor;
  /** Whom it is about; null for somebody who is not on the mentor's list, or for the mentor. */
  readonly mentee: Mentee | null;
  readonly worry: Worry | null;
  /** What else they wrote of them. */
  readonly texts: readonly string[];
  /** The whole text that the worry was read from, when it came as one. */
  readonly whole?: string;
  readonly now: number;
}

/** What followed: whether counselors were alerted, and whether the mentor was answered as somebody in distress. */
export interface Heard {
  readonly alerted: boolean;
  readonly answeredMentor: boolean;
}

/** A text that opens a case. */
interface Reading {
  readonly text: string;
  readonly screening: Screening;
  readonly tier: EscalationTier;
}

/** What the card says of the automatic answer to a student who did not write. */
const NOBODY_WROTE = 'Nothing: the student wrote nothing; their mentor is worried.';
const MENTOR_WROTE = 'Nothing: their mentor wrote this in the weekly update or in the worry form.';

/** Screens the words and opens what they ask for. */
export async function hearMentor(deps: HouseDeps, stores: Stores, words: MentorWords): Promise<Heard> {
  const grave = graveOf(deps, words);
  const tier = gravestOf(words.worry, grave);
  if (tier === null) return { alerted: false, answeredMentor: false };
  const compiled = deps.content.current().screen;
  const topics = [...new Set(grave.flatMap(({ screening }) => caseTopicsOf(compiled, screening)))];
  const opened = await openFor(deps, stores, words, { tier, said: wordsOfCase(words, grave), topics });
  if (opened !== null) await postWhole(deps, stores, { opened, now: words.now }, wholeOf(words, grave));
  const own = grave.filter(speaksOfSelf);
  for (const reading of own.slice(0, 1)) await helpMentor(deps, stores, words, reading);
  return { alerted: true, answeredMentor: own.length > 0 };
}

function graveOf(deps: HouseDeps, { texts, worry }: MentorWords): readonly Reading[] {
  const compiled = deps.content.current().screen;
  return [...texts, ...(worry === null ? [] : [worry.note])].flatMap((text) => {
    const screening = screen(compiled, { text });
    const tier = tierToOpen(screening.tier, false);
    return tier === null ? [] : [{ text, screening, tier }];
  });
}

/** "Needs staff now" pages at any hour; any other worry pages by day (CR-07). */
function gravestOf(worry: Worry | null, grave: readonly Reading[]): EscalationTier | null {
  if (worry?.needsStaffNow === true || grave.some(({ tier }) => tier === 'crisis')) return 'crisis';
  return worry === null && grave.length === 0 ? null : 'high';
}

/** Who says it first, so that nobody takes a mentor's words for the student's own; then the words themselves. */
function wordsOfCase({ mentor, worry }: MentorWords, grave: readonly Reading[]): readonly string[] {
  const who = whoOf(mentor);
  const fired = grave.flatMap(({ screening }) => screening.matched);
  if (worry === null) return [`${who} wrote:`, ...fired];
  const note = worry.note.trim();
  return [
    `${who} is worried${topicsOf(worry)}`,
    ...(note === '' ? [] : [note]),
    ...fired.filter((word) => !note.includes(word)),
  ];
}

/** What the card has no room for: each text that speaks of distress, and the worry with all that was said of it. */
function wholeOf({ mentor, worry, whole }: MentorWords, grave: readonly Reading[]): readonly Whole[] {
  const who = whoOf(mentor);
  const wrote = grave.filter(({ text }) => text !== worry?.note).map(({ text }) => ({ title: `${who} wrote`, text }));
  if (worry === null) return wrote;
  const now = worry.needsStaffNow ? ', and says that somebody is needed now' : '';
  return [{ title: `${who} is worried${topicsOf(worry)}${now}`, text: whole ?? worry.note }, ...wrote];
}

async function openFor(
  deps: HouseDeps,
  stores: Stores,
  words: MentorWords,
  found: {
    readonly tier: EscalationTier;
    readonly said: readonly string[];
    readonly topics: readonly CaseTopic[];
  },
): Promise<Opened | null> {
  const { mentor, mentee, worry, now } = words;
  const { tier, said, topics } = found;
  const answered = worry === null ? MENTOR_WROTE : NOBODY_WROTE;
  const opened =
    mentee === null
      ? await openOwn(deps, stores, mentor, { tier, words: said, topics, answered, now })
      : await openForWorry(deps, stores, { mentee, tier, words: said, topics, answered, now });
  if (opened === null) return null;
  await stores.audit.add({
    at: now,
    actor: mentor.id,
    action: 'worry_raised',
    subjectKind: 'case',
    subject: opened.escalation.id,
    detail: { menteeId: mentee?.id ?? null, tier },
  });
  if (opened.isNew && worry !== null && mentee !== null) await noteUnheard(stores, opened.escalation, mentor.id, now);
  return opened;
}

/** A case under the mentor's own name: what a counselor writes in it goes to the mentor, where they are read. */
async function openOwn(
  deps: HouseDeps,
  stores: Stores,
  mentor: Mentor,
  found: {
    readonly tier: EscalationTier;
    readonly words: readonly string[];
    readonly topics?: readonly CaseTopic[];
    readonly answered: string;
    readonly now: number;
  },
): Promise<Opened | null> {
  const { tier, words, topics = [], answered, now } = found;
  const sender = mentorAsSender(deps, mentor);
  await stores.lockPerson(sender.phoneHash);
  const { slackUserId, phone } = mentor;
  const contact = slackUserId === null ? { phone } : { message: { from: { kind: 'slack', slackUserId } as const } };
  return openOrRaise(deps, stores, { sender, tier, words, topics, askedByFlow: false, now, ...contact }, answered);
}

/** As they are known when they write to the bot: by their Slack id, or by their phone. */
function mentorAsSender(deps: HouseDeps, mentor: Mentor): Sender {
  const address = mentor.slackUserId === null ? (mentor.phone ?? '') : slackActor(mentor.slackUserId);
  return { kind: 'mentor', mentor, phoneHash: deps.hashPhone(asPhone(address)) };
}

const FIRST_PERSON =
  /(?<![\p{L}\p{N}])(?:i|i['’]?m|i['’]?ve|i['’]?d|i['’]?ll|me|my|myself|yo|mi|mis)(?![\p{L}\p{N}])/iu;

/** Whether these words are the mentor's about themselves. */
function speaksOfSelf({ text, screening }: Reading): boolean {
  return screening.kind === 'self' && FIRST_PERSON.test(text);
}

/** The mentor's own case, and the locked reply where they wrote. */
async function helpMentor(deps: HouseDeps, stores: Stores, words: MentorWords, reading: Reading): Promise<void> {
  const { mentor, now } = words;
  const { slackUserId } = mentor;
  const sender = mentorAsSender(deps, mentor);
  const replyId = deps.ids.next();
  const from = { kind: 'slack', slackUserId: slackUserId ?? '' } as const;
  const message = {
    source: 'slack',
    externalId: replyId,
    from,
    body: reading.text,
    media: [],
    vendorKeyword: null,
  } as const;
  const received = { message, sender, inboundId: asInboundId(replyId), now, saidAt: now, late: null, phone: null };
  const plan = await planSafetyReply(deps, stores, received, reading.screening);
  const { tier, screening } = reading;
  const opened = await openOwn(deps, stores, mentor, { tier, words: screening.matched, answered: plan.answered, now });
  // Without a mentee the case is the mentor's own already, and the words stand in it.
  if (opened !== null && words.mentee !== null)
    await postWhole(deps, stores, { opened, now }, [{ title: `${whoOf(mentor)} wrote`, text: reading.text }]);
  if (plan.text === null || slackUserId === null) return;
  const row: NewOutbound = {
    key: `safety:${replyId}`,
    messageClass: 'safety_reply',
    recipient: { kind: 'slack_user', slackUserId },
    body: { kind: 'slack_post', message: { kind: 'notice', title: plan.text, lines: [] } },
    dueAt: now,
    escalationId: opened?.escalation.id ?? null,
    inReplyTo: null,
    isIntroduction: false,
    task: null,
    saidBy: null,
  };
  await stores.outbox.add(row, now);
}

/** Which mentee a worry may be about: one of the mentor's own. */
export async function ownMentee(stores: Stores, mentor: Mentor, menteeId: MenteeId): Promise<Mentee | null> {
  return (await stores.people.menteesOf(mentor.id)).find(({ id }) => id === menteeId) ?? null;
}
