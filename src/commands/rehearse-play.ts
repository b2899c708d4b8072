// Plays the program year: a town of synthetic mentees in front of a real house, on a clock that jumps from one due row to
// the next. `rehearse` is all there is to call; nothing is printed and no file is written here.

import { type ContentFiles, compileContent } from '../app/content.ts';
import { importRoster } from '../app/import-roster.ts';
import { ROSTER_COLUMNS } from '../app/parse-roster.ts';
import type { Log } from '../app/ports/log.ts';
import type { Outbound } from '../app/ports/messages.ts';
import type { Conversation } from '../core/model/conversation.ts';
import type { MenteeId } from '../core/model/ids.ts';
import { addDays, instantOf, localClockOf, localDateOf, weekdayOf } from '../core/model/local-time.ts';
import { createAgenda } from '../rehearsal/town/agenda.ts';
import { createLedger, type Kind, type SaidLine } from '../rehearsal/town/ledger.ts';
import { createObserver } from '../rehearsal/town/observer.ts';
import { buildTown, type TownMentee, toRosterCells } from '../rehearsal/town/people.ts';
import { createRandom } from '../rehearsal/town/random.ts';
import { comeBack, leave, type Question, type Reply, replyTo } from '../rehearsal/town/replies.ts';
import type { MonthFigures, RehearsalReport } from '../rehearsal/town/report.ts';
import { countSegments } from '../rehearsal/town/segments.ts';
import { DISTRESS, NEW_NUMBER, QUESTIONS } from '../rehearsal/town/words.ts';
import { type HandedSms, openRehearsedHouse, type Posted, type RehearsedHouse } from './rehearse-house.ts';
import { makeReport, readMonth } from './rehearse-report.ts';
import { createStaffLife } from './rehearse-staff.ts';

export interface RehearseOptions {
  readonly files: ContentFiles;
  readonly mentees: number;
  readonly seed: number;
  /** Local date of the program on which the roster is imported. */
  readonly from: string;
  readonly months: number;
  /** What one segment costs, carrier fees included, in US cents. */
  readonly centsPerSegment: number;
}

