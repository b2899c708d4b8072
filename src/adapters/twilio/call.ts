// Phones a counselor through Twilio's Calls API. What is said goes along with the request, so that a call under way
// speaks even while the house is down; only the key that is pressed comes back to it.

import type { Twilio } from 'twilio';
import type { CallSender } from '../../app/ports/senders.ts';
import { outcomeOfFailure } from './failure.ts';
import { askForKey } from './voice.ts';

export interface CallSettings {
  readonly messagingServiceSid: string;
  readonly publicBaseUrl: string;
}

/** A phone rings so long; after that most of them answer by machine, which presses nothing. */
const RING_SECONDS = 40;
const CAN_CALL = 'voice';
const MOST_NUMBERS = 50;

/** The CallSender of the relay. A call comes from the first number of the Messaging Service that can make calls. */
export function createCallSender(client: Twilio, settings: CallSettings): CallSender {
  let from: string | null = null;
  const numberToCallFrom = async (): Promise<string | null> => {
    const { phoneNumbers } = client.messaging.v1.services(settings.messagingServiceSid);
    const numbers = await phoneNumbers.list({ limit: MOST_NUMBERS });
    const able = numbers.find(({ capabilities }) => capabilities.some((name) => name.toLowerCase() === CAN_CALL));
    return able?.phoneNumber ?? null;
  };
  return {
    async call({ outboundId, to, words }) {
      try {
        from ??= await numberToCallFrom();
      } catch {
        // Nobody was phoned: certainly not sent, whatever the list came to.
        return { kind: 'not_sent', afterMs: null, code: 'no_number_list' };
      }
      if (from === null) return { kind: 'rejected', problem: 'route_closed', code: 'no_number_for_calls' };
      const about = `outbound=${encodeURIComponent(outboundId)}`;
      try {
        const call = await client.calls.create({
          to,
          from,
          twiml: askForKey(words, `${settings.publicBaseUrl}/twilio/voice/ack?${about}`),
          timeout: RING_SECONDS,
          statusCallback: `${settings.publicBaseUrl}/twilio/voice/status?${about}`,
        });
        return { kind: 'accepted', providerId: call.sid, status: call.status };
      } catch (error) {
        // The number may be gone from the service by now: the next call asks anew.
        from = null;
        return outcomeOfFailure(error);
      }
    },
  };
}
