// The special parts of a card and the forms of a pause: what they say, their buttons, and what Slack hands back.

import { describe, expect, it } from 'vitest';
import { renderAlert } from '../../../src/adapters/slack/views/alert.ts';
import { renderModal } from '../../../src/adapters/slack/views/modal.ts';
import { readAct, readModalAsk } from '../../../src/adapters/slack/views/read-act.ts';
import { readSubmission } from '../../../src/adapters/slack/views/read-submission.ts';
import type { AlertCard } from '../../../src/app/ports/messages.ts';
import { asEscalationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { CHOSEN_REASONS } from '../../../src/core/model/pause.ts';
import { checkView } from '../../../src/rehearsal/slack/check-view.ts';

const AT = Date.UTC(2027, 5, 7, 17, 0);
const ZONE = 'America/Los_Angeles';
const menteeId = asMenteeId('mentee-1');
const escalationId = asEscalationId('case-1');

const card = (change: Partial<AlertCard> = {}): AlertCard => ({
  kind: 'alert',
  escalationId,
  caseCode: 'K7QX',
  firstName: 'Maya',
  tier: 'crisis',
  words: ['my dad hits me'],
  answered: 'At once: “…”',
  openedAt: AT,
  round: 1,
  state: 'open',
  acknowledgedBy: null,
  acknowledgedAt: null,
  heldBy: null,
  released: false,
  unansweredSince: null,
  nextPaged: null,
  resolvedBy: null,
  outcome: null,
  nudgesResumeAt: null,
  timeZone: ZONE,
  ...change,
});
const duty = {
  age: 'under_18',
  since: AT,
  writtenDueAt: AT + 36 * 3_600_000,
  agency: null,
  written: null,
  reports: [],
} as const;
const said = (change: Partial<AlertCard>) => JSON.stringify(renderAlert(card(change)).blocks);
const sent = (view: unknown): unknown => JSON.parse(JSON.stringify(view));

describe('a card', () => {
  it.each([
    ['asked', /treat this phone as NOT SAFE TO TEXT/],
    ['safe', /Safe to text: they said yes/],
    ['not_safe', /NOT SAFE TO TEXT: they said so/],
  ] as const)('says whether it is safe to text: %s', (textSafety, words) => {
    expect(said({ textSafety })).toMatch(words);
  });

  it('says nothing of it where nobody asked', () => expect(said({})).not.toMatch(/safe to text/i));

  it('says once why nothing can be texted, and not after the end', () => {
    expect(said({ cannotText: 'This number has opted out.' })).toContain('This number has opted out.');
    expect(said({ cannotText: 'Not safe.', textSafety: 'not_safe' })).not.toContain('Not safe.');
    expect(said({ cannotText: 'This number has opted out.', state: 'resolved' })).not.toContain('opted out');
  });

  it('MR-01: has two buttons for whoever has reported, and no third', () => {
    const { blocks } = renderAlert(card({ duty }));
    const row = blocks.find((block) => block.type === 'actions' && block.block_id === 'report-case-1');
    expect(row).toMatchObject({
      elements: [
        { action_id: 'report_phoned', value: 'case-1' },
        { action_id: 'report_written', value: 'case-1' },
      ],
    });
    expect(readAct('report_phoned', 'case-1')).toEqual({ kind: 'report_made', escalationId, report: 'phone' });
    expect(readAct('report_written', 'case-1')).toEqual({ kind: 'report_made', escalationId, report: 'written' });
    expect(readAct('report_phoned', 'not an id!')).toBeNull();
  });

  it('MR-01: keeps the duty in view after the case has ended', () => {
    expect(said({ duty, state: 'resolved', resolvedBy: 'Renee' })).toMatch(/UNDER 18\./);
  });

  it('MR-01: its notification does not say what it is about', () => {
    expect(renderAlert(card({ duty, textSafety: 'not_safe' })).text).not.toMatch(/18|report|abuse|safe|Maya/i);
  });

  it('shows that its words were removed, and none of them', () => {
    const shown = said({ wordsRemovedAt: AT, words: ['left over'], answered: 'left over', state: 'resolved' });
    expect(shown).toContain('The words of this case were removed on Mon, Jun 7, 10:00 am.');
    expect(shown).not.toContain('left over');
  });
});

describe('the form of a pause', () => {
  const modal = { kind: 'pause_mentee', menteeId, name: 'Maya Robinson', current: null, timeZone: ZONE } as const;
  const standing = (reason: 'medical' | 'deceased') =>
    renderModal({ ...modal, current: { reason, until: null, setBy: 'Sam Reyes', at: AT } });

  it.each([
    ['none', renderModal(modal)],
    ['one', standing('medical')],
    ['of somebody who has died', standing('deceased')],
    ['second word', renderModal({ kind: 'revive_mentee', menteeId, name: 'Maya Robinson' })],
  ])('is one that Slack takes: %s', (_, view) => {
    expect(checkView(sent(view), 'modal')).toEqual({ view: sent(view) });
  });

  it('offers every reason, and the end of one that stands', () => {
    const values = (view: unknown) => JSON.stringify(view).match(/(?<="value":")\w+/g) ?? [];
    expect(values(renderModal(modal))).toEqual([...CHOSEN_REASONS]);
    expect(values(standing('medical'))).toEqual(['end', ...CHOSEN_REASONS]);
    expect(values(standing('deceased'))).toEqual(['end']);
  });

  it('is asked for by a button, with the mentee’s id alone', () => {
    expect(readModalAsk('pause_mentee', 'mentee-1')).toEqual({ ask: { kind: 'pause_mentee', menteeId }, how: 'open' });
    const resolve = {
      kind: 'resolve_case',
      escalationId,
      caseCode: 'K7QX',
      firstName: 'Maya',
      tier: 'crisis',
      resumeAfterHours: 72,
      seen: '1.1',
    } as const;
    expect(JSON.stringify(renderModal({ ...resolve, menteeId }))).toContain('"action_id":"pause_mentee"');
    expect(JSON.stringify(renderModal({ ...resolve, menteeId: null }))).not.toContain('pause_mentee');
  });

  const submit = (callback_id: string, values: object) =>
    readSubmission({ callback_id, private_metadata: JSON.stringify({ menteeId }), state: { values } });
  const reason = (value: string) => ({ 'field:reason': { value: { selected_option: { value } } } });
  const until = (date: string | null) => ({ 'field:untilOn': { value: { selected_date: date } } });

  it.each([
    ['medical', '2027-06-21'],
    ['deceased', null],
    ['end', null],
  ] as const)('read back: %s until %s', (value, untilOn) => {
    expect(submit('pause_mentee', { ...reason(value), ...until(untilOn) })).toEqual({
      ok: true,
      submission: { kind: 'pause_mentee', menteeId, reason: value, untilOn },
    });
  });

  it.each(['after_case', 'sad', ''])('a reason that is none to choose is asked for again: %s', (value) => {
    expect(submit('pause_mentee', reason(value))).toEqual({
      ok: false,
      errors: { 'field:reason': 'Please choose why.' },
    });
  });

  it('the second word is what was typed', () => {
    expect(submit('revive_mentee', { 'field:typed': { value: { value: ' Maya Robinson ' } } })).toEqual({
      ok: true,
      submission: { kind: 'revive_mentee', menteeId, typed: 'Maya Robinson' },
    });
  });
});
