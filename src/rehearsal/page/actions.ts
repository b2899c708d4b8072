// What a person does on the page, turned into what a phone or Slack would send. Each answer is null or words for the
// page.

import { isJsonObject, parseJson } from '../slack/method.ts';
import type { JsonObject } from '../slack/state.ts';
import type { Vendors } from '../start-vendors.ts';
import { type Delivery, describeDelivery, isTaken } from '../wire/deliver.ts';
import { isAdvance, moveClock, type RehearsalClock } from './clock.ts';
import type { Town } from './page-state.ts';

/** An outcome for the page: `status` of the HTTP answer, and words when something is wrong. */
export interface Outcome {
  readonly status: number;
  readonly error: string | null;
}

/** Carries out `/api/<name>` with a JSON body. */
export async function act(
  name: string,
  body: string,
  town: Town,
  vendors: Vendors,
  clock: RehearsalClock,
): Promise<Outcome> {
  const asked = parseJson(body);
  if (!isJsonObject(asked)) return refuse(400, 'The request is no JSON object.');
  switch (name) {
    case 'texts':
      return sendText(asked, town, vendors);
    case 'press':
      return press(asked, town, vendors);
    case 'clock':
      return advance(asked, clock);
    default:
      return refuse(404, 'There is no such action.');
  }
}

async function sendText(asked: JsonObject, town: Town, vendors: Vendors): Promise<Outcome> {
  const person = town.people.find((candidate) => candidate.phone === asked.phone);
  if (person === undefined) return refuse(400, 'Nobody on this page has that number.');
  if (typeof asked.body !== 'string' || asked.body === '') return refuse(400, 'The text is empty.');
  return toOutcome(await vendors.sendText({ from: person.phone, body: asked.body }));
}

async function press(asked: JsonObject, town: Town, vendors: Vendors): Promise<Outcome> {
  const { ts, action_id: actionId, block_id: blockId, channel, user } = asked;
  if (typeof ts !== 'string' || typeof actionId !== 'string') return refuse(400, 'A press needs ts and action_id.');
  const counselor = town.staff.find((member) => member.role === 'counselor');
  const userId = typeof user === 'string' ? user : counselor?.slackUserId;
  if (userId === undefined) return refuse(400, 'There is no counselor who could press.');
  try {
    const request = vendors.slack.press({
      userId,
      channel: typeof channel === 'string' ? channel : town.counselorChannel,
      ts,
      actionId,
      ...(typeof blockId === 'string' ? { blockId } : {}),
    });
    return toOutcome(await vendors.post(request));
  } catch {
    return refuse(409, 'This button is no longer there.');
  }
}

async function advance(asked: JsonObject, clock: RehearsalClock): Promise<Outcome> {
  if (!isAdvance(asked.advance)) return refuse(400, 'The clock moves by next, 5m, 1h or 1d.');
  const complaint = await moveClock(clock, asked.advance);
  return complaint === null ? { status: 200, error: null } : refuse(409, complaint);
}

function toOutcome(delivery: Delivery): Outcome {
  return isTaken(delivery) ? { status: 200, error: null } : refuse(502, describeDelivery(delivery));
}

function refuse(status: number, error: string): Outcome {
  return { status, error };
}
