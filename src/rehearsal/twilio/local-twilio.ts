// The local Twilio in process: holds the state of the pure machine and nothing else. It moves no bytes and starts no
// timer; whoever owns it carries the requests that it hands out, over HTTP or straight into a handler.

import type { HouseAddress, HouseRequest, Times, VendorAnswer, VendorRequest } from '../wire/exchange.ts';
import { callForm, changeCall, gatherAction } from './calls.ts';
import type { TwilioFault, TwilioRule } from './fault.ts';
import { type InboundText, receiveText } from './inbound.ts';
import { advanceMessages, nextRealStepAt } from './lifecycle.ts';
import { handleTwilio } from './machine.ts';
import { addTwilioRule } from './script.ts';
import {
  createTwilioState,
  type TwilioCall,
  type TwilioConsole,
  type TwilioSettings,
  type TwilioState,
} from './state.ts';
import { toStatusForm } from './status-form.ts';
import { buildTwilioRequest, isHouseUrl, toPublicUrl } from './webhook.ts';

/** A Twilio that one can hold in the hand. */
export interface LocalTwilio {
  /** Everything it knows, as plain JSON. */
  state(): TwilioState;
  /** One REST request. */
  answer(request: VendorRequest): VendorAnswer;
  /**
   * Does what is due by now and hands out the signed status callbacks, in the order in which they leave. An
   * address that is not the house's is never called.
   */
  advance(): readonly HouseRequest[];
  /** The real time at which `advance` will next have something to do, or null. */
  nextStepAt(): number | null;
  /** Takes a text in and hands out the signed webhook request for it, unsent. */
  receive(text: InboundText): HouseRequest;
  /**
   * A key is pressed in a call that rings; hands out the signed request for it, unsent.
   * @throws when there is no such call, or it waits for no key.
   */
  pressKey(callSid: string, digit: string): HouseRequest;
  /** A call ends so; hands out the signed status callback, or null when the house asked for none. */
  endCall(callSid: string, status: TwilioCall['status']): HouseRequest | null;
  /** Signs any form for any path of the house (`/twilio/inbound`), unsent; a test forges with another token. */
  sign(path: string, form: URLSearchParams, authToken?: string): HouseRequest;
  /** Makes trouble: for the next message (the default), so many, or `'always'`; for one recipient or for all. */
  script(fault: TwilioFault, reach?: Partial<Omit<TwilioRule, 'fault'>>): void;
  /** Ends all scripted trouble. */
  clearScripts(): void;
  /** Wholly down, or up again. */
  setDown(isDown: boolean): void;
  /** Enters addresses in the console; those that are left out stay. */
  setConsole(console: Partial<TwilioConsole>): void;
  /** Inbound webhooks are lost on the way, or arrive again. The carrier minds it. */
  setWebhooksLost(isLost: boolean): void;
  /** Calls `listener` after each change of state, until the function it returns is called. */
  onChange(listener: () => void): () => void;
}

/** What a local Twilio is made of. `times` and `house` are read anew at every use. */
export interface LocalTwilioOptions {
  readonly settings: TwilioSettings;
  readonly house: HouseAddress;
  readonly times: () => Times;
}

/** Makes a local Twilio. */
export function createLocalTwilio({ settings, house, times }: LocalTwilioOptions): LocalTwilio {
  let state = createTwilioState(settings);
  const listeners = new Set<() => void>();
  const become = (next: TwilioState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const build = (publicUrl: string, form: URLSearchParams, headers?: Readonly<Record<string, string>>) =>
    buildTwilioRequest(house, settings.authToken, publicUrl, form, headers);

  return {
    state: () => state,
    answer(request) {
      const handled = handleTwilio(state, request, times(), toPublicUrl(house, '/twilio/inbound'));
      become(handled.state);
      return handled.answer;
    },
    advance() {
      const advanced = advanceMessages(state, times());
      become(advanced.state);
      return advanced.callbacks.flatMap((callback) => {
        const url = callback.message.statusCallback ?? '';
        return isHouseUrl(house, url) ? [build(url, toStatusForm(settings, callback))] : [];
      });
    },
    nextStepAt: () => nextRealStepAt(state),
    receive(text) {
      const received = receiveText(state, text, times().now);
      become(received.state);
      return build(toPublicUrl(house, '/twilio/inbound'), received.form, {
        'i-twilio-idempotency-token': received.idempotencyToken,
      });
    },
    pressKey(callSid, digit) {
      const call = state.calls.find(({ sid }) => sid === callSid);
      const action = call === undefined ? null : gatherAction(call);
      if (call === undefined || action === null || !isHouseUrl(house, action))
        throw new Error(`No call ${callSid} waits for a key.`);
      become(changeCall(state, callSid, { status: 'in-progress', pressed: [...call.pressed, digit] }));
      return build(
        action,
        callForm(settings, { ...call, status: 'in-progress' }, { Digits: digit, msg: 'Gather End' }),
      );
    },
    endCall(callSid, status) {
      const call = state.calls.find(({ sid }) => sid === callSid);
      become(changeCall(state, callSid, { status }));
      if (call?.statusCallback == null || !isHouseUrl(house, call.statusCallback)) return null;
      return build(call.statusCallback, callForm(settings, { ...call, status }, {}));
    },
    sign: (path, form, authToken = settings.authToken) =>
      buildTwilioRequest(house, authToken, toPublicUrl(house, path), form),
    script: (fault, reach = {}) => become(addTwilioRule(state, { times: 1, ...reach, fault })),
    clearScripts: () => become({ ...state, rules: [] }),
    setDown: (isDown) => become({ ...state, isDown }),
    setConsole: (console) => become({ ...state, console: { ...state.console, ...console } }),
    setWebhooksLost: (losesWebhooks) => become({ ...state, losesWebhooks }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
