// Slack's door behind a real server, knocked at by the local Slack over HTTP, with doors behind it that note what they
// are asked and answer what a test wants.

import { WebClient } from '@slack/web-api';
import { CLIENT_OPTIONS } from '../../../src/adapters/slack/clients.ts';
import type { SlackDoors } from '../../../src/adapters/slack/doors.ts';
import { createSlackListener, type SlackListener } from '../../../src/adapters/slack/receiver.ts';
import type { ActResult, CommandAnswer, Home, Modal, ModalAnswer } from '../../../src/app/ports/staff-room.ts';
import { startVendors, type VendorHouse, type Vendors } from '../../../src/rehearsal/start-vendors.ts';
import type { HouseRequest } from '../../../src/rehearsal/wire/exchange.ts';
import { type Answer, type RawRequest, send, serve, type TestServer } from '../../support/http.ts';
import { createMemoryLog } from '../../support/log-lines.ts';
import { COUNSELOR_CHANNEL, SLACK_TOKEN } from '../../support/vendors.ts';

export const SECRET = 'signing-secret-of-the-tests';
export const DANA = 'U0DANA0001';
export const MIKE = 'U0MIKE0002';

/** One call of a door: its name and what it was given. */
export interface Call {
  readonly door: string;
  readonly given: readonly unknown[];
}

/** What the doors answer; a test changes what it needs. */
export interface Answers {
  act: () => Promise<ActResult>;
  openModal: () => Promise<Modal>;
  submitModal: () => Promise<ModalAnswer>;
  showHome: () => Promise<Home>;
  answerCommand: () => Promise<CommandAnswer>;
  /** Of every door that only keeps something. */
  store: () => Promise<void>;
}

const NOBODY: Home = { mentor: null, counselor: null, staff: null, drawnAt: 0, timeZone: 'America/Chicago' };

export const WORD: Modal = { kind: 'word', title: 'A word', text: 'This is over.' };

function usualAnswers(): Answers {
  return {
    act: async () => ({ word: null, modal: null, homeChanged: false }),
    openModal: async () => WORD,
    submitModal: async () => ({ kind: 'close' }),
    showHome: async () => NOBODY,
    answerCommand: async () => ({ title: 'On call', lines: [{ label: 'Now', text: 'Dana Reyes' }] }),
    store: async () => {},
  };
}

export interface Door {
  readonly vendors: Vendors;
  readonly server: TestServer;
  readonly doors: SlackDoors;
  readonly calls: readonly Call[];
  readonly answers: Answers;
  readonly memory: ReturnType<typeof createMemoryLog>;
  /** What one door was given, call by call. */
  callsOf(door: keyof SlackDoors): readonly (readonly unknown[])[];
  /** Sends a request as it is. */
  knock(request: HouseRequest): Promise<Answer>;
  /** Resolves when every view was drawn. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A Slack to knock with. Which house it knocks at is filled in by `openDoor`. */
export async function startSlack(
  seed: string,
): Promise<{ readonly vendors: Vendors; readonly house: VendorHouse & { baseUrl: string } }> {
  const house = {
    baseUrl: '',
    publicBaseUrl: 'https://icehouse.example',
    twilioAuthToken: 'unused',
    accountSid: 'AC1',
    messagingServiceSid: 'MG1',
    slackSigningSecret: SECRET,
    slackBotToken: SLACK_TOKEN,
    counselorChannel: COUNSELOR_CHANNEL,
  };
  const vendors = await startVendors({
    port: 0,
    house,
    programNumber: '+12135550100',
    staff: [
      { name: 'Dana Reyes', slackUserId: DANA, role: 'counselor' },
      { name: 'Mike Okafor', slackUserId: MIKE, role: 'mentor' },
    ],
    now: () => Date.now(),
    seed,
  });
  return { vendors, house };
}

export async function openDoor({ vendors, house }: Awaited<ReturnType<typeof startSlack>>): Promise<Door> {
  const calls: Call[] = [];
  const answers = usualAnswers();
  const memory = createMemoryLog();
  const note =
    <Given extends unknown[], Said>(door: string, answer: () => Promise<Said>) =>
    (...given: Given): Promise<Said> => {
      calls.push({ door, given });
      return answer();
    };
  const doors: SlackDoors = {
    act: note('act', () => answers.act()),
    openModal: note('openModal', () => answers.openModal()),
    offerAgain: note('offerAgain', () => answers.store()),
    submitModal: note('submitModal', () => answers.submitModal()),
    showHome: note('showHome', () => answers.showHome()),
    answerCommand: note('answerCommand', () => answers.answerCommand()),
    receiveMessage: note('receiveMessage', () => answers.store()),
    receiveThreadMessage: note('receiveThreadMessage', () => answers.store()),
    noteThreadChange: note('noteThreadChange', () => answers.store()),
    noteSlackPerson: note('noteSlackPerson', () => answers.store()),
    noteInstallationGone: note('noteInstallationGone', () => answers.store()),
    forgetChannel: (id) => void calls.push({ door: 'forgetChannel', given: [id] }),
    identity: () => null,
    log: memory.log,
  };
  const { listener, settled } = listen(doors, vendors);
  const server = await serve(listener);
  house.baseUrl = server.url;
  return {
    vendors,
    server,
    doors,
    calls,
    answers,
    memory,
    callsOf: (door) => calls.filter((call) => call.door === door).map((call) => call.given),
    knock: (request) => send(server, raw(request)),
    settled,
    close: () => server.close(),
  };
}

function listen(doors: SlackDoors, vendors: Vendors): SlackListener {
  // A second of patience, so that a test of a Slack that hangs is over soon.
  const client = new WebClient(SLACK_TOKEN, { ...CLIENT_OPTIONS, timeout: 1_000, slackApiUrl: vendors.slackBaseUrl });
  return createSlackListener({ signingSecret: SECRET }, doors, client);
}

export const raw = (request: HouseRequest): RawRequest => ({
  path: new URL(request.url).pathname,
  headers: request.headers,
  body: request.body,
});

/** A message of the bot with one button; its stamp. */
export async function postButton(vendors: Vendors, actionId: string, value: string): Promise<string> {
  const button = { type: 'button', action_id: actionId, value, text: { type: 'plain_text', text: 'Press' } };
  return postBlocks(vendors, [{ type: 'actions', elements: [button] }]);
}

async function postBlocks(vendors: Vendors, blocks: readonly unknown[]): Promise<string> {
  const answer = await fetch(`${vendors.slackBaseUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SLACK_TOKEN}` },
    body: JSON.stringify({ channel: COUNSELOR_CHANNEL, text: 'Alert', blocks }),
  });
  if (!answer.ok) throw new Error(`the local Slack answered ${answer.status}`);
  return vendors.slack.state().messages.at(-1)?.ts ?? '';
}

/** A press of Dana's on a button of a message that is in Slack. */
export async function press(vendors: Vendors, actionId: string, value = 'case-1'): Promise<HouseRequest> {
  const ts = await postButton(vendors, actionId, value);
  return vendors.slack.press({ userId: DANA, channel: COUNSELOR_CHANNEL, ts, actionId });
}

/** The modals that Dana has open, bottom first. */
export const modalsOf = (vendors: Vendors, userId = DANA) =>
  vendors.slack.state().views.filter((view) => view.type === 'modal' && view.userId === userId);

/** Everything that a view says, as JSON. */
export const wordsOf = (view: { readonly view: unknown } | undefined) => JSON.stringify(view?.view ?? null);
