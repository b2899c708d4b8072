import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { MAYA, RENEE, TOMAS, USUAL_ROWS } from '../support/house-people.ts';
import { type Hand, wordsIn } from '../support/slack-hand.ts';

/** The whole path of one case, in the order in which it goes: each test continues where the one before ended. */

const START = Date.parse('2027-06-07T10:00:00-07:00');
const HOUR = 3_600_000;
const CONTACTS = {
  birth_date: '2009-03-14',
  emergency_name: 'Alma Robinson (mother)',
  emergency_phone: '(213) 555-0151',
  campus_counseling_phone: '(323) 555-0160',
  campus_police_phone: '(323) 555-0161',
};

let town: Town;
let renee: Hand;
let tomas: Hand;
let resolvedAt = 0;
beforeAll(async () => {
  const rows = USUAL_ROWS.map((row) => (row['phone'] === MAYA ? { ...row, ...CONTACTS } : row));
  town = await startTown({ rows });
  renee = town.hand(RENEE.slack);
  tomas = town.hand(TOMAS.slack);
});
afterAll(() => town.close());

function card() {
  const [first] = town.cards();
  if (first === undefined) throw new Error('no card');
  return first;
}

const lines = () => town.thread(card()).map(wordsOf);
const lastLine = () => lines().at(-1) ?? '';

async function hear(body: string): Promise<void> {
  expect(await town.text(MAYA, body)).toBe(200);
  await town.settle();
}

