// The checkers of cases, threads and pauses bite: each violation is planted once and must be found.

import { describe, expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { checkCases } from './checks/check-cases.ts';
import { checkHeard, checkInThread, checkThreadPosts } from './checks/check-relay.ts';
import { checkReceived } from './checks/check-rows.ts';
import type { Witness } from './checks/witness.ts';
import { resolveCase } from './doors.ts';
import { consent, distress, firstMentee, leave, type Meddle, rulesBroken, say, toHour, write } from './planting.ts';
import type { Stage } from './stage.ts';
import { COUNSELORS } from './vendors.ts';
import { REMARK } from './words.ts';

const MINUTE = 60_000;
const HOLDER = 'U0STAFF003';
const OTHER = 'U0STAFF005';

/** A case of the first mentee, with its card in Slack; `deed` is what the holder then does. */
async function openCase(stage: Stage, deed: 'acknowledge' | 'take_over' | null): Promise<string> {
  await distress(stage);
  await settle(stage);
  const id = stage.observer.first<{ id: string }>('select id from escalations')?.id ?? '';
  const about = { escalationId: asEscalationId(id) };
  if (deed !== null) await stage.house?.act({ kind: deed, ...about }, { slackUserId: HOLDER, actKey: 'planted' });
  return id;
}

/** Until what was to be posted stands in Slack, and the house has noted it. */
async function settle(stage: Stage): Promise<void> {
  const isThere = () => stage.observer.first("select id from outbox where key like 'case-text:%' and status = 'sent'");
  for (let turn = 0; turn < 400 && isThere() === null; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    stage.agenda.take(stage.steady)?.run();
    if (turn % 20 === 19) stage.steady += 1_000;
  }
}

/** A minute of the house, with what its requests wait for on the wire: nobody else moves time here. */
async function playMinute(stage: Stage): Promise<void> {
  let isDone = false;
  const minute = stage.house?.tick().finally(() => {
    isDone = true;
  });
  for (let turn = 0; turn < 2_000 && !isDone; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    stage.agenda.take(stage.steady)?.run();
    if (turn % 20 === 19) stage.steady += 500;
  }
  await minute;
}

async function resolve(stage: Stage, id: string): Promise<void> {
  if (stage.house === null) throw new Error('nobody is at home');
  await resolveCase(stage.house, asEscalationId(id), 72, { slackUserId: HOLDER, actKey: 'planted end' });
}

/** A line in a thread, as the town remembers it. */
function remember(witness: Witness, externalId: string, userId: string, text: string): void {
  witness.written.set(externalId, { userId, versions: [text], writtenAt: 0, rootTs: '0' });
}

/** A text of a counselor that stands in the outbox and at Twilio, though only `text` was written, by `userId`. */
function relayed(given: { userId: string | null; text: string; body: string; deed?: 'acknowledge' }): Meddle {
  return async (stage, witness) => {
    const escalationId = await openCase(stage, given.deed ?? 'take_over');
    if (given.userId !== null) remember(witness, `${COUNSELORS}:1.0`, given.userId, given.text);
    const key = `relay:${COUNSELORS}:1.0`;
    await leave(stage, witness, { messageClass: 'human_text', key, escalationId, body: given.body });
  };
}

describe('the checkers of threads', () => {
  it('find nothing in words of the holder that went out as they were written', async () => {
    const said = { userId: HOLDER, text: `//${REMARK}\nhow are you`, body: 'Someone: how are you' };
    expect(await rulesBroken(relayed(said), 1)).toEqual([]);
  });

  it('find words that nobody wrote, or wrote otherwise', async () => {
    expect(await rulesBroken(relayed({ userId: null, text: '', body: 'hi' }))).toContain('relay-stray');
    expect(await rulesBroken(relayed({ userId: HOLDER, text: 'hi', body: 'bye' }))).toContain('relay-words');
    expect(await rulesBroken(relayed({ userId: HOLDER, text: `// ${REMARK}`, body: `// ${REMARK}` }))).toEqual(
      expect.arrayContaining(['relay-words', 'remark-left']),
    );
  });

  it('find words of somebody else, and words while nobody had taken over', async () => {
    expect(await rulesBroken(relayed({ userId: OTHER, text: 'hi', body: 'hi' }))).toContain('relay-not-held');
    const early = { userId: HOLDER, text: 'hi', body: 'hi', deed: 'acknowledge' } as const;
    expect(await rulesBroken(relayed(early))).toContain('relay-not-held');
  });

  it('find the same words at the student twice', async () => {
    const meddle: Meddle = async (stage, witness) => {
      await relayed({ userId: HOLDER, text: 'hi (n1)', body: 'hi (n1)' })(stage, witness);
      await leave(stage, witness, { messageClass: 'human_text', body: 'hi (n1)' });
    };
    expect(await rulesBroken(meddle)).toContain('relay-twice');
  });

  it('find a text of a counselor to somebody who opted out, also when the ledger does not know it', async () => {
    const ledger: Meddle = async (stage, witness) => {
      consent(stage, 'opted_out');
      await leave(stage, witness, { messageClass: 'human_text' });
    };
    expect(await rulesBroken(ledger)).toContain('opted-out');
    const word: Meddle = async (stage, witness) => {
      await say(stage, 'STOP');
      consent(stage, 'active');
      await leave(stage, witness, { messageClass: 'human_text' });
    };
    expect(await rulesBroken(word)).toContain('opted-out');
  });

  it('find a text in a case that is not in its thread', async () => {
    const missing: Meddle = async (stage, witness) => {
      await openCase(stage, 'acknowledge');
      stage.steady += MINUTE;
      const sid = await say(stage, 'ok thx');
      write(stage, "update outbox set key = key || ':gone' where key like 'case-text:%'");
      checkReceived(witness, { sid, from: firstMentee(stage), body: 'ok thx', isFirst: true });
    };
    expect(await rulesBroken(missing)).toContain('not-in-thread');
    const unposted: Meddle = async (stage, witness) => {
      await openCase(stage, null);
      write(stage, "update outbox set provider_id = 'C0:0.0' where key like 'case-text:%'");
      checkThreadPosts(witness, stage.clock.now() + 1);
    };
    expect(await rulesBroken(unposted)).toContain('not-in-thread');
    const resolved: Meddle = async (stage, witness) => {
      const id = await openCase(stage, null);
      await resolve(stage, id);
      const phoneHash = stage.observer.hashOf(firstMentee(stage));
      checkInThread(witness, { inboundId: 'none', phoneHash, receivedAt: stage.clock.now() + MINUTE });
    };
    expect(await rulesBroken(resolved, 1)).not.toContain('not-in-thread');
  });

  it('find a line in a thread that nobody read', async () => {
    const meddle: Meddle = async (stage, witness) => {
      await openCase(stage, null);
      const root = stage.vendors.slack.state().messages.find(({ channel }) => channel === COUNSELORS)?.ts ?? '';
      stage.vendors.slack.writeThread({ userId: HOLDER, channel: COUNSELORS, threadTs: root, text: 'I am here' });
      const ts = stage.vendors.slack.state().messages.at(-1)?.ts ?? '';
      const line = { userId: HOLDER, versions: ['I am here'], writtenAt: 0, rootTs: root };
      witness.written.set(`${COUNSELORS}:${ts}`, line);
      checkHeard(witness, 1);
    };
    expect(await rulesBroken(meddle)).toContain('not-heard');
  });
});

describe('the checkers of pauses', () => {
  it('find a nudge during a pause, and one before the moment that was chosen', async () => {
    const paused: Meddle = async (stage, witness) => {
      toHour(stage, 13);
      const values = [stage.observer.hashOf(firstMentee(stage)), 'after_case', 'house', 0] as const;
      write(stage, 'insert into pauses (phone_hash, reason, set_by, set_at) values (?, ?, ?, ?)', ...values);
      await leave(stage, witness, { messageClass: 'nudge' });
    };
    expect(await rulesBroken(paused)).toContain('pause');
    const early: Meddle = async (stage, witness) => {
      toHour(stage, 13);
      await resolve(stage, await openCase(stage, null));
      write(stage, 'delete from pauses');
      await leave(stage, witness, { messageClass: 'nudge' });
    };
    expect(await rulesBroken(early)).toContain('pause');
  });
});

describe('the checkers of cases that somebody has', () => {
  /** So long after the deed, with a timer that still seems to come. */
  const letPass = (stage: Stage, witness: Witness, minutes: number) => {
    stage.steady += minutes * MINUTE;
    witness.disturbedAt = 0;
    write(stage, "update timers set due_at = ? where kind = 'escalation'", stage.clock.now() + MINUTE);
    checkCases(witness);
  };

  it.each(['acknowledge', 'take_over'] as const)('find that %s was all that ever happened', async (deed) => {
    const meddle =
      (minutes: number): Meddle =>
      async (stage, witness) => {
        await openCase(stage, deed);
        letPass(stage, witness, minutes);
      };
    expect(await rulesBroken(meddle(44), 1)).toContain('case-forgotten');
    expect(await rulesBroken(meddle(34), 1)).not.toContain('case-forgotten');
  });

  it('find a text that waits in a hand-off and pages nobody, at first and later', async () => {
    const waiting: Meddle = async (stage, witness) => {
      await openCase(stage, 'take_over');
      await say(stage, 'ok thx');
      letPass(stage, witness, 18);
    };
    expect(await rulesBroken(waiting, 1)).toContain('case-forgotten');
    const silent: Meddle = async (stage, witness) => {
      await openCase(stage, 'take_over');
      await say(stage, 'ok thx');
      stage.steady += 12 * MINUTE;
      await playMinute(stage);
      checkCases(witness);
      witness.alertedAt.clear();
      letPass(stage, witness, 18);
    };
    expect(await rulesBroken(silent, 1)).toContain('case-silent');
  });

  it('find a case without a timer, whatever its state', async () => {
    for (const deed of ['acknowledge', 'take_over'] as const) {
      const meddle: Meddle = async (stage) => {
        await openCase(stage, deed);
        write(stage, "delete from timers where kind = 'escalation'");
      };
      expect(await rulesBroken(meddle, 1)).toContain('case-timer');
    }
  });

  it('find a bot that speaks during a hand-off, and none in one that speaks after a release', async () => {
    const meddle =
      (deeds: readonly ('take_over' | 'release')[]): Meddle =>
      async (stage, witness) => {
        const escalationId = asEscalationId(await openCase(stage, null));
        for (const kind of deeds)
          await stage.house?.act({ kind, escalationId }, { slackUserId: HOLDER, actKey: `planted ${kind}` });
        await leave(stage, witness, { messageClass: 'answer' });
      };
    expect(await rulesBroken(meddle(['take_over']), 1)).toContain('silence');
    expect(await rulesBroken(meddle(['take_over', 'release']), 1)).not.toContain('silence');
  });
});
