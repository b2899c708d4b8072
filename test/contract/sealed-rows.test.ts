import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Stores } from '../../src/app/ports/database.ts';
import { asCounselorId, asInboundId, asMenteeId, asMentorId, asOutboundId } from '../../src/core/model/ids.ts';
import { quietUpdate } from '../../src/core/model/weekly-update.ts';
import { describeOnBoth, type TestBed } from './databases.ts';
import {
  hashOf,
  NOON,
  phoneOf,
  sampleCase,
  sampleConversation,
  sampleFacts,
  sampleMentee,
  sampleMentor,
  sampleOutbound,
  samplePrompt,
  sampleStaff,
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
  '5550190', // the emergency contact's
  '5550191', // campus counseling's
  '5550181', // program staff's
  'Vandermeer',
  'moth-emergency',
  '2009-02-03', // the mentee's birth date
  'moth-case-text',
  'moth-relayed',
  'moth-update',
  'moth-worry',
  'moth-step',
  'moth-need',
  'moth-win',
  'moth-todo',
  'moth-detail',
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
    const escalation = sampleCase(1, { words: ['moth-word'], answered: 'moth-answered' });
    await escalations.insert(escalation, opened, NOON);
    const item = { menteeId: asMenteeId('mentee-1'), mentorId: null, reason: 'moth-reason', task: null, at: NOON };
    await mentorList.add('k', item);
  });
  await bed.database.transact(writeDeedsOfPeople);
}

/** What counselors, mentors and staff say and are shown. */
async function writeDeedsOfPeople({ people, outbox, prompts, todos }: Stores): Promise<void> {
  const menteeId = asMenteeId('mentee-1');
  await people.saveStaff(sampleStaff(1), NOON);
  const contacts = {
    birthOn: '2009-02-03',
    emergencyName: 'moth-emergency',
    emergencyPhone: phoneOf(90),
    campusCounselingPhone: phoneOf(91),
    campusPolicePhone: null,
  };
  await people.saveContacts(menteeId, contacts, NOON);
  const counselors = { kind: 'slack_channel', channel: 'counselors' } as const;
  const thread = { ofOutboundId: asOutboundId('o'), broadcast: false };
  const text = {
    kind: 'case_text',
    caseCode: 'K7Q1',
    firstName: 'Marisol',
    text: 'moth-case-text',
    tier: 'none',
  } as const;
  const state = { kind: 'relay_state', state: 'queued', text: 'moth-relayed', reason: '', resend: null } as const;
  for (const message of [text, state]) {
    const body = { kind: 'slack_post', message, thread } as const;
    await outbox.add(sampleOutbound(message.kind, { recipient: counselors, messageClass: 'case_note', body }), NOON);
  }
  await prompts.insert(samplePrompt(6, { menteeIds: [menteeId] }));
  const update = {
    ...quietUpdate('talked'),
    worry: { topics: [], needsStaffNow: false, note: 'moth-worry' },
    nextStep: 'moth-step',
    needFromStaff: 'moth-need moth-update',
    win: { text: 'moth-win', sharing: 'private' },
  } as const;
  const { id: promptId, weekOn } = samplePrompt(6);
  await prompts.saveUpdate({ promptId, menteeId, mentorId: asMentorId('mentor-1'), weekOn, update, at: NOON });
  await todos.add({
    key: 'review:mentor-1',
    kind: 'mentor_review',
    title: 'moth-todo',
    detail: 'moth-detail',
    at: NOON,
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
