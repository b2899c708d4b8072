// The log lets names of things and numbers through, and nothing else.

import { describe, expect, it } from 'vitest';
import type { LogFields } from '../../../src/app/ports/log.ts';
import { createMemoryLog } from '../../support/log-lines.ts';

describe('the log', () => {
  it('writes one JSON line an event, with the allowed fields', () => {
    const { log, text } = createMemoryLog();
    log.info('sent', { outboundId: 'out-1', count: 2 });
    log.warn('held', {});
    const [first = '', second = '', rest] = text().split('\n');
    expect(JSON.parse(first)).toEqual({
      level: 30,
      time: expect.any(String),
      outboundId: 'out-1',
      count: 2,
      msg: 'sent',
    });
    expect(JSON.parse(second)).toMatchObject({ level: 40, msg: 'held' });
    expect(rest).toBe('');
  });

  it('drops every field that is not on its list, whatever an object brings along', () => {
    const { log, text } = createMemoryLog();
    const whole = { code: 7, body: 'private', to: '+12135550101', config: { auth: 'secret' }, message: 'private' };
    log.error('failed', whole as LogFields);
    expect(text()).toContain('"code":7');
    expect(text()).not.toMatch(/private|5550101|secret/);
  });

  it('keeps of an error its name and place: neither its message nor what hangs on it', () => {
    const { log, text } = createMemoryLog();
    const error = Object.assign(new TypeError('private words\n    of two lines'), { request: { body: 'private' } });
    log.error('failed', { error });
    expect(text()).toContain('"name":"TypeError"');
    expect(text()).toContain('log.test.ts');
    expect(text()).not.toContain('private');
    log.error('failed', { error: { name: 'Odd' } });
    expect(text()).toContain('{"name":"Odd"}');
  });
});
