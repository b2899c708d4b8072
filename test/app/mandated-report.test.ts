// MR-01: the duty of mandated reporters in a case of somebody under 18, on the card and in the thread. The duty is
// personal, so nobody approves a report, and nothing here could.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACT, ASK, HANDLED_VIEWS } from '../../src/adapters/slack/views/action-ids.ts';
import { renderAlert } from '../../src/adapters/slack/views/alert.ts';
import { bornOn, DAY, HOUR, lastCard, MINUTE, onlyCase, withStaff } from './special-house.ts';
import { createWorld, LUIS, MAYA, MONDAY_10, type World } from './world.ts';

const ABUSE = 'my dad hits me';
const CHILD = '2009-09-01';

async function caseOf(birthOn: string | null, text = ABUSE) {
  const world = await createWorld();
  if (birthOn !== null) await bornOn(world, 'Maya', birthOn);
  await world.text(MAYA, text);
  return { world, escalationId: onlyCase(world) };
}

/** Somebody has it and it is quiet, so that days pass without a page. */
async function quiet({ world, escalationId }: Awaited<ReturnType<typeof caseOf>>) {
  await world.act('U0RENEE', { kind: 'acknowledge', escalationId });
  await world.act('U0RENEE', { kind: 'release', escalationId });
  return world;
}

const reminders = (world: World, words: RegExp) =>
  world.posts.filter(({ message }) => message.kind === 'notice' && words.test(message.title));

describe('MR-01: the card of a case of somebody under 18', () => {
  it('shows the duty, both timers and the agency', async () => {
    const { world } = await caseOf(CHILD);
    expect(lastCard(world).duty).toEqual({
      age: 'under_18',
      since: MONDAY_10,
      writtenDueAt: MONDAY_10 + 36 * HOUR,
      agency: 'County child protection hotline, (213) 555-0140',
      written: expect.stringContaining('SS 8572'),
      reports: [],
    });
    const shown = JSON.stringify(renderAlert(lastCard(world)));
    expect(shown).toMatch(/UNDER 18\./);
    expect(shown).toMatch(/By phone: not noted yet\. Due at once, since Mon, Jun 7, 10:00 am/);
    expect(shown).toMatch(/In writing: not noted yet\. Due Tue, Jun 8, 10:00 pm/);
    expect(shown).toMatch(/nobody approves a report, and nobody may stop one/);
  });

  it.each([
    ['abuse', 'my stepdad touches me at night', true],
    ['neglect', 'my mom kicked me out and i have nowhere to sleep tonight', true],
    ['sexual exploitation', 'he says he will send my nudes to everyone if i dont send more', true],
    ['a threat to others', 'im bringing a gun to school tomorrow and im going to shoot them', true],
    ['a wish to die', 'i want to kill myself', false],
    ['immigration', 'im scared ice will take my mom', false],
  ])('%s: %s', async (_, text, isDuty) => {
    const { world } = await caseOf(CHILD, text);
    expect(lastCard(world).duty != null).toBe(isDuty);
  });

  it('nobody of 18 or over has one', async () => {
    const world = await quiet(await caseOf('2009-06-07'));
    expect(lastCard(world).duty).toBeNull();
    await world.pass(2 * DAY);
    expect(reminders(world, /report/)).toEqual([]);
  });

  it('without a birth date the card says what would be due, and reminds nobody', async () => {
    const world = await quiet(await caseOf(null));
    expect(lastCard(world).duty).toMatchObject({ age: 'unknown' });
    expect(JSON.stringify(renderAlert(lastCard(world)))).toMatch(/Age not on the roster: if they are under 18/);
    await world.pass(2 * DAY);
    expect(reminders(world, /report/)).toEqual([]);
  });

  it('begins with the text that speaks of it, in a case that was about something else', async () => {
    const { world } = await caseOf(CHILD, 'i want to kill myself');
    world.clock.at += 20 * MINUTE;
    await world.text(MAYA, ABUSE);
    expect(lastCard(world).duty).toMatchObject({ age: 'under_18', since: MONDAY_10 + 20 * MINUTE });
  });

  it('does not leave the card when the roster learns the birth date afterwards', async () => {
    const { world, escalationId } = await caseOf(null);
    await bornOn(world, 'Maya', CHILD);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId });
    expect(lastCard(world).duty).toMatchObject({ age: 'under_18', since: MONDAY_10 });
  });

  it('reminds again once a false alarm was opened again', async () => {
    const { world, escalationId } = await caseOf(CHILD);
    await world.resolve('U0RENEE', { escalationId, outcome: 'false_alarm', resumeAfterHours: 0, note: '' });
    await world.pass(5 * HOUR);
    expect(reminders(world, /No report by phone/)).toEqual([]);
    await world.act('U0RENEE', { kind: 'reopen', escalationId });
    await world.pass(8 * HOUR);
    expect(reminders(world, /No report by phone/)).toHaveLength(1);
  });

  it('stands for what a mentor tells of their mentee', async () => {
    const world = await createWorld();
    await bornOn(world, 'Maya', CHILD);
    const mentees = await world.database.read(({ people }) => people.mentees());
    const menteeId = mentees.find(({ firstName }) => firstName === 'Maya')?.id ?? null;
    const worry = { topics: [], needsStaffNow: true, note: 'she told me that her dad hits her' };
    await world.submit('U0DANI', { kind: 'worried', menteeId, worry });
    expect(lastCard(world).duty).toMatchObject({ age: 'under_18' });
  });
});

