// `/icehouse`: what it finds for whom, and what it never tells.

import { describe, expect, it } from 'vitest';
import { type Cells, importRows, SAM } from './import-rows.ts';
import { createWorld, LUIS, MAYA, type World } from './world.ts';

const ask = (world: World, slackUserId: string, text: string) =>
  world.command({ slackUserId, text, actKey: `command:${text}` });

const ANA: Cells = {
  role: 'mentee',
  first_name: 'Ana-María',
  last_name: "O'Brien Núñez",
  phone: '(213) 555-0131',
  language: 'es',
  time_zone: 'America/Los_Angeles',
  college: 'UCLA',
  consent_basis: 'none',
};

describe('/icehouse find', () => {
  it.each(['maya', 'MAYA rob', 'robinson', 'ma'])('finds by the beginnings of words: %s', async (typed) => {
    const world = await createWorld();
    const { title, lines } = await ask(world, 'U0RENEE', `find ${typed}`);
    expect(title).toBe('1 mentee has this name');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ label: 'Maya Robinson' });
    expect(lines[0]?.text).toBe(
      'Cal State LA · mentor Dani Lopez · open: Housing form, by Tuesday, June 15; Final transcript, by Thursday, July 1; FAFSA corrections, by Thursday, July 15',
    );
  });

  it.each(['ana', 'maria', 'nunez', 'obrien', 'ana maria NUÑEZ'])(
    'minds no accents and apostrophes: %s',
    async (typed) => {
      const world = await createWorld();
      await importRows(world, ANA);
      const { lines } = await ask(world, 'U0RENEE', `find ${typed}`);
      expect(lines.map(({ label }) => label)).toEqual(["Ana-María O'Brien Núñez"]);
      expect(lines[0]?.text).toContain('no mentor');
      expect(lines[0]?.text).toContain('Gets no texts');
    },
  );

  it('finds nobody by the middle of a word, nor by no word', async () => {
    const world = await createWorld();
    expect(await ask(world, 'U0RENEE', 'find aya')).toMatchObject({ lines: [] });
    expect((await ask(world, 'U0RENEE', 'find')).title).toContain('/icehouse');
    expect(await ask(world, 'U0RENEE', 'find ...')).toMatchObject({ lines: [] });
  });

  it('gives mentors their own mentees, staff all, and somebody else nobody', async () => {
    const world = await createWorld();
    await importRows(world, SAM, { ...ANA, first_name: 'Maya', last_name: 'Zamora' });
    const namesFor = async (who: string) => (await ask(world, who, 'find maya')).lines.map(({ label }) => label);
    expect(await namesFor('U0DANI')).toEqual(['Maya Robinson']);
    expect(await namesFor('U0SAM')).toEqual(['Maya Robinson', 'Maya Zamora']);
    expect(await ask(world, 'U0NOBODY', 'find maya')).toMatchObject({ title: 'You are not on the roster' });
  });

  it('tells of a case and the rest after it to counselors alone', async () => {
    const world = await createWorld();
    await importRows(world, SAM);
    await world.text(MAYA, 'i want to kill myself');
    await world.database.transact((stores) =>
      stores.pauses.set({
        phoneHash: world.database.hashPhone(LUIS),
        until: world.clock.at + 48 * 3_600_000,
        reason: 'after_case',
        setBy: 'x',
        setAt: world.clock.at,
      }),
    );
    const textFor = async (who: string, name: string) => (await ask(world, who, `find ${name}`)).lines[0]?.text ?? '';
    expect(await textFor('U0RENEE', 'maya')).toMatch(/ · in case [A-Z0-9]{4}/);
    expect(await textFor('U0RENEE', 'luis')).toContain('nudges rest until Wednesday, June 9, 10:00 am');
    for (const who of ['U0SAM', 'U0DANI']) {
      expect(await textFor(who, 'maya')).not.toMatch(/case/);
      expect(await textFor(who, 'luis')).not.toMatch(/rest/);
    }
  });

  it('says that somebody has stopped texts, or cannot be reached', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'STOP');
    await world.database.transact((stores) =>
      stores.people.setPhoneProblem(world.database.hashPhone(LUIS), '30006', world.clock.at),
    );
    expect((await ask(world, 'U0DANI', 'find maya')).lines[0]?.text).toContain('Has stopped all texts');
    expect((await ask(world, 'U0DANI', 'find luis')).lines[0]?.text).toContain('do not reach this number');
  });

  it('shows ten of many, and counts them', async () => {
    const world = await createWorld();
    const many = Array.from({ length: 12 }, (_, at) => ({
      ...ANA,
      phone: `(310) 555-01${at + 10}`,
      last_name: `X${at}`,
    }));
    await importRows(world, ...many);
    const { title, lines } = await ask(world, 'U0RENEE', 'find ana');
    expect(lines).toHaveLength(10);
    expect(title).toContain('12');
  });

  it('leaves in the audit who searched and how many were found, and not the name', async () => {
    const world = await createWorld();
    await ask(world, 'U0RENEE', 'find maya');
    const events = await world.database.read((stores) => stores.audit.recent({ limit: 5 }));
    expect(events).toMatchObject([{ action: 'find_used', detail: { hits: 1 } }]);
    expect(JSON.stringify(events).toLowerCase()).not.toContain('maya');
  });
});

describe('/icehouse', () => {
  it('tells who is on call, and until when somebody stands in', async () => {
    const world = await createWorld();
    const tomas = await world.database.read((stores) => stores.people.counselorBySlackUser('U0TOMAS'));
    if (tomas === null) throw new Error('no counselor');
    await world.submit('U0RENEE', { kind: 'on_call_override', counselorId: tomas.id, hours: 24 });
    expect((await ask(world, 'U0DANI', 'OnCall')).lines).toEqual([
      { label: 'Now', text: 'Tomas Aguilar' },
      { label: 'Next', text: 'Renee Okafor' },
      { label: 'Stands in', text: 'Tomas Aguilar, until Tuesday, June 8, 10:00 am' },
    ]);
    expect(await ask(world, 'U0NOBODY', 'oncall')).toMatchObject({ title: 'You are not on the roster' });
  });

  it.each(['help', '', 'dance', '  HELP  me '])(
    'answers "%s" with what it can do, each with an example',
    async (text) => {
      const world = await createWorld();
      const { lines } = await ask(world, 'U0NOBODY', text);
      expect(lines.map(({ label }) => label)).toEqual([
        '/icehouse find maya',
        '/icehouse pause maya',
        '/icehouse oncall',
        '/icehouse example',
        '/icehouse drill',
        '/icehouse report safety',
        '/icehouse flows',
        '/icehouse help',
      ]);
    },
  );
});
