// What somebody in distress is answered, and when nothing may be texted: CR-C1, CR-C2, the question about the phone, and
// times that only the on-call calendar gives.

import { describe, expect, it } from 'vitest';
import { DAY, HOUR, lastCard, MINUTE, onlyCase, sayInThread, textsTo } from './special-house.ts';
import { createWorld, LUIS, MAYA, MONDAY_10 } from './world.ts';

const CRISIS = 'i want to kill myself';
const ABUSE = 'my dad hits me';
const HIGH = 'we have no food and nowhere to sleep tonight';
const STRANGER = '+12135550155';

describe('CR-C1: a crisis text', () => {
  it('is answered at once at any hour, with 988, 911 and that a person is told, and promises no time', async () => {
    const world = await createWorld();
    world.clock.at = Date.parse('2027-06-08T03:20:00-07:00');
    await world.text(MAYA, CRISIS);
    expect(textsTo(world)).toEqual([expect.stringMatching(/automated.*988.*911.*alerting a counselor/)]);
    expect(textsTo(world).join()).not.toMatch(/\d [ap]m|confidential|we watch/i);
    await world.text(LUIS, 'me quiero morir');
    expect(textsTo(world, LUIS)).toEqual([expect.stringMatching(/automático.*988 y oprime 2.*911.*consejero/)]);
  });

  it('is answered whole once an episode, then in the short words', async () => {
    const world = await createWorld();
    for (const text of [CRISIS, 'i really will kill myself', CRISIS]) await world.text(MAYA, text);
    expect(textsTo(world).slice(1)).toEqual([
      expect.stringMatching(/^Still here\..*988.*911/),
      expect.stringMatching(/^Still here\..*988.*911/),
    ]);
  });
});

describe('CR-C2: a number that cannot be texted, or that nobody knows', () => {
  it('after STOP nothing is texted, the case is opened, and the card says to phone', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'STOP');
    const before = textsTo(world).length;
    await world.text(MAYA, CRISIS);
    await world.pass(2 * HOUR);
    expect(textsTo(world)).toHaveLength(before);
    expect(lastCard(world)).toMatchObject({
      tier: 'crisis',
      answered: 'Nothing was sent: this number has opted out. Phone, cannot text.',
      cannotText: 'This number has opted out of texts: call, do not text.',
    });
  });

  it('who opts out in the middle of a case is not texted by itself any more, and the card says so', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    expect(lastCard(world).cannotText).toBeNull();
    await world.text(MAYA, 'stop');
    const texts = textsTo(world).length;
    await world.text(MAYA, CRISIS);
    await world.pass(HOUR);
    expect(textsTo(world)).toHaveLength(texts);
    expect(lastCard(world).cannotText).toMatch(/opted out/);
  });

  it('the one confirmation of a STOP carries 988', async () => {
    const world = await createWorld((files) => {
      Object.assign(files['program.yaml'] as object, { carrier_confirms_stop: false });
    });
    await world.text(MAYA, 'please stop texting me');
    expect(textsTo(world)).toEqual([expect.stringContaining('988')]);
    await world.text(LUIS, 'ya no me escriban');
    expect(textsTo(world, LUIS)).toEqual([expect.stringContaining('988')]);
  });

  it('an unknown number is answered in its own language, and has a case', async () => {
    const world = await createWorld();
    await world.text(STRANGER, 'me quiero morir');
    expect(textsTo(world, STRANGER)).toEqual([expect.stringMatching(/988 y oprime 2/)]);
    expect(lastCard(world)).toMatchObject({ tier: 'crisis', firstName: 'A number that is not on the roster' });
  });
});

