import { describe, expect, it } from 'vitest';
import { importRoster } from '../../src/app/import-roster.ts';
import type { Stores } from '../../src/app/ports/database.ts';
import { type Cells, importRows, SAM } from './import-rows.ts';
import { createWorld, MAYA, type World } from './world.ts';

const HEADER =
  'role,first_name,last_name,phone,language,time_zone,college,mentor,consent_basis,consent_on,slack_user_id,on_call'.split(
    ',',
  );

function fileOf(...rows: string[]) {
  return {
    header: HEADER,
    rows: rows.map((row, index) => {
      const cells = row.split(',');
      return { line: index + 2, cells: Object.fromEntries(HEADER.map((name, at) => [name, cells[at] ?? ''])) };
    }),
  };
}

function importInto(world: World, file: ReturnType<typeof fileOf>, dryRun = false) {
  return importRoster({ ...world, tasks: [...world.content.current().tasks.keys()] }, file, dryRun);
}

const HOUR = 3_600_000;
const NEW = 'mentee,Ana,Ruiz,(213) 555-0131,es,America/Los_Angeles,UCLA,,web_form,2027-05-01,,';

async function countMentees(world: World): Promise<number> {
  return (await world.database.read((stores) => stores.people.mentees())).length;
}

describe('importing a roster', () => {
  it('keeps nothing of a file with one bad row, and names the row', async () => {
    const world = await createWorld();
    const before = await countMentees(world);
    const bad = 'mentee,Leo,Paz,(213) 555-0132,es,America/Los_Angeles,UCLA,(213) 555-0139,web_form,2027-05-01,,';
    const result = await importInto(world, fileOf(NEW, bad));
    expect(result).toMatchObject({ ok: false, problems: [{ line: 3, column: 'mentor' }] });
    expect(await countMentees(world)).toBe(before);
  });

  it('keeps nothing in a dry run, and counts what it would import', async () => {
    const world = await createWorld();
    const before = await countMentees(world);
    expect(await importInto(world, fileOf(NEW), true)).toMatchObject({ ok: true, counts: { mentees: 1 } });
    expect(await countMentees(world)).toBe(before);
  });

  it('updates a mentee by phone, keeps the person, and asks nothing twice', async () => {
    const world = await createWorld();
    const before = await countMentees(world);
    await importInto(world, fileOf(`mentee,Maya,Reed,${MAYA},es,America/Denver,UCLA,,web_form,2027-05-03,,`));
    const maya = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
    expect(maya).toMatchObject({ lastName: 'Reed', language: 'es', timeZone: 'America/Denver', college: 'UCLA' });
    expect(await countMentees(world)).toBe(before);
  });

  it('never undoes an opt-out', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'STOP');
    const again = fileOf(`mentee,Maya,Robinson,${MAYA},en,America/Los_Angeles,UCLA,,web_form,2027-06-01,,`);
    expect(await importInto(world, again)).toMatchObject({ ok: true, counts: { optedOut: 1 } });
    await world.pass(24 * 3_600_000);
    expect(world.texts.filter((text) => text.to === MAYA)).toEqual([]);
  });

  it('TC-03: texts nobody whose consent is not declared', async () => {
    const world = await createWorld();
    await importInto(world, fileOf('mentee,Ana,Ruiz,(213) 555-0131,es,America/Los_Angeles,UCLA,,none,,,'));
    await world.pass(7 * 24 * 3_600_000);
    expect(world.texts.filter((text) => text.to === '+12135550131')).toEqual([]);
  });
});

const maya = (basis: string, on: string) =>
  fileOf(`mentee,Maya,Robinson,${MAYA},en,America/Los_Angeles,Cal State LA,,${basis},${on},,`);

function consentOf(world: World) {
  return world.database.read((stores) => stores.consents.state(world.database.hashPhone(MAYA)));
}

function textsToMaya(world: World): string[] {
  return world.texts.filter((text) => text.to === MAYA).map((text) => text.body);
}

async function timersOf(world: World) {
  const timers = await world.database.read((stores) => stores.timers.due(Number.MAX_SAFE_INTEGER, 100));
  const running = await world.database.read(async (stores) => {
    const mentee = await stores.people.menteeByPhone(world.database.hashPhone(MAYA));
    return mentee === null ? null : stores.conversations.activeOf(mentee.id);
  });
  return timers.filter((timer) => timer.kind === 'conversation' && timer.subject === running?.id);
}

