// What counselors do with the cases of the town: they press the buttons of cards, write in the threads, change what they
// wrote, end cases and open them again. What they wrote is remembered, so that a checker can ask what became of it.

import { caseColumn } from '../../src/adapters/db/escalation-columns.ts';
import type { Escalation } from '../../src/core/safety/escalation.ts';
import type { HouseRequest } from '../../src/rehearsal/wire/exchange.ts';
import { type Carrier, SLACK_RETRIES } from './carrier.ts';
import { actorOf, type Witness } from './checks/witness.ts';
import { knockFromSlackEvent, knockFromSlackPress } from './doors.ts';
import { plannedEnd } from './habits.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';
import { REMARK, THREAD_COMMANDS, WORDS_OF_COUNSELORS } from './words.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A case that nobody has taken for so long is taken now. */
const LONGEST_OPEN_MS = 2 * HOUR;
/** So much is done in one case by itself, besides what its cards and questions bring about. */
const MOST_DEEDS = 14;
/** When nudges come back after a case, as it is chosen on Resolve. */
const RESUME_HOURS = [24, 24, 24, 2, 72, null];

interface Hands {
  readonly isCalm: () => boolean;
  /** A counselor answers from their phone. */
  readonly text: (from: string, body: string) => void;
  readonly note: (line: string) => void;
}

/** A message of Slack. */
interface Post {
  readonly channel: string;
  readonly ts: string;
}

interface Case {
  readonly id: string;
  readonly code: string;
  readonly state: Escalation;
}

export class CaseLife {
  readonly #stage: Stage;
  readonly #witness: Witness;
  readonly #carrier: Carrier;
  readonly #hands: Hands;
  readonly #people: Random;
  readonly #mail: Random;
  readonly #ending = new Set<string>();
  readonly #deeds = new Map<string, number>();
  #lines = 0;

  constructor(stage: Stage, witness: Witness, carrier: Carrier, hands: Hands) {
    this.#stage = stage;
    this.#witness = witness;
    this.#carrier = carrier;
    this.#hands = hands;
    this.#people = stage.random.fork('counselors');
    this.#mail = stage.random.fork('mail of slack');
  }

  get counselors(): readonly string[] {
    return this.#stage.town.counselors.flatMap(({ slackUserId }) => (slackUserId === null ? [] : [slackUserId]));
  }

  /** Looks after the cases there are: each is worked on, and comes to an end. */
  lookAround(): void {
    for (const found of this.#unresolved()) {
      if (!this.#deeds.has(found.id)) this.#workLater(found.id, 0);
      this.#endLater(found);
    }
  }

  /** A button of a post is pressed; nothing happens when it is not there any more. */
  press({ channel, ts }: Post, action: string, userId: string): void {
    let request: HouseRequest;
    try {
      request = this.#stage.vendors.slack.press({ userId, channel, ts, actionId: action });
    } catch {
      return;
    }
    this.#hands.note(`${userId} presses ${action}`);
    const resumeAfterHours = this.#people.pick(RESUME_HOURS);
    const ask: Parameters<Carrier['knock']>[0]['ask'] = (house) =>
      knockFromSlackPress(house, request, resumeAfterHours);
    const knock = () => this.#carrier.knock({ name: `${action} by ${userId}`, ask, retries: [] });
    knock();
    if (this.#mail.chance(0.15)) this.#carrier.after(this.#mail.between(0, 3_000), 'the same press again', knock);
  }

  #unresolved(): readonly Case[] {
    return this.#cases('select id, sealed_state, case_code from escalations where is_resolved = 0');
  }

  #cases(sql: string, ...values: readonly string[]): readonly Case[] {
    const { observer } = this.#stage;
    return observer
      .all<{ id: string; sealed_state: string; case_code: string }>(sql, ...values)
      .map(({ id, sealed_state: sealed, case_code: code }) => {
        return { id, code, state: caseColumn.open(observer.codec, id, sealed).state };
      });
  }

