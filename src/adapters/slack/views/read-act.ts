// A press in Slack → what the person wants done or shown. What Slack sends is checked letter by letter; whatever is
// strange is null, and nothing is done for it.

import { z } from 'zod';
import type { ExampleSource, ModalAsk, StaffAct } from '../../../app/ports/staff-room.ts';
import { asEscalationId, asInboundId, asMenteeId, asMentorPromptId, asOutboundId } from '../../../core/model/ids.ts';
import { REACHED } from '../../../core/model/weekly-update.ts';
import { ACT, ASK, CALL_RESULTS, splitIds, splitList, VERDICTS } from './action-ids.ts';

/** Where a press came from: `view` of the payload, when it stood in one. */
export interface PressedView {
  readonly type?: string | undefined;
}

const id = z.string().regex(/^[\w.:~-]{1,120}$/);
const key = z.string().min(1).max(2_000);
const reached = z.enum(REACHED);

const escalationId = id.transform(asEscalationId);
const outboundId = id.transform(asOutboundId);
const inboundId = id.transform(asInboundId);
const promptId = id.transform(asMentorPromptId);
const menteeId = id.transform(asMenteeId);

/** What an example is written after, as `subjectOf` writes it. */
export const exampleSource = z.union([
  z.literal('').transform((): ExampleSource => ({ kind: 'own' })),
  z
    .templateLiteral(['case/', id])
    .transform((read): ExampleSource => ({ kind: 'case', escalationId: asEscalationId(read.slice('case/'.length)) })),
  z
    .templateLiteral(['text/', id])
    .transform((read): ExampleSource => ({ kind: 'text', inboundId: asInboundId(read.slice('text/'.length)) })),
]);

const pressed = z.object({
  action_id: z.string(),
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

/** Name and value of an element that was pressed or chosen from; null when it is neither. */
export function readPress(action: unknown): { readonly actionId: string; readonly value: string } | null {
  const read = pressed.safeParse(action);
  if (!read.success) return null;
  const { action_id: actionId, value, selected_option: selected } = read.data;
  return { actionId, value: selected?.value ?? value ?? '' };
}

/** The act of a press, or null when it is none, or its value is not what we wrote. */
export function readAct(actionId: string, value: string): StaffAct | null {
  switch (actionId) {
    case ACT.acknowledge:
    case ACT.takeOver:
    case ACT.release:
    case ACT.stillOnIt:
    case ACT.reopen:
    case ACT.resumeNudges:
      return take(escalationId, value, (read) => ({ kind: actionId, escalationId: read }));
    case ACT.reportPhoned:
    case ACT.reportWritten:
      return take(escalationId, value, (read) => ({
        kind: 'report_made',
        escalationId: read,
        report: actionId === ACT.reportPhoned ? 'phone' : 'written',
      }));
    case ACT.resend:
      return take(outboundId, value, (read) => ({ kind: 'resend', outboundId: read }));
    case ACT.closeTodo:
      return take(key, value, (todoKey) => ({ kind: 'close_todo', todoKey }));
    case ACT.neededPage:
      return take(inboundId, value, (read) => ({ kind: 'needed_page', inboundId: read }));
    case ACT.markRead:
      return take(inboundId, value, (read) => ({ kind: 'mark_read', inboundId: read }));
    case ACT.markAllRead:
      return take(z.array(inboundId), splitList(value), (inboundIds) => ({ kind: 'mark_all_read', inboundIds }));
    case ACT.setReached:
      return take(z.tuple([promptId, menteeId, reached]), splitIds(value), ([prompt, mentee, word]) => ({
        kind: 'set_reached',
        promptId: prompt,
        menteeId: mentee,
        reached: word,
      }));
    case ACT.sameForAll:
      return take(z.tuple([promptId, reached]), splitIds(value), ([prompt, word]) => ({
        kind: 'same_for_all',
        promptId: prompt,
        reached: word,
      }));
    case ACT.back:
    case ACT.clearOverride:
      return { kind: actionId };
    default:
      return readCall(actionId, value) ?? readVerdict(actionId, value);
  }
}

function readCall(actionId: string, value: string): StaffAct | null {
  const result = Object.hasOwn(CALL_RESULTS, actionId) ? CALL_RESULTS[actionId] : undefined;
  if (result === undefined) return null;
  return take(escalationId, value, (read) => ({ kind: 'log_call', escalationId: read, reached: result }));
}

function readVerdict(actionId: string, value: string): StaffAct | null {
  const verdict = Object.hasOwn(VERDICTS, actionId) ? VERDICTS[actionId] : undefined;
  if (verdict === undefined) return null;
  return take(escalationId, value, (read) => ({ kind: 'give_verdict', escalationId: read, verdict }));
}

/** A modal that was asked for. From inside a modal it is pushed on top of it. */
export interface AskedModal {
  readonly ask: ModalAsk;
  readonly how: 'open' | 'push';
}

/** The modal that a press asks for, or null when it asks for none. */
export function readModalAsk(actionId: string, value: string, view?: PressedView | null): AskedModal | null {
  const ask = readAsk(actionId, value);
  return ask === null ? null : { ask, how: view?.type === 'modal' ? 'push' : 'open' };
}

function readAsk(actionId: string, value: string): ModalAsk | null {
  if (actionId === ASK.openAgain) {
    const [kind = '', ...subject] = splitIds(value);
    return askOf(kind, subject.join('/'));
  }
  return askOf(actionId === ASK.resolveCase ? 'resolve_case' : actionId, value);
}

/** A modal by its kind and the id it is about, as `subjectOf` writes it; null when there is no such modal. */
export function askOf(kind: string, subject: string): ModalAsk | null {
  switch (kind) {
    case 'case_details':
    case 'case_call':
    case 'resolve_case':
      return take(escalationId, subject, (read) => ({ kind, escalationId: read }));
    case 'weekly_update':
      return take(promptId, subject, (read) => ({ kind, promptId: read }));
    case 'mentee_update':
      return take(z.tuple([promptId, menteeId]), splitIds(subject), ([prompt, mentee]) => ({
        kind,
        promptId: prompt,
        menteeId: mentee,
      }));
    case 'pause_mentee':
      return take(menteeId, subject, (read) => ({ kind, menteeId: read }));
    case 'safety_example':
      return take(exampleSource, subject, (source) => ({ kind, source }));
    case 'worried':
    case 'away':
    case 'slot':
    case 'on_call_override':
    case 'flows_publish':
    case 'flows_roll_back':
      return { kind };
    default:
      return null;
  }
}

function take<Read, Made>(schema: z.ZodType<Read>, value: unknown, make: (read: Read) => Made): Made | null {
  const read = schema.safeParse(value);
  return read.success ? make(read.data) : null;
}
