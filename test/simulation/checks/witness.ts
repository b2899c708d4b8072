// What the checkers remember of a run, and what they found wrong.

import type { LocalSlack } from '../../../src/rehearsal/slack/local-slack.ts';
import type { LocalTwilio } from '../../../src/rehearsal/twilio/local-twilio.ts';
import type { Observer } from '../observer.ts';
import type { Town } from '../town.ts';

/** A text that the house handed to Twilio: when the request began, and for which outbound row. */
export interface Departure {
  readonly outboundId: string;
  readonly at: number;
}

/** A line that somebody wrote in the thread of a case. */
export interface Written {
  readonly userId: string;
  /** Its words, and what they were changed to later. */
  readonly versions: string[];
  readonly writtenAt: number;
  readonly rootTs: string;
  readonly isErased?: true;
}

/** What a run can be judged by. */
export interface Scene {
  readonly town: Town;
  readonly twilio: LocalTwilio;
  readonly slack: LocalSlack;
  readonly observer: Observer;
  readonly now: () => number;
}

export interface Witness {
  readonly scene: Scene;
  readonly departures: Departure[];
  /** Rows whose send began, alert or not, by outbound id: how often. */
  readonly begun: Map<string, number>;
  /** When anybody was last alerted about a case, by escalation id. */
  readonly alertedAt: Map<string, number>;
  /** Since when staff ought to be alerted about a case, as the checker saw it, by escalation id. */
  readonly pagingSince: Map<string, number>;
  /** How often a case was last seen to page, in milliseconds, by escalation id. */
  readonly paces: Map<string, number>;
  /** What people wrote in threads, by Slack's `channel:ts`. */
  readonly written: Map<string, Written>;
  /** Since when nothing disturbs the house: no vendor in trouble, no crash, no jump of the clock. */
  calmSince: number;
  /** When the house last came up, or the clock last jumped. */
  disturbedAt: number;
  /** When the last minute's work was done. */
  tickedAt: number;
  readonly violations: string[];
}

export function createWitness(scene: Scene): Witness {
  const now = scene.now();
  return {
    scene,
    departures: [],
    begun: new Map(),
    alertedAt: new Map(),
    pagingSince: new Map(),
    paces: new Map(),
    written: new Map(),
    calmSince: now,
    disturbedAt: now,
    tickedAt: now,
    violations: [],
  };
}

/** Notes a violation: `rule` is its short name, `what` says what was seen. */
export function accuse(witness: Witness, rule: string, what: string): void {
  witness.violations.push(`${rule}: ${what}`);
}

/** By which id a case knows somebody of Slack. */
export function actorOf(observer: Observer, slackUserId: string): string {
  for (const table of ['counselors', 'mentors']) {
    const row = observer.first<{ id: string }>(`select id from ${table} where slack_user_id = ?`, slackUserId);
    if (row !== null) return row.id;
  }
  return `slack:${slackUserId}`;
}
