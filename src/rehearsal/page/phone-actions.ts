// What a person does on a phone of the page and with the clock, and what every action of the page is made of.

import type { JsonObject } from '../slack/held.ts';
import type { Vendors } from '../start-vendors.ts';
import { type Delivery, describeDelivery, isTaken } from '../wire/deliver.ts';
import { isAdvance, moveClock, type RehearsalClock } from './clock.ts';
import { DONE, type Outcome, refuse } from './outcome.ts';
import type { Town } from './page-state.ts';

/** What the page asked for, and where it is to happen. */
export interface Asked {
  readonly fields: JsonObject;
  readonly town: Town;
  readonly vendors: Vendors;
}

/** A phone sends a text. */
export async function sendText({ fields, town, vendors }: Asked): Promise<Outcome> {
  const person = town.people.find((candidate) => candidate.phone === fields.phone);
  if (person === undefined) return refuse(400, 'Nobody on this page has that number.');
  if (typeof fields.body !== 'string' || fields.body === '') return refuse(400, 'The text is empty.');
  return toOutcome(await vendors.sendText({ from: person.phone, body: fields.body }));
}

/** Somebody of the staff presses a key while their phone rings. */
export async function pressKey({ fields, vendors }: Asked): Promise<Outcome> {
  const { call, digit } = fields;
  if (typeof digit !== 'string' || !/^[0-9*#]$/.test(digit)) return refuse(400, 'That is no key of a phone.');
  if (!vendors.twilio.state().calls.some(({ sid }) => sid === call)) return refuse(400, 'There is no such call.');
  return toOutcome(await vendors.post(vendors.twilio.pressKey(String(call), digit)));
}

/** The clock moves. */
export async function moveTime({ fields }: Asked, clock: RehearsalClock): Promise<Outcome> {
  if (!isAdvance(fields.advance)) return refuse(400, 'The clock moves by next, 5m, 1h or 1d.');
  const complaint = await moveClock(clock, fields.advance);
  return complaint === null ? DONE : refuse(409, complaint);
}

/** What became of a request to the house, for the page. */
export function toOutcome(delivery: Delivery): Outcome {
  return isTaken(delivery) ? DONE : refuse(502, describeDelivery(delivery));
}
