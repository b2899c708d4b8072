// How a violation is planted in a run: past the house or into its file. The tests of the checkers share it.

import BetterSqlite3 from 'better-sqlite3';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { localTime, watchDoor } from './checks/check-leaving.ts';
import type { Witness } from './checks/witness.ts';
import { Violation } from './outcome.ts';
import { simulate } from './simulation.ts';
import type { Stage } from './stage.ts';
import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_BASE_URL, SERVICE_SID } from './vendors.ts';

/** What is done to a run behind the house's back. */
export type Meddle = (stage: Stage, witness: Witness) => void | Promise<void>;

/** The rules broken in a short run that is meddled with; empty when nobody noticed. */
export async function rulesBroken(meddle: Meddle, steps = 40): Promise<readonly string[]> {
  try {
    await simulate({ seed: 7, steps, meddle });
    return [];
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return [...new Set(error.found.map((line) => line.split(':')[0] ?? ''))];
  }
}

/** Writes into the house's file behind its back. */
export function write(stage: Stage, sql: string, ...values: (string | number | null)[]): void {
  const file = new BetterSqlite3(stage.path);
  file.prepare<(string | number | null)[]>(sql).run(...values);
  file.close();
}

/** A text that the house would not send. */
interface Planted {
  readonly messageClass: string;
  readonly body?: string;
  readonly validity?: number;
  readonly unclaimed?: boolean;
  readonly key?: string;
  readonly escalationId?: string;
}

/** An outbox row as the relay would hold it, and its request at the door. */
export async function leave(stage: Stage, witness: Witness, given: Planted): Promise<void> {
  const mentee = stage.town.mentees[0];
  if (mentee === undefined || stage.house === null) throw new Error('nobody lives here');
  const phone = mentee.phone;
  const phoneHash = stage.house.database.hashPhone(phone);
  const { database } = stage.house;
  const id = await database.transact(async (stores) => {
    const outboundId = await stores.outbox.add(
      {
        key: given.key ?? `planted:${stage.ids.next()}`,
        messageClass: given.messageClass as 'nudge',
        recipient: { kind: 'phone', phone: phone as never, phoneHash, menteeId: null, counselorId: null },
        body: { kind: 'sms', text: given.body ?? 'planted' },
        dueAt: stage.clock.now(),
        escalationId: given.escalationId === undefined ? null : asEscalationId(given.escalationId),
        inReplyTo: null,
        isIntroduction: false,
        task: null,
        saidBy: null,
      },
      stage.clock.now(),
    );
    if (outboundId !== null && given.unclaimed !== true)
      await stores.outbox.claim(outboundId, 'token', stage.clock.realNow() + 30_000, stage.clock.now());
    return outboundId;
  });
  const form = new URLSearchParams({
    To: phone,
    MessagingServiceSid: SERVICE_SID,
    Body: given.body ?? 'planted',
    StatusCallback: `${PUBLIC_BASE_URL}/twilio/status?outbound=${id}`,
    ValidityPeriod: String(given.validity ?? 60),
  });
  const credentials = Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64');
  const request = {
    method: 'POST',
    path: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
    query: new URLSearchParams(),
    headers: { authorization: `Basic ${credentials}` },
    body: form.toString(),
  };
  watchDoor(witness, 'twilio', request);
  stage.vendors.twilio.answer(request);
}

export const firstMentee = (stage: Stage) => stage.town.mentees[0]?.phone ?? '';
export const consent = (stage: Stage, state: string) =>
  write(stage, 'update consents set state = ? where phone_hash = ?', state, stage.observer.hashOf(firstMentee(stage)));
/** Brings the clock forward to an hour of the first mentee's day, not a Sunday. */
export const toHour = (stage: Stage, hour: number) => {
  const zone = stage.town.mentees[0]?.timeZone ?? '';
  for (let local = localTime(stage.steady, zone); local.hour !== hour || local.weekday === 'Sun'; ) {
    stage.steady += 1_800_000;
    local = localTime(stage.steady, zone);
  }
};
/** The first mentee writes something. */
export const say = async (stage: Stage, body: string, externalId = `SM${stage.ids.next()}`) => {
  const from = { kind: 'phone', address: firstMentee(stage) } as const;
  await stage.house?.receive({ source: 'twilio', externalId, from, body, media: [], vendorKeyword: null });
  return externalId;
};
export const distress = (stage: Stage) => say(stage, 'i want to die');
