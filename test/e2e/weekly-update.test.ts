import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import {
  DANI,
  MAYA,
  mentee,
  RENEE,
  SAM,
  SAM_IN_SLACK,
  SAM_ROW,
  SLACK_STAFF,
  STAFF_CHANNEL,
  STAFF_ROWS,
} from '../support/house-people.ts';
import { chosenIn, type Hand, wordsIn } from '../support/slack-hand.ts';

/** Two weeks of one mentor with seven mentees, and the home tab of everybody: each test goes on where the last ended. */

const NAMES = ['Maya', 'Luis', 'Ana', 'Ben', 'Cleo', 'Dev', 'Eli'] as const;
const PHONES = NAMES.map((_, index) => `+1213555012${index + 1}`);
const FIRST_SUNDAY = '2027-06-13T17:00:00-07:00';
const SECOND_SUNDAY = '2027-06-20T17:00:00-07:00';
const CLICK_LIMIT = 20;
/** Beside the menu that answers for every row. */
const ALL = 'How far did you get with each of them?';

let town: Town;
let dani: Hand;
let renee: Hand;
let sam: Hand;
beforeAll(async () => {
  town = await startTown({
    startAt: '2027-06-13T16:30:00-07:00',
    rows: [...STAFF_ROWS, SAM_ROW, ...NAMES.map((name, index) => mentee(name, PHONES[index] ?? ''))],
    slackStaff: [...SLACK_STAFF, SAM_IN_SLACK],
    withStaffChannel: true,
  });
  dani = town.hand(DANI.slack);
  renee = town.hand(RENEE.slack);
  sam = town.hand(SAM.slack);
});
afterAll(() => town.close());

const prompts = () => town.directsTo(DANI.slack).filter((post) => wordsOf(post).includes('Week of '));

function lastPrompt() {
  const prompt = prompts().at(-1);
  if (prompt === undefined) throw new Error('no prompt');
  return prompt;
}

/** What the ledger has of this week's update, by first name. */
async function ledger(): Promise<Record<string, unknown>> {
  const { database } = town.house();
  return database.read(async (stores) => {
    const mentor = (await stores.people.mentors()).find((one) => one.slackUserId === DANI.slack);
    const prompt = mentor === undefined ? null : await stores.prompts.latestOf(mentor.id);
    if (prompt === null) throw new Error('nobody was asked');
    const names = new Map((await stores.people.mentees()).map((one) => [one.id, one.firstName]));
    const updates = await stores.prompts.updatesOf(prompt.id);
    return Object.fromEntries(updates.map((one) => [names.get(one.menteeId) ?? '', one.update.reached]));
  });
}

async function stepOf<T>(hand: Hand, work: () => Promise<T>): Promise<number> {
  const before = hand.clicks();
  await work();
  return hand.clicks() - before;
}

