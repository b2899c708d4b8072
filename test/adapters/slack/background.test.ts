// Work that nobody waits for: started at once, in order within its lane, never an error to anybody.

import { describe, expect, it } from 'vitest';
import { createBackground } from '../../../src/adapters/slack/background.ts';
import { createMemoryLog } from '../../support/log-lines.ts';

describe('the background', () => {
  it('is settled when everything is done that was started, and what that started', async () => {
    const background = createBackground(createMemoryLog().log);
    const done: string[] = [];
    background.run(async () => {
      await new Promise((go) => setTimeout(go, 10));
      background.run(async () => void done.push('later'));
      done.push('first');
    });
    await background.settled();
    expect(done).toEqual(['first', 'later']);
    await background.settled();
  });

  it('keeps the order within a lane, and no lane waits for another', async () => {
    const background = createBackground(createMemoryLog().log);
    const done: string[] = [];
    const held = Promise.withResolvers<void>();
    background.run(async () => {
      await held.promise;
      done.push('a1');
    }, 'a');
    background.run(async () => void done.push('a2'), 'a');
    background.run(async () => void done.push('b1'), 'b');
    await new Promise((go) => setTimeout(go, 10));
    expect(done).toEqual(['b1']);
    held.resolve();
    await background.settled();
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('goes on after work that failed, which is noted without its words', async () => {
    const memory = createMemoryLog();
    const background = createBackground(memory.log);
    const done: string[] = [];
    background.run(() => Promise.reject(new Error('words of a student')), 'a');
    background.run(() => {
      throw new TypeError('words of a student');
    });
    background.run(async () => void done.push('a2'), 'a');
    await background.settled();
    expect(done).toEqual(['a2']);
    expect(memory.events()).toEqual(['slack_background_failed', 'slack_background_failed']);
    expect(memory.text()).not.toContain('words of a student');
  });
});
