// Nobody reads what is not theirs: crisis words never reach a mentor, and no mentee or mentor reads of another's mentee.

import type { SlackMessage } from '../../../src/rehearsal/slack/state.ts';
import type { TwilioMessage } from '../../../src/rehearsal/twilio/state.ts';
import type { TownMentee } from '../town.ts';
import { isCrisis } from '../words.ts';
import { accuse, type Witness } from './witness.ts';

/** Looks at texts from the `from`-th on; gives how many there are now. */
export function checkTexts(witness: Witness, from: number): number {
  const { town, twilio } = witness.scene;
  const { messages } = twilio.state();
  for (const message of messages.slice(from)) if (message.direction === 'outbound-api') checkText(witness, message);
  for (const message of messages.slice(from)) {
    const isMentor = town.mentors.some(({ phone }) => phone === message.to);
    if (message.direction === 'outbound-api' && isMentor && isCrisis(message.body))
      accuse(witness, 'leak', 'crisis words to a mentor');
  }
  return messages.length;
}

function checkText(witness: Witness, { to, body }: TwilioMessage): void {
  for (const mentee of witness.scene.town.mentees) {
    if (mentee.phone !== to && namesOf(mentee).some((name) => body.includes(name))) {
      accuse(witness, 'leak', `a text to ${to} names ${mentee.firstName}`);
    }
  }
}

/** Looks at posts from the `from`-th on; gives how many there are now. */
export function checkPosts(witness: Witness, from: number): number {
  const { messages, channels } = witness.scene.slack.state();
  const mentorOf = new Map(witness.scene.town.mentors.map((mentor) => [mentor.slackUserId, mentor]));
  for (const message of messages.slice(from)) {
    const channel = channels.find(({ id }) => id === message.channel);
    const mentor = channel?.kind === 'im' ? mentorOf.get(channel.userId) : undefined;
    if (mentor === undefined || message.botId === null) continue;
    checkPost(witness, message, mentor.slackUserId);
  }
  return messages.length;
}

function checkPost(witness: Witness, message: SlackMessage, mentorId: string | null): void {
  const said = JSON.stringify([message.text, message.blocks]);
  if (isCrisis(said)) accuse(witness, 'leak', 'crisis words to a mentor in Slack');
  for (const mentee of witness.scene.town.mentees) {
    const isTheirs = mentee.mentor?.slackUserId === mentorId;
    if (!isTheirs && namesOf(mentee).some((name) => said.includes(name)))
      accuse(witness, 'leak', `a mentor reads of ${mentee.firstName}`);
  }
}

function namesOf({ firstName, lastName }: TownMentee): readonly string[] {
  return [firstName, lastName];
}
