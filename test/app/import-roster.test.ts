import { describe, expect, it } from 'vitest';
import { importRoster } from '../../src/app/import-roster.ts';
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
});
