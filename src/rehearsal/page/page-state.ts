// What the page shows, as one plain JSON value made from the two vendors and the clock. Decides whose phone a text is
// on; how it looks is the browser's part.

import type { LocalSlack } from '../slack/local-slack.ts';
import type { JsonObject, SlackMessage, SlackState } from '../slack/state.ts';
import type { StaffMember } from '../start-vendors.ts';
import type { LocalTwilio } from '../twilio/local-twilio.ts';
import type { TwilioMessage, TwilioState } from '../twilio/state.ts';

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
  troubles: readonly Trouble[],
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
    staff: town.staff.map((member) => ({ id: member.slackUserId, name: member.name, role: member.role })),
    channel: {
      id: town.counselorChannel,
      name: slack.channels.find((channel) => channel.id === town.counselorChannel)?.name ?? 'counselors',
      messages: toChannelMessages(slack, town.counselorChannel),
    },
    directs: slack.channels
      .filter((channel) => channel.kind === 'im')
      .map((channel) => ({
        id: channel.id,
        userId: channel.userId,
        name: channel.name,
        messages: toChannelMessages(slack, channel.id),
      })),
    troubles,
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

function toChannelMessages(slack: SlackState, channel: string): readonly JsonObject[] {
  return slack.messages
    .filter((message) => message.channel === channel)
    .map((message) => toSlackMessage(slack, message));
}

function toSlackMessage(slack: SlackState, message: SlackMessage): JsonObject {
  return {
    ts: message.ts,
    threadTs: message.threadTs,
    isFromApp: message.botId !== null,
    name: slack.users.find((user) => user.id === message.userId)?.name ?? message.userId,
    text: message.text,
    blocks: message.blocks,
    at: Number(message.ts) * 1000,
    editedAt: message.editedTs === null ? null : Number(message.editedTs) * 1000,
  };
}
