// A modal that was submitted → what was said in it, or what is wrong with it, in words under the input. What Slack
// sends is checked letter by letter; a view that is not ours is null.

import { z } from 'zod';
import { asCounselorId, asMenteeId } from '../../../core/model/ids.ts';
import { unreachable } from '../../../core/model/invariant.ts';
import { isClockTime, isLocalDate } from '../../../core/model/local-time.ts';
import { CHOSEN_REASONS } from '../../../core/model/pause.ts';
import { CASE_OUTCOMES, VERDICT_TIERS } from '../../../core/safety/escalation.ts';
import { KINDS } from '../../../core/safety/signal-schema.ts';
import { ACT, blockOfField, HANDLED_VIEWS, NEVER, NOBODY } from './action-ids.ts';
import { VERDICT_VALUES } from './case-words.ts';
import { readIds } from './modal-ids.ts';
import { exampleSource, readAct } from './read-act.ts';
import {
  choicesOf,
  type Fields,
  fieldsOf,
  good,
  knownTopics,
  type ReadSubmission,
  type SubmittedView,
  submittedView,
  wrong,
} from './read-fields.ts';
import { readMenteeUpdate } from './read-mentee-update.ts';

/** What was submitted, or null when it is not a modal of ours, or not as we made it. */
export function readSubmission(view: unknown): ReadSubmission {
  const read = submittedView.safeParse(view);
  if (!read.success) return null;
  const kind = HANDLED_VIEWS.find((known) => known === read.data.callback_id);
  if (kind === undefined) return null;
  const fields = fieldsOf(read.data);
  switch (kind) {
    case 'resolve_case':
      return readResolve(read.data, fields);
    case 'weekly_update':
      return readWeekly(read.data);
    case 'mentee_update':
      return readMenteeUpdate(read.data, fields);
    case 'pause_mentee':
      return readPause(read.data, fields);
    case 'revive_mentee':
      return readRevive(read.data, fields);
    case 'worried':
      return readWorried(fields);
    case 'away':
      return readAway(fields);
    case 'slot':
      return readSlot(fields);
    case 'on_call_override':
      return readOverride(fields);
    case 'safety_example':
      return readExample(read.data, fields);
    case 'flows_publish':
      return readPublish(fields);
    case 'flows_roll_back':
      return readRollBack(fields);
    default:
      return unreachable(kind);
  }
}

const outcome = z.enum(CASE_OUTCOMES);
const hours = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);
const id = z.string().regex(/^[\w.:~-]{1,120}$/);
const weekday = z
  .string()
  .regex(/^[1-7]$/)
  .transform(Number);

function readResolve(view: SubmittedView, fields: Fields): ReadSubmission {
  const { escalationId, seen } = readIds(view.private_metadata) ?? {};
  if (escalationId === undefined) return null;
  const how = outcome.safeParse(fields.option('outcome'));
  if (!how.success) return wrong('outcome', 'Please choose how it ended.');
  const chosenVerdict = fields.option('verdict') ?? '';
  const chosen = fields.option('resumeAfterHours');
  const after = hours.safeParse(chosen);
  if (chosen !== NEVER && !after.success) return wrong('resumeAfterHours', 'Please choose when nudges come back.');
  const said = Object.hasOwn(VERDICT_VALUES, chosenVerdict) ? VERDICT_VALUES[chosenVerdict] : undefined;
  return good({
    kind: 'resolve_case',
    escalationId,
    outcome: how.data,
    ...(said === undefined ? {} : { verdict: said }),
    resumeAfterHours: after.data ?? null,
    note: fields.text('note') ?? '',
    ...(seen === undefined ? {} : { seen }),
  });
}

const was = z.enum(['missed', 'false_page']);
const exampleTier = z.enum(VERDICT_TIERS);
const about = z.enum(KINDS);

function readExample(view: SubmittedView, fields: Fields): ReadSubmission {
  const source = exampleSource.safeParse(readIds(view.private_metadata)?.example ?? null);
  if (!source.success) return null;
  const words = fields.text('words');
  if (words === null) return wrong('words', 'Please write the words.');
  const what = was.safeParse(fields.option('was'));
  if (!what.success) return wrong('was', 'Please choose what went wrong.');
  const tier = exampleTier.safeParse(fields.option('tier'));
  if (!tier.success) return wrong('tier', 'Please choose how grave it is.');
  const kind = about.safeParse(fields.option('about'));
  if (!kind.success) return wrong('about', 'Please choose what it is about.');
  const said = { words, was: what.data, tier: tier.data, about: kind.data };
  return good({ kind: 'safety_example', source: source.data, ...said });
}

