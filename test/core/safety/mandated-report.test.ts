// MR-01: whom the duty is about, when each report is due, and when the thread is reminded.

import { describe, expect, it } from 'vitest';
import { caseTopicsOf, isPrivate, isReportable, tierOf } from '../../../src/core/safety/case-about.ts';
import { isUnder18, nextReportNotice, reportDueAt } from '../../../src/core/safety/mandated-report.ts';
import { screen } from '../../../src/core/safety/screen.ts';
import { compiled } from './screen-shipped.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('MR-01: under 18', () => {
  it('until the day before the eighteenth birthday', () => {
    expect(isUnder18('2009-06-08', '2027-06-07')).toBe(true);
    expect(isUnder18('2009-06-08', '2027-06-08')).toBe(false);
    expect(isUnder18('2008-02-29', '2026-02-28')).toBe(true);
    expect(isUnder18('2008-02-29', '2026-03-01')).toBe(false);
  });

  it('without a birth date nobody knows', () => expect(isUnder18(null, '2027-06-07')).toBeNull());
});

describe('MR-01: the two timers', () => {
  it('the call is due at once, the paper within 36 hours', () => {
    expect(reportDueAt('phone', 0)).toBe(0);
    expect(reportDueAt('written', 0)).toBe(36 * HOUR);
  });

  it('remind at their times, and not for ever', () => {
    const all = (kind: 'phone' | 'written') => {
      const times: number[] = [];
      for (let at = nextReportNotice(kind, 0, 0); at !== null; at = nextReportNotice(kind, 0, at)) times.push(at);
      return times;
    };
    expect(all('phone').slice(0, 4)).toEqual([30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR]);
    expect(all('written').slice(0, 5)).toEqual([24 * HOUR, 32 * HOUR, 35 * HOUR, 36 * HOUR, 60 * HOUR]);
    expect(all('phone').length).toBeLessThan(20);
    expect(all('written').length).toBeLessThan(20);
  });
});

describe('of what a text speaks', () => {
  const topics = (text: string) => caseTopicsOf(compiled, screen(compiled, { text }));

  it.each([
    ['my dad hits me', 'abuse'],
    ['my dad kicked me out and i have nowhere to sleep tonight', 'neglect'],
    ['i want to kill myself', 'self'],
    ['im scared ice will take my mom', 'immigration'],
  ] as const)('%s: %s', (text, topic) => expect(topics(text)).toContain(topic));

  it('all of it, not only the gravest', () => {
    const all = topics('i want to kill myself because ice took my mom');
    expect(all).toEqual(expect.arrayContaining(['self', 'immigration']));
    expect(isPrivate(all)).toBe(true);
  });

  it('MR-01: abuse, neglect and threats are to be reported, and nothing else', () => {
    expect(isReportable(['abuse'])).toBe(true);
    expect(isReportable(['neglect', 'self'])).toBe(true);
    expect(isReportable(['threat_to_others'])).toBe(true);
    expect(isReportable(['self', 'someone_else', 'immigration', 'not_going'])).toBe(false);
  });

  it('IM: immigration is never less than high, and no other text is raised', () => {
    const moderate = { tier: 'moderate', matched: [], signals: [], kind: 'self', language: 'en' } as const;
    expect(tierOf(moderate, ['immigration'])).toBe('high');
    expect(tierOf(moderate, ['self', 'neglect'])).toBe('moderate');
    expect(tierOf({ ...moderate, tier: 'none' }, [])).toBe('none');
    expect(tierOf({ ...moderate, tier: 'crisis' }, ['immigration'])).toBe('crisis');
  });
});
