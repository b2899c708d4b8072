// The town around the house: carries texts, receipts and presses to its door, late, twice or never as chance has it, and
// lets the people react to what reaches them.

import type { HouseRequest } from '../../src/rehearsal/wire/exchange.ts';
import { Carrier, SLACK_RETRIES, TWILIO_RETRIES } from './carrier.ts';
import { CaseLife } from './case-life.ts';
import { checkReceived } from './checks/check-rows.ts';
import type { Witness } from './checks/witness.ts';
import { knockFromSlackEvent, knockFromTwilio } from './doors.ts';
import { makeTrouble } from './faults.ts';
import { actAsOther, actUnasked, type Doing, reactToCard, reactToPage, reactToText } from './habits.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';
import { COUNSELORS, PROGRAM_NUMBER } from './vendors.ts';
import { isCrisis } from './words.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Hands {
  readonly note: (line: string) => void;
  readonly crash: (place: number, downMs: number) => void;
  readonly jump: (ms: number) => void;
}

interface Text {
  readonly sid: string;
  readonly from: string;
  readonly body: string;
}

export class TownLife {
  readonly #stage: Stage;
  readonly #witness: Witness;
  readonly #hands: Hands;
  readonly #people: Random;
  readonly #mail: Random;
  readonly #trouble: Random;
  /** How slowly things happen to people, and how seldom to machines. */
  readonly #pace: number;
  readonly #calmness: number;
  readonly #taken = new Set<string>();
  readonly #carrier: Carrier;
  readonly #cases: CaseLife;
  readonly #doing: Doing;
  #seenTexts = 0;
  #seenCalls = 0;
  #seenPosts = 0;
  #isCalm = false;
  #hasGoneBack = false;
  troubles = 0;

