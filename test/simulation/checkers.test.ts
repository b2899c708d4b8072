// The checkers bite: each violation is planted once, past the house or into its file, and must be found.

import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { checkCases } from './checks/check-cases.ts';
import { localTime, watchDoor } from './checks/check-leaving.ts';
import { checkReceived } from './checks/check-rows.ts';
import type { Witness } from './checks/witness.ts';
import { Violation } from './outcome.ts';
import { simulate } from './simulation.ts';
import type { Stage } from './stage.ts';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  BOT_TOKEN,
  COUNSELORS,
  PROGRAM_NUMBER,
  PUBLIC_BASE_URL,
  SERVICE_SID,
} from './vendors.ts';

type Meddle = (stage: Stage, witness: Witness) => void | Promise<void>;

/** The rules broken in a short run that is meddled with; empty when nobody noticed. */
async function rulesBroken(meddle: Meddle, steps = 40): Promise<readonly string[]> {
  try {
    await simulate({ seed: 7, steps, meddle });
    return [];
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return [...new Set(error.found.map((line) => line.split(':')[0] ?? ''))];
  }
}

/** Writes into the house's file behind its back. */
function write(stage: Stage, sql: string, ...values: (string | number | null)[]): void {
  const file = new BetterSqlite3(stage.path);
  file.prepare<(string | number | null)[]>(sql).run(...values);
  file.close();
}

