// Values of everything that is shown in Slack, for properties: every word of a person has MARK in it, so that a test can
// say where it stands, and is as nasty, long or right-to-left as people's words can be.

import fc from 'fast-check';
import type { AlertCard, StaffMessage } from '../../../src/app/ports/messages.ts';
import type { CommandAnswer, ExampleSource, Home, Modal } from '../../../src/app/ports/staff-room.ts';
import {
  asCounselorId,
  asEscalationId,
  asInboundId,
  asMenteeId,
  asMentorPromptId,
  asOutboundId,
} from '../../../src/core/model/ids.ts';
import { PAUSE_REASONS } from '../../../src/core/model/pause.ts';
import {
  CONTACT_LENGTHS,
  CONTACT_MODES,
  type MenteeUpdate,
  REACHED,
  UPDATE_TOPICS,
  WIN_SHARING,
} from '../../../src/core/model/weekly-update.ts';
import { CASE_OUTCOMES } from '../../../src/core/safety/escalation.ts';
import { REPORT_KINDS } from '../../../src/core/safety/mandated-report.ts';
import { TEXT_SAFETY } from '../../../src/core/safety/text-safety.ts';

/** No id can hold it: a dot in the middle is none of their letters. */
export const MARK = 'Qz·x';
export const ID = /^[\w-]{21}$/;

const PIECES = [
  '<!channel> <@U0DANA0001> <https://evil.example|your bank> *bold* _it_ `code` &lt; & >',
  'مرحبا بالعالم',
  '‏שלום עולם‏',
  '👩‍👩‍👧‍👦👩🏽‍🎓🇺🇸',
  `e${'\u0301'.repeat(40)}`,
  '\u202eabc\u2067',
  'Maya',
  '\n\t ',
  'x'.repeat(3_000),
  ':fire: @here #general',
];

/** A person's words. */
export const words = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 30 })), { maxLength: 4 }),
  )
  .map(([parts]) => MARK + parts.join(' '));