  constructor(stage: Stage, witness: Witness, hands: Hands) {
    this.#stage = stage;
    this.#witness = witness;
    this.#hands = hands;
    this.#people = stage.random.fork('people');
    this.#mail = stage.random.fork('mail');
    this.#trouble = stage.random.fork('trouble');
    this.#pace = stage.random.pick([0.3, 0.7, 1, 2, 5]);
    this.#calmness = stage.random.pick([0.3, 0.7, 1, 2, 5]);
    this.#carrier = new Carrier(stage, witness);
    this.#cases = new CaseLife(stage, witness, this.#carrier, {
      isCalm: () => this.#isCalm,
      text: (from, body) => this.#write(from, body, false),
      note: hands.note,
    });
    this.#doing = {
      random: this.#people,
      text: (afterMs, from, body, media) =>
        this.#after(afterMs, `text of ${from}`, () => this.#write(from, body, media ?? false)),
      press: (afterMs, post, action, userId) =>
        this.#after(afterMs, `press of ${userId}`, () => this.#cases.press(post, action, userId)),
    };
  }

  /** Whether somebody stands at the door and the house is still deciding. */
  get isKnocking(): boolean {
    return this.#carrier.isKnocking;
  }

  begin(): void {
    this.#actLater();
    this.#troubleLater();
  }

  /** No new troubles, and nobody does anything unasked any more. */
  calm(): void {
    this.#isCalm = true;
    const { twilio, slack } = this.#stage.vendors;
    twilio.clearScripts();
    twilio.setDown(false);
    slack.clearScripts();
    slack.setDown(false);
    slack.setAuthError(null);
    slack.changeChannel(COUNSELORS, { isArchived: false });
  }

  /** People see what has reached them since the last time. */
  react(): void {
    const { twilio, slack } = this.#stage.vendors;
    const texts = twilio.state().messages;
    for (const message of texts.slice(this.#seenTexts)) {
      if (message.direction === 'inbound' || this.#isCalm) continue;
      const mentee = this.#stage.town.mentees.find(({ phone }) => phone === message.to);
      if (mentee === undefined) reactToPage(this.#doing, message.to, message.body);
      else reactToText(this.#doing, mentee, message.body);
    }
    this.#seenTexts = texts.length;
    const { calls } = twilio.state();
    for (const call of calls.slice(this.#seenCalls)) if (!this.#isCalm) this.#hearCall(call.sid);
    this.#seenCalls = calls.length;
    const posts = slack.state().messages;
    for (const post of posts.slice(this.#seenPosts)) {
      if (post.channel !== COUNSELORS || post.botId === null || this.#isCalm) continue;
      reactToCard(this.#doing, post, this.#cases.counselors);
    }
    this.#seenPosts = posts.length;
    if (!this.#isCalm) this.#cases.lookAround();
  }

  /** A counselor's phone rings: some press 1, some another key, most nothing. */
  #hearCall(sid: string): void {
    const people = this.#people;
    if (!people.chance(0.3)) return;
    const digit = people.chance(0.8) ? '1' : '5';
    this.#after(people.between(5, 90) * SECOND, 'a key in a call', () => {
      const request = this.#stage.vendors.twilio.pressKey(sid, digit);
      this.#hands.note(`${digit} is pressed in a call`);
      this.#carrier.knock({ name: 'key', ask: (house) => knockFromTwilio(house, request), retries: TWILIO_RETRIES });
    });
  }

  /** A status callback sets out: mostly soon, sometimes late, twice or never. */
  carryReceipt(request: HouseRequest): void {
    const mail = this.#mail;
    if (mail.chance(0.06)) return;
    const travel = () => (mail.chance(0.08) ? mail.between(1, 2_880) * MINUTE : mail.between(0, 4 * SECOND));
    const carry = () =>
      this.#after(travel(), 'receipt', () =>
        this.#carrier.knock({
          name: 'receipt',
          ask: (house) => knockFromTwilio(house, request),
          retries: TWILIO_RETRIES,
        }),
      );
    carry();
    if (mail.chance(0.1)) carry();
  }

  #write(from: string, body: string, media: boolean): void {
    const { twilio } = this.#stage.vendors;
    const files = media ? [{ url: 'https://media.example/1', contentType: 'image/jpeg' }] : [];
    const request = twilio.receive({ from, body, media: files });
    const sid = twilio.state().messages.findLast(({ direction }) => direction === 'inbound')?.sid ?? '';
    const text = { sid, from, body };
    if (isCrisis(body)) this.#mayGoBack();
    this.#hands.note(`${from} writes "${body}" (${sid.slice(0, 8)})`);
    const mail = this.#mail;
    // Some arrive exactly with the minute's tick, when the house has most to do.
    const toTheMinute = () => MINUTE - (this.#stage.clock.now() % MINUTE);
    const travel = () => (mail.chance(0.05) ? mail.between(10, 900) * SECOND : mail.between(50, 1_500));
    this.#after(mail.chance(0.2) ? toTheMinute() : travel(), 'webhook', () => this.#deliver(request, text));
    while (mail.chance(0.1)) {
      const again = mail.chance(0.5) ? mail.between(0, 2 * SECOND) : mail.between(1, 200) * HOUR;
      this.#after(again, 'webhook again', () => this.#deliver(request, text));
    }
  }

  /** Once in a run the clock is set back an hour just when a case is open. */
  #mayGoBack(): void {
    if (this.#hasGoneBack || this.#isCalm || !this.#trouble.chance(0.15)) return;
    this.#hasGoneBack = true;
    this.#after(this.#trouble.between(1, 8) * MINUTE, 'the clock is set back', () => this.#hands.jump(-HOUR));
  }

  #deliver(request: HouseRequest, text: Text): void {
    this.#carrier.knock({
      name: `text ${text.sid.slice(0, 8)}`,
      ask: (house) => knockFromTwilio(house, request),
      retries: TWILIO_RETRIES,
      onTaken: () => {
        const isFirst = !this.#taken.has(text.sid);
        this.#taken.add(text.sid);
        checkReceived(this.#witness, { ...text, isFirst });
      },
    });
  }

  #actLater(): void {
    this.#after(this.#people.between(10, 420) * MINUTE * this.#pace, 'somebody acts', () => {
      if (this.#isCalm) return;
      this.#act();
      this.#actLater();
    });
  }

  #act(): void {
    const { town, vendors } = this.#stage;
    const people = this.#people;
    if (people.chance(0.88)) return actUnasked(this.#doing, people.pick(town.mentees));
    const mentorPhone = town.mentors.find(({ phone }) => phone !== null)?.phone ?? PROGRAM_NUMBER;
    const phones = [...town.strangers, mentorPhone, town.counselors[1]?.phone ?? mentorPhone];
    if (people.chance(0.7)) return actAsOther(this.#doing, people.pick(phones));
    const mentorId = town.mentors.find(({ slackUserId }) => slackUserId !== null)?.slackUserId ?? 'U0VISITOR1';
    const request = vendors.slack.writeDirect(mentorId, people.chance(0.2) ? 'i want to die' : 'thanks, on it');
    this.#carrier.knock({
      name: 'direct message',
      ask: (house) => knockFromSlackEvent(house, request),
      retries: SLACK_RETRIES,
    });
  }

  #troubleLater(): void {
    this.#after(this.#trouble.between(5, 360) * MINUTE * this.#calmness, 'trouble', () => {
      if (this.#isCalm) return;
      const { town, vendors } = this.#stage;
      const phones = (people: readonly { phone: string | null }[]) =>
        people.flatMap(({ phone }) => (phone === null ? [] : [phone]));
      const { crash, jump } = this.#hands;
      const after = (ms: number, name: string, run: () => void) => this.#after(ms, name, run);
      const made = makeTrouble({
        random: this.#trouble,
        vendors,
        mentees: phones(town.mentees),
        onCall: phones(town.counselors),
        after,
        crash,
        jump,
      });
      this.troubles += 1;
      this.#hands.note(`trouble: ${made}`);
      this.#troubleLater();
    });
  }

  #after(ms: number, name: string, run: () => void): void {
    this.#carrier.after(ms, name, run);
  }
}