describe('consent in a roster that is imported again', () => {
  it('TC-14: the same row does not bring back a number that said it is the wrong one; the result counts it', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    await world.text(MAYA, 'wrong number');
    const before = textsToMaya(world).length;
    expect(await importInto(world, maya('web_form', '2027-05-03'))).toMatchObject({
      ok: true,
      counts: { wrongNumber: 1 },
    });
    expect(await importInto(world, maya('web_form', '2027-06-07'))).toMatchObject({ counts: { wrongNumber: 1 } });
    expect(await consentOf(world)).toBe('pending');
    await world.pass(10 * 24 * HOUR);
    expect(textsToMaya(world)).toHaveLength(before);
  });

  it('TC-14: an agreement given after "wrong number" brings the texts back', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    await world.text(MAYA, 'wrong number');
    world.clock.at += 3 * 24 * HOUR;
    expect(await importInto(world, maya('web_form', '2027-06-08'))).toMatchObject({ counts: { wrongNumber: 0 } });
    expect(await consentOf(world)).toBe('active');
  });

  it('TC-03: consent_basis none takes an active mentee off the texts, also those that wait', async () => {
    const world = await createWorld();
    await world.runDue();
    expect(await importInto(world, maya('none', ''))).toMatchObject({ ok: true, counts: { withoutConsent: 1 } });
    expect(await consentOf(world)).toBe('pending');
    expect(await timersOf(world)).toEqual([]);
    await world.pass(10 * 24 * HOUR);
    expect(textsToMaya(world)).toEqual([]);
    const events = await world.database.read((stores) => stores.consents.events(world.database.hashPhone(MAYA)));
    expect(events.at(-1)).toMatchObject({ state: 'pending', via: 'roster', basis: 'none' });
  });

  it('TW-14: holds the person before it reads their consent', async () => {
    const world = await createWorld();
    const calls: string[] = [];
    const hash = world.database.hashPhone(MAYA);
    const transact = world.database.transact.bind(world.database);
    const watched = (stores: Stores): Stores => {
      const lockPerson: Stores['lockPerson'] = async (phoneHash) => {
        if (phoneHash === hash) calls.push('lock');
        await stores.lockPerson(phoneHash);
      };
      return new Proxy(stores, {
        get: (target, name) => {
          if (name === 'lockPerson') return lockPerson;
          if (name === 'consents') calls.push('consents');
          return Reflect.get(target, name, target);
        },
      });
    };
    world.database.transact = (work) => transact((stores) => work(watched(stores)));
    await importInto(world, maya('web_form', '2027-05-03'));
    expect(calls.slice(0, 2)).toEqual(['lock', 'consents']);
  });

  it('consent that comes back by the roster wakes the conversation that rested', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    await importInto(world, maya('none', ''));
    expect(await timersOf(world)).toEqual([]);
    world.clock.at += 5 * 24 * HOUR;
    await importInto(world, maya('web_form', '2027-06-10'));
    expect((await timersOf(world)).map((timer) => timer.name)).toEqual(['no_reply']);
    const before = textsToMaya(world).length;
    await world.pass(3 * 24 * HOUR);
    expect(textsToMaya(world).length).toBeGreaterThan(before);
  });
});

describe('staff in a roster that is imported again', () => {
  it.each(['mentor', 'counselor'])(
    'a %s row that joins two stored people is refused by line and column',
    async (role) => {
      const world = await createWorld();
      const staff = (name: string, phone: string, slack: string) =>
        `${role},${name},Ng,${phone},,America/Los_Angeles,,,,,${slack},`;
      const both = [staff('Ann', '+12135550171', 'U0ANN'), staff('Bea', '+12135550172', 'U0BEA')];
      expect(await importInto(world, fileOf(...both))).toMatchObject({ ok: true });
      const joined = await importInto(world, fileOf(staff('Ann', '+12135550171', 'U0BEA')));
      expect(joined).toMatchObject({
        ok: false,
        problems: [{ line: 2, column: 'slack_user_id', message: expect.stringContaining('another') }],
      });
    },
  );
});

