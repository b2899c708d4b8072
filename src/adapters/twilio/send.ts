// Sends texts through Twilio's Messages API, and looks a doubtful one up in its list. Decides nothing.

import type { Twilio } from 'twilio';
import type { SmsSender } from '../../app/ports/senders.ts';
import { codeOfFailure, outcomeOfFailure } from './failure.ts';
import { sameText } from './same-text.ts';

export interface SendSettings {
  readonly messagingServiceSid: string;
  readonly publicBaseUrl: string;
}

/** How many of the newest texts to a number are compared in a look-up. */
const LOOKUP_LIMIT = 50;
/** Twilio's clock and ours may differ by this much. */
const CLOCK_SLACK_MS = 120_000;
/** Twilio knows no such message. */
const NOT_FOUND = '20404';

/** The SmsSender of the relay. Each send carries its own StatusCallback with the outbound id (platforms finding 3). */
export function createSmsSender(
  client: Twilio,
  settings: SendSettings,
  onLookupFailure: (code: string) => void,
): SmsSender {
  return {
    async send(text) {
      try {
        const message = await client.messages.create({
          to: text.to,
          messagingServiceSid: settings.messagingServiceSid,
          body: text.body,
          statusCallback: `${settings.publicBaseUrl}/twilio/status?outbound=${encodeURIComponent(text.outboundId)}`,
          ...(text.validitySeconds === null ? {} : { validityPeriod: text.validitySeconds }),
        });
        return { kind: 'accepted', providerId: message.sid, status: message.status };
      } catch (error) {
        return outcomeOfFailure(error);
      }
    },
    async find(text) {
      try {
        const sent = await client.messages.list({ to: text.to, limit: LOOKUP_LIMIT });
        const match = sent.find(
          (message) =>
            !text.knownIds.includes(message.sid) &&
            message.direction !== 'inbound' &&
            message.dateCreated.getTime() >= text.since - CLOCK_SLACK_MS &&
            sameText(message.body, text.body),
        );
        return match === undefined
          ? { kind: 'absent' }
          : { kind: 'found', providerId: match.sid, status: match.status };
      } catch (error) {
        onLookupFailure(codeOfFailure(error));
        return { kind: 'unreachable' };
      }
    },
    async statusOf(providerId) {
      try {
        const message = await client.messages(providerId).fetch();
        return { kind: 'found', providerId, status: message.status };
      } catch (error) {
        const outcome = outcomeOfFailure(error);
        // Any other refusal (a dead account, say) tells nothing about the text.
        return outcome.kind === 'rejected' && outcome.code === NOT_FOUND ? { kind: 'absent' } : { kind: 'unreachable' };
      }
    },
  };
}