  #workLater(id: string, done: number): void {
    this.#deeds.set(id, done);
    if (done >= MOST_DEEDS) return;
    const inMs = this.#people.between(20, this.#people.chance(0.6) ? 900 : 7_200) * SECOND;
    this.#carrier.after(inMs, 'a case is looked at', () => {
      if (this.#hands.isCalm()) return;
      const [found] = this.#cases('select id, sealed_state, case_code from escalations where id = ?', id);
      if (found !== undefined && found.state.status !== 'resolved') this.#work(found);
      this.#workLater(id, done + 1);
    });
  }

  #work(found: Case): void {
    const people = this.#people;
    const root = this.#rootOf(found.id);
    if (root === undefined) return;
    const { status, released } = found.state;
    const holder = this.#holderOf(found);
    const anybody = people.pick(this.counselors);
    const roll = people.next();
    if (roll < 0.06) return this.#write(root, people.pick(this.#everybody()), people.pick(THREAD_COMMANDS));
    if (status === 'handed_off') {
      if (roll < 0.72) return this.#write(root, holder ?? anybody, this.#words());
      if (roll < 0.82) return this.#write(root, people.pick(this.#everybody()), this.#words());
      if (roll < 0.9) return this.press(root, 'release', holder ?? anybody);
      return this.press(root, people.pick(['take_over', 'acknowledge']), anybody);
    }
    if (roll < 0.2) return this.#write(root, anybody, this.#words());
    if (status === 'open' && roll < 0.7) return;
    this.press(root, 'take_over', released || people.chance(0.4) ? anybody : (holder ?? anybody));
  }

  /** Several ways in which people write; each line bears a number of its own. */
  #words(): string {
    const people = this.#people;
    this.#lines += 1;
    const line = `${people.pick(WORDS_OF_COUNSELORS)} (n${this.#lines})`;
    const remark = `${people.pick(['//', '// ', '  // '])}${REMARK} ${this.#lines}`;
    const roll = people.next();
    if (roll < 0.15) return remark;
    if (roll < 0.25) return `${remark}\n${line}`;
    if (roll < 0.3) return `${line}\n${remark}\nplease answer`;
    return line;
  }

  #write(root: Post, userId: string, text: string): void {
    const { slack } = this.#stage.vendors;
    const { channel } = root;
    let request: HouseRequest;
    try {
      request = slack.writeThread({ userId, channel, text, threadTs: root.ts, broadcast: this.#mail.chance(0.1) });
    } catch {
      return;
    }
    const ts = slack.state().messages.at(-1)?.ts ?? '';
    this.#hands.note(`${userId} writes in a thread: ${JSON.stringify(text)}`);
    const writtenAt = this.#stage.clock.now();
    this.#witness.written.set(`${channel}:${ts}`, { userId, versions: [text], writtenAt, rootTs: root.ts });
    this.#bring('thread', request);
    if (this.#people.chance(0.12)) this.#changeLater({ channel, ts });
  }

  #changeLater(place: Post): void {
    this.#carrier.after(this.#people.between(0, 900) * SECOND, 'a line is changed', () => {
      const { slack } = this.#stage.vendors;
      const text = this.#people.chance(0.7) ? this.#words() : null;
      try {
        this.#bring('change', text === null ? slack.deleteMessage(place) : slack.editMessage(place, text));
      } catch {
        return;
      }
      const written = this.#witness.written.get(`${place.channel}:${place.ts}`);
      if (text !== null) written?.versions.push(text);
      else this.#witness.written.set(`${place.channel}:${place.ts}`, { ...(written ?? NOBODYS), isErased: true });
    });
  }

  /** An event of Slack sets out: some are lost for ever, some come twice, some late. */
  #bring(name: string, request: HouseRequest): void {
    const mail = this.#mail;
    if (mail.chance(0.15)) return;
    const travel = () => (mail.chance(0.08) ? mail.between(1, 20) * MINUTE : mail.between(50, 3_000));
    const carry = () =>
      this.#carrier.after(travel(), name, () =>
        this.#carrier.knock({ name, ask: (house) => knockFromSlackEvent(house, request), retries: SLACK_RETRIES }),
      );
    carry();
    if (mail.chance(0.15)) carry();
  }

  #rootOf(id: string): Post | undefined {
    return this.#stage.vendors.slack.state().messages.find(({ blocks }) => isCardOf(blocks, id));
  }

  #holderOf({ state }: Case): string | null {
    const holder = state.heldBy ?? state.acknowledgedBy;
    const { observer } = this.#stage;
    return holder === null ? null : (this.counselors.find((userId) => actorOf(observer, userId) === holder) ?? null);
  }

  #everybody(): readonly string[] {
    const mentors = this.#stage.town.mentors.flatMap(({ slackUserId }) => (slackUserId === null ? [] : [slackUserId]));
    return [...this.counselors, ...this.counselors, ...mentors];
  }

  /** Acknowledged cases come to an end, and one that nobody took for hours is taken. */
  #endLater({ id, state, code }: Case): void {
    const isTaken = state.status !== 'open';
    const key = `${id}:${isTaken}`;
    if (this.#ending.has(key)) return;
    if (!isTaken && this.#stage.clock.now() - state.openedAt < LONGEST_OPEN_MS) return;
    this.#ending.add(key);
    const inMs = isTaken ? plannedEnd(this.#people) : 0;
    this.#carrier.after(inMs, isTaken ? 'a case ends' : 'a case is taken at last', () => {
      this.#end(id, isTaken, code);
      this.#carrier.after(20 * MINUTE, 'looking at a case again', () => this.#ending.delete(key));
    });
  }

  #end(id: string, isTaken: boolean, code: string): void {
    const post = this.#stage.vendors.slack.state().messages.findLast(({ blocks }) => isCardOf(blocks, id));
    const phone = this.#stage.town.counselors[0]?.phone;
    const who = this.#people.pick(this.counselors);
    if (post !== undefined) this.press(post, isTaken ? 'resolve' : 'acknowledge', who);
    else if (!isTaken && phone != null) this.#hands.text(phone, `ACK ${code}`);
    if (post === undefined || !isTaken || !this.#people.chance(0.2)) return;
    this.#carrier.after(this.#people.between(1, 300) * MINUTE, 'a case is opened again', () => {
      if (!this.#hands.isCalm()) this.press(post, 'reopen', this.#people.pick(this.counselors));
    });
  }
}

const NOBODYS = { userId: '', versions: [], writtenAt: 0, rootTs: '' };

function isCardOf(blocks: readonly Readonly<Record<string, unknown>>[], id: string): boolean {
  return blocks.some((block) => block['block_id'] === `case-${id}`);
}
