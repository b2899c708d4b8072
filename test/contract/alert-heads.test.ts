import { expect, test } from 'vitest';
import type { NewOutbound, OutboundBody } from '../../src/app/ports/messages.ts';
import { asEscalationId, type OutboundId } from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import { NOON, sampleCard, sampleCounselor, sampleMentor, sampleOutbound, sampleStaff } from './samples.ts';

describeOnBoth('what a press looks up', (bed) => {
  const escalationId = asEscalationId('case-1');
  const add = async (key: string, changes: Partial<NewOutbound>): Promise<OutboundId> => {
    const row = sampleOutbound(key, { messageClass: 'alert', escalationId, ...changes });
    const id = await bed.database.transact(({ outbox }) => outbox.add(row, NOON));
    if (id === null) throw new Error(`${key} is there already`);
    return id;
  };
  const post: OutboundBody = { kind: 'slack_post', message: sampleCard() };
  const toCounselors = { kind: 'slack_channel', channel: 'counselors' } as const;

  test('alerts of a case by what they are, without those that will never leave', async () => {
    const card = await add('alert:case-1:1:0', { recipient: toCounselors, body: post });
    const text = await add('alert:case-1:1:1', {});
    const gone = await add('alert:case-1:2:0', {});
    await add('alert:case-2:1:0', { escalationId: asEscalationId('case-2') });
    await add('note', { messageClass: 'case_note', recipient: toCounselors, body: post });
    await bed.database.transact(async ({ outbox }) => {
      await outbox.drop(gone, 'x');
      await outbox.claim(card, 'lease', NOON + 30_000, NOON);
    });
    expect(await bed.database.read(({ outbox }) => outbox.alerts(escalationId))).toEqual([
      { id: card, key: 'alert:case-1:1:0', bodyKind: 'slack_post', isPending: false },
      { id: text, key: 'alert:case-1:1:1', bodyKind: 'sms', isPending: true },
    ]);
  });

  test('a change of a card that names its case comes back as it was', async () => {
    const message = { kind: 'case_card', escalationId, round: 2 } as const;
    const body = { kind: 'slack_update', ofOutboundId: 'post-1' as OutboundId, message } as const;
    const id = await add('alert:case-1:3:0:post-1', { recipient: toCounselors, body });
    expect((await bed.database.read(({ outbox }) => outbox.byId(id)))?.body).toEqual(body);
  });

  test('everything that a person of Slack is, in one look, and at once when the roster changes', async () => {
    const slackUserId = 'U0BOTH';
    const roles = (id: string) => bed.database.read(({ people }) => people.bySlackUser(id));
    const counselor = { ...sampleCounselor(1), slackUserId };
    const mentor = { ...sampleMentor(1), slackUserId };
    await bed.database.transact(async ({ people }) => {
      await people.saveCounselor(counselor, NOON);
      await people.saveMentor(mentor, NOON);
      await people.saveStaff(sampleStaff(1), NOON);
    });
    expect(await roles(slackUserId)).toEqual({ counselor, mentor, staff: null });
    expect(await roles('U0STAFF1')).toEqual({ counselor: null, mentor: null, staff: sampleStaff(1) });
    expect(await roles('U0NOBODY')).toEqual({ counselor: null, mentor: null, staff: null });
    const renamed = { ...counselor, firstName: 'Another', onCallOrder: null };
    await bed.database.transact(({ people }) => people.saveCounselor(renamed, NOON + 1));
    expect((await roles(slackUserId)).counselor).toEqual(renamed);
  });
});
