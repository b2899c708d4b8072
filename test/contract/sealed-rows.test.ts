import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { asCounselorId, asEscalationId, asInboundId, asMenteeId } from '../../src/core/model/ids.ts';
import { openEscalation } from '../../src/core/safety/escalation.ts';
import { describeOnBoth, type TestBed } from './databases.ts';
import {
  hashOf,
  NOON,
  phoneOf,
  sampleConversation,
  sampleFacts,
  sampleMentee,
  sampleMentor,
  sampleOutbound,
  sampleText,
} from './samples.ts';

const SECRETS = [
  '5550101', // the mentee's number, however it is written around
  '5550151',
  'Marisol',
  'Quintanilla',
  'Abernathy',
  'Okafor',
  'moth-body',
  'moth-outbound',
  'moth-variable',
  'moth-reply',
  'moth-word',
  'moth-answered',
  'moth-reason',
  'moth-media',
  'moth-notice',
];

async function writeEverything(bed: TestBed): Promise<void> {
  const opened = { kind: 'opened', at: NOON, tier: 'crisis', onCall: [asCounselorId('c')] } as const;
  await bed.database.transact(async (stores) => {
    const { people, conversations, inbox, outbox, escalations, mentorList } = stores;
    await people.saveMentee(sampleMentee(1), NOON);
    await people.saveMentor(sampleMentor(1), NOON);
    await people.saveCounselor(
      { ...sampleMentor(2), id: asCounselorId('c'), lastName: 'Okafor', onCallOrder: 1 },
      NOON,
    );
    const media = [{ url: 'https://media.example/moth-media', contentType: 'image/png' }];
    const text = { ...sampleText('SM1', 'moth-body'), media };
    await inbox.insert(text, { id: asInboundId('a'), phoneHash: hashOf(1), receivedAt: NOON });
    await conversations.insert(sampleConversation(1, { variables: { note: 'moth-variable' } }), NOON);
    const recorded = {
      version: 2,
      event: { kind: 'reply_received', text: 'moth-reply' },
      facts: sampleFacts,
      at: NOON,
    } as const;
    await conversations.advance(sampleConversation(1, { version: 2, variables: { note: 'moth-variable' } }), recorded);
    await outbox.add(sampleOutbound('k', { body: { kind: 'sms', text: 'moth-outbound' } }), NOON);
    const message = { kind: 'notice', title: 'moth-notice', lines: [{ label: 'Name', text: 'Marisol' }] } as const;
    const staff = { kind: 'slack_channel', channel: 'staff' } as const;
    await outbox.add(sampleOutbound('n', { recipient: staff, body: { kind: 'slack_post', message } }), NOON);
    const escalation = {
      id: asEscalationId('e'),
      caseCode: 'K7QX',
      phoneHash: hashOf(1),
      menteeId: asMenteeId('mentee-1'),
      version: 1,
      state: openEscalation(opened).escalation,
      words: ['moth-word'],
      answered: 'moth-answered',
    };
    await escalations.insert(escalation, opened, NOON);
    const item = { menteeId: asMenteeId('mentee-1'), mentorId: null, reason: 'moth-reason', task: null, at: NOON };
    await mentorList.add('k', item);
  });
}

/** Everything an intruder with the files, or with a login, would read. */
async function readEverything(bed: TestBed): Promise<string> {
  if (bed.kind === 'sqlite') {
    const path = fileURLToPath(bed.place.url.replace('file:', 'file://'));
    const files = [path, `${path}-wal`, `${path}-shm`].filter(existsSync);
    expect(files.length).toBeGreaterThan(1);
    return files.map((file) => readFileSync(file, 'latin1')).join('');
  }
  const tables = await bed.place.sql("select tablename from pg_tables where schemaname = 'public'");
  const rows = await Promise.all(tables.map(({ tablename }) => bed.place.sql(`select * from ${String(tablename)}`)));
  return JSON.stringify(rows);
}

describeOnBoth('rows at rest', (bed) => {
  test('hold no name, number or word of a student', async () => {
    await writeEverything(bed);
    const raw = await readEverything(bed);
    expect(raw).toContain('SM1');
    expect(SECRETS.filter((secret) => raw.includes(secret))).toEqual([]);
    expect(raw.includes(phoneOf(1))).toBe(false);
  });

  test('open only in the row that they were written for, and say which one does not', async () => {
    await writeEverything(bed);
    await bed.database.transact(({ people }) => people.saveMentee({ ...sampleMentee(2), firstName: 'Other' }, NOON));
    await bed.place.sql(
      "update mentees set sealed_identity = (select sealed_identity from mentees where id = 'mentee-1') where id = 'mentee-2'",
    );
    const opened = bed.database.read(({ people }) => people.mentee(asMenteeId('mentee-2')));
    await expect(opened).rejects.toThrow('mentees.sealed_identity of row "mentee-2" does not open');
    await expect(opened).rejects.not.toThrow(/Marisol|555/);
  });

  test('are refused as a whole under another data key', async () => {
    await writeEverything(bed);
    const open = bed.open({ dataKey: Buffer.alloc(32, 8).toString('base64') });
    await expect(open).rejects.toThrow('DATA_KEY is not the key of this database');
  });
});
