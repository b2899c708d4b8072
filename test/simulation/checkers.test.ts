// The checkers bite: each violation is planted once, past the house or into its file, and must be found.

import { describe, expect, it } from 'vitest';
import { checkCases } from './checks/check-cases.ts';
import { checkReceived } from './checks/check-rows.ts';
import { consent, distress, firstMentee, leave, type Meddle, rulesBroken, toHour, write } from './planting.ts';
import { ACCOUNT_SID, AUTH_TOKEN, BOT_TOKEN, COUNSELORS, PROGRAM_NUMBER, SERVICE_SID } from './vendors.ts';

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
        // Before the next minute, in which the house's own auditor mends it.
        checkCases(witness);
      };
    expect(await rulesBroken(meddle("delete from timers where kind = 'escalation'", 0))).toContain('case-timer');
    expect(
      await rulesBroken(meddle("update timers set due_at = due_at + 3600000 where kind = 'escalation'", 0)),
    ).toContain('case-timer');
  });

  it('find a case about which nobody is alerted any more', async () => {
    const meddle: Meddle = async (stage, witness) => {
      await distress(stage);
      witness.disturbedAt = 0;
      checkCases(witness);
      stage.steady += 7 * 60_000;
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
