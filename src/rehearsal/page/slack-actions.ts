// What the staff do in Slack on the page, each as the person that was chosen there. What could not be done on a screen
// comes back in words.

import type { Entries } from '../slack/block-deeds.ts';
import type { JsonObject } from '../slack/held.ts';
import type { Choice } from '../slack/inputs.ts';
import { isJsonObject } from '../slack/method.ts';
import type { HouseRequest } from '../wire/exchange.ts';
import { DONE, type Outcome, refuse } from './outcome.ts';
import { type Asked, toOutcome } from './phone-actions.ts';

/** An action of the page: what it asks of Slack; null when the house does not hear of it. @throws in words */
type Deed = (asked: Asked, userId: string) => HouseRequest | null;

/** The actions by the last part of their path. */
export const SLACK_ACTIONS: ReadonlyMap<string, (asked: Asked) => Promise<Outcome>> = new Map([
  ['press', as(press)],
  ['choose', as(choose)],
  ['submit', as(submit)],
  ['closeModal', as(closeModal)],
  ['channel', as(writeInChannel)],
  ['thread', as(writeInThread)],
  ['direct', as(writeDirect)],
  ['edit', as(edit)],
  ['delete', as(erase)],
  ['home', as(({ vendors }, userId) => vendors.slack.openHome(userId))],
  ['command', as(command)],
  ['dismiss', as(dismiss)],
]);

function as(deed: Deed): (asked: Asked) => Promise<Outcome> {
  return async (asked) => {
    const { fields, town, vendors } = asked;
    const counselor = town.staff.find((member) => member.role === 'counselor');
    const userId = typeof fields.user === 'string' ? fields.user : counselor?.slackUserId;
    if (userId === undefined) return refuse(400, 'There is no counselor who could press.');
    if (!town.staff.some((member) => member.slackUserId === userId)) return refuse(400, 'Nobody here has that name.');
    let request: HouseRequest | null;
    try {
      request = deed(asked, userId);
    } catch (error) {
      return refuse(409, toSentence(error instanceof Error ? error.message : 'this cannot be done'));
    }
    return request === null ? DONE : toOutcome(await vendors.post(request));
  };
}

function press(asked: Asked, userId: string): HouseRequest {
  const element = readElement(asked);
  try {
    return asked.vendors.slack.press({ ...element, userId });
  } catch {
    throw new Error('this button is no longer there');
  }
}

function choose(asked: Asked, userId: string): HouseRequest | null {
  return asked.vendors.slack.choose({ ...readElement(asked), userId, choice: readChoice(asked.fields.choice) });
}

function submit({ fields, vendors }: Asked): HouseRequest {
  return vendors.slack.submit(need(fields, 'view'), readEntries(fields.values));
}

function closeModal({ fields, vendors }: Asked): HouseRequest | null {
  return vendors.slack.closeView(need(fields, 'view'));
}

function writeInChannel({ fields, vendors }: Asked, userId: string): HouseRequest {
  return vendors.slack.writeChannel({ userId, channel: need(fields, 'channel'), ...readWords(fields) });
}

function writeInThread({ fields, vendors }: Asked, userId: string): HouseRequest {
  const place = { channel: need(fields, 'channel'), threadTs: need(fields, 'ts') };
  return vendors.slack.writeThread({ userId, ...place, ...readWords(fields), broadcast: fields.broadcast === true });
}

function writeDirect({ fields, vendors }: Asked, userId: string): HouseRequest {
  const { text, files } = readWords(fields);
  const thread = typeof fields.ts === 'string' ? { threadTs: fields.ts } : {};
  return vendors.slack.writeDirect(userId, text, { files, ...thread });
}

function edit(asked: Asked, userId: string): HouseRequest {
  return asked.vendors.slack.editMessage(readOwn(asked, userId), readWords(asked.fields).text);
}

function erase(asked: Asked, userId: string): HouseRequest {
  return asked.vendors.slack.deleteMessage(readOwn(asked, userId));
}

function command({ fields, vendors }: Asked, userId: string): HouseRequest {
  const [, name, text = ''] = /^(\/\S+)\s*(.*)$/s.exec(need(fields, 'text').trim()) ?? [];
  if (name === undefined) throw new Error('a command starts with a slash, such as /icehouse help');
  const place = typeof fields.channel === 'string' ? { channel: fields.channel } : {};
  return vendors.slack.command({ userId, ...place, command: name, text });
}

function dismiss({ fields, vendors }: Asked): null {
  vendors.slack.dismiss(need(fields, 'id'));
  return null;
}

function readElement({ fields, town }: Asked) {
  const { block_id: blockId, channel } = fields;
  const name = { actionId: need(fields, 'action_id'), ...(typeof blockId === 'string' ? { blockId } : {}) };
  if (typeof fields.view === 'string') return { ...name, viewId: fields.view };
  return { ...name, ts: need(fields, 'ts'), channel: typeof channel === 'string' ? channel : town.counselorChannel };
}

function readOwn({ fields, vendors }: Asked, userId: string) {
  const place = { channel: need(fields, 'channel'), ts: need(fields, 'ts') };
  const messages = vendors.slack.state().messages;
  const message = messages.find((one) => one.channel === place.channel && one.ts === place.ts);
  if (message !== undefined && message.userId !== userId) throw new Error('only its writer can change a message');
  return place;
}

function readWords({ text, files }: JsonObject): { readonly text: string; readonly files: readonly string[] } {
  return { text: typeof text === 'string' ? text : '', files: Array.isArray(files) ? files.map(String) : [] };
}

function readChoice(value: unknown): Choice {
  if (value === null || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(String);
  throw new Error('the choice is no text, no list and not null');
}

function readEntries(values: unknown): Entries {
  const blocks = isJsonObject(values) ? Object.entries(values) : [];
  return Object.fromEntries(
    blocks.map(([blockId, states]) => [
      blockId,
      Object.fromEntries(
        Object.entries(isJsonObject(states) ? states : {}).map(([actionId, value]) => [actionId, readChoice(value)]),
      ),
    ]),
  );
}

function need(fields: JsonObject, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new Error(`the request needs ${name}`);
  return value;
}

function toSentence(words: string): string {
  const end = /[.?!]$/.test(words) ? '' : '.';
  return words.charAt(0).toUpperCase() + words.slice(1) + end;
}
