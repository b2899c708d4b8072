import { expect, test } from 'vitest';
import type { NewOutbound, Recipient, StaffMessage } from '../../src/app/ports/messages.ts';
import {
  asEscalationId,
  asInboundId,
  asMentorPromptId,
  asOutboundId,
  type OutboundId,
} from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import { NOON, sampleCard, sampleOutbound } from './samples.ts';

const escalationId = asEscalationId('case-1');
const counselors: Recipient = { kind: 'slack_channel', channel: 'counselors' };
const promptId = asMentorPromptId('prompt-1');

/** One of every kind, with nothing left at its plainest value. */
const MESSAGES: { readonly [Kind in StaffMessage['kind']]: Extract<StaffMessage, { kind: Kind }> } = {
  alert: sampleCard({
    state: 'resolved',
    heldBy: 'Ruth',
    released: true,
    unansweredSince: NOON,
    nextPaged: null,
    outcome: 'safe',
    nudgesResumeAt: NOON + 1,
  }),
  notice: { kind: 'notice', title: 'Many texts', lines: [{ label: 'From', text: 'Marisol' }] },
  case_text: { kind: 'case_text', caseCode: 'K7Q1', firstName: 'Marisol', text: '*hi* <!channel>', tier: 'high' },
  mentor_words: { kind: 'mentor_words', caseCode: 'K7Q1', title: 'Devon (mentor) wrote', text: '*hi* <!channel>' },
  relayed_text: { kind: 'relayed_text', from: 'A counselor', text: '*hi* <!channel>' },
  relay_state: {
    kind: 'relay_state',
    state: 'not_delivered',
    text: 'I am here.',
    reason: 'The phone is switched off.',
    resend: asOutboundId('out-1'),
  },
  case_question: {
    kind: 'case_question',
    escalationId,
    caseCode: 'K7Q1',
    firstName: 'Marisol',
    question: 'release',
    name: 'Ruth',
  },
  weekly_prompt: {
    kind: 'weekly_prompt',
    promptId,
    firstName: 'Devon',
    weekOn: '2027-06-06',
    stage: 'reminded',
    answered: 1,
    total: 3,
    isClosed: true,
  },
  weekly_summary: {
    kind: 'weekly_summary',
    weekOn: '2027-06-06',
    asked: 4,
    answered: 1,
    partial: ['Devon'],
    missing: [{ name: 'Sam', missesInARow: 2 }],
    excused: [{ name: 'Kit', why: 'away' }],
    worries: 1,
    needs: [{ mentor: 'Devon', mentee: 'Marisol', text: 'A bus pass' }],
    wins: [{ mentee: 'Marisol', text: 'Signed the lease', sharing: 'named' }],
    winsKeptPrivate: 1,
  },
  todo: { kind: 'todo', todoKey: 'k', title: 'Call Sam', detail: 'Two weeks', closedBy: 'Tomasina' },
  open_again: { kind: 'open_again', ask: { modal: 'weekly_update', subject: 'prompt-1' } },
  texts_digest: {
    kind: 'texts_digest',
    on: '2027-06-06',
    texts: [{ inboundId: asInboundId('in-1'), from: 'Marisol', text: 'what is a w2' }],
    more: 2,
  },
  safety_review: {
    kind: 'safety_review',
    on: '2027-06-07',
    verdicts: { real: 2, falseAlarm: 1, wrongTier: 1, none: 3 },
    judged: [
      { escalationId, caseCode: 'K7Q1', tier: 'crisis', shouldBe: null, signals: ['want-to-die'], words: ['so done'] },
      { escalationId, caseCode: 'K7Q2', tier: 'high', shouldBe: 'crisis', signals: [], words: [] },
    ],
    misses: [{ inboundId: asInboundId('in-1'), by: 'person', at: NOON }],
    examplesAdded: 1,
    timeZone: 'America/Los_Angeles',
  },
};

