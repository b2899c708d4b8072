import { afterEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { DANI, LUIS, MAYA } from '../support/house-people.ts';

let town: Town;
afterEach(() => town.close());

async function text(phone: string, body: string): Promise<string[]> {
  const before = town.sentTo(phone).length;
  expect(await town.text(phone, body)).toBe(200);
  await town.settle();
  return town.bodiesTo(phone).slice(before);
}

async function consentOf(phone: string): Promise<string> {
  const { database } = town.house();
  return database.read((stores) => stores.consents.state(database.hashPhone(phone)));
}

describe('STOP', () => {
  it('ends all texts; the carrier confirms it, so we send no second confirmation', async () => {
    town = await startTown();
    expect(await text(MAYA, 'STOP')).toEqual([]);
    expect(await consentOf(MAYA)).toBe('opted_out');
    const before = town.sentTo(MAYA).length;
    await town.advanceTo('2027-06-20T12:00:00-07:00');
    expect(town.sentTo(MAYA)).toHaveLength(before);
    expect(town.vendors.twilio.state().refusals).toEqual([]);
    expect(town.directsTo(DANI.slack).map(wordsOf).join()).toMatch(/Maya.*stopped all texts/);
  });

  it.each([
    [MAYA, 'please stop texting me', 'no more texts'],
    [MAYA, 'take me off the list', 'no more texts'],
    [LUIS, 'ya no me manden mensajes', 'ya no vas a recibir'],
  ])('in plain words from %s (%s) is confirmed once, by us', async (phone, words, confirmation) => {
    town = await startTown();
    expect(await text(phone, words)).toEqual([expect.stringContaining(confirmation)]);
    expect(await consentOf(phone)).toBe('opted_out');
    expect(await text(phone, words)).toEqual([]);
  });

  it('where Twilio answers itself (Advanced Opt-Out) brings no second answer to STOP, HELP or START', async () => {
    town = await startTown({ keywordHandling: 'advanced' });
    expect(await text(MAYA, 'HELP')).toEqual([]);
    expect(await text(MAYA, 'STOP')).toEqual([]);
    expect(await consentOf(MAYA)).toBe('opted_out');
    expect(await text(MAYA, 'START')).toEqual([expect.stringContaining('example.edu')].slice(1));
    expect(await consentOf(MAYA)).toBe('active');
  });

  it('a text in danger afterwards is alerted, gets no automatic text, and the card says to phone', async () => {
    town = await startTown();
    await text(MAYA, 'STOP');
    expect(await text(MAYA, 'i want to die')).toEqual([]);
    expect(town.posts().map(wordsOf).join()).toContain('Phone, cannot text.');
    expect(town.vendors.twilio.state().refusals).toEqual([]);
  });

  it('F30: in one text with danger opts out and alerts', async () => {
    town = await startTown();
    await text(MAYA, 'stop texting me i want to die');
    expect(await consentOf(MAYA)).toBe('opted_out');
    expect(town.posts().map(wordsOf).join()).toContain('Phone, cannot text.');
    expect(town.bodiesTo(MAYA).join()).not.toContain('Please call or text 988 now');
  });

  it('is not undone by importing the roster again', async () => {
    town = await startTown();
    await text(MAYA, 'STOP');
    const { USUAL_ROWS } = await import('../support/house-people.ts');
    await town.importPeople(USUAL_ROWS);
    await town.settle();
    expect(await consentOf(MAYA)).toBe('opted_out');
  });
});

describe('START', () => {
  it('brings the texts back: the answer, and the talk where it stood', async () => {
    town = await startTown();
    await text(MAYA, 'STOP');
    expect(await text(MAYA, 'START')).toEqual([expect.stringContaining('welcome back')]);
    expect((await text(MAYA, 'done')).join()).toContain('Maya');
    expect(await consentOf(MAYA)).toBe('active');
  });

  it('TC-09: YES opts nobody in', async () => {
    town = await startTown({ keywordHandling: 'off' });
    await text(MAYA, 'STOP');
    await text(MAYA, 'yes');
    expect(await consentOf(MAYA)).toBe('opted_out');
  });
});

describe('HELP', () => {
  it('is answered in their language with how to reach a person and how to stop, also after STOP', async () => {
    town = await startTown({ keywordHandling: 'off' });
    expect(await text(MAYA, 'help')).toEqual([expect.stringMatching(/\(213\) 555-0100.*STOP.*988/)]);
    expect(await text(LUIS, 'AYUDA')).toEqual([expect.stringMatching(/HABLAR.*988/)]);
    await text(MAYA, 'STOP');
    expect(await text(MAYA, 'HELP')).toHaveLength(1);
  });
});

describe('an opt-out that only the carrier knows', () => {
  it('TX-06: error 21610 is recorded as an opt-out, and the mentor hears of it', async () => {
    town = await startTown({ settled: false });
    town.vendors.twilio.script({ kind: 'reject', code: 21610 }, { to: MAYA });
    await town.settle();
    expect(await consentOf(MAYA)).toBe('opted_out');
    expect(town.sentTo(MAYA)).toEqual([]);
    expect(town.directsTo(DANI.slack).map(wordsOf).join()).toMatch(/Maya.*at the carrier/);
  });

  it('TX-06: a crisis reply that it refuses becomes "Phone, cannot text."', async () => {
    town = await startTown();
    town.vendors.twilio.script({ kind: 'reject', code: 21610 }, { to: MAYA });
    await text(MAYA, 'i want to die');
    expect(town.posts().map(wordsOf).join()).toContain('Phone, cannot text.');
  });
});
