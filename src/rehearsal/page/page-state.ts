// What the page shows, as one plain JSON value made from the two vendors and the clock. Decides whose phone a text is
// on and who sees which view; how it looks is the browser's part.
//
// GET /api/state, and each `state` event of GET /api/stream, is this value (times are epoch milliseconds):
//
// {
//   clock, programNumber, phones, staffTexts, troubles,
//   summer: SummerState | null                          see summer.ts; null when nobody plays one
//   staffCalls: [{ id, to, name: string | null, words, at, pressed: ['1'] }]   calls to staff, oldest first
//   staff:    [{ id, name, role: 'counselor' | 'mentor' | 'staff' }],
//   channels: [{ id, name, kind: 'counselors' | 'staff', memberIds: [userId], messages: [MESSAGE] }],
//   people:   [PERSON]          one for each of `staff`, in the same order
//   channel:  { id, name, messages: [MESSAGE] }            the counselors' channel, flat: replies stand beside roots
//   directs:  [{ id, userId, name, messages: [MESSAGE] }]  all direct conversations, flat
// }
//
// MESSAGE {
//   ts, threadTs: ts | null, userId, name, isFromApp,
//   text,                       Slack's mrkdwn, with & < > escaped
//   blocks: [BLOCK],            Block Kit; a person's own words are a rich_text block, emoji { type: 'emoji', name, unicode }
//   files: [{ id, name, mimetype }], at, editedAt: at | null,
//   isBroadcast,                a reply that is shown in its channel too
//   replyCount, latestReplyAt: at | null,
//   replies: [MESSAGE]          oldest first; empty in the flat lists. `channels` and PERSON.direct hold roots and
// }                             broadcasts; a broadcast is thus listed twice: in the channel, and among its root's replies
//
// PERSON {
//   id, name, role, phone: string | null, isDeleted,
//   home: VIEW | null,          null until the home tab was opened and published
//   modals: [VIEW],             the stack, bottom first: the last one is seen, at most three
//   direct: { id, messages: [MESSAGE] } | null,            with the app; null until either side wrote
//   ephemerals: [{ id, channel, threadTs: ts | null, name, text, blocks: [BLOCK], at, from: 'command' | 'button' | 'app' }]
// }                             words that only this person sees, in the channel they were said in, oldest first
//
// VIEW {
//   id, type: 'modal' | 'home', callbackId, hash,
//   title, submit, close,       strings or null; no `submit` means that there is no such button
//   blocks: [BLOCK],            every block has its block_id, also where the app gave none
//   values: { [block_id]: { [action_id]: STATE } },        what each input shows now: what the app set, or was entered
//   errors: { [block_id]: string },                        what the house said about inputs at the last submission
//   trouble: string | null      one sentence when the last submission came to nothing
// }
//
// STATE is Slack's own: { type, value } of a plain_text_input; { type, selected_option: OPTION | null } of a
// static_select and radio_buttons; { type, selected_options: [OPTION] } of a multi_static_select and checkboxes;
// { type, selected_date: '2027-05-04' | null } of a datepicker; { type, selected_time: '17:00' | null } of a timepicker.

import type { JsonObject } from '../slack/held.ts';
import type { LocalSlack } from '../slack/local-slack.ts';
import type { StaffMember } from '../start-vendors.ts';
import { heardIn } from '../twilio/calls.ts';
import type { LocalTwilio } from '../twilio/local-twilio.ts';
import type { TwilioCall, TwilioMessage, TwilioState } from '../twilio/state.ts';
import { toChannels, toFlatMessages, toPerson } from './slack-state.ts';
import type { SummerState } from './summer.ts';

/** A mentee whose phone stands on the page. */
export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly language: string;
  /** One line about the person, for whoever tries the page. */
  readonly note: string;
  /** IANA name; Los Angeles when left out. */
  readonly timeZone?: string;
}

/** The town as it is written down at the start. */
export interface Town {
  readonly people: readonly Person[];
  readonly staff: readonly StaffMember[];
  readonly counselorChannel: string;
  /** Null when staff have no channel of their own. */
  readonly staffChannel: string | null;
  readonly programNumber: string;
  readonly timeZone: string;
}

/** Something that went wrong between vendor and house, in words. */
export interface Trouble {
  readonly id: number;
  readonly text: string;
}

/** Makes the page's state. `nextEventAt` is null when nothing is planned. */
export function toPageState(
  town: Town,
  vendors: { readonly twilio: LocalTwilio; readonly slack: LocalSlack },
  clock: { readonly now: number; readonly nextEventAt: number | null; readonly isMoving: boolean },
  told: { readonly troubles: readonly Trouble[]; readonly summer: SummerState | null },
): JsonObject {
  const twilio = vendors.twilio.state();
  const slack = vendors.slack.state();
  return {
    clock: { ...clock, timeZone: town.timeZone },
    programNumber: town.programNumber,
    phones: town.people.map((person) => toPhone(person, twilio)),
    staffTexts: twilio.messages
      .filter((message) => isForStaff(message, town))
      .map((message) => toStaffText(message, town)),
    staffCalls: twilio.calls.map((call) => toStaffCall(call, town)),
    staff: town.staff.map((member) => ({ id: member.slackUserId, name: member.name, role: member.role })),
    channels: toChannels(slack, town),
    people: town.staff.map((member) => toPerson(slack, member)),
    channel: {
      id: town.counselorChannel,
      name: slack.channels.find((channel) => channel.id === town.counselorChannel)?.name ?? 'counselors',
      messages: toFlatMessages(slack, town.counselorChannel),
    },
    directs: slack.channels
      .filter((channel) => channel.kind === 'im')
      .map((channel) => ({
        id: channel.id,
        userId: channel.userId,
        name: channel.name,
        messages: toFlatMessages(slack, channel.id),
      })),
    ...told,
  };
}

function toPhone(person: Person, twilio: TwilioState): JsonObject {
  return {
    ...person,
    timeZone: person.timeZone ?? 'America/Los_Angeles',
    isOptedOut: twilio.optedOut.includes(person.phone),
    messages: twilio.messages
      .filter((message) => message.from === person.phone || message.to === person.phone)
      .map((message) => toText(message)),
    refusals: twilio.refusals.filter((refusal) => refusal.to === person.phone),
  };
}

function toText(message: TwilioMessage): JsonObject {
  return {
    id: message.sid,
    isFromPhone: message.direction === 'inbound',
    isFromTwilio: message.direction === 'outbound-reply',
    body: message.body,
    at: message.createdAt,
    status: message.status,
    errorCode: message.errorCode,
    segments: message.segments,
  };
}

function isForStaff(message: TwilioMessage, town: Town): boolean {
  return message.direction !== 'inbound' && !town.people.some((person) => person.phone === message.to);
}

function toStaffText(message: TwilioMessage, town: Town): JsonObject {
  const member = town.staff.find((candidate) => candidate.phone === message.to);
  return { ...toText(message), to: message.to, name: member?.name ?? null };
}

function toStaffCall(call: TwilioCall, town: Town): JsonObject {
  const member = town.staff.find((candidate) => candidate.phone === call.to);
  const { sid: id, to, pressed, createdAt: at } = call;
  return { id, to, name: member?.name ?? null, words: heardIn(call), at, pressed: [...pressed] };
}
