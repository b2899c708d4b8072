// What the house asks Slack about by itself, because events may never come (SL-12, SL-24). Reads only.

import type { SlackStanding } from '../../core/model/people.ts';
import type { InboundMessage } from './messages.ts';
import type { ThreadMessage } from './staff-room.ts';

export interface SlackReader {
  /**
   * What people wrote in the thread of this post (Slack's `channel:ts`) since a moment (epoch milliseconds), oldest first,
   * read as the events are; null when Slack could not be asked to the end. Never throws.
   */
  threadMessages(providerId: string, since: number): Promise<readonly ThreadMessage[] | null>;
  /** What this person wrote to the bot in a direct message since a moment, oldest first; null as above. Never throws. */
  directMessages(slackUserId: string, since: number): Promise<readonly InboundMessage[] | null>;
  /**
   * How these people stand in the workspace; whom it does not know is left out. Null when Slack could not be asked to the
   * end. Never throws. Asked one by one: the list of a whole university's workspace would never come to its end.
   */
  standings(
    slackUserIds: readonly string[],
  ): Promise<readonly { readonly slackUserId: string; readonly standing: SlackStanding }[] | null>;
}
