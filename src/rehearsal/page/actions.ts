// What a person does on the page, turned into what a phone or Slack would send. Each answer is null or words for the
// page.
//
// POST /api/<name> with a JSON object; the answer is { error: null | words }. `user` is the Slack id of who acts,
// `channel` the id of a channel or direct conversation, `ts` a message's, `view` a view's id.
//
//   texts      { phone, body }                                   a phone sends a text
//   key        { call, digit }                                   a key is pressed in a call of `staffCalls`
//   clock      { advance: 'next' | '5m' | '1h' | '1d' }
//   press      { user, channel, ts, action_id, block_id }        a button of a message; `ts` of an ephemeral is its id
//              { user, view, action_id, block_id }               a button of a modal or of the home tab
//   choose     like press, with `choice`: an option's value (static_select, radio_buttons, overflow), a list of values
//              (multi_static_select, checkboxes), '2027-05-04' (datepicker), '17:00' (timepicker), the text
//              (plain_text_input), or null to clear. Kept in the view; told to the house where Slack would tell it.
//   submit     { user, view, values? }                           values: { [block_id]: { [action_id]: choice } }, those
//              that were not sent by `choose` yet. Errors at inputs come back in the view, not in the answer.
//   closeModal { user, view }                                    the one beneath is seen again
//   channel    { user, channel, text, files? }                   writes in a channel; files is a list of names
//   thread     { user, channel, ts, text, files?, broadcast? }   writes in the thread of the root `ts`
//   direct     { user, text, files?, ts? }                       writes to the app; `ts` of a root to write in its thread
//   edit       { user, channel, ts, text }                       of the person's own message
//   delete     { user, channel, ts }
//   home       { user }                                          opens the home tab
//   command    { user, text: '/icehouse help', channel? }        typed to the app when no channel is named; the answer is
//                                                                among the person's ephemerals
//   dismiss    { user, id }                                      takes an ephemeral away
//   playSummer { mentees, months, seed }                         begins one, unless one is being played
//   cancelSummer {}

import { isJsonObject, parseJson } from '../slack/method.ts';
import type { Vendors } from '../start-vendors.ts';
import type { RehearsalClock } from './clock.ts';
import { type Outcome, refuse } from './outcome.ts';
import type { Town } from './page-state.ts';
import { type Asked, moveTime, pressKey, sendText } from './phone-actions.ts';
import { SLACK_ACTIONS } from './slack-actions.ts';
import type { Summer } from './summer.ts';

/** Where everything of the page happens. */
export interface Stage {
  readonly town: Town;
  readonly vendors: Vendors;
  readonly clock: RehearsalClock;
  /** Null when nobody plays one. */
  readonly summer: Summer | null;
}

/** Carries out `/api/<name>` with a JSON body. */
export async function act(name: string, body: string, { town, vendors, clock, summer }: Stage): Promise<Outcome> {
  const fields = parseJson(body);
  if (!isJsonObject(fields)) return refuse(400, 'The request is no JSON object.');
  const asked: Asked = { fields, town, vendors };
  if (name === 'texts') return sendText(asked);
  if (name === 'key') return pressKey(asked);
  if (name === 'clock') return moveTime(asked, clock);
  if (name === 'playSummer' && summer !== null) return summer.play(fields);
  if (name === 'cancelSummer' && summer !== null) return summer.cancel();
  const action = SLACK_ACTIONS.get(name);
  return action === undefined ? refuse(404, 'There is no such action.') : action(asked);
}