describe('MR-01: who reported and when', () => {
  it('stands on the card, in the thread, in a row and in the audit, and stops its timer', async () => {
    const { world, escalationId } = await caseOf(CHILD);
    world.clock.at += 10 * MINUTE;
    await world.act('U0RENEE', { kind: 'report_made', escalationId, report: 'phone' });
    const at = MONDAY_10 + 10 * MINUTE;
    expect(lastCard(world).duty?.reports).toEqual([{ report: 'phone', by: 'Renee Okafor', at }]);
    expect(reminders(world, /^Renee Okafor made the report by phone$/)).toHaveLength(1);
    const [rows, audit] = await world.database.read(async (stores) => [
      await stores.caseReports.of(escalationId),
      await stores.audit.recent({ limit: 9, subject: escalationId }),
    ]);
    expect(rows).toMatchObject([{ report: 'phone', at }]);
    expect(audit.map(({ action }) => action)).toContain('report_phoned');
    await world.pass(12 * HOUR);
    expect(reminders(world, /No report by phone/)).toEqual([]);
    expect(JSON.stringify(renderAlert(lastCard(world)))).toMatch(
      /Reported by phone: Renee Okafor, Mon, Jun 7, 10:10 am/,
    );
  });

  it('the duty is each person’s own: several may report, nobody twice', async () => {
    const { world, escalationId } = await caseOf(CHILD);
    const report = { kind: 'report_made', escalationId, report: 'written' } as const;
    await world.act('U0RENEE', report);
    await world.act('U0TOMAS', report);
    expect((await world.act('U0TOMAS', report)).word).toBe('You have noted this already.');
    expect(lastCard(world).duty?.reports.map(({ by }) => by)).toEqual(['Renee Okafor', 'Tomas Aguilar']);
  });

  it('may be noted after the case was resolved, and not by a mentor', async () => {
    const { world, escalationId } = await caseOf(CHILD);
    await world.resolve('U0TOMAS', { escalationId, outcome: 'connected', resumeAfterHours: null, note: '' });
    expect((await world.act('U0DANI', { kind: 'report_made', escalationId, report: 'phone' })).word).toMatch(
      /counselors/,
    );
    await world.act('U0RENEE', { kind: 'report_made', escalationId, report: 'phone' });
    expect(lastCard(world)).toMatchObject({ state: 'resolved', duty: { reports: [{ by: 'Renee Okafor' }] } });
  });
});

describe('MR-01: while nobody has noted a report', () => {
  it('the thread is reminded of the call after half an hour, and of the paper before its 36 hours end', async () => {
    const { world, escalationId } = await caseOf(CHILD);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId });
    await world.pass(29 * MINUTE);
    expect(reminders(world, /No report by phone/)).toEqual([]);
    await world.pass(MINUTE);
    const [first] = reminders(world, /No report by phone/);
    expect(first).toMatchObject({ to: 'counselors', broadcast: true });
    expect(first?.threadTs).not.toBeNull();
    await world.resolve('U0RENEE', { escalationId, outcome: 'connected', resumeAfterHours: null, note: '' });
    await world.pass(35 * HOUR);
    expect(reminders(world, /No written report is noted yet/)).toHaveLength(3);
    await world.pass(2 * HOUR);
    expect(reminders(world, /36 hours for the written report are over/)).toHaveLength(1);
    await world.pass(60 * DAY);
    expect(reminders(world, /report/).length).toBeLessThan(30);
  });

  it('says nothing of the student: no name, no word', async () => {
    const world = await quiet(await caseOf(CHILD));
    await world.pass(36 * HOUR);
    const said = JSON.stringify(reminders(world, /report/));
    expect(said).not.toMatch(/Maya|dad|hits/);
    expect(said).toMatch(/The duty is personal/);
  });

  it('a false alarm has nothing to report', async () => {
    const { world, escalationId } = await caseOf(CHILD);
    await world.resolve('U0TOMAS', { escalationId, outcome: 'false_alarm', resumeAfterHours: 0, note: '' });
    await world.pass(3 * DAY);
    expect(reminders(world, /report/)).toEqual([]);
  });

  it('each case has its own timers', async () => {
    const { world } = await caseOf(CHILD);
    await bornOn(world, 'Luis', CHILD);
    await world.text(LUIS, 'mi papá me pega');
    await world.pass(30 * MINUTE);
    expect(reminders(world, /No report by phone/)).toHaveLength(2);
  });
});

describe('MR-01: nobody can be made approver of a report', () => {
  it('no press, form or word of the house gives one to somebody, approves, refuses or stops one', async () => {
    const names = [...Object.values(ACT), ...Object.values(ASK), ...HANDLED_VIEWS];
    expect(names.filter((name) => /approv|assign|refuse|delegate|waive|dismiss/i.test(name))).toEqual([]);
    expect(names.filter((name) => /report/.test(name)).toSorted()).toEqual(['report_phoned', 'report_written']);
    for (const folder of ['../../src/app/', '../../src/core/safety/']) {
      const files = readdirSync(new URL(folder, import.meta.url)).filter((name) => name.endsWith('.ts'));
      const sources = files.map((name) => readFileSync(new URL(`${folder}${name}`, import.meta.url), 'utf8'));
      const code = sources.join('\n').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
      expect(code).not.toMatch(/\b(?:approver|approvedBy|approve[A-Z]\w*|reportAssigned|assignReport)\b/);
    }
  });

  it('staff cannot take a report back, nor note one for somebody else', async () => {
    const { world, escalationId } = await caseOf(CHILD);
    await withStaff(world);
    await world.act('U0RENEE', { kind: 'report_made', escalationId, report: 'phone' });
    await world.act('U0SAM', { kind: 'report_made', escalationId, report: 'phone' });
    expect(lastCard(world).duty?.reports.map(({ by }) => by)).toEqual(['Renee Okafor', 'Sam Reyes']);
  });
});