const id = fc.stringMatching(/^[A-Za-z0-9_-]{21}$/);
const menteeId = id.map(asMenteeId);
const promptId = id.map(asMentorPromptId);
const escalationId = id.map(asEscalationId);
const at = fc.integer({ min: 1_750_000_000_000, max: 1_900_000_000_000 });
const on = fc.integer({ min: 20_000, max: 22_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const count = fc.nat({ max: 400 });
const timeZone = fc.constantFrom('America/Los_Angeles', 'America/Chicago', 'Europe/Athens', 'Not/AZone');
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const many = <T>(value: fc.Arbitrary<T>, maxLength = 70) => fc.array(value, { maxLength, size: 'max' });
const reached = fc.constantFrom(...REACHED);
const topics = fc
  .uniqueArray(fc.constantFrom(...UPDATE_TOPICS))
  .map((chosen) => UPDATE_TOPICS.filter((topic) => chosen.includes(topic)));
const line = fc.record({ label: words, text: words });
const slot = fc.record({ weekday: fc.constantFrom(5, 6, 7, 1), minute: fc.nat({ max: 1_439 }) });
const caseCode = fc.stringMatching(/^[A-Z2-9]{4}$/);

/** People of a list: their ids differ. */
const byId = <T extends { readonly menteeId: string }>(value: fc.Arbitrary<T>, maxLength = 70) =>
  fc.uniqueArray(value, { selector: (one) => one.menteeId, maxLength, size: 'max' });

const alert: fc.Arbitrary<AlertCard> = fc.record({
  kind: fc.constant('alert' as const),
  escalationId,
  caseCode,
  firstName: words,
  tier: fc.constantFrom('crisis' as const, 'high' as const, 'moderate' as const),
  words: many(words, 20),
  answered: words,
  openedAt: at,
  round: count,
  state: fc.constantFrom('open' as const, 'acknowledged' as const, 'handed_off' as const, 'resolved' as const),
  acknowledgedBy: perhaps(words),
  acknowledgedAt: perhaps(at),
  heldBy: perhaps(words),
  released: fc.boolean(),
  unansweredSince: perhaps(at),
  nextPaged: perhaps(fc.record({ name: words, at })),
  resolvedBy: perhaps(words),
  outcome: perhaps(fc.constantFrom(...CASE_OUTCOMES)),
  nudgesResumeAt: perhaps(at),
  textSafety: perhaps(fc.constantFrom(...TEXT_SAFETY)),
  cannotText: perhaps(words),
  duty: perhaps(
    fc.record({
      age: fc.constantFrom('under_18' as const, 'unknown' as const),
      since: at,
      writtenDueAt: at,
      agency: perhaps(words),
      written: perhaps(words),
      reports: many(fc.record({ report: fc.constantFrom(...REPORT_KINDS), by: words, at }), 9),
    }),
  ),
  wordsRemovedAt: perhaps(at),
  isDrill: fc.boolean(),
  timeZone,
});

const RELAY_STATES = [
  'internal',
  'queued',
  'sent',
  'delivered',
  'not_delivered',
  'unknown',
  'not_sent',
  'already_sent',
] as const;

export const messages: Readonly<Record<StaffMessage['kind'], fc.Arbitrary<StaffMessage>>> = {
  alert,
  notice: fc.record({ kind: fc.constant('notice' as const), title: words, lines: many(line, 20) }),
  case_text: fc.record({
    kind: fc.constant('case_text' as const),
    caseCode,
    firstName: words,
    text: words,
    tier: fc.constantFrom('crisis' as const, 'high' as const, 'moderate' as const, 'none' as const),
  }),
  mentor_words: fc.record({
    kind: fc.constant('mentor_words' as const),
    caseCode,
    title: words,
    text: fc.oneof(words, fc.constant('')),
  }),
  relayed_text: fc.record({ kind: fc.constant('relayed_text' as const), from: words, text: words }),
  relay_state: fc.record({
    kind: fc.constant('relay_state' as const),
    state: fc.constantFrom(...RELAY_STATES),
    text: fc.oneof(words, fc.constant('')),
    reason: fc.oneof(words, fc.constant('')),
    resend: perhaps(id.map(asOutboundId)),
  }),
  case_question: fc.record({
    kind: fc.constant('case_question' as const),
    escalationId,
    caseCode,
    firstName: words,
    question: fc.constantFrom('still_on_it' as const, 'release' as const),
    name: words,
  }),
  weekly_prompt: fc.record({
    kind: fc.constant('weekly_prompt' as const),
    promptId,
    firstName: words,
    weekOn: on,
    stage: fc.constantFrom('prompted' as const, 'reminded' as const, 'last_called' as const),
    answered: count,
    total: count,
    isClosed: fc.boolean(),
  }),
  weekly_summary: fc.record({
    kind: fc.constant('weekly_summary' as const),
    weekOn: on,
    asked: count,
    answered: count,
    partial: many(words),
    missing: many(fc.record({ name: words, missesInARow: count })),
    excused: many(fc.record({ name: words, why: words })),
    worries: count,
    needs: many(fc.record({ mentor: words, mentee: words, text: words }), 30),
    wins: many(
      fc.record({ mentee: words, text: words, sharing: fc.oneof(fc.constantFrom(...WIN_SHARING), words) }),
      30,
    ),
    winsKeptPrivate: count,
  }),
  todo: fc.record({
    kind: fc.constant('todo' as const),
    todoKey: id,
    title: words,
    detail: fc.oneof(words, fc.constant('')),
    closedBy: perhaps(words),
  }),
  open_again: fc.record({
    kind: fc.constant('open_again' as const),
    ask: fc.oneof(
      fc.record({
        modal: fc.constantFrom('worried', 'away', 'slot', 'on_call_override', 'of_an_older_version'),
        subject: fc.constant(''),
      }),
      fc.record({ modal: fc.constantFrom('case_details', 'weekly_update', 'case_call', 'resolve_case'), subject: id }),
      fc.record({ modal: fc.constant('mentee_update'), subject: fc.tuple(id, id).map((ids) => ids.join('/')) }),
    ),
  }),
  texts_digest: fc.record({
    kind: fc.constant('texts_digest' as const),
    on,
    texts: many(fc.record({ inboundId: id.map(asInboundId), from: words, text: words })),
    more: count,
  }),
  safety_review: fc.record({
    kind: fc.constant('safety_review' as const),
    on,
    verdicts: fc.record({ real: count, falseAlarm: count, wrongTier: count, none: count }),
    judged: many(
      fc.record({
        escalationId,
        caseCode,
        tier: fc.constantFrom('crisis' as const, 'high' as const),
        shouldBe: perhaps(fc.constantFrom('crisis' as const, 'high' as const, 'moderate' as const)),
        signals: many(fc.constantFrom('want-to-die', 'second-net', 'ex-3'), 12),
        words: many(words, 6),
      }),
    ),
    misses: many(
      fc.record({ inboundId: id.map(asInboundId), by: fc.constantFrom('person' as const, 'worry' as const), at }),
    ),
    examplesAdded: count,
    timeZone,
  }),
};

/** Words as the ledger keeps them: trimmed, not empty, no longer than an input takes. */
const note = words.map((text) => text.slice(0, 2_999).toWellFormed().trim());
const worry = fc.record({ topics, needsStaffNow: fc.boolean(), note: fc.oneof(note, fc.constant('')) });

export const menteeUpdate: fc.Arbitrary<MenteeUpdate> = fc.record({
  reached,
  mode: perhaps(fc.constantFrom(...CONTACT_MODES)),
  length: perhaps(fc.constantFrom(...CONTACT_LENGTHS)),
  topics,
  wellbeing: perhaps(fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const)),
  worry: perhaps(worry),
  nextStep: perhaps(note),
  nextStepOn: perhaps(on),
  needFromStaff: perhaps(note),
  win: perhaps(fc.record({ text: note, sharing: fc.constantFrom(...WIN_SHARING) })),
});

const task = fc.record({ key: id, title: words, isStuck: fc.boolean() });

export const modals: { readonly [Kind in Modal['kind']]: fc.Arbitrary<Extract<Modal, { kind: Kind }>> } = {
  word: fc.record({ kind: fc.constant('word' as const), title: words, text: words }),
  case_details: fc.record({
    kind: fc.constant('case_details' as const),
    escalationId,
    caseCode,
    firstName: words,
    messages: many(
      fc.record({ from: fc.constantFrom('mentee' as const, 'bot' as const, 'staff' as const), at, text: words }),
      150,
    ),
    contacts: perhaps(many(line, 12)),
    timeZone,
  }),
  case_call: fc.record({
    kind: fc.constant('case_call' as const),
    escalationId,
    caseCode,
    firstName: words,
    phone: perhaps(fc.constantFrom('+12135550121', '+4930123456')),
    theirTime: perhaps(fc.constant('7:40 pm (Chicago)')),
    contacts: perhaps(many(line, 12)),
    cannotText: perhaps(words),
  }),
  resolve_case: fc.record({
    kind: fc.constant('resolve_case' as const),
    escalationId,
    caseCode,
    firstName: words,
    tier: fc.constantFrom('crisis' as const, 'high' as const),
    resumeAfterHours: fc.nat({ max: 400 }),
    seen: fc.tuple(count, at).map((mark) => mark.join('.')),
  }),
  weekly_update: fc.record({
    kind: fc.constant('weekly_update' as const),
    promptId,
    weekOn: on,
    rows: byId(fc.record({ menteeId, name: words, hint: words, reached: perhaps(reached), worried: fc.boolean() }), 95),
    isClosed: fc.boolean(),
    revision: count,
  }),
  mentee_update: fc.record({
    kind: fc.constant('mentee_update' as const),
    promptId,
    menteeId,
    firstName: words,
    update: perhaps(menteeUpdate),
    lastMode: perhaps(fc.constantFrom(...CONTACT_MODES)),
    tasks: fc.uniqueArray(task, { selector: ({ key }) => key, maxLength: 30, size: 'max' }),
  }),
  pause_mentee: fc.record({
    kind: fc.constant('pause_mentee' as const),
    menteeId,
    name: words,
    current: perhaps(fc.record({ reason: fc.constantFrom(...PAUSE_REASONS), until: perhaps(at), setBy: words, at })),
    timeZone,
  }),
  revive_mentee: fc.record({ kind: fc.constant('revive_mentee' as const), menteeId, name: words }),
  worried: fc.record({
    kind: fc.constant('worried' as const),
    mentees: byId(fc.record({ menteeId, name: words }), 130),
  }),
  away: fc.record({ kind: fc.constant('away' as const), from: perhaps(on), until: perhaps(on) }),
  slot: fc.record({ kind: fc.constant('slot' as const), slot, timeZone }),
  on_call_override: fc.record({
    kind: fc.constant('on_call_override' as const),
    counselors: fc.uniqueArray(fc.record({ counselorId: id.map(asCounselorId), name: words }), {
      selector: (one) => one.counselorId,
      maxLength: 120,
      size: 'max',
    }),
    current: perhaps(fc.record({ name: words, until: at })),
    timeZone,
  }),
  safety_example: fc.record({
    kind: fc.constant('safety_example' as const),
    source: fc.oneof(
      fc.constant<ExampleSource>({ kind: 'own' }),
      escalationId.map((one): ExampleSource => ({ kind: 'case', escalationId: one })),
      id.map((one): ExampleSource => ({ kind: 'text', inboundId: asInboundId(one) })),
    ),
    originals: many(words, 8),
    was: fc.constantFrom('missed' as const, 'false_page' as const),
    tier: fc.constantFrom('crisis' as const, 'high' as const, 'moderate' as const),
  }),
  flows_publish: fc.record({
    kind: fc.constant('flows_publish' as const),
    lines: many(line, 130),
    canPublish: fc.boolean(),
  }),
  flows_roll_back: fc.record({
    kind: fc.constant('flows_roll_back' as const),
    revisions: fc.uniqueArray(fc.record({ revision: fc.integer({ min: 1, max: 9_999 }), words }), {
      selector: ({ revision }) => revision,
      minLength: 1,
      maxLength: 5,
    }),
  }),
};

const card = fc.record({
  menteeId,
  name: words,
  college: words,
  openTasks: many(words, 6),
  callToday: many(words, 3),
  lastTextAt: perhaps(at),
  lastUpdate: perhaps(fc.record({ on, reached })),
  note: perhaps(words),
});

export const home: fc.Arbitrary<Home> = fc.record({
  mentor: perhaps(
    fc.record({
      firstName: words,
      update: perhaps(fc.record({ promptId, weekOn: on, answered: count, total: count })),
      mentees: byId(card),
      away: perhaps(fc.record({ from: on, until: on })),
      slot,
    }),
  ),
  counselor: perhaps(
    fc.record({
      cases: many(
        fc.record({
          escalationId,
          caseCode,
          firstName: words,
          tier: fc.constantFrom('crisis' as const, 'high' as const),
          standing: words,
          openedAt: at,
        }),
      ),
      onCallNow: perhaps(words),
      onCallNext: many(words, 9),
      override: perhaps(fc.record({ name: words, until: at })),
    }),
  ),
  staff: perhaps(
    fc.record({
      todos: many(fc.record({ todoKey: id, title: words, detail: words, at })),
      unanswered: many(fc.record({ name: words, answered: count, total: count, missesInARow: count })),
      failedSends: many(fc.record({ to: words, what: words, why: words, at })),
      failedTotal: count,
      unprocessed: many(fc.record({ from: words, text: words, at })),
      unread: many(fc.record({ inboundId: id.map(asInboundId), from: words, text: words, at })),
      unreadTotal: count,
    }),
  ),
  drawnAt: at,
  timeZone,
});

export const commandAnswer: fc.Arbitrary<CommandAnswer> = fc.record({ title: words, lines: many(line, 80) });
