// The local Slack in process: holds the state of the pure machine and nothing else. It moves no bytes and starts no
// timer; whoever owns it carries the requests that it hands out, over HTTP or straight into a handler, and brings back
// what the house answered.

import type { Delivery } from '../wire/deliver.ts';
import type { HouseAddress, HouseRequest, Times, VendorAnswer, VendorRequest } from '../wire/exchange.ts';
import { createDeeds, type SlackDeeds } from './deeds.ts';
import type { SlackFault, SlackRule } from './fault.ts';
import { handleSlack } from './machine.ts';
import { addSlackRule } from './script.ts';
import { buildSlackRequest, type SlackRetry } from './signature.ts';
import { createSlackState, type SlackChannel, type SlackSettings, type SlackState, type SlackUser } from './state.ts';
import { takeAnswer } from './take.ts';

/** A Slack that one can hold in the hand. All requests that it hands out are signed and unsent. */
export interface LocalSlack extends SlackDeeds {
  /** Everything it knows, as plain JSON. */
  state(): SlackState;
  /** One Web API call, or a POST to a `response_url`. */
  answer(request: VendorRequest): VendorAnswer;
  /**
   * Whoever carried a request hands the house's answer back: a submitted modal closes, changes or shows errors, the
   * answer to a command is shown to the one who typed it.
   */
  take(request: HouseRequest, delivery: Delivery): void;
  /** Whether a request gets through to the house: not while events or buttons are down. Carriers ask before they carry. */
  isCarried(request: HouseRequest): boolean;
  /** Slack's question whether the address answers. */
  verifyUrl(challenge: string): HouseRequest;
  /** Signs any body; a test forges with another secret or an old time, or repeats with retry headers. */
  sign(content: SlackContent, how?: SlackSigning): HouseRequest;
  /** Makes trouble: for the next call (the default), so many, or `'always'`; for a method, a channel, or all. */
  script(fault: SlackFault, reach?: Partial<Omit<SlackRule, 'fault'>>): void;
  /** Ends all scripted trouble. */
  clearScripts(): void;
  /** Wholly down, or up again. */
  setDown(isDown: boolean): void;
  /** Events are dropped and never come again, or are delivered again (SL-12). */
  setEventsDown(isDown: boolean): void;
  /** Presses, submissions and commands do not reach the house, or do again. */
  setButtonsDown(isDown: boolean): void;
  /** Refuses every call with this error (`token_revoked`), or with none. */
  setAuthError(error: string | null): void;
  /** Calls `listener` after each change of state, until the function it returns is called. */
  onChange(listener: () => void): () => void;
}

/** A body as Slack sends it: JSON for events, a form for the rest. */
type SlackContent = { readonly type: 'json' | 'form'; readonly body: string };

/** How a signature is to differ from a plain good one. */
interface SlackSigning {
  readonly signingSecret?: string;
  readonly realNow?: number;
  readonly retry?: SlackRetry;
}

/** What a local Slack is made of. `times`, `house` and `slackUrl` are read anew at every use. */
export interface LocalSlackOptions {
  readonly settings: SlackSettings;
  readonly users: readonly SlackUser[];
  readonly channels: readonly SlackChannel[];
  readonly house: HouseAddress;
  readonly times: () => Times;
  /** Where this Slack itself is reached, without a slash at the end: `response_url` starts with it. */
  readonly slackUrl: () => string;
}

/** Makes a local Slack. */
export function createLocalSlack({ settings, users, channels, house, times, slackUrl }: LocalSlackOptions): LocalSlack {
  let state = createSlackState(settings, users, channels);
  const listeners = new Set<() => void>();
  const become = (next: SlackState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const sign = (content: SlackContent, how: SlackSigning = {}) =>
    buildSlackRequest(
      `${house.baseUrl.replace(/\/+$/, '')}/slack/events`,
      how.signingSecret ?? settings.signingSecret,
      how.realNow ?? times().realNow,
      content,
      how.retry,
    );
  const signJson = (value: object) => sign({ type: 'json', body: JSON.stringify(value) });
  const signForm = (form: URLSearchParams) => sign({ type: 'form', body: form.toString() });

  return {
    ...createDeeds({ state: () => state, become, times, slackUrl, signJson, signForm }),
    state: () => state,
    answer(request) {
      const handled = handleSlack(state, request, times());
      become(handled.state);
      return handled.answer;
    },
    take: (request, delivery) => become(takeAnswer(state, request, delivery, times())),
    isCarried: (request) =>
      !(request.headers['content-type'] === 'application/json' ? state.isEventsDown : state.isButtonsDown),
    verifyUrl: (challenge) => signJson({ token: 'unused', challenge, type: 'url_verification' }),
    sign,
    script: (fault, reach = {}) => become(addSlackRule(state, { times: 1, ...reach, fault })),
    clearScripts: () => become({ ...state, rules: [] }),
    setDown: (isDown) => become({ ...state, isDown }),
    setEventsDown: (isEventsDown) => become({ ...state, isEventsDown }),
    setButtonsDown: (isButtonsDown) => become({ ...state, isButtonsDown }),
    setAuthError: (authError) => become({ ...state, authError }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