describe('a number that says it is the wrong one', () => {
  it('TC-14: is texted nothing unasked any more, and hears nothing personal', async () => {
    const world = await createWorld();
    await world.pass(3_600_000);
    await world.text(MAYA, 'wrong number');
    const answer = world.texts.at(-1)?.body ?? '';
    expect(answer).toContain('Bridge Program');
    expect(answer).not.toContain('Maya');
    const before = world.texts.filter((text) => text.to === MAYA).length;
    await world.pass(10 * 24 * 3_600_000);
    expect(world.texts.filter((text) => text.to === MAYA)).toHaveLength(before);
    expect(JSON.stringify(world.posts)).toContain('Wrong number?');
  });

  it('TC-14: a mentee who only asks who texts is told, and goes on', async () => {
    const world = await createWorld();
    await world.pass(3_600_000);
    await world.text(MAYA, 'who is this?');
    expect(world.texts.at(-1)?.body).toContain('Bridge Program');
    await world.text(MAYA, 'done');
    expect(world.texts.at(-1)?.body).toContain('housing form is in');
  });

  it('TC-14: what else is texted from it goes to staff only, and hears nothing personal', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    await world.text(MAYA, 'wrong number');
    const first = textsToMaya(world).length;
    await world.text(MAYA, 'done');
    await world.text(MAYA, 'who are you people');
    await world.text(MAYA, 'i told you this is the wrong number');
    await world.text(MAYA, '', { media: [{ url: 'https://media.example/1', contentType: 'image/jpeg' }] });
    expect(textsToMaya(world)).toHaveLength(first);
    world.clock.at += 24 * HOUR;
    await world.text(MAYA, 'i feel so alone, can i talk to somebody');
    const later = textsToMaya(world).slice(first);
    expect(later).toHaveLength(1);
    expect(later.join()).not.toMatch(/Maya|Dani|Lopez/);
    const notices = world.posts.filter((post) => JSON.stringify(post.message).includes('wrong number'));
    expect(notices.map((post) => post.to)).toEqual(Array.from({ length: 6 }, () => 'staff'));
  });

  it('TC-14: somebody in danger there is answered and alerted like anybody', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    await world.text(MAYA, 'wrong number');
    await world.text(MAYA, 'i want to kill myself');
    expect(textsToMaya(world).at(-1)).toContain('988');
    expect(world.posts.some((post) => post.message.kind === 'alert')).toBe(true);
  });
});

describe('what a counselor may need of a mentee', () => {
  const maya: Cells = {
    role: 'mentee',
    first_name: 'Maya',
    last_name: 'Robinson',
    phone: MAYA,
    language: 'en',
    time_zone: 'America/Los_Angeles',
    college: 'Cal State LA',
    consent_basis: 'web_form',
    consent_on: '2027-05-03',
  };

  async function contactsOf(world: World) {
    return world.database.read(async (stores) => {
      const mentee = await stores.people.menteeByPhone(world.database.hashPhone(MAYA));
      return mentee === null ? null : stores.people.contacts(mentee.id);
    });
  }

  it('is kept; a later file with blanks changes nothing, and "none" takes a detail away', async () => {
    const world = await createWorld();
    expect(await contactsOf(world)).toBeNull();
    const given = { birth_date: '2009-03-14', emergency_name: 'Alma (mother)', emergency_phone: '(213) 555-0151' };
    await importRows(world, { ...maya, ...given });
    const stored = {
      birthOn: '2009-03-14',
      emergencyName: 'Alma (mother)',
      emergencyPhone: '+12135550151',
      campusCounselingPhone: null,
      campusPolicePhone: null,
    };
    expect(await contactsOf(world)).toEqual(stored);
    await importRows(world, maya);
    expect(await contactsOf(world)).toEqual(stored);
    await importRows(world, { ...maya, emergency_phone: 'none', campus_police_phone: '(323) 555-0161' });
    expect(await contactsOf(world)).toEqual({ ...stored, emergencyPhone: null, campusPolicePhone: '+13235550161' });
  });

  it.each(['2022-01-01', '1899-12-31', '2030-01-01'])(
    'is refused with a birth date that cannot be: %s',
    async (day) => {
      const world = await createWorld();
      expect(await importRows(world, { ...maya, birth_date: day })).toMatchObject({
        ok: false,
        problems: [{ line: 2, column: 'birth_date', message: expect.stringContaining(day) }],
      });
      expect(await contactsOf(world)).toBeNull();
    },
  );
});