describe('from a text in danger to nudges that resume', () => {
  it('the text is answered and alerted in the same moment', async () => {
    await hear('i want to die');
    expect(town.bodiesTo(MAYA).at(-1)).toMatch(/988.*911/);
    expect(wordsOf(card())).toMatch(/Crisis.*not acknowledged/);
    expect(wordsOf(card())).toContain('Next, Renee Staffperson gets a text at');
  });

  it('Details shows what was said, and no contacts before somebody has acknowledged', async () => {
    await tomas.press(card(), 'case_details');
    expect(wordsIn(tomas.modal())).toMatch(/Contacts and numbers are shown once somebody acknowledges/);
    expect(wordsIn(tomas.modal())).toContain('i want to die');
    tomas.closeModals();
  });

  it('Acknowledge stops the paging, and Take over gives the conversation to one person', async () => {
    town.clock.pass(60_000);
    await renee.press(card(), 'acknowledge');
    expect(wordsOf(card())).toContain('Acknowledged by Renee Staffperson');
    await renee.press(card(), 'take_over');
    expect(wordsOf(card())).toContain('Renee Staffperson writes with the student');
    await town.advanceTo(START + 9 * 60_000);
    expect([...town.sentTo(RENEE.phone), ...town.sentTo(TOMAS.phone)]).toEqual([]);
  });

  it('three texts go each way, signed, in their order, and the thread shows how each fared', async () => {
    const before = town.bodiesTo(MAYA).length;
    const said = ['Maya, I am here. Are you safe?', 'Is your aunt with you?', 'I will phone you in ten minutes.'];
    const heard = ['in my room', 'she is asleep', 'ok thank you'];
    for (const [index, words] of said.entries()) {
      town.clock.pass(30_000);
      expect(await renee.write(card(), words)).toBe(200);
      await hear(heard[index] ?? '');
    }
    expect(town.bodiesTo(MAYA).slice(before)).toEqual(said.map((words) => `Renee: ${words}`));
    await untilDelivered(3);
    const shown = lines();
    for (const words of said) {
      expect(shown.filter((line) => line.includes(`“Renee: ${words}”`))).toEqual([
        expect.stringContaining('Delivered'),
      ]);
    }
    const answers = shown.filter((line) => line.includes('Maya wrote'));
    expect(answers).toEqual(['i want to die', ...heard].map((words) => expect.stringContaining(words)));
    for (const reply of town.thread(card())) {
      if (reply.botId !== null) expect(reply.text).not.toMatch(/Maya|aunt|asleep|in my room/);
    }
  });

  it('a remark, a colleague’s words and a file stay among the team, and each says so', async () => {
    const before = town.bodiesTo(MAYA).length;
    await renee.write(card(), '// she sounds calmer, I think');
    expect(lastLine()).toContain('Stays in this thread · Internal: not sent.');
    await tomas.write(card(), 'Do you want me to phone campus?');
    expect(lastLine()).toContain('Internal: not sent. Renee has this conversation.');
    await renee.write(card(), '', ['map.png']);
    expect(lastLine()).toContain('The file was not sent');
    await renee.write(card(), 'See you soon.\n// ends at six');
    expect(town.bodiesTo(MAYA).slice(before)).toEqual(['Renee: See you soon.']);
    await untilDelivered(4);
  });

  it('an edit afterwards is answered with "already sent", and the student gets no second text', async () => {
    const before = town.bodiesTo(MAYA).length;
    const own = town.thread(card()).findLast((reply) => reply.text.startsWith('See you soon'));
    if (own === undefined) throw new Error('nothing was written');
    await town.vendors.post(town.vendors.slack.editMessage(own, 'See you at six.'));
    await town.settle();
    expect(lastLine()).toContain('Already sent');
    expect(town.bodiesTo(MAYA)).toHaveLength(before);
  });

  it('Call shows the number and logs how it went; Details shows the contacts now', async () => {
    await renee.press(card(), 'case_call');
    expect(wordsIn(renee.modal())).toContain('+1 213 555 0121');
    await renee.press(renee.modal(), 'log_call_yes');
    expect(lastLine()).toContain('Renee Staffperson phoned: reached');
    renee.closeModals();
    await renee.press(card(), 'case_details');
    for (const contact of [/Alma Robinson \(mother\)/, /555.?0151/, /555.?0160/, /555.?0161/]) {
      expect(wordsIn(renee.modal())).toMatch(contact);
    }
    expect(wordsIn(renee.modal())).toContain('Is your aunt with you?');
    renee.closeModals();
  });

  it('Resolve does not end it over words that came while its form was open', async () => {
    await renee.press(card(), 'resolve');
    await renee.choose(renee.modal(), 'How did it end?', 'Safe now');
    await hear('wait, are you still there');
    expect(await renee.submit()).toBe(200);
    expect(JSON.stringify(renee.modal().errors)).toContain('They wrote again');
    expect(wordsOf(card())).not.toContain('Resolved by');
    renee.closeModals();
    await renee.write(card(), 'I am.');
    await untilDelivered(5);
  });

  it('Resolve asks how it ended, and offers three days without nudges', async () => {
    await renee.press(card(), 'resolve');
    await renee.choose(renee.modal(), 'How did it end?', 'Safe now');
    await renee.type(renee.modal(), 'Anything the next person should know?', 'Aunt knows.');
    expect(await renee.submit()).toBe(200);
    resolvedAt = town.clock.now();
    expect(renee.hasModal()).toBe(false);
    expect(wordsOf(card())).toMatch(/Resolved by Renee Staffperson\. Safe now\. Nudges come back Thu, Jun 10/);
    expect(lines().join()).toContain('Aunt knows.');
  });

  it('nothing is sent unasked for 72 hours, though an answer is answered, and then the question comes back', async () => {
    const before = town.bodiesTo(MAYA).length;
    await town.advanceTo(resolvedAt + 72 * HOUR - 60_000);
    expect(town.bodiesTo(MAYA)).toHaveLength(before);
    await town.advanceTo(resolvedAt + 96 * HOUR);
    expect(town.bodiesTo(MAYA).slice(before)).toEqual([expect.stringContaining('example.edu/housing')]);
    expect(town.posts()).toHaveLength(1);
    expect([...town.sentTo(RENEE.phone), ...town.sentTo(TOMAS.phone)]).toEqual([]);
  });

  it('everything that a person did stands in the audit, with no word and no number in it', async () => {
    const { database } = town.house();
    const events = await database.read((stores) => stores.audit.recent({ limit: 200 }));
    const actions = new Set(events.map((event) => event.action));
    for (const action of [
      'case_acknowledged',
      'case_taken_over',
      'text_relayed',
      'remark_kept_internal',
      'case_call_logged',
      'case_resolved',
    ]) {
      expect(actions).toContain(action);
    }
    expect(JSON.stringify(events)).not.toMatch(/Maya|aunt|555|calmer/i);
  });
});

/** The carrier's word for each text comes a little later, and then the thread is rewritten. */
async function untilDelivered(count: number): Promise<void> {
  await until(`${count} texts delivered`, async () => {
    await town.settle();
    return lines().filter((line) => line.includes('Delivered')).length >= count;
  });
}
