// What the deeds of people share: the state, the times, and a pen to sign with.

import type { HouseRequest, Times } from '../wire/exchange.ts';
import type { JsonObject } from './held.ts';
import type { SlackState } from './state.ts';

/** What deeds are done with. */
export interface Desk {
  readonly state: () => SlackState;
  readonly become: (state: SlackState) => void;
  readonly times: () => Times;
  readonly slackUrl: () => string;
  readonly signJson: (value: JsonObject) => HouseRequest;
  readonly signForm: (form: URLSearchParams) => HouseRequest;
}