describe('the first week', () => {
  it('on Sunday at five the mentor is asked, once, with one button', async () => {
    expect(prompts()).toEqual([]);
    await town.advanceTo(FIRST_SUNDAY);
    expect(prompts()).toHaveLength(1);
    expect(wordsOf(lastPrompt())).toContain('0 of 7 done');
    await town.settle();
    expect(prompts()).toHaveLength(1);
  });

  it('seven quiet mentees, row by row: fewer than twenty clicks, and each is saved at once', async () => {
    const clicks = await stepOf(dani, async () => {
      await dani.press(lastPrompt(), 'weekly_update');
      for (const name of NAMES.slice(0, 6)) await dani.choose(dani.modal(), name, 'Talked');
      expect(Object.keys(await ledger())).toHaveLength(6);
      expect(wordsOf(lastPrompt())).toContain('6 of 7 done');
      await dani.choose(dani.modal(), 'Eli', 'Tried: no answer');
      expect(await dani.submit()).toBe(200);
    });
    expect(clicks).toBeLessThan(CLICK_LIMIT);
    expect(dani.hasModal()).toBe(false);
    expect(await ledger()).toEqual({
      ...Object.fromEntries(NAMES.map((name) => [name, 'talked'])),
      Eli: 'tried',
    });
    expect(wordsOf(lastPrompt())).toMatch(/Your weekly update is in.*7 of 7 done/);
  });

  it('more about one of them: the modal on top is saved, and the one beneath shows it', async () => {
    await dani.press(lastPrompt(), 'weekly_update');
    await dani.choose(dani.modal(), 'Say more about somebody', 'Ana');
    expect(wordsIn(dani.modal())).toContain('"callback_id":"mentee_update"');
    await dani.choose(dani.modal(), 'Did you get through this week?', 'Message only');
    await dani.choose(dani.modal(), 'What was it about?', ['Housing', 'Money']);
    await dani.choose(dani.modal(), 'Which tasks are done?', ['housing form']);
    await dani.type(dani.modal(), 'Good news to share?', 'Got a room on campus');
    await dani.choose(dani.modal(), 'May the good news be told?', 'without a name');
    await dani.type(dani.modal(), 'What do you need from staff?', 'A word with the housing office');
    expect(await dani.submit()).toBe(200);
    expect(wordsIn(dani.modal())).toContain('"callback_id":"weekly_update"');
    expect(await ledger()).toMatchObject({ Ana: 'message_only', Ben: 'talked' });
    await dani.submit();
    const { database } = town.house();
    const housing = await database.read(async (stores) => {
      const ana = await stores.people.menteeByPhone(database.hashPhone(PHONES[2] ?? ''));
      return ana === null ? [] : stores.tasks.of(ana.id);
    });
    expect(housing.find((record) => record.task === 'housing_form')?.status).toBe('done');
  });

  it('nobody is reminded whose update is whole; on Thursday at eight staff read what was said', async () => {
    const told = town.directsTo(DANI.slack).length;
    await town.advanceTo('2027-06-17T08:00:00-07:00');
    expect(
      town
        .directsTo(DANI.slack)
        .slice(told)
        .filter((post) => wordsOf(post).includes('weekly_update')),
    ).toEqual([]);
    const inOffice = town.vendors.slack.state().messages.filter((message) => message.channel === STAFF_CHANNEL);
    const summaries = inOffice.map(wordsOf).filter((words) => words.includes('gave their whole update'));
    expect(summaries).toHaveLength(1);
    expect(summaries[0]).toMatch(/1 of 1 mentors/);
    expect(summaries[0]).toContain('A word with the housing office');
    expect(summaries[0]).toContain('Got a room on campus');
  });
});

describe('the second week', () => {
  it('SL-12: events are dropped while the update is open: what the mentor writes is found within five minutes', async () => {
    await town.advanceTo(SECOND_SUNDAY);
    expect(prompts()).toHaveLength(2);
    town.vendors.slack.setEventsDown(true);
    expect(await dani.tell('Cleo says she wants to die')).toBe(0);
    await town.advanceTo(town.clock.now() + 6 * 60_000);
    town.vendors.slack.setEventsDown(false);
    expect(town.cards().length).toBe(1);
    expect(
      town
        .directsTo(DANI.slack)
        .map((post) => post.text)
        .join(),
    ).toContain('988');
  });

  it('the same for all seven: a handful of clicks', async () => {
    const clicks = await stepOf(dani, async () => {
      await dani.press(lastPrompt(), 'weekly_update');
      await dani.choose(dani.modal(), ALL, 'Talked');
      expect(wordsIn(dani.modal()).split('"initial_option"')).toHaveLength(NAMES.length + 1);
      expect(await dani.submit()).toBe(200);
    });
    expect(clicks).toBeLessThanOrEqual(4);
    expect(await ledger()).toEqual(Object.fromEntries(NAMES.map((name) => [name, 'talked'])));
  });

  it('SL-15: choices that meet in one view: the later one finds it changed, and what is stored is shown', async () => {
    expect(wordsOf(prompts()[0] ?? lastPrompt())).toContain('This weekly update is closed');
    await dani.press(lastPrompt(), 'weekly_update');
    await dani.choose(dani.modal(), 'Ben', 'Message only');
    const view = dani.modal();
    const both = [
      dani.aim(view, 'Cleo', 'Not tried'),
      ...Array.from({ length: 3 }, () => dani.aim(view, ALL, 'Talked')),
    ];
    const sent = both.map((request) => (request === null ? null : town.vendors.post(request)));
    expect(await Promise.all(sent)).toMatchObject(sent.map(() => ({ status: 200 })));
    await town.settle();
    expect(await ledger()).toMatchObject({ Ben: 'message_only', Cleo: 'not_tried', Maya: 'talked' });
    expect(chosenIn(dani.modal(), 'Ben')).toContain('Message only');
    expect(chosenIn(dani.modal(), 'Cleo')).toContain('Not tried');
    expect(chosenIn(dani.modal(), 'Maya')).toContain('Talked');
    dani.closeModals();
  });

  it('worried about one of them: counselors have a case in the same minute, the student hears nothing of it', async () => {
    const before = town.bodiesTo(MAYA).length;
    await dani.press(lastPrompt(), 'weekly_update');
    await dani.choose(dani.modal(), 'Say more about somebody', 'Maya');
    await dani.choose(dani.modal(), 'Are you worried about Maya?', 'somebody is needed now');
    await dani.type(dani.modal(), 'What did you notice?', 'She gave her dog away.');
    expect(await dani.submit()).toBe(200);
    expect(town.cards()).toHaveLength(2);
    expect(wordsOf(town.cards()[1] ?? lastPrompt())).toMatch(/Crisis.*Maya/);
    expect(town.bodiesTo(MAYA)).toHaveLength(before);
    for (const post of town.posts()) expect(post.text).not.toMatch(/Maya|dog/);
    dani.closeModals();
  });
});