describeOnBoth('what staff are shown', (bed) => {
  const add = async (row: NewOutbound): Promise<OutboundId> => {
    const id = await bed.database.transact(({ outbox }) => outbox.add(row, row.dueAt));
    if (id === null) throw new Error('not added');
    return id;
  };
  const note = (key: string, changes: Partial<NewOutbound> = {}): NewOutbound =>
    sampleOutbound(key, {
      messageClass: 'case_note',
      recipient: counselors,
      escalationId,
      body: { kind: 'slack_post', message: MESSAGES.case_text },
      ...changes,
    });

  test.each(Object.values(MESSAGES))('$kind comes back as it was', async (message) => {
    const ofOutboundId = asOutboundId('out-9');
    const bodies = [
      { kind: 'slack_post', message },
      { kind: 'slack_post', message, thread: null },
      { kind: 'slack_post', message, thread: { ofOutboundId, broadcast: true } },
      { kind: 'slack_update', ofOutboundId, message },
    ] as const;
    for (const [index, body] of bodies.entries()) {
      const id = await add(note(`k${index}`, { body }));
      expect((await bed.database.read(({ outbox }) => outbox.byId(id)))?.body).toStrictEqual(body);
    }
  });

  test('of a case goes by the urgent lane, in the order of its case', async () => {
    await add(note('first', { dueAt: NOON }));
    await add(note('second', { dueAt: NOON }));
    const claimable = (lane: 'urgent' | 'normal') =>
      bed.database.read(async ({ outbox }) => (await outbox.claimable(NOON, 9, lane)).map(({ key }) => key));
    expect(await claimable('normal')).toEqual([]);
    expect(await claimable('urgent')).toEqual(['first']);
  });
});

describeOnBoth('sends that came to nothing', (bed) => {
  const slack = { recipient: { kind: 'slack_channel', channel: 'staff' }, messageClass: 'notice' } as const;
  const post = { kind: 'slack_post', message: MESSAGES.notice } as const;

  /** Adds a row at `at` and lets it end so. */
  const end = (key: string, at: number, how: 'failed' | 'parked' | 'lost' | 'sent', row: Partial<NewOutbound> = {}) =>
    bed.database.transact(async ({ outbox }) => {
      const id = await outbox.add(sampleOutbound(key, { dueAt: at, ...row }), at);
      if (id === null || !(await outbox.claim(id, key, at + 30_000, at))) throw new Error(`${key} was not claimed`);
      if (how === 'lost') {
        await outbox.finish(id, key, { kind: 'unknown', checkAt: at });
        await outbox.settle(id, { kind: 'lost' });
      } else if (how === 'sent') {
        await outbox.finish(id, key, { kind: 'sent', providerId: key, status: 'queued' });
      } else await outbox.finish(id, key, { kind: how, code: '30006' });
    });

  test('are listed newest first and counted, texts and posts alike', async () => {
    await end('old', NOON - 1, 'failed');
    await end('refused', NOON, 'failed');
    await end('sent', NOON, 'sent');
    await end('parked', NOON + 1, 'parked', { ...slack, body: post });
    await end('lost', NOON + 1, 'lost');
    await bed.database.transact(({ outbox }) => outbox.add(sampleOutbound('waits'), NOON));
    const [newest] = await bed.database.read(({ outbox }) => outbox.failedSince(NOON + 1, 9));
    expect(newest).toMatchObject({ key: 'lost', status: 'lost', reason: 'unknown' });
    const keys = (since: number, limit: number) =>
      bed.database.read(async ({ outbox }) => (await outbox.failedSince(since, limit)).map(({ key }) => key));
    const count = (since: number) => bed.database.read(({ outbox }) => outbox.countFailedSince(since));
    expect(await keys(NOON, 9)).toEqual(['lost', 'parked', 'refused']);
    expect(await keys(NOON, 2)).toEqual(['lost', 'parked']);
    expect([await count(0), await count(NOON), await count(NOON + 2)]).toEqual([4, 3, 0]);
  });
});
