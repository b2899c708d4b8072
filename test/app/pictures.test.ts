// TW-15: a picture needs a person. Whatever its words were taken for, somebody is shown that there is one.

import { describe, expect, it } from 'vitest';
import { onlyCase } from './special-house.ts';
import { createWorld, MAYA, RENEE, type World } from './world.ts';

const media = [{ url: 'https://media.example/1', contentType: 'image/jpeg' }];
const shown = ({ posts }: World, from: number) =>
  posts.slice(from).filter(({ message }) => /picture or file/.test(JSON.stringify(message)));

async function sent(from: string, body: string, before: readonly string[] = []) {
  const world = await createWorld();
  await world.runDue();
  await world.relay.drain();
  for (const text of before) await world.text(from, text);
  const posts = world.posts.length;
  await world.text(from, body, { media });
  return { world, shown: shown(world, posts).map(({ to }) => to) };
}

describe('TW-15: a picture of a mentee', () => {
  it.each(['', 'done', 'STOP', 'HELP', 'START', 'hello', 'no'])('with "%s" is shown to the mentor', async (body) => {
    expect((await sent(MAYA, body)).shown).toEqual(['U0DANI']);
  });

  it.each([
    ['im so stressed and overwhelmed', 'staff'],
    ['wrong number', 'staff'],
    ['who is this', 'staff'],
  ])('with "%s" is shown to %s', async (body, to) => {
    expect((await sent(MAYA, body)).shown).toContain(to);
  });

  it('from a number that said it is the wrong one is shown to staff', async () => {
    expect((await sent(MAYA, 'look', ['wrong number'])).shown).toEqual(['staff']);
  });

  it.each(['', 'look', 'i want to kill myself', 'STOP', 'y'])(
    'in a case, with "%s", is shown in its thread',
    async (body) => {
      const { world, shown: to } = await sent(MAYA, body, ['my dad hits me']);
      expect(to).toContain('counselors');
      expect(onlyCase(world)).not.toBe('');
    },
  );

  it('that opens a case is shown in its thread', async () => {
    expect((await sent(MAYA, 'i want to kill myself')).shown).toContain('counselors');
  });
});

describe('TW-15: a picture of somebody else', () => {
  it.each([
    ['a counselor', RENEE, ''],
    ['a counselor who acknowledges', RENEE, 'ACK'],
    ['a mentor', '+12135550110', 'T T'],
    ['a stranger', '+12135550188', 'STOP'],
    ['a stranger', '+12135550188', ''],
  ])('%s: is shown to staff', async (_, from, body) => {
    expect((await sent(from, body)).shown).toEqual(['staff']);
  });
});
