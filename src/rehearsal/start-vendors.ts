// Both local vendors on one HTTP server, connected to a house: what a test or the demo starts. The house is known by
// its addresses and credentials alone.

import { createLocalSlack, type LocalSlack } from './slack/local-slack.ts';
import { createSlackChannel, createSlackUser, type SlackChannel, type SlackRotation } from './slack/state.ts';
import { startTwilioCarrier } from './twilio/carrier.ts';
import type { InboundText } from './twilio/inbound.ts';
import { createLocalTwilio, type LocalTwilio } from './twilio/local-twilio.ts';
import type { KeywordHandling } from './twilio/state.ts';
import { type OtherRoutes, startVendorServer, type VendorServer } from './vendor-server.ts';
import { type Delivery, deliver } from './wire/deliver.ts';
import type { HouseAddress, HouseRequest, Times } from './wire/exchange.ts';

/** Slack waits 3 s for an answer. */
const SLACK_TIMEOUT_MS = 3000;

/** The house as its vendors know it. Addresses are read at every use, so they may be filled in after the start. */
export interface VendorHouse extends HouseAddress {
  readonly twilioAuthToken: string;
  readonly accountSid: string;
  readonly messagingServiceSid: string;
  readonly slackSigningSecret: string;
  readonly slackBotToken: string;
  /** The id of the counselors' channel. */
  readonly counselorChannel: string;
  /** The id of the staff's channel; there is none when left out. */
  readonly staffChannel?: string;
  /** Set when the app's Slack tokens live for twelve hours. */
  readonly slackRotation?: SlackRotation;
}

/** A mentor, a counselor or one of the staff, with an account in the local Slack. */
export interface StaffMember {
  readonly name: string;
  readonly slackUserId: string;
  readonly role: 'mentor' | 'counselor' | 'staff';
  /** Where the SMS of an alert would go, so that the page can name who got it. */
  readonly phone?: string;
}

/** What vendors are started with. */
export interface VendorOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly house: VendorHouse;
  readonly programNumber: string;
  readonly staff: readonly StaffMember[];
  /** Program time in milliseconds; real time is the machine's. */
  readonly now: () => number;
  /** Ids come from it; give a new one at each start, for the house never forgets an id that it has seen. */
  readonly seed: string;
  /** `block` when left out. */
  readonly keywordHandling?: KeywordHandling;
  /** Real milliseconds between two statuses of a text; 250 when left out. */
  readonly stepMs?: number;
  /** Hears of a status callback that the house did not take. */
  readonly onTrouble?: (delivery: Delivery) => void;
  /** Serves what is for neither vendor. */
  readonly other?: OtherRoutes;
}

/** Running vendors. */
export interface Vendors extends VendorServer {
  readonly twilio: LocalTwilio;
  readonly slack: LocalSlack;
  /** A phone sends a text: taken in, signed, posted, and posted once more when the house fails. */
  sendText(text: InboundText): Promise<Delivery>;
  /**
   * Posts a request of either vendor as it is. Slack's limit of 3 s holds for its paths, Twilio's 15 s for others. What
   * the house answers to Slack is taken there; what Slack does not carry just now never reaches the house.
   */
  post(request: HouseRequest): Promise<Delivery>;
}

/** Starts both vendors. */
export async function startVendors(options: VendorOptions): Promise<Vendors> {
  const times = (): Times => ({ now: options.now(), realNow: Date.now() });
  let slackUrl = '';
  const twilio = makeTwilio(options, times);
  const slack = makeSlack(options, times, () => slackUrl);
  const server = await startVendorServer(options.port, () => ({ twilio, slack }), options.other);
  slackUrl = server.slackUrl;
  const carrier = startTwilioCarrier(twilio, options.onTrouble ?? (() => {}));
  return {
    ...server,
    twilio,
    slack,
    sendText: carrier.sendText,
    post: (request) => (request.url.includes('/slack/') ? carrySlack(slack, request) : carrier.post(request)),
    async close() {
      carrier.stop();
      await server.close();
    },
  };
}

async function carrySlack(slack: LocalSlack, request: HouseRequest): Promise<Delivery> {
  const delivery: Delivery = slack.isCarried(request)
    ? await deliver(request, SLACK_TIMEOUT_MS)
    : { kind: 'unreachable', reason: 'Slack does not deliver this just now' };
  slack.take(request, delivery);
  return delivery;
}

function makeTwilio(options: VendorOptions, times: () => Times): LocalTwilio {
  const { house } = options;
  return createLocalTwilio({
    house,
    times,
    settings: {
      accountSid: house.accountSid,
      authToken: house.twilioAuthToken,
      messagingServiceSid: house.messagingServiceSid,
      programNumber: options.programNumber,
      keywordHandling: options.keywordHandling ?? 'block',
      seed: options.seed,
      stepMs: options.stepMs ?? 250,
    },
  });
}

function makeSlack(options: VendorOptions, times: () => Times, slackUrl: () => string): LocalSlack {
  const { house, staff } = options;
  return createLocalSlack({
    house,
    times,
    slackUrl,
    settings: {
      teamId: 'T0REHEARSAL',
      teamDomain: 'rehearsal',
      appId: 'A0REHEARSAL',
      botId: 'B0REHEARSAL',
      botUserId: 'U0ICEHOUSE',
      botName: 'Icehouse',
      botToken: house.slackBotToken,
      signingSecret: house.slackSigningSecret,
      scopes: SCOPES,
      seed: options.seed,
      ...(house.slackRotation === undefined ? {} : { rotation: house.slackRotation }),
    },
    users: staff.map((member) => createSlackUser({ id: member.slackUserId, name: member.name })),
    channels: makeChannels(options),
  });
}

function makeChannels({ house, staff }: VendorOptions): readonly SlackChannel[] {
  const idsOf = (...roles: readonly StaffMember['role'][]) =>
    staff.filter((member) => roles.includes(member.role)).map((member) => member.slackUserId);
  const counselors = { id: house.counselorChannel, name: 'counselors', memberIds: idsOf('counselor') };
  const { staffChannel: id } = house;
  if (id === undefined || id === counselors.id) return [createSlackChannel(counselors)];
  const office = { id, name: 'staff', memberIds: idsOf('staff', 'counselor') };
  return [createSlackChannel(counselors), createSlackChannel(office)];
}

const SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'users:read',
];
