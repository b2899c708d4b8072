// The trouble of a run, by seed: what the vendors do wrong, for how long, and when the process dies or the clock jumps.

import type { SlackFault } from '../../src/rehearsal/slack/fault.ts';
import type { AnswerFault, FateFault } from '../../src/rehearsal/twilio/fault.ts';
import type { Random } from './random.ts';
import { COUNSELORS, type Vendors } from './vendors.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface Trouble {
  readonly random: Random;
  readonly vendors: Vendors;
  /** Phones of mentees, and of people on call. */
  readonly mentees: readonly string[];
  readonly onCall: readonly string[];
  after(ms: number, name: string, run: () => void): void;
  /** The house dies at the `place`-th place from now, and comes back `downMs` later. */
  crash(place: number, downMs: number): void;
  jump(ms: number): void;
}

const TWILIO_ANSWERS: readonly AnswerFault[] = [
  { kind: '429' },
  { kind: '503' },
  { kind: '500_accepted' },
  { kind: '500_not_accepted' },
  { kind: 'accept_then_hang' },
  { kind: 'accept_then_reset' },
  { kind: 'hang_before_accept' },
  { kind: 'reset_before_accept' },
  { kind: 'reject', code: 21611 },
  { kind: 'reject', code: 20003 },
  { kind: 'reject', code: 30022 },
];
const FATES: readonly FateFault[] = [
  { kind: 'final', status: 'undelivered', errorCode: 30003 },
  { kind: 'final', status: 'undelivered', errorCode: 30008 },
  { kind: 'final', status: 'failed', errorCode: 30007 },
  { kind: 'wait' },
];
const SLACK_FAULTS: readonly SlackFault[] = [
  { kind: '429', retryAfterSeconds: 30 },
  { kind: '500' },
  { kind: '500_accepted' },
  { kind: 'hang_before_accept' },
  { kind: 'reset_before_accept' },
  { kind: 'accept_then_hang' },
  { kind: 'accept_then_reset' },
  { kind: 'error', error: 'internal_error' },
  { kind: 'error', error: 'service_unavailable' },
];

/** One trouble begins. Each ends by itself. */
export function makeTrouble(trouble: Trouble): string {
  const { random } = trouble;
  const kinds: readonly (readonly [number, () => string])[] = [
    [30, () => answerTrouble(trouble)],
    [8, () => fateTrouble(trouble)],
    [3, () => refuseNumber(trouble)],
    [20, () => slackTrouble(trouble)],
    [6, () => twilioDown(trouble)],
    [8, () => slackDown(trouble)],
    [22, () => crash(trouble)],
    [5, () => jump(trouble)],
  ];
  let roll = random.between(
    1,
    kinds.reduce((sum, [weight]) => sum + weight, 0),
  );
  for (const [weight, make] of kinds) {
    roll -= weight;
    if (roll <= 0) return make();
  }
  return 'nothing';
}

function answerTrouble({ random, vendors, after }: Trouble): string {
  const fault = random.pick(TWILIO_ANSWERS);
  const on = random.chance(0.2) ? 'list' : 'create';
  vendors.twilio.script(fault, { times: random.between(1, 4), on });
  after(random.between(1, 30) * MINUTE, 'twilio calms', () => vendors.twilio.clearScripts());
  return `twilio ${fault.kind} on ${on}`;
}

function fateTrouble({ random, vendors, mentees }: Trouble): string {
  const fault = random.pick(FATES);
  vendors.twilio.script(fault, { to: random.pick(mentees) });
  return `fate ${fault.kind === 'final' ? fault.errorCode : 'wait'}`;
}

function refuseNumber({ random, vendors, mentees, onCall, after }: Trouble): string {
  const isStaff = random.chance(0.3);
  const to = random.pick(isStaff ? onCall : mentees);
  const code = random.pick([21610, 21614, 30005]);
  vendors.twilio.script(
    code === 30005 ? { kind: 'final', status: 'undelivered', errorCode: code } : { kind: 'reject', code },
    { to },
  );
  after(2 * HOUR, 'twilio calms', () => vendors.twilio.clearScripts());
  return `${code} for ${to}`;
}

function slackTrouble({ random, vendors, after }: Trouble): string {
  const fault = random.pick(SLACK_FAULTS);
  const times = random.chance(0.2) ? 'always' : random.between(1, 5);
  vendors.slack.script(fault, { times, ...(random.chance(0.5) ? { channel: COUNSELORS } : {}) });
  after(random.between(1, 45) * MINUTE, 'slack calms', () => vendors.slack.clearScripts());
  return `slack ${fault.kind}`;
}

function twilioDown({ random, vendors, after }: Trouble): string {
  vendors.twilio.setDown(true);
  after(random.between(1, 90) * MINUTE, 'twilio is up', () => vendors.twilio.setDown(false));
  return 'twilio is down';
}

function slackDown({ random, vendors: { slack }, after }: Trouble): string {
  const forMs = random.between(1, 90) * MINUTE;
  const roll = random.next();
  if (roll < 0.4) {
    slack.setDown(true);
    after(forMs, 'slack is up', () => slack.setDown(false));
    return 'slack is down';
  }
  if (roll < 0.7) {
    slack.changeChannel(COUNSELORS, { isArchived: true });
    after(forMs, 'channel is back', () => slack.changeChannel(COUNSELORS, { isArchived: false }));
    return 'the counselors channel is archived';
  }
  slack.setAuthError('token_revoked');
  after(forMs, 'token is back', () => slack.setAuthError(null));
  return 'the token is revoked';
}

function crash(trouble: Trouble): string {
  const { random } = trouble;
  const place = random.between(1, 60);
  trouble.crash(place, random.chance(0.8) ? random.between(1, 20) * 1_000 : random.between(1, 40) * MINUTE);
  return `a crash is coming at place ${place}`;
}

function jump(trouble: Trouble): string {
  const { random } = trouble;
  const ms = random.chance(0.35) ? -HOUR : random.between(1, 26) * HOUR;
  trouble.jump(ms);
  return `the clock jumps ${ms / HOUR} h`;
}