/** An outbox row as the relay would hold it, and its request at the door. */
async function leave(
  stage: Stage,
  witness: Witness,
  given: { messageClass: string; body?: string; validity?: number; unclaimed?: boolean },
): Promise<void> {
  const mentee = stage.town.mentees[0];
  if (mentee === undefined || stage.house === null) throw new Error('nobody lives here');
  const phone = mentee.phone;
  const phoneHash = stage.house.database.hashPhone(phone);
  const { database } = stage.house;
  const id = await database.transact(async (stores) => {
    const outboundId = await stores.outbox.add(
      {
        key: `planted:${stage.ids.next()}`,
        messageClass: given.messageClass as 'nudge',
        recipient: { kind: 'phone', phone: phone as never, phoneHash, menteeId: null, counselorId: null },
        body: { kind: 'sms', text: given.body ?? 'planted' },
        dueAt: stage.clock.now(),
        escalationId: null,
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

const firstMentee = (stage: Stage) => stage.town.mentees[0]?.phone ?? '';
const consent = (stage: Stage, state: string) =>
  write(stage, 'update consents set state = ? where phone_hash = ?', state, stage.observer.hashOf(firstMentee(stage)));
/** Brings the clock forward to an hour of the first mentee's day, not a Sunday. */
const toHour = (stage: Stage, hour: number) => {
  const zone = stage.town.mentees[0]?.timeZone ?? '';
  for (let local = localTime(stage.steady, zone); local.hour !== hour || local.weekday === 'Sun'; ) {
    stage.steady += 1_800_000;
    local = localTime(stage.steady, zone);
  }
};
const distress = async (stage: Stage) => {
  const { house } = stage;
  await house?.receive({
    source: 'twilio',
    externalId: 'SMplanted',
    from: { kind: 'phone', address: firstMentee(stage) },
    body: 'i want to die',
    media: [],
    vendorKeyword: null,
  });
};

describe('the checkers', () => {
  it('find nothing in a run that nobody meddles with', async () => {
    expect(await rulesBroken(() => {}, 120)).toEqual([]);
  });

  it('find a text to somebody who has opted out', async () => {
    const meddle: Meddle = async (stage, witness) => {
      consent(stage, 'opted_out');
      await leave(stage, witness, { messageClass: 'answer' });
    };
    expect(await rulesBroken(meddle)).toContain('opted-out');
  });

  it('find a nudge without consent', async () => {
    const meddle: Meddle = async (stage, witness) => {
      toHour(stage, 13);
      consent(stage, 'pending');
      await leave(stage, witness, { messageClass: 'nudge' });
    };
    expect(await rulesBroken(meddle)).toContain('consent');
  });

  it('find a nudge at night, and one that could be sent at night', async () => {
    const meddle =
      (hour: number, validity: number): Meddle =>
      async (stage, witness) => {
        toHour(stage, hour);
        await leave(stage, witness, { messageClass: 'nudge', validity });
      };
    expect(await rulesBroken(meddle(23, 60))).toContain('quiet-hours');
    expect(await rulesBroken(meddle(19, 4 * 3600))).toContain('quiet-hours');
    expect(await rulesBroken(meddle(13, 600))).not.toContain('quiet-hours');
  });

  it('find a bot that speaks during a case', async () => {
    const meddle: Meddle = async (stage, witness) => {
      await distress(stage);
      await leave(stage, witness, { messageClass: 'answer' });
    };
    expect(await rulesBroken(meddle)).toContain('silence');
  });

  it('find a text that leaves before an older one, or without a claim', async () => {
    const meddle: Meddle = async (stage, witness) => {
      await leave(stage, witness, { messageClass: 'answer' });
      const pending = "status = 'pending', lease_token = null, lease_until_at = null, due_at = due_at - 5000";
      write(stage, `update outbox set ${pending} where key like 'planted:%'`);
      await leave(stage, witness, { messageClass: 'answer' });
    };
    expect(await rulesBroken(meddle)).toContain('order');
    const unclaimed: Meddle = async (stage, witness) => {
      await leave(stage, witness, { messageClass: 'answer', unclaimed: true });
    };
    expect(await rulesBroken(unclaimed)).toContain('unclaimed');
  });

  it('find crisis words that go to a mentor, and a name that goes to another mentee', async () => {
    const toMentor: Meddle = (stage) => {
      const userId = stage.town.mentors[0]?.slackUserId ?? '';
      const ask = (path: string, body: Record<string, string>) =>
        stage.vendors.slack.answer({
          method: 'POST',
          path,
          query: new URLSearchParams(),
          headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(body).toString(),
        });
      ask('/api/conversations.open', { users: userId });
      const im = stage.vendors.slack.state().channels.find((channel) => channel.userId === userId);
      ask('/api/chat.postMessage', { channel: im?.id ?? COUNSELORS, text: 'they wrote: i want to die' });
    };
    expect(await rulesBroken(toMentor)).toContain('leak');
    const named: Meddle = async (stage, witness) => {
      await leave(stage, witness, { messageClass: 'keyword_answer', body: `Hi ${stage.town.mentees[1]?.firstName}` });
    };
    expect(await rulesBroken(named)).toContain('leak');
  });

  it('find the same nudge at Twilio twice', async () => {
    const meddle: Meddle = async (stage, witness) => {
      toHour(stage, 13);
      await leave(stage, witness, { messageClass: 'nudge' });
      const message = stage.vendors.twilio.state().messages.at(-1);
      const credentials = Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64');
      const again = {
        To: firstMentee(stage),
        MessagingServiceSid: SERVICE_SID,
        Body: 'planted',
        StatusCallback: message?.statusCallback ?? '',
      };
      stage.vendors.twilio.answer({
        method: 'POST',
        path: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
        query: new URLSearchParams(),
        headers: { authorization: `Basic ${credentials}` },
        body: new URLSearchParams(again).toString(),
      });
    };
    expect(await rulesBroken(meddle)).toContain('twice');
  });

  it('find an open case whose timer is gone, late, or far away', async () => {
    const meddle =
      (sql: string, after: number): Meddle =>
      async (stage, witness) => {
        await distress(stage);
        write(stage, sql);
        stage.steady += after;
        witness.disturbedAt = 0;
        witness.tickedAt = stage.steady;
      };
    expect(await rulesBroken(meddle("delete from timers where kind = 'escalation'", 0))).toContain('case-timer');
    expect(
      await rulesBroken(meddle("update timers set due_at = due_at + 3600000 where kind = 'escalation'", 0)),
    ).toContain('case-timer');
  });

  it('find a case about which nobody is alerted any more', async () => {
    const meddle: Meddle = async (stage, witness) => {
      await distress(stage);
      stage.steady += 7 * 60_000;
      witness.disturbedAt = 0;
      witness.alertedAt.clear();
      checkCases(witness);
    };
    expect(await rulesBroken(meddle)).toEqual(['case-silent']);
  });

  it('find a case that was never opened, and a text that was acknowledged and not stored', async () => {
    const meddle: Meddle = (stage, witness) => {
      checkReceived(witness, { sid: 'SMnever', from: firstMentee(stage), body: 'hello', isFirst: true });
      write(
        stage,
        "insert into inbox (id, source, external_id, phone_hash, sealed_content, received_at) values ('x', 'twilio', 'SMx', ?, '', ?)",
        stage.observer.hashOf(PROGRAM_NUMBER),
        stage.clock.now(),
      );
      checkReceived(witness, { sid: 'SMx', from: PROGRAM_NUMBER, body: 'i want to die', isFirst: true });
    };
    expect(await rulesBroken(meddle)).toEqual(['lost-inbound', 'no-case']);
  });

  it('find an event that was lost, and a state that its events do not make', async () => {
    const begin: Meddle = async (stage) => {
      await distress(stage);
      write(stage, 'update escalations set version = version + 1');
    };
    expect(await rulesBroken(begin)).toContain('version');
    const other: Meddle = async (stage) => {
      toHour(stage, 13);
      await stage.house?.tick();
      // The relay may be in the middle of a commit.
      await new Promise((resolve) => setImmediate(resolve));
      write(stage, "update conversations set step = 'finish'");
    };
    expect(await rulesBroken(other)).toContain('replay');
  });

  it('find a locked reply that never came, and a row that is forgotten', async () => {
    const lost: Meddle = async (stage) => {
      stage.vendors.twilio.setDown(true);
      await distress(stage);
      write(stage, "update outbox set status = 'lost' where key like 'safety:%'");
      stage.vendors.twilio.setDown(false);
    };
    expect(await rulesBroken(lost, 1)).toContain('no-reply');
    const stuck: Meddle = async (stage) => {
      await distress(stage);
      write(stage, "update outbox set status = 'unknown', check_at = 99999999999999 where key like 'safety:%'");
    };
    expect(await rulesBroken(stuck, 1)).toContain('forgotten');
  });
});
