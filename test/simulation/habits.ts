// How the people of the town behave: what a mentee does when a text arrives, what befalls them by themselves, and how
// counselors take a case. Everything goes through `Doing`, which is the simulation.

import type { Random } from './random.ts';
import type { TownMentee } from './town.ts';
import { ANSWERS, CRISIS, isOfCounselor, OPT_IN, OPT_OUT, PLAIN, STOP_IN_CRISIS } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Doing {
  readonly random: Random;
  /** A phone sends a text to the program in `afterMs`. */
  text(afterMs: number, from: string, body: string, media?: boolean): void;
  /** A counselor presses a button of a post. */
  press(afterMs: number, post: Post, action: 'acknowledge' | 'take_over' | 'still_on_it', userId: string): void;
}

type Post = { readonly channel: string; readonly ts: string };

/** A text of the program has arrived on a mentee's phone. */
export function reactToText(doing: Doing, mentee: TownMentee, body: string): void {
  const { random } = doing;
  if (isOfCounselor(body)) return answerCounselor(doing, mentee);
  const reply = replyOf(random, mentee, body);
  if (reply === null) return;
  doing.text(delayOf(random, mentee), mentee.phone, reply);
  if (mentee.habit === 'chatty' && random.chance(0.5)) {
    doing.text(delayOf(random, mentee), mentee.phone, random.pick(PLAIN[mentee.language]));
  }
}

/** Somebody in distress writes back to a person sooner, and more often, than to a bot. */
function answerCounselor(doing: Doing, { phone, language }: TownMentee): void {
  const { random } = doing;
  const say = (words: readonly string[]) => doing.text(random.between(5, 1_500) * 1_000, phone, random.pick(words));
  const roll = random.next();
  if (roll < 0.45) say(PLAIN[language]);
  else if (roll < 0.52) say(CRISIS[language]);
  else if (roll < 0.6) say(OPT_OUT[language]);
  else if (roll < 0.64) say([ANSWERS[language].done]);
}

function delayOf(random: Random, { habit }: TownMentee): number {
  if (habit === 'slow') return random.between(8 * HOUR, 4 * DAY);
  return random.chance(0.2) ? random.between(1_000, 20_000) : random.between(1, 90) * MINUTE;
}

function replyOf(random: Random, mentee: TownMentee, body: string): string | null {
  const words = ANSWERS[mentee.language];
  if (mentee.habit === 'silent') return random.chance(0.05) ? words.done : null;
  if (random.chance(0.35)) return null;
  if (/which day|fecha/i.test(body)) return random.chance(0.8) ? random.pick(words.days) : words.done;
  if (!/DONE|LISTO/.test(body)) return random.chance(0.15) ? random.pick(PLAIN[mentee.language]) : null;
  switch (mentee.habit) {
    case 'stuck':
      return words.stuck;
    case 'later':
      return words.later;
    case 'not_for_me':
      return words.notForMe;
    case 'out_and_in':
      return random.chance(0.5) ? random.pick(OPT_OUT[mentee.language]) : words.done;
    case 'chatty':
      return random.chance(0.5) ? random.pick(PLAIN[mentee.language]) : words.talk;
    case 'moody':
      return random.pick([
        words.done,
        words.stuck,
        words.later,
        words.notForMe,
        words.talk,
        random.pick(PLAIN[mentee.language]),
      ]);
    default:
      return random.chance(0.7) ? words.done : words.later;
  }
}

/** Something a mentee does unasked; called now and then for one of them. */
export function actUnasked(doing: Doing, mentee: TownMentee): void {
  const { random } = doing;
  const say = (body: string, afterMs = 0) => doing.text(afterMs, mentee.phone, body);
  const roll = random.next();
  if (roll < 0.28) {
    say(random.pick(CRISIS[mentee.language]));
    if (random.chance(0.3)) say(random.pick(CRISIS[mentee.language]), random.between(1, 40) * MINUTE);
    if (random.chance(0.15)) say(random.pick(OPT_OUT[mentee.language]), random.between(0, 3_000));
  } else if (roll < 0.32) say(STOP_IN_CRISIS);
  else if (roll < 0.46) {
    say(random.pick(OPT_OUT[mentee.language]));
    say(
      random.pick(OPT_IN[mentee.language]),
      random.chance(0.3) ? random.between(0, 5_000) : random.between(1, 60) * HOUR,
    );
  } else if (roll < 0.52) say('HELP');
  else if (roll < 0.62) doing.text(0, mentee.phone, random.chance(0.5) ? '' : 'look', true);
  else if (roll < 0.8) {
    say(random.pick(PLAIN[mentee.language]));
    say(ANSWERS[mentee.language].done, random.between(0, 2_000));
  } else if (roll < 0.84) {
    for (let count = 0; count < 13; count += 1) say(random.pick(PLAIN[mentee.language]), count * 900);
  } else
    say(random.pick([ANSWERS[mentee.language].done, ANSWERS[mentee.language].stuck, ANSWERS[mentee.language].talk]));
}

/** A stranger, a mentor or a counselor writes something. */
export function actAsOther(doing: Doing, phone: string): void {
  const { random } = doing;
  doing.text(0, phone, random.pick([...PLAIN.en, 'STOP', 'START', 'ACK', ...CRISIS.en]));
}

/** A card was posted in the counselors' channel: somebody may take the case. A question there may be answered. */
export function reactToCard(doing: Doing, post: Post, counselors: readonly string[]): void {
  const { random } = doing;
  const who = random.chance(0.9) ? random.pick(counselors) : 'U0VISITOR1';
  const deed = random.chance(0.6) ? 'acknowledge' : 'take_over';
  if (random.chance(0.25)) doing.press(random.between(5, 2_400) * 1_000, post, deed, who);
  if (random.chance(0.05)) doing.press(random.between(1, 20) * MINUTE, post, 'acknowledge', random.pick(counselors));
  if (random.chance(0.5)) doing.press(random.between(5, 420) * 1_000, post, 'still_on_it', random.pick(counselors));
}

/** Ends a case some time after somebody took it. */
export function plannedEnd(random: Random): number {
  return random.chance(0.8) ? random.between(5, 300) * MINUTE : random.between(5, 40) * HOUR;
}

/** A counselor's phone got an alert. */
export function reactToPage(doing: Doing, phone: string, body: string): void {
  const { random } = doing;
  const code = /reply ACK ([A-Z0-9]{4})/.exec(body)?.[1];
  if (code === undefined || !random.chance(0.12)) return;
  doing.text(random.between(20, 900) * 1_000, phone, random.pick([`ACK ${code}`, `ack ${code.toLowerCase()}`, 'ACK']));
}
