// A clock that is set back an hour during a case: whatever was due next comes at once, never an hour late (CR-07).

import { expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { createWorld, MAYA } from './world.ts';

const HOUR = 3_600_000;

it('asks somebody who has taken over and written nothing, though the clock was set back meanwhile', async () => {
  const world = await createWorld();
  await world.text(MAYA, 'i want to kill myself');
  const card = world.posts.find(({ message }) => message.kind === 'alert')?.message;
  if (card?.kind !== 'alert') throw new Error('no alert');
  await world.act('U0RENEE', { kind: 'take_over', escalationId: asEscalationId(card.escalationId) });
  world.clock.at -= HOUR;
  await world.pass(60_000);
  const questions = world.posts.filter(({ message }) => message.kind === 'case_question');
  expect(questions.length).toBeGreaterThan(0);
});

it('sends the locked reply that was to be tried again, though the clock was set back meanwhile', async () => {
  const world = await createWorld();
  world.plan.sms.push({ kind: 'not_sent', code: '503', afterMs: 30_000 });
  await world.text(MAYA, 'i want to kill myself');
  expect(world.texts.filter(({ to }) => to === MAYA)).toHaveLength(1);
  world.clock.at -= HOUR;
  await world.pass(60_000);
  expect(world.texts.filter(({ to }) => to === MAYA)).toHaveLength(2);
});

it('posts a card again of which nobody knows whether it was posted, though the clock was set back meanwhile', async () => {
  const world = await createWorld();
  world.plan.slack.push({ kind: 'unknown', code: 'timeout' });
  await world.text(MAYA, 'i want to kill myself');
  const cards = () => world.posts.filter(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate);
  const notes = () => world.posts.filter(({ message }) => message.kind === 'case_text');
  expect([cards().length, notes().length]).toEqual([1, 0]);
  world.clock.at -= HOUR;
  await world.pass(60_000);
  expect(notes()).toHaveLength(1);
});
