// Carries what the local Twilio hands out to the house over HTTP: texts with Twilio's one retry, and status callbacks
// when they are due, in order.

import { type Delivery, deliver, isTaken } from '../wire/deliver.ts';
import type { HouseRequest } from '../wire/exchange.ts';
import type { InboundText } from './inbound.ts';
import type { LocalTwilio } from './local-twilio.ts';

/** Twilio waits 15 s for a webhook's answer. */
const WEBHOOK_TIMEOUT_MS = 15_000;

const LOST: Delivery = { kind: 'unreachable', reason: 'Twilio loses its webhooks just now' };

/** A running carrier. */
export interface TwilioCarrier {
  /** Sends a text to the house and tells what came of it; a house that fails is asked once more. */
  sendText(text: InboundText): Promise<Delivery>;
  /** Posts a prepared request as it is, without a retry. */
  post(request: HouseRequest): Promise<Delivery>;
  /** Stops the timer. What is on its way still arrives. */
  stop(): void;
}

/** Starts to carry. `onTrouble` hears of each status callback that the house did not take. */
export function startTwilioCarrier(twilio: LocalTwilio, onTrouble: (delivery: Delivery) => void): TwilioCarrier {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let tail: Promise<void> = Promise.resolve();

  const post = (request: HouseRequest) => deliver(request, WEBHOOK_TIMEOUT_MS);
  const send = async (request: HouseRequest) => {
    const first = await post(request);
    return shouldRetry(first) ? post(request) : first;
  };
  const callBack = async (request: HouseRequest) => {
    const delivery = await send(request);
    if (!isTaken(delivery)) onTrouble(delivery);
  };
  const wake = () => {
    clearTimeout(timer);
    const at = twilio.nextStepAt();
    if (at === null || isStopped) return;
    timer = setTimeout(pump, Math.max(0, at - Date.now()));
  };
  const pump = () => {
    for (const request of twilio.advance()) tail = tail.then(() => callBack(request));
    wake();
  };
  const unsubscribe = twilio.onChange(wake);
  wake();

  return {
    async sendText(text) {
      const request = twilio.receive(text);
      return twilio.state().losesWebhooks ? LOST : send(request);
    },
    post,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

function shouldRetry(delivery: Delivery): boolean {
  return delivery.kind === 'unreachable' || delivery.status >= 500;
}