describe('App Home', () => {
  it('of a mentor: the update, a card a mentee, and a worry that can be told at any hour', async () => {
    const home = await dani.home();
    const words = wordsIn(home);
    for (const name of NAMES) expect(words).toContain(`${name} Testperson`);
    expect(words).toContain('Change the weekly update');
    expect(words).not.toMatch(/case [A-Z0-9]{4}|dog|For staff|Open cases/);
    const before = town.cards().length;
    await dani.press(home, 'worried');
    await dani.choose(dani.modal(), 'Who is it about?', 'Dev');
    await dani.choose(dani.modal(), 'How soon?', 'A counselor should look');
    await dani.type(dani.modal(), 'What did you notice?', 'Very quiet these days.');
    expect(await dani.submit()).toBe(200);
    expect(town.cards()).toHaveLength(before + 1);
    expect(wordsOf(town.cards().at(-1) ?? lastPrompt())).toMatch(/High.*Dev/);
    dani.closeModals();
  });

  it('of a counselor: the open cases, who is on call, and an override that pages somebody else first', async () => {
    const home = await renee.home();
    expect(wordsIn(home)).toMatch(/Crisis · case [A-Z0-9]{4} · Maya/);
    expect(wordsIn(home)).toMatch(/Now: Renee Staffperson.*Next: Tomas Staffperson/);
    await renee.press(home, 'on_call_override');
    await renee.choose(renee.modal(), 'Who', 'Tomas');
    await renee.choose(renee.modal(), 'For how long', '4 hours');
    expect(await renee.submit()).toBe(200);
    expect(wordsIn(await renee.home())).toMatch(/Now: Tomas Staffperson.*Tomas Staffperson stands in until/);
    expect(await renee.command('oncall')).toMatch(/Now.*Tomas Staffperson.*Stands in.*Tomas Staffperson, until/);
    await renee.press(await renee.home(), 'clear_override');
    expect(wordsIn(await renee.home())).toContain('Now: Renee Staffperson');
  });

  it('of staff: texts that nobody has read, and a to-do that one press ends', async () => {
    await town.text(PHONES[3] ?? '', 'quiero saber del baile de otoño por favor');
    await town.vendors.post(town.vendors.slack.changeUser(RENEE.slack, { isDeleted: true }));
    await town.settle();
    const home = await sam.home();
    expect(wordsIn(home)).toMatch(/Texts to read \(\d\).*Ben.*baile/);
    expect(wordsIn(home)).toMatch(/To do.*Take Renee Staffperson off the on-call list/);
    expect(wordsIn(home)).not.toMatch(/dog|Open cases/);
    await sam.press(home, 'mark_all_read');
    await sam.press(await sam.home(), 'close_todo');
    const after = wordsIn(await sam.home());
    expect(after).not.toMatch(/baile|Take Renee/);
  });
});

describe('/icehouse', () => {
  it('find: a mentor finds their own mentees, staff find all, and a stranger none', async () => {
    expect(await dani.command('find maya')).toMatch(/1 mentee has this name.*Maya Testperson.*Cal State LA/);
    expect(await dani.command('find maya')).not.toMatch(/in case/);
    expect(await town.hand('U0TOMAS').command('find maya')).toMatch(/in case [A-Z0-9]{4}/);
    expect(await sam.command('find zz')).toContain('No mentee has this name');
  });

  it('help and anything else: the list of what there is', async () => {
    expect(await sam.command('help')).toMatch(/find maya.*oncall.*help/);
    expect(await sam.command('')).toContain('What /icehouse can do');
  });
});