describe('abuse: is it safe to text you?', () => {
  const asked = async () => {
    const world = await createWorld();
    await world.text(MAYA, ABUSE);
    return world;
  };

  it('is asked first, without a hotline, and the card says that nobody knows yet', async () => {
    const world = await asked();
    expect(textsTo(world)).toEqual([expect.stringMatching(/Is it safe to text you\? Reply Y or N\./)]);
    expect(textsTo(world).join()).not.toMatch(/988|800/);
    expect(lastCard(world)).toMatchObject({ textSafety: 'asked' });
  });

  it.each(['Y', 'yes', 'Sí', 's', 'yes it is safe'])('after %s the hotlines', async (yes) => {
    const world = await asked();
    await world.text(MAYA, yes);
    expect(textsTo(world).slice(1)).toEqual([expect.stringMatching(/not your fault.*1-800-799-7233/)]);
    expect(lastCard(world)).toMatchObject({ textSafety: 'safe' });
    await world.text(MAYA, 'y');
    expect(textsTo(world)).toHaveLength(2);
  });

  it('a Y is no crisis', async () => {
    const world = await asked();
    await world.text(MAYA, 'Y');
    const [, yes] = await world.database.read(async ({ inbox, escalations }) => {
      const escalation = await escalations.byId(onlyCase(world));
      return escalation === null ? [] : inbox.recent(escalation.phoneHash, 0, 9);
    });
    expect(yes).toMatchObject({ body: 'Y', tier: 'none' });
  });

  it.each(['N', 'no', 'not safe', 'no es seguro'])('after %s thanks, and nothing more by itself', async (no) => {
    const world = await asked();
    await world.text(MAYA, no);
    expect(textsTo(world).slice(1)).toEqual(['OK, thanks.']);
    expect(lastCard(world)).toMatchObject({ textSafety: 'not_safe', cannotText: expect.stringMatching(/not safe/) });
    await world.text(MAYA, 'he is hitting me again');
    await world.text(MAYA, 'y');
    await world.pass(2 * HOUR);
    expect(textsTo(world)).toHaveLength(2);
    const audit = await world.database.read(({ audit }) => audit.recent({ limit: 9, subject: onlyCase(world) }));
    expect(audit.map(({ action }) => action)).toContain('not_safe_to_text');
  });

  it('after a no a person may still write', async () => {
    const world = await asked();
    await world.text(MAYA, 'n');
    await world.act('U0RENEE', { kind: 'take_over', escalationId: onlyCase(world) });
    await sayInThread(world, 'U0RENEE', 'I am calling your school now.');
    expect(textsTo(world).at(-1)).toBe('Renee: I am calling your school now.');
  });

  it('without an answer one neutral line at most follows, however long nobody comes', async () => {
    const world = await asked();
    await world.text(MAYA, 'he is hitting me again');
    await world.text(MAYA, 'my dad hits me every day');
    await world.pass(DAY);
    expect(textsTo(world).slice(1)).toEqual([expect.stringMatching(/^Got it\. I've alerted our counselor again\./)]);
    expect(textsTo(world).join()).not.toMatch(/988|800-799/);
  });

  it('a later crisis of their own is answered with 988 while the question is open', async () => {
    const world = await asked();
    await world.text(MAYA, CRISIS);
    expect(textsTo(world).at(-1)).toContain('988');
  });

  it('is heard after more words of theirs, as long as it is the last question', async () => {
    const world = await asked();
    await world.text(MAYA, 'he is out until six');
    await world.text(MAYA, 'y');
    expect(textsTo(world).at(-1)).toContain('1-800-799-7233');
  });

  it('a y to what a person asked is left to that person', async () => {
    const world = await asked();
    await world.act('U0RENEE', { kind: 'take_over', escalationId: onlyCase(world) });
    await sayInThread(world, 'U0RENEE', 'Did you go to school today?');
    await world.text(MAYA, 'y');
    expect(textsTo(world).at(-1)).toBe('Renee: Did you go to school today?');
    expect(lastCard(world)).toMatchObject({ textSafety: 'asked' });
  });

  it.each(['yes', 'no'])('a %s to another question of the house is none to this one', async (answer) => {
    const world = await asked();
    await world.text(MAYA, CRISIS);
    expect(textsTo(world).at(-1)).toContain('988');
    const texts = textsTo(world).length;
    await world.text(MAYA, answer);
    expect(textsTo(world)).toHaveLength(texts);
    expect(lastCard(world)).toMatchObject({ textSafety: 'asked' });
  });

  it.each(['its not safe', 'no es seguro', 'dont text'])('%s is heard after any text of the house', async (no) => {
    const world = await asked();
    await world.text(MAYA, CRISIS);
    await world.text(MAYA, no);
    expect(textsTo(world).at(-1)).toBe('OK, thanks.');
    expect(lastCard(world)).toMatchObject({ textSafety: 'not_safe' });
  });

  it.each(['ok', 'okay', 'ya', '👍'])('%s may only say that they have read it: no hotline', async (seen) => {
    const world = await asked();
    await world.text(MAYA, seen);
    expect(textsTo(world)).toHaveLength(1);
    expect(lastCard(world)).toMatchObject({ textSafety: 'asked' });
  });

  it('a reply that could not leave before their no does not leave after it', async () => {
    const world = await asked();
    world.plan.always.set(MAYA, { kind: 'not_sent', code: '500', afterMs: null });
    await world.text(MAYA, CRISIS);
    const tried = textsTo(world).length;
    world.clock.at += MINUTE;
    await world.text(MAYA, 'it is not safe');
    world.plan.always.clear();
    const before = textsTo(world).filter((text) => text.includes('988')).length;
    await world.pass(HOUR);
    expect(tried).toBe(2);
    expect(textsTo(world).filter((text) => text.includes('988'))).toHaveLength(before);
    expect(textsTo(world).at(-1)).toBe('OK, thanks.');
  });

  it.each(['n', null])(
    'the bot has the conversation back (answer: %s): what is not grave brings no hotline either',
    async (no) => {
      const world = await asked();
      if (no !== null) await world.text(MAYA, no);
      await world.act('U0RENEE', { kind: 'acknowledge', escalationId: onlyCase(world) });
      await world.act('U0RENEE', { kind: 'release', escalationId: onlyCase(world) });
      world.clock.at += 3 * HOUR;
      await world.text(MAYA, 'im so stressed and overwhelmed with everything');
      expect(textsTo(world).join()).not.toMatch(/988/);
      expect(JSON.stringify(world.posts.map(({ message }) => message))).toMatch(/moderate, nobody is paged/);
    },
  );

  it('somebody who opted out meanwhile is not texted for their answer', async () => {
    const world = await asked();
    await world.text(MAYA, 'stop');
    const texts = textsTo(world).length;
    await world.text(MAYA, 'y');
    expect(textsTo(world)).toHaveLength(texts);
    expect(lastCard(world)).toMatchObject({ textSafety: 'safe' });
  });
});

describe('a short answer to what a person asked', () => {
  const askedBy = async (question: string) => {
    const world = await createWorld();
    await world.text(MAYA, HIGH);
    await world.act('U0RENEE', { kind: 'take_over', escalationId: onlyCase(world) });
    world.clock.at += MINUTE;
    await sayInThread(world, 'U0RENEE', question);
    world.clock.at += MINUTE;
    return world;
  };

  it.each([
    ['Are you thinking about suicide?', 'yes', 'crisis'],
    ['Are you thinking about suicide?', 'a little', 'crisis'],
    ['¿Has pensado en matarte?', 'sí', 'crisis'],
    ['Are you safe right now?', 'no', 'crisis'],
    ['Are you safe right now?', 'not really', 'crisis'],
    ['Are you safe right now?', 'yes', 'none'],
    ['Is it safe to text you?', 'yes', 'none'],
    ['Is it safe to text you?', 'n', 'none'],
    ['Did you eat today?', 'yes', 'none'],
  ] as const)('"%s" %s: %s', async (question, answer, tier) => {
    const world = await askedBy(question);
    await world.text(MAYA, answer);
    const read = await world.database.read(async ({ inbox, escalations }) => {
      const escalation = await escalations.byId(onlyCase(world));
      return escalation === null ? undefined : (await inbox.recent(escalation.phoneHash, 0, 9)).at(-1);
    });
    expect(read).toMatchObject({ body: answer, tier });
    expect(lastCard(world).tier).toBe(tier === 'crisis' ? 'crisis' : 'high');
  });

  it('a question of yesterday is not answered by a yes of today', async () => {
    const world = await askedBy('Are you thinking about suicide?');
    world.clock.at += 25 * HOUR;
    await world.text(MAYA, 'yes');
    expect(lastCard(world).tier).toBe('high');
  });
});

describe('a time is named from the on-call calendar alone', () => {
  const withHours = (change: object = {}) =>
    createWorld((files) => {
      const on_call_hours = { answer_within_minutes: 120, monday: '9:00-17:00', tuesday: '9:00-17:00', ...change };
      Object.assign(files['program.yaml'] as object, { on_call_hours });
    });

  it('without one nobody promises anything', async () => {
    const world = await createWorld();
    await world.text(MAYA, HIGH);
    expect(textsTo(world)).toEqual([expect.stringContaining('who will reach you as soon as they can')]);
  });

  it('within the hours, in the mentee’s own words and zone', async () => {
    const world = await withHours();
    await world.text(MAYA, HIGH);
    await world.text(LUIS, 'no tenemos comida ni donde dormir');
    expect(textsTo(world)).toEqual([expect.stringContaining("they'll reach you by 12:00 pm.")]);
    expect(textsTo(world, LUIS)).toEqual([expect.stringContaining('te contacta a más tardar a las 12:00 pm.')]);
    expect(lastCard(world).answered).toContain('12:00 pm');
  });

  it('with nobody on call, when the office opens, and 988 again', async () => {
    const world = await withHours();
    world.clock.at = MONDAY_10 + 12 * HOUR;
    await world.text(MAYA, HIGH);
    expect(textsTo(world)).toEqual([expect.stringMatching(/when our office opens on Tuesday at 9:00 am\..*988/)]);
  });

  it('promises nobody by night before the ladder of a high case goes on in the morning', async () => {
    const world = await withHours({ answer_within_minutes: 15, monday: '6:00-23:30', tuesday: '6:00-17:00' });
    world.clock.at = MONDAY_10 + 12 * HOUR + 5 * MINUTE;
    await world.text(MAYA, 'cps might take my brothers, we have no food at home');
    expect(textsTo(world)).toEqual([expect.stringContaining('when our office opens on Tuesday at 6:00 am')]);
    world.clock.at = MONDAY_10 + 21 * HOUR;
    await world.text(LUIS, 'no tenemos que comer en la casa');
    expect(textsTo(world, LUIS)).toEqual([expect.stringContaining('a más tardar a las 8:30 am')]);
  });

  it('an on-call list without a phone is nobody, whatever the hours say', async () => {
    const world = await withHours();
    await world.database.transact(async ({ people }) => {
      for (const counselor of await people.counselors())
        await people.saveCounselor({ ...counselor, phone: null }, world.clock.at);
    });
    await world.text(MAYA, HIGH);
    expect(textsTo(world)).toEqual([expect.stringContaining('when our office opens on Tuesday at 9:00 am')]);
  });

  it('a moderate text is promised a time that staff are told of', async () => {
    const world = await withHours();
    await world.text(MAYA, 'im so stressed and overwhelmed with everything');
    expect(textsTo(world)).toEqual([expect.stringMatching(/Dani, and somebody will get back to you by 12:00 pm\./)]);
    const notice = world.posts.find(({ to }) => to === 'staff')?.message;
    expect(JSON.stringify(notice)).toMatch(/They were told.*12:00 pm/);
  });

  it.each(['9-17', '17:00-9:00', '25:00-26:00', 'always'])('hours that cannot be are refused: %s', async (monday) => {
    await expect(withHours({ monday })).rejects.toThrow();
  });
});