/** A row whose choice is strange is left out, so that it cannot take the others with it. */
function readWeekly(view: SubmittedView): ReadSubmission {
  const promptId = readIds(view.private_metadata)?.promptId;
  if (promptId === undefined) return null;
  const rows = choicesOf(view, ACT.setReached).flatMap((value) => {
    const act = readAct(ACT.setReached, value);
    return act?.kind === 'set_reached' && act.promptId === promptId
      ? [{ menteeId: act.menteeId, reached: act.reached }]
      : [];
  });
  return good({ kind: 'weekly_update', promptId, rows });
}

const pauseReason = z.enum([...CHOSEN_REASONS, 'end']);

function readPause(view: SubmittedView, fields: Fields): ReadSubmission {
  const menteeId = readIds(view.private_metadata)?.menteeId;
  if (menteeId === undefined) return null;
  const reason = pauseReason.safeParse(fields.option('reason'));
  if (!reason.success) return wrong('reason', 'Please choose why.');
  return good({ kind: 'pause_mentee', menteeId, reason: reason.data, untilOn: fields.date('untilOn') });
}

function readRevive(view: SubmittedView, fields: Fields): ReadSubmission {
  const menteeId = readIds(view.private_metadata)?.menteeId;
  if (menteeId === undefined) return null;
  const typed = fields.text('typed');
  return typed === null
    ? wrong('typed', 'Please type the whole name.')
    : good({ kind: 'revive_mentee', menteeId, typed });
}

function readWorried(fields: Fields): ReadSubmission {
  const who = id.safeParse(fields.option('menteeId'));
  if (!who.success) return wrong('menteeId', 'Please choose who it is about.');
  const now = fields.option('needsStaffNow');
  if (now !== 'now' && now !== 'look') return wrong('needsStaffNow', 'Please choose how soon somebody is needed.');
  return good({
    kind: 'worried',
    menteeId: who.data === NOBODY ? null : asMenteeId(who.data),
    worry: {
      topics: knownTopics(fields.options('topics')),
      needsStaffNow: now === 'now',
      note: fields.text('note') ?? '',
    },
  });
}

function readAway(fields: Fields): ReadSubmission {
  const from = fields.date('from');
  const until = fields.date('until');
  if (from === null || !isLocalDate(from)) return wrong('from', 'Please choose the first day.');
  if (until === null || !isLocalDate(until)) return wrong('until', 'Please choose the last day.');
  return good({ kind: 'away', from, until });
}

function readSlot(fields: Fields): ReadSubmission {
  const day = weekday.safeParse(fields.option('weekday'));
  if (!day.success) return wrong('weekday', 'Please choose a day.');
  const time = fields.time('minute') ?? '';
  if (!isClockTime(time)) return wrong('minute', 'Please choose a time.');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return good({ kind: 'slot', slot: { weekday: day.data, minute: hour * 60 + minute } });
}

function readOverride(fields: Fields): ReadSubmission {
  const who = id.safeParse(fields.option('counselorId'));
  if (!who.success) return wrong('counselorId', 'Please choose who stands in.');
  const long = hours.safeParse(fields.option('hours'));
  if (!long.success || long.data === 0) return wrong('hours', 'Please choose for how long.');
  return good({ kind: 'on_call_override', counselorId: asCounselorId(who.data), hours: long.data });
}

const revision = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);
const NO_WHY = 'Please write why, for the history.';

function readPublish(fields: Fields): ReadSubmission {
  const why = fields.text('why');
  return why === null ? wrong('why', NO_WHY) : good({ kind: 'flows_publish', why });
}

function readRollBack(fields: Fields): ReadSubmission {
  const to = revision.safeParse(fields.option('to'));
  if (!to.success) return wrong('to', 'Please choose a revision.');
  const why = fields.text('why');
  return why === null ? wrong('why', NO_WHY) : good({ kind: 'flows_roll_back', to: to.data, why });
}

const inputs = z.object({ blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })) });

/**
 * Errors by field, as the app gives them, → by block id, as Slack wants them. A field that has no input stands under
 * the first one, because Slack refuses an error that stands nowhere. Empty when the view has no input at all.
 */
export function errorsForView(view: unknown, errors: Readonly<Record<string, string>>): Record<string, string> {
  const read = inputs.safeParse(view);
  const ids = (read.success ? read.data.blocks : []).flatMap(({ type, block_id: blockId }) =>
    type === 'input' && blockId !== undefined ? [blockId] : [],
  );
  const placed: Record<string, string> = {};
  for (const [field, words] of Object.entries(errors)) {
    const own = blockOfField(field.split('.').at(-1) ?? field);
    const at = ids.includes(own) ? own : ids[0];
    if (at !== undefined) placed[at] = placed[at] === undefined ? words : `${placed[at]} ${words}`;
  }
  return placed;
}
