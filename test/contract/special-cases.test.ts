// What cases of a special kind need of the stores, on both databases: reports, words that are removed, the last text to a
// number, mentees who have died, and a question that a case remembers.

import { beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/app/ports/database.ts';
import { asEscalationId, asInboundId, asMenteeId, asMentorId } from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import {
  addClaimed,
  hashOf,
  NOON,
  sampleCard,
  sampleCase,
  sampleMentee,
  sampleMentor,
  sampleOutbound,
  sampleText,
  toPhone,
} from './samples.ts';

const caseId = asEscalationId('case-1');
const opened = { kind: 'opened', at: NOON, tier: 'crisis', onCall: [] } as const;

describeOnBoth('cases of a special kind', (bed) => {
  const act = <T>(work: (stores: Stores) => Promise<T>) => bed.database.transact(work);
  const read = <T>(work: (stores: Stores) => Promise<T>) => bed.database.read(work);

  beforeEach(() =>
    act(async ({ people, escalations }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await escalations.insert(
        sampleCase(1, { topics: ['immigration'], dutySince: NOON, signals: ['immigration'] }),
        opened,
        NOON,
      );
    }),
  );

  test('a report is noted once for each person and kind, and the first stands first', async () => {
    const report = (by: string, at: number, kind: 'phone' | 'written' = 'phone') =>
      act(({ caseReports }) => caseReports.add({ escalationId: caseId, report: kind, by, at }));
    expect(await report('counselor-2', NOON + 2)).toBe(true);
    expect(await report('counselor-1', NOON + 1)).toBe(true);
    expect(await report('counselor-1', NOON + 9)).toBe(false);
    expect(await report('counselor-1', NOON + 3, 'written')).toBe(true);
    expect(await read(({ caseReports }) => caseReports.of(caseId))).toEqual([
      { escalationId: caseId, report: 'phone', by: 'counselor-1', at: NOON + 1 },
      { escalationId: caseId, report: 'phone', by: 'counselor-2', at: NOON + 2 },
      { escalationId: caseId, report: 'written', by: 'counselor-1', at: NOON + 3 },
    ]);
    expect(await read(({ caseReports }) => caseReports.of(asEscalationId('case-9')))).toEqual([]);
  });

  test('the words of a case go; its state, its story and its version stay', async () => {
    const before = await read(({ escalations }) => escalations.byId(caseId));
    if (before === null) throw new Error('no case');
    await act(({ escalations }) => escalations.removeWords(before, NOON + 5));
    expect(await read(({ escalations }) => escalations.byId(caseId))).toEqual({
      ...before,
      words: [],
      answered: '',
      signals: [],
      topics: [],
      wordsRemovedAt: NOON + 5,
    });
    expect(await read(({ escalations }) => escalations.events(caseId))).toHaveLength(1);
  });

  test('the words of texts go between two moments, files and signals with them; who sent them and when stays', async () => {
    await act(async ({ inbox }) => {
      for (const [index, at] of [NOON - 1, NOON, NOON + 5, NOON + 6].entries()) {
        const id = asInboundId(`in-${index}`);
        const media = [{ url: 'https://media.example/1', contentType: 'image/png' }];
        await inbox.insert(
          { ...sampleText(`SM${index}`, `words ${index}`), media },
          { id, phoneHash: hashOf(1), receivedAt: at },
        );
        await inbox.setScreening(id, 'high', ['immigration']);
        await inbox.markUnread(id);
      }
      await inbox.insert(sampleText('SM9', 'another', 2), {
        id: asInboundId('in-9'),
        phoneHash: hashOf(2),
        receivedAt: NOON,
      });
    });
    const span = { from: NOON, until: NOON + 5 };
    expect(await act(({ inbox }) => inbox.removeWords(hashOf(1), span, NOON + 99))).toBe(2);
    const [texts, signals, unread, other] = await read(async ({ inbox }) => [
      await inbox.recent(hashOf(1), 0, 9),
      await inbox.signalsSince(hashOf(1), 'high', 0),
      await inbox.unread(9),
      await inbox.byId(asInboundId('in-9')),
    ]);
    expect(texts.map(({ body, receivedAt, wordsRemovedAt }) => [body, receivedAt, wordsRemovedAt])).toEqual([
      ['words 0', NOON - 1, null],
      ['', NOON, NOON + 99],
      ['', NOON + 5, NOON + 99],
      ['words 3', NOON + 6, null],
    ]);
    expect(signals).toEqual([['immigration'], [], [], ['immigration']]);
    expect(unread.map(({ id }) => id)).toEqual(['in-0', 'in-3']);
    expect(other?.body).toBe('another');
    const again = { id: asInboundId('in-8'), phoneHash: hashOf(1), receivedAt: NOON + 100 };
    expect(await act(({ inbox }) => inbox.insert(sampleText('SM1', 'words 1'), again))).toBeNull();
  });

  test('a row of the outbox says something else; its place and what became of it stay', async () => {
    const row = sampleOutbound('said', { escalationId: caseId, body: { kind: 'sms', text: 'a lawyer' } });
    const id = await act(({ outbox }) => outbox.add(row, NOON));
    if (id === null) throw new Error('no row');
    await act(({ outbox }) => outbox.removeWords(id, { kind: 'sms', text: '' }, NOON + 5));
    const after = await read(({ outbox }) => outbox.byId(id));
    expect(after).toMatchObject({ ...row, body: { kind: 'sms', text: '' }, status: 'pending' });
    expect((await read(({ outbox }) => outbox.ofEscalation(caseId))).map((one) => one.id)).toEqual([id]);
  });

  test('a card keeps what it says of the phone and of the duty', async () => {
    const message = sampleCard({
      textSafety: 'not_safe',
      cannotText: 'They said that it is not safe to text.',
      duty: {
        age: 'under_18',
        since: NOON,
        writtenDueAt: NOON + 9,
        agency: 'County hotline, (213) 555-0140',
        written: null,
        reports: [{ report: 'phone', by: 'Renee', at: NOON + 1 }],
      },
      wordsRemovedAt: NOON + 3,
    });
    const body = { kind: 'slack_post', message } as const;
    await act(({ outbox }) => outbox.add(sampleOutbound('card', { messageClass: 'alert', body }), NOON));
    expect(await read(({ outbox }) => outbox.byKey('card'))).toMatchObject({ body });
  });

  test('the last text to a number is the newest that left or may have left', async () => {
    const text = (key: string, at: number) =>
      act(({ outbox }) => outbox.add(sampleOutbound(key, { recipient: toPhone(1), dueAt: at }), at));
    expect(await read(({ outbox }) => outbox.lastTextTo(hashOf(1), 0))).toBeNull();
    await text('waits', NOON + 50);
    expect(await read(({ outbox }) => outbox.lastTextTo(hashOf(1), 0))).toBeNull();
    await act(async (stores) => {
      const first = await addClaimed(stores, 'first', 'token-1');
      await stores.outbox.finish(first, 'token-1', { kind: 'sent', providerId: 'SM1', status: 'queued' });
    });
    expect(await read(({ outbox }) => outbox.lastTextTo(hashOf(1), 0))).toMatchObject({ key: 'first' });
    await act((stores) => addClaimed(stores, 'second', 'token-2'));
    expect(await read(({ outbox }) => outbox.lastTextTo(hashOf(1), 0))).toMatchObject({ key: 'second' });
    expect(await read(({ outbox }) => outbox.lastTextTo(hashOf(1), NOON + 99_999_999))).toBeNull();
    expect(await read(({ outbox }) => outbox.lastTextTo(hashOf(2), 0))).toBeNull();
  });

  test('whoever has died is no mentee of a mentor nor of the program, and is found among the deceased', async () => {
    await act(async ({ people, pauses }) => {
      await people.saveMentee(sampleMentee(2), NOON + 1);
      const mentorId = await people.saveMentor(sampleMentor(1), NOON);
      await people.saveMatch(asMenteeId('mentee-1'), mentorId, '2027-06-01');
      await people.saveMatch(asMenteeId('mentee-2'), mentorId, '2027-06-01');
      await pauses.set({ phoneHash: hashOf(1), until: null, reason: 'deceased', setBy: 'staff-1', setAt: NOON });
      await pauses.set({ phoneHash: hashOf(2), until: null, reason: 'medical', setBy: 'staff-1', setAt: NOON });
    });
    const found = await read(async ({ people }) => [
      await people.mentees(),
      await people.menteesOf(asMentorId('mentor-1')),
      await people.deceased(),
    ]);
    expect(found.map((list) => list.map(({ id }) => id))).toEqual([['mentee-2'], ['mentee-2'], ['mentee-1']]);
    expect(await read(({ people }) => people.mentee(asMenteeId('mentee-1')))).not.toBeNull();
    await act(({ pauses }) => pauses.revive(hashOf(1)));
    expect(await read(({ people }) => people.menteesOf(asMentorId('mentor-1')))).toHaveLength(2);
  });

  test('a case keeps what was asked of the phone, and its event', async () => {
    const before = await read(({ escalations }) => escalations.byId(caseId));
    if (before === null) throw new Error('no case');
    const event = { kind: 'text_safety', at: NOON + 1, said: 'asked' } as const;
    const state = { ...before.state, textSafety: 'asked', textSafetyAt: NOON + 1 } as const;
    const next = { ...before, version: 2, state };
    expect(await act(({ escalations }) => escalations.advance(next, event, NOON + 1))).toBe(true);
    const [after, events] = await read(async ({ escalations }) => [
      await escalations.byId(caseId),
      await escalations.events(caseId),
    ]);
    expect(after).toEqual(next);
    expect(events.at(-1)?.event).toEqual(event);
  });
});