/** How far a rehearsal has come. */
export interface Progress {
  /** Local date of the program. */
  readonly on: string;
  readonly month: number;
  readonly months: number;
  readonly texts: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The roster is imported at this hour, when the office opens. */
const IMPORT_HOUR = 9;
/** With a case open the whole minute runs at least so long after the last time, when anything is due. */
const WITH_CASE_EVERY = HOUR;
/** People sleep: what they would write by night they write in the morning. */
const AWAKE = { from: 8, until: 23 };

type Deed = () => Promise<unknown>;

/** Plays the whole time and adds it up. The same options give the same report, `tookMs` left out. */
export async function rehearse(
  options: RehearseOptions,
  onProgress: (progress: Progress) => void = () => {},
): Promise<RehearsalReport> {
  const began = performance.now();
  const year = await openYear(options);
  await year.begin();
  const months = await year.play(onProgress);
  return makeReport({ ...year, options, months, tookMs: Math.round(performance.now() - began) });
}

/** Everything that a year stands on: clock, town, house, those who watch. */
async function openYear(options: RehearseOptions) {
  const random = createRandom(options.seed);
  const town = buildTown(options.mentees, random.fork('people'));
  const people = random.fork('habits');
  const idsFrom = random.fork('ids');
  const content = compileContent(1, options.files);
  const zone = content.program.time_zone;
  const startsAt = instantOf(options.from, IMPORT_HOUR, zone);
  const endsAt = instantOf(addMonths(options.from, options.months), 0, zone);
  const clock = { at: startsAt, now: () => clock.at, realNow: () => clock.at };
  const agenda = createAgenda<Deed>();
  const later = (afterMs: number, deed: Deed) => agenda.add(clock.at + Math.max(0, afterMs), deed);
  const ledger = createLedger((on) => addDays(on, 1 - weekdayOf(on)));
  const phones = new Map<string, TownMentee>(town.mentees.map((mentee) => [mentee.phone, mentee]));
  const numbers = new Map<number, string>(town.mentees.map(({ index, phone }) => [index, phone]));
  const said = new Map<number, SaidLine[]>(town.mentees.map(({ index }) => [index, []]));
  const [dead, blocked] = [new Set<string>(), new Set<string>()];
  const askedIn = new Map<MenteeId, Set<Conversation['id']>>();
  const troubles = new Map<string, number>();
  const counts = { texts: 0, calls: 0, posts: 0, optOuts: 0, returns: 0, moments: 0, ticks: 0, inbound: 0 };
  let lastTickAt = startsAt;
  const heardFrom = new Set<number>();
  const left = new Set<number>();
  const staff = createStaffLife(town, () => house, later, random.fork('staff'));

  const house: RehearsedHouse = await openRehearsedHouse({
    files: options.files,
    content,
    clock,
    ids: { next: () => idsFrom.hex(20) },
    log: countTroubles(troubles),
    watch: {
      onText: seeText,
      onPost: (post: Posted) => {
        counts.posts += 1;
        staff.see(post);
      },
      onCall: () => {
        counts.calls += 1;
      },
      isDead: (phone) => dead.has(phone),
      isBlocked: (phone) => blocked.has(phone),
    },
  });
  const { program } = content;
  const observer = createObserver({ weeklyCap: program.weekly_unasked_texts });

  async function seeText(text: HandedSms): Promise<void> {
    counts.texts += 1;
    const seen = await house.database.read((stores) => lookAt(stores, text));
    const mentee = phones.get(text.to) ?? null;
    const { row } = seen;
    const timeZone = seen.mentee?.timeZone ?? mentee?.timeZone ?? zone;
    if (seen.mentee !== null && row !== null) {
      observer.look({
        at: clock.at,
        phone: text.to,
        body: text.body,
        messageClass: row.messageClass,
        isIntroduction: row.isIntroduction,
        language: seen.mentee.language,
        timeZone,
        taskStatus: seen.taskStatus,
        consent: seen.consent,
        inReplyToAt: row.inReplyTo?.at ?? null,
        asks: seen.asks?.id ?? null,
        otherOpenQuestions: seen.otherOpen,
      });
    }
    ledger.sent({
      at: clock.at,
      on: localDateOf(clock.at, timeZone),
      mentee: mentee?.index ?? null,
      kind: kindOf(row, mentee !== null),
      task: row?.task ?? null,
      segments: countSegments(text.body),
      asks: seen.asks === null ? null : { flow: seen.asks.flowId, step: seen.asks.step },
    });
    if (mentee !== null) arrive(mentee, text, row, seen.asks);
    else answerAsMentor(text);
  }

  /** The rows of one text as they stand now. */
  async function lookAt(stores: Parameters<Parameters<typeof house.database.read>[0]>[0], text: HandedSms) {
    const row = await stores.outbox.byId(text.outboundId);
    const menteeId = row?.recipient.kind === 'phone' ? row.recipient.menteeId : null;
    if (row === null || menteeId === null || row.recipient.kind !== 'phone') {
      return { row, mentee: null, taskStatus: null, consent: null, asks: null, otherOpen: 0 };
    }
    const records = row.task === null ? [] : await stores.tasks.of(menteeId);
    const newest = (await stores.consents.events(row.recipient.phoneHash)).at(-1);
    const conversation = row.saidBy === null ? null : await stores.conversations.byId(row.saidBy.conversationId);
    const isOpen = conversation?.status === 'active' && conversation.waiting?.kind === 'reply';
    const isCurrent = conversation !== null && conversation.version === row.saidBy?.version;
    const lastOfIt =
      conversation === null || !isCurrent
        ? null
        : ((await stores.outbox.ofConversation(conversation.id, conversation.version)).at(-1)?.id ?? null);
    const asks = isOpen && lastOfIt === row.id ? conversation : null;
    const known = askedIn.get(menteeId) ?? new Set();
    let otherOpen = 0;
    if (asks !== null) {
      for (const id of known) {
        if (id === asks.id) continue;
        const other = await stores.conversations.byId(id);
        if (other?.status === 'active' && other.waiting?.kind === 'reply') otherOpen += 1;
        else known.delete(id);
      }
      known.add(asks.id);
      askedIn.set(menteeId, known);
    }
    return {
      row,
      mentee: await stores.people.mentee(menteeId),
      taskStatus: records.find(({ task }) => task === row.task)?.status ?? null,
      consent: newest === undefined ? null : { state: newest.state, at: newest.at },
      asks,
      otherOpen,
    };
  }

  function arrive(mentee: TownMentee, { to, body }: HandedSms, row: Outbound | null, asks: Conversation | null): void {
    if (dead.has(to) || blocked.has(to)) return;
    const byPerson = row?.messageClass === 'human_text';
    said.get(mentee.index)?.push({ at: clock.at, from: byPerson ? 'counselor' : 'house', body });
    const question = asks === null ? null : questionOf(house, asks);
    for (const reply of replyTo(mentee, { body, question, byPerson }, people)) write(mentee, reply, AWAKE);
  }

  function write(mentee: TownMentee, reply: Reply, awake: typeof AWAKE | null): void {
    const at = clock.at + reply.afterMs;
    const { hour } = localClockOf(at, mentee.timeZone);
    const sleeps = awake !== null && (hour < awake.from || hour >= awake.until);
    const wait = sleeps ? ((awake.from + 24 - hour) % 24) * HOUR : 0;
    later(reply.afterMs + wait, () => textFrom(mentee, reply));
  }

  async function textFrom(mentee: TownMentee, { body, meant }: Reply): Promise<void> {
    counts.inbound += 1;
    const phone = numbers.get(mentee.index) ?? mentee.phone;
    said.get(mentee.index)?.push({ at: clock.at, from: 'mentee', body });
    heardFrom.add(mentee.index);
    await house.receive({
      source: 'twilio',
      externalId: `SM${String(counts.inbound).padStart(10, '0')}`,
      from: { kind: 'phone', address: phone },
      body,
      media: [],
      vendorKeyword: null,
    });
    ledger.heard(mentee.index);
    if (meant !== null) noteMeant(mentee, phone, { body, meant });
  }

  /** The carrier knows its own words, and blocks by itself; the rest is for the house to understand. */
  function noteMeant(mentee: TownMentee, phone: string, said: { body: string; meant: 'stop' | 'start' }): void {
    observer.noteMeant(phone, said.meant, clock.at);
    if (said.meant === 'start') {
      counts.returns += 1;
      left.delete(mentee.index);
      blocked.delete(phone);
      return;
    }
    counts.optOuts += 1;
    left.add(mentee.index);
    if (program.carrier_confirms_stop && /^(?:stop|unsubscribe)$/i.test(said.body)) blocked.add(phone);
    if (mentee.habit === 'leaves_and_returns') write(mentee, comeBack(mentee, people), AWAKE);
  }

  /** Mentors without Slack answer the weekly question by SMS, most weeks. */
  function answerAsMentor({ to, body }: HandedSms): void {
    const mentor = town.mentors.find(({ phone, slackUserId }) => phone === to && slackUserId === null);
    if (mentor === undefined || !/\bT talked\b/.test(body) || !people.chance(0.7)) return;
    later(people.between(5, 20 * 60) * MINUTE, () => {
      counts.inbound += 1;
      const externalId = `SM${String(counts.inbound).padStart(10, '0')}`;
      const from = { kind: 'phone', address: to } as const;
      return house.receive({ source: 'twilio', externalId, from, body: 'ALL M', media: [], vendorKeyword: null });
    });
  }

  /** What befalls people by themselves, spread over the whole time. */
  function planLives(): void {
    const days = Math.max(1, Math.floor((endsAt - startsAt) / DAY));
    const someTime = () => people.between(Math.min(7, days), days) * DAY + people.between(0, 23 * 60) * MINUTE;
    for (const mentee of town.mentees) {
      const { habit, language } = mentee;
      if (habit === 'leaves' || habit === 'leaves_and_returns') {
        const afterMs = Math.min(someTime(), people.between(5, 150) * DAY);
        later(afterMs, async () => write(mentee, leave(mentee, people), AWAKE));
      }
      if (habit === 'chatty') {
        for (let at = someTime() / 3; at < days * DAY; at += people.between(20, 60) * DAY) {
          later(at, async () => write(mentee, plain(people.pick(QUESTIONS[language])), AWAKE));
        }
      }
      if (habit === 'new_number') later(someTime(), async () => changeNumber(mentee));
      if (habit === 'in_distress') {
        for (let turn = people.between(1, 2); turn > 0; turn -= 1) {
          later(someTime(), async () => write(mentee, plain(people.pick(DISTRESS[language])), null));
        }
      }
    }
  }

  function changeNumber(mentee: TownMentee): void {
    dead.add(numbers.get(mentee.index) ?? mentee.phone);
    const phone = town.freshPhone();
    numbers.set(mentee.index, phone);
    phones.set(phone, mentee);
    const words = people.pick(NEW_NUMBER[mentee.language]).replace('{name}', mentee.firstName);
    write(mentee, { ...plain(words), afterMs: people.between(1, 72) * HOUR }, AWAKE);
  }

  async function begin(): Promise<void> {
    const cells = toRosterCells(town, options.from);
    const rows = cells.map((row, index) => ({
      line: index + 2,
      cells: Object.fromEntries(ROSTER_COLUMNS.map((name) => [name, row[name] ?? ''])),
    }));
    const tasks = [...house.content.current().tasks.keys()];
    const { database, ids } = house;
    const imported = await importRoster({ database, clock, ids, tasks }, { header: [...ROSTER_COLUMNS], rows }, false);
    if (!imported.ok) throw new Error(`the roster of the town was refused: ${JSON.stringify(imported.problems[0])}`);
    planLives();
  }

  /** Everything at the next moment at which anything is due; false when the time is over. */
  async function step(): Promise<boolean> {
    const { dueAt, hasCase } = await house.outlook(clock.at);
    const next = Math.min(dueAt ?? Number.POSITIVE_INFINITY, agenda.nextAt() ?? Number.POSITIVE_INFINITY);
    if (next > endsAt) return false;
    const isNewDay = localDateOf(next, zone) !== localDateOf(clock.at, zone);
    clock.at = Math.max(next, clock.at);
    counts.moments += 1;
    for (let deed = agenda.take(clock.at); deed !== null; deed = agenda.take(clock.at)) await deed();
    // The rest of the minute looks after cases and doubtful sends: with no case open, once a day is what it takes.
    if (isNewDay || (hasCase && clock.at - lastTickAt >= WITH_CASE_EVERY)) {
      counts.ticks += 1;
      lastTickAt = clock.at;
      await house.tick();
    } else await house.runDue();
    return true;
  }

  async function play(onProgress: (progress: Progress) => void): Promise<MonthFigures[]> {
    const months: MonthFigures[] = [];
    await house.tick();
    for (let month = 1; month <= options.months; month += 1) {
      const on = addDays(addMonths(options.from, month), -1);
      agenda.add(instantOf(addDays(on, 1), 0, zone) - 1, async () => {
        months.push(await readMonth(house.database, on));
        onProgress({ on, month, months: options.months, texts: counts.texts });
      });
    }
    while (await step());
    return months;
  }

  return {
    town,
    house,
    observer,
    ledger,
    counts,
    troubles,
    said,
    heardFrom,
    left,
    zone,
    startsAt,
    endsAt,
    begin,
    play,
  };
}

/** Which kind of answer a question wants, as its step says; a step of a called flow is found by its last name. */
function questionOf(house: RehearsedHouse, conversation: Conversation): Question {
  const { flows } = house.content.current();
  const { waiting, step, flowId } = conversation;
  const own = flows.get(flowId)?.steps[step];
  const name = step.slice(step.lastIndexOf('.') + 1);
  const found = own ?? [...flows.values()].map(({ steps }) => steps[name]).find((one) => one?.type === 'ask');
  return {
    answer: found?.type === 'ask' ? found.answer : 'task',
    options: waiting?.kind === 'reply' ? waiting.options.map(({ label }) => label) : [],
    isConfirming: waiting?.kind === 'reply' && waiting.meant !== undefined,
  };
}

function kindOf(row: Outbound | null, isMentee: boolean): Kind {
  if (row === null) return 'staff_text';
  const { messageClass, recipient } = row;
  if (!isMentee) return recipient.kind === 'phone' && recipient.counselorId !== null ? 'staff_text' : 'mentor_text';
  switch (messageClass) {
    case 'nudge':
      return row.isIntroduction ? 'introduction' : 'nudge';
    case 'answer':
      return row.isIntroduction ? 'introduction' : 'answer';
    case 'safety_reply':
    case 'human_text':
    case 'keyword_answer':
      return messageClass;
    default:
      return 'staff_text';
  }
}

function plain(body: string): Reply {
  return { afterMs: 0, body, meant: null };
}

/** The log of the house is not kept; what it complains of is counted. */
function countTroubles(troubles: Map<string, number>): Log {
  const count = (event: string) => void troubles.set(event, (troubles.get(event) ?? 0) + 1);
  return { info: () => {}, warn: count, error: count };
}

/** The same day some months later; the last of the month where there is no such day. */
function addMonths(date: string, months: number): string {
  const [year = 2027, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 'YYYY-MM-DD'.length);
}
