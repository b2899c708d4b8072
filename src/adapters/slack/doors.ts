// What Slack's door needs of the house: one function for each kind of thing that a person or Slack itself does.

import type { Act } from '../../app/act.ts';
import type { AnswerCommand } from '../../app/answer-command.ts';
import type { NoteSlackPerson } from '../../app/note-slack-person.ts';
import type { NoteThreadChange } from '../../app/note-thread-change.ts';
import type { OfferAgain, OpenModal } from '../../app/open-modal.ts';
import type { Log } from '../../app/ports/log.ts';
import type { InboundMessage } from '../../app/ports/messages.ts';
import type { ReceiveThreadMessage } from '../../app/receive-thread-message.ts';
import type { ShowHome } from '../../app/show-home.ts';
import type { SubmitModal } from '../../app/submit-modal.ts';
import type { BotIdentity } from './identity.ts';

export interface SlackDoors {
  readonly act: Act;
  readonly openModal: OpenModal;
  readonly offerAgain: OfferAgain;
  readonly submitModal: SubmitModal;
  readonly showHome: ShowHome;
  readonly answerCommand: AnswerCommand;
  readonly receiveMessage: (message: InboundMessage) => Promise<void>;
  readonly receiveThreadMessage: ReceiveThreadMessage;
  readonly noteThreadChange: NoteThreadChange;
  readonly noteSlackPerson: NoteSlackPerson;
  /** The app was uninstalled or its token revoked (SL-22): `reason` is Slack's name of the event. */
  readonly noteInstallationGone: (reason: string) => Promise<void>;
  /** A channel became shared or its members changed: what was known of it is asked anew (SL-25). */
  readonly forgetChannel: (slackChannelId: string) => void;
  /** Who the bot is, from the stored answer; null when Slack was never asked with success. */
  readonly identity: () => BotIdentity | null;
  readonly log: Log;
}