describe("a mentor's agreement to be texted", () => {
  const eve: Cells = {
    role: 'mentor',
    first_name: 'Eve',
    phone: '(213) 555-0115',
    time_zone: 'America/Los_Angeles',
    consent_basis: 'web_form',
    consent_on: '2027-05-02',
  };
  const EVE = '+12135550115';
  const ledger = (world: World, phone: string) =>
    world.database.read(async (stores) =>
      (await stores.consents.events(world.database.hashPhone(phone))).map(({ state, via, basis }) => ({
        state,
        via,
        basis,
      })),
    );
  const given = { state: 'active', via: 'roster', basis: 'web_form' };

  it('is recorded once, and a blank cell leaves it as it is', async () => {
    const world = await createWorld();
    await importRows(world, eve);
    await importRows(world, eve);
    await importRows(world, { ...eve, consent_basis: '', consent_on: '' });
    expect(await ledger(world, EVE)).toEqual([given]);
  });

  it('is withdrawn with "none", and a STOP is never undone', async () => {
    const world = await createWorld();
    await importRows(world, eve);
    await importRows(world, { ...eve, consent_basis: 'none', consent_on: '' });
    expect(await ledger(world, EVE)).toEqual([given, { state: 'pending', via: 'roster', basis: 'none' }]);
    await world.text(EVE, 'STOP');
    await importRows(world, eve);
    expect(await world.database.read((stores) => stores.consents.state(world.database.hashPhone(EVE)))).toBe(
      'opted_out',
    );
  });

  it("says nothing of a number that is a mentee's", async () => {
    const world = await createWorld();
    const before = await ledger(world, MAYA);
    await importRows(world, { ...eve, phone: MAYA, consent_basis: 'none', consent_on: '' });
    expect(await ledger(world, MAYA)).toEqual(before);
  });
});

describe('program staff', () => {
  it('are imported and found again by phone or Slack id', async () => {
    const world = await createWorld();
    expect(await importRows(world, SAM)).toMatchObject({ ok: true, counts: { staff: 1 } });
    await importRows(world, { ...SAM, last_name: 'Ito-Reyes', phone: '' });
    expect(await world.database.read((stores) => stores.people.staff())).toMatchObject([
      { firstName: 'Sam', lastName: 'Ito-Reyes', slackUserId: 'U0SAM' },
    ]);
  });

  it('are refused with the phone of one and the Slack id of another', async () => {
    const world = await createWorld();
    await importRows(world, SAM, { ...SAM, first_name: 'Noor', phone: '(213) 555-0106', slack_user_id: 'U0NOOR' });
    expect(await importRows(world, { ...SAM, slack_user_id: 'U0NOOR' })).toMatchObject({
      ok: false,
      problems: [{ line: 2, column: 'slack_user_id', message: expect.stringContaining('another member of staff') }],
    });
  });

  it('are known when they text, and are no stranger', async () => {
    const world = await createWorld();
    await importRows(world, SAM);
    await world.text('+12135550105', 'hello it is me');
    expect(JSON.stringify(world.posts.at(-1)?.message)).toContain('Sam (staff)');
    expect(world.texts).toEqual([]);
  });
});

describe('a file without a column, or with a blank cell', () => {
  const without = (...columns: string[]) => HEADER.filter((column) => !columns.includes(column));
  const importShort = (world: World, header: readonly string[], cells: Cells) =>
    importRoster(
      { ...world, tasks: [...world.content.current().tasks.keys()] },
      { header, rows: [{ line: 2, cells }] },
      false,
    );
  const read = <Value>(world: World, look: (stores: Stores) => Promise<Value>) => world.database.read(look);

  it("leaves a mentor's Slack id and last name: their button must go on finding them", async () => {
    const world = await createWorld();
    const dani = { role: 'mentor', first_name: 'Daniela', phone: '+12135550110', time_zone: 'America/Denver' } as const;
    expect(await importShort(world, without('slack_user_id', 'last_name'), dani)).toMatchObject({ ok: true });
    expect(await read(world, ({ people }) => people.mentorBySlackUser('U0DANI'))).toMatchObject({
      firstName: 'Daniela',
      lastName: 'Lopez',
      timeZone: 'America/Denver',
    });
  });

  it('leaves a counselor their phone and their place on call; a blank place takes them off', async () => {
    const world = await createWorld();
    const renee = {
      role: 'counselor',
      first_name: 'Renee',
      slack_user_id: 'U0RENEE',
      time_zone: 'America/Los_Angeles',
    } as const;
    const places = () => read(world, async ({ people }) => (await people.onCall()).map(({ firstName }) => firstName));
    await importShort(world, without('phone', 'on_call').concat('phone'), renee);
    expect(await places()).toEqual(['Renee', 'Tomas']);
    expect(await read(world, ({ people }) => people.counselorBySlackUser('U0RENEE'))).toMatchObject({
      phone: '+12135550101',
      lastName: 'Okafor',
    });
    await importShort(world, HEADER, { ...renee, on_call: '' });
    expect(await places()).toEqual(['Tomas']);
  });
});
