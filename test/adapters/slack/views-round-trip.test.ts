// What is written into blocks is read back as it was meant; what nobody wrote is null, and nothing is done for it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACT, ASK, HANDLED_ACTIONS, HANDLED_VIEWS } from '../../../src/adapters/slack/views/action-ids.ts';
import { renderModal } from '../../../src/adapters/slack/views/modal.ts';
import { readAct, readModalAsk, readPress } from '../../../src/adapters/slack/views/read-act.ts';
import { errorsForView, readSubmission } from '../../../src/adapters/slack/views/read-submission.ts';
import { render } from '../../../src/adapters/slack/views/render.ts';
import { subjectOf } from '../../../src/app/open-modal.ts';
import type { Modal, ModalAsk, ModalSubmission, StaffAct } from '../../../src/app/ports/staff-room.ts';
import {
  asCounselorId,
  asEscalationId,
  asInboundId,
  asMenteeId,
  asMentorPromptId,
  asOutboundId,
} from '../../../src/core/model/ids.ts';
import { quietUpdate } from '../../../src/core/model/weekly-update.ts';
import { toBlocks } from '../../../src/rehearsal/slack/check-blocks.ts';
import { type Choice, enter, findElement, toElementState, valuesOf } from '../../../src/rehearsal/slack/inputs.ts';
import { messages, modals } from './view-values.ts';

const escalationId = asEscalationId('case-1');
const promptId = asMentorPromptId('prompt-1');
const menteeId = asMenteeId('mentee-1');

/** A modal as Slack hands it back: with these choices, the rest as it stood. */
function submitted(modal: Modal, choices: Readonly<Record<string, Choice>> = {}): unknown {
  const view = JSON.parse(JSON.stringify(renderModal(modal)));
  let entered = {};
  for (const [blockId, choice] of Object.entries(choices)) {
    const place = findElement(toBlocks(view.blocks), { blockId, actionId: 'value' });
    if (place === undefined) throw new Error(`no input ${blockId}`);
    entered = enter(entered, place, toElementState(place, choice));
  }
  return { ...view, state: { values: valuesOf({ view, entered }) } };
}

const good = (submission: ModalSubmission) => ({ ok: true, submission });

/** Modals that are about nothing but themselves: whatever stands beside their name is not looked at. */
const ABOUT_NOTHING = ['worried', 'away', 'slot', 'on_call_override', 'flows_publish', 'flows_roll_back'];

describe('a press', () => {
  const acts: readonly [string, string, StaffAct][] = [
    [ACT.acknowledge, 'case-1', { kind: 'acknowledge', escalationId }],
    [ACT.takeOver, 'case-1', { kind: 'take_over', escalationId }],
    [ACT.release, 'case-1', { kind: 'release', escalationId }],
    [ACT.stillOnIt, 'case-1', { kind: 'still_on_it', escalationId }],
    [ACT.reopen, 'case-1', { kind: 'reopen', escalationId }],
    [ACT.callReached, 'case-1', { kind: 'log_call', escalationId, reached: 'yes' }],
    [ACT.callNoAnswer, 'case-1', { kind: 'log_call', escalationId, reached: 'no_answer' }],
    [ACT.callVoicemail, 'case-1', { kind: 'log_call', escalationId, reached: 'voicemail' }],
    [ACT.reportPhoned, 'case-1', { kind: 'report_made', escalationId, report: 'phone' }],
    [ACT.reportWritten, 'case-1', { kind: 'report_made', escalationId, report: 'written' }],
    [ACT.resend, 'out-1', { kind: 'resend', outboundId: asOutboundId('out-1') }],
    [
      ACT.closeTodo,
      'mentor_missed_two:m1/2026-11-22',
      { kind: 'close_todo', todoKey: 'mentor_missed_two:m1/2026-11-22' },
    ],
    [ACT.markRead, 'in-1', { kind: 'mark_read', inboundId: asInboundId('in-1') }],
    [ACT.resumeNudges, 'case-1', { kind: 'resume_nudges', escalationId }],
    [ACT.markAllRead, 'in-1,in-2', { kind: 'mark_all_read', inboundIds: [asInboundId('in-1'), asInboundId('in-2')] }],
    [ACT.setReached, 'prompt-1/mentee-1/tried', { kind: 'set_reached', promptId, menteeId, reached: 'tried' }],
    [ACT.sameForAll, 'prompt-1/talked', { kind: 'same_for_all', promptId, reached: 'talked' }],
    [ACT.back, '', { kind: 'back' }],
    [ACT.clearOverride, '', { kind: 'clear_override' }],
    [ACT.neededPage, 'in-1', { kind: 'needed_page', inboundId: asInboundId('in-1') }],
    [ACT.verdictReal, 'case-1', { kind: 'give_verdict', escalationId, verdict: { kind: 'real' } }],
    [ACT.verdictFalseAlarm, 'case-1', { kind: 'give_verdict', escalationId, verdict: { kind: 'false_alarm' } }],
    [
      ACT.verdictCrisis,
      'case-1',
      { kind: 'give_verdict', escalationId, verdict: { kind: 'wrong_tier', tier: 'crisis' } },
    ],
    [ACT.verdictHigh, 'case-1', { kind: 'give_verdict', escalationId, verdict: { kind: 'wrong_tier', tier: 'high' } }],
    [
      ACT.verdictModerate,
      'case-1',
      { kind: 'give_verdict', escalationId, verdict: { kind: 'wrong_tier', tier: 'moderate' } },
    ],
  ];
  it.each(acts)('%s of %j is read as its act', (actionId, value, act) => {
    expect(readAct(actionId, value)).toEqual(act);
    expect(readModalAsk(actionId, value)).toBeNull();
  });
  it('is known for every act there is', () => {
    expect(acts.map(([actionId]) => actionId).toSorted()).toEqual(Object.values(ACT).toSorted());
  });

  const asks: readonly [string, string, ModalAsk][] = [
    [ASK.caseDetails, 'case-1', { kind: 'case_details', escalationId }],
    [ASK.caseCall, 'case-1', { kind: 'case_call', escalationId }],
    [ASK.resolveCase, 'case-1', { kind: 'resolve_case', escalationId }],
    [ASK.weeklyUpdate, 'prompt-1', { kind: 'weekly_update', promptId }],
    [ASK.menteeUpdate, 'prompt-1/mentee-1', { kind: 'mentee_update', promptId, menteeId }],
    [ASK.pauseMentee, 'mentee-1', { kind: 'pause_mentee', menteeId }],
    [ASK.worried, '', { kind: 'worried' }],
    [ASK.away, '', { kind: 'away' }],
    [ASK.slot, '', { kind: 'slot' }],
    [ASK.onCallOverride, '', { kind: 'on_call_override' }],
    [ASK.flowsPublish, '', { kind: 'flows_publish' }],
    [ASK.flowsRollBack, '', { kind: 'flows_roll_back' }],
    [ASK.safetyExample, '', { kind: 'safety_example', source: { kind: 'own' } }],
    [ASK.safetyExample, 'case/case-1', { kind: 'safety_example', source: { kind: 'case', escalationId } }],
    [
      ASK.safetyExample,
      'text/in-1',
      { kind: 'safety_example', source: { kind: 'text', inboundId: asInboundId('in-1') } },
    ],
  ];
  it.each(asks)('%s of %j asks for its modal, opened or pushed on the one it stands in', (actionId, value, ask) => {
    expect(readModalAsk(actionId, value, null)).toEqual({ ask, how: 'open' });
    expect(readModalAsk(actionId, value, { type: 'home' })).toEqual({ ask, how: 'open' });
    expect(readModalAsk(actionId, value, { type: 'modal' })).toEqual({ ask, how: 'push' });
    expect(readAct(actionId, value)).toBeNull();
  });
  it.each(asks)('on "open" asks again for what did not open in time: %s', (_, __, ask) => {
    const message = render({ kind: 'open_again', ask: { modal: ask.kind, subject: subjectOf(ask) } });
    const place = findElement(JSON.parse(JSON.stringify(message.blocks)), { actionId: ASK.openAgain });
    expect(readModalAsk(ASK.openAgain, String(place?.element.value))).toEqual({ ask, how: 'open' });
  });

  it('of a name or with a value that nobody wrote is nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HANDLED_ACTIONS), fc.string()), fc.string(), (actionId, value) => {
        const strange = `${value} <!channel>`;
        const act = readAct(actionId, strange);
        // The key of a to-do may be any text: whether there is such a to-do is asked of the database.
        expect(act === null || ['close_todo', 'back', 'clear_override'].includes(act.kind)).toBe(true);
        const asked = readModalAsk(actionId, strange);
        expect(asked === null || ABOUT_NOTHING.includes(asked.ask.kind)).toBe(true);
      }),
    );
    for (const name of ['constructor', 'toString', '__proto__']) expect(readAct(name, 'case-1')).toBeNull();
    expect(readPress({ action_id: 'users', type: 'users_select', selected_user: 'U1' })).toEqual({
      actionId: 'users',
      value: '',
    });
    expect(readPress('no element')).toBeNull();
  });

  it('on "mark all as read" names just the texts that are shown', () => {
    fc.assert(
      fc.property(messages.texts_digest, (digest) => {
        const blocks = JSON.parse(JSON.stringify(render(digest).blocks));
        const place = findElement(blocks, { actionId: ACT.markAllRead });
        if (place === undefined) return;
        const act = readAct(ACT.markAllRead, String(place.element.value));
        const shown = toBlocks(blocks)?.filter(({ type }) => type === 'rich_text').length;
        expect(act?.kind === 'mark_all_read' ? act.inboundIds?.length : null).toBe(shown);
      }),
    );
  });
});

describe('a submission', () => {
  it('of the weekly update gives its rows as they stand, and leaves out who was not answered for', () => {
    fc.assert(
      fc.property(modals.weekly_update, (modal) => {
        const rows = modal.rows
          .slice(0, 80)
          .flatMap((row) =>
            row.reached === null || modal.isClosed ? [] : [{ menteeId: row.menteeId, reached: row.reached }],
          );
        expect(readSubmission(submitted(modal))).toEqual(
          good({ kind: 'weekly_update', promptId: modal.promptId, rows }),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('of a mentee’s update gives what was saved before, when nothing is changed', () => {
    fc.assert(
      fc.property(modals.mentee_update, (modal) => {
        fc.pre(modal.update !== null);
        const stuck = modal.tasks.filter(({ isStuck }) => isStuck).map(({ key }) => key);
        const { promptId: prompt, menteeId: mentee, update } = modal;
        if (update === null) return;
        expect(readSubmission(submitted(modal))).toEqual(
          good({ kind: 'mentee_update', promptId: prompt, menteeId: mentee, update, tasksDone: [], tasksStuck: stuck }),
        );
      }),
    );
  });

  const quiet: Modal = {
    kind: 'mentee_update',
    promptId,
    menteeId,
    firstName: 'Maya',
    update: null,
    lastMode: 'call',
    tasks: [
      { key: 'fafsa', title: 'FAFSA', isStuck: false },
      { key: 'housing', title: 'Housing form', isStuck: true },
    ],
  };
  it('of a mentee’s update offers how they were in touch last time', () => {
    const update = { ...quietUpdate('talked'), mode: 'call' as const };
    expect(readSubmission(submitted(quiet, { 'field:reached': 'talked', 'field:tasksDone': ['fafsa'] }))).toEqual(
      good({ kind: 'mentee_update', promptId, menteeId, update, tasksDone: ['fafsa'], tasksStuck: ['housing'] }),
    );
  });
  it('never drops the words of a worry: it asks when the choice beside them says there is none', () => {
    const read = readSubmission(
      submitted(quiet, { 'field:reached': 'talked', 'field:worryNote': 'She stopped eating.' }),
    );
    expect(read).toEqual({ ok: false, errors: { 'field:worry': expect.stringContaining('choose who should look') } });
  });
  it('asks when a task is both done and stuck, and when nothing says how far they got', () => {
    const read = readSubmission(submitted(quiet, { 'field:tasksDone': ['housing'] }));
    expect(read).toEqual({
      ok: false,
      errors: { 'field:tasksStuck': expect.any(String), 'field:reached': expect.any(String) },
    });
  });

  const cases: readonly [string, Modal, Readonly<Record<string, Choice>>, ModalSubmission][] = [
    [
      'of an outcome takes the hours that were offered',
      {
        kind: 'resolve_case',
        escalationId,
        caseCode: 'K7QX',
        firstName: 'Maya',
        tier: 'crisis',
        resumeAfterHours: 72,
        seen: '4.1',
      },
      { 'field:outcome': 'connected' },
      {
        kind: 'resolve_case',
        escalationId,
        outcome: 'connected',
        verdict: { kind: 'real' },
        resumeAfterHours: 72,
        note: '',
        seen: '4.1',
      },
    ],
    [
      'of an outcome can leave the nudges to a person',
      {
        kind: 'resolve_case',
        escalationId,
        caseCode: 'K7QX',
        firstName: 'Maya',
        tier: 'crisis',
        resumeAfterHours: 5,
        seen: '4.1',
      },
      {
        'field:outcome': 'safe',
        'field:verdict': 'wrong_high',
        'field:resumeAfterHours': 'never',
        'field:note': ' Talked to her mother. ',
      },
      {
        kind: 'resolve_case',
        escalationId,
        outcome: 'safe',
        verdict: { kind: 'wrong_tier', tier: 'high' },
        resumeAfterHours: null,
        note: 'Talked to her mother.',
        seen: '4.1',
      },
    ],
    [
      'of a pause says why and until when',
      { kind: 'pause_mentee', menteeId, name: 'Maya', current: null, timeZone: 'America/Chicago' },
      { 'field:reason': 'medical', 'field:untilOn': '2027-01-03' },
      { kind: 'pause_mentee', menteeId, reason: 'medical', untilOn: '2027-01-03' },
    ],
    [
      'of a second word says what was typed',
      { kind: 'revive_mentee', menteeId, name: 'Maya Robinson' },
      { 'field:typed': 'Maya Robinson' },
      { kind: 'revive_mentee', menteeId, typed: 'Maya Robinson' },
    ],
    [
      'of a worry says who, what and how soon',
      { kind: 'worried', mentees: [{ menteeId, name: 'Maya' }] },
      {
        'field:menteeId': 'mentee-1',
        'field:needsStaffNow': 'now',
        'field:topics': ['health', 'money'],
        'field:note': 'Sad',
      },
      { kind: 'worried', menteeId, worry: { topics: ['money', 'health'], needsStaffNow: true, note: 'Sad' } },
    ],
    [
      'of a worry may be about nobody on the list',
      { kind: 'worried', mentees: [] },
      { 'field:needsStaffNow': 'look' },
      { kind: 'worried', menteeId: null, worry: { topics: [], needsStaffNow: false, note: '' } },
    ],
    [
      'of an absence gives both days',
      { kind: 'away', from: '2026-12-20', until: null },
      { 'field:until': '2027-01-03' },
      { kind: 'away', from: '2026-12-20', until: '2027-01-03' },
    ],
    [
      'of a time gives the minute of the day',
      { kind: 'slot', slot: { weekday: 7, minute: 1_020 }, timeZone: 'America/Chicago' },
      { 'field:weekday': '1', 'field:minute': '09:05' },
      { kind: 'slot', slot: { weekday: 1, minute: 545 } },
    ],
    [
      'of an override says who and for how long',
      {
        kind: 'on_call_override',
        counselors: [{ counselorId: asCounselorId('c-1'), name: 'Renee' }],
        current: { name: 'Dana', until: 0 },
        timeZone: 'America/Chicago',
      },
      { 'field:counselorId': 'c-1', 'field:hours': '168' },
      { kind: 'on_call_override', counselorId: asCounselorId('c-1'), hours: 168 },
    ],
    [
      'of an example starts with an empty field and says after what it is written',
      {
        kind: 'safety_example',
        source: { kind: 'case', escalationId },
        originals: ['their own words'],
        was: 'false_page',
        tier: 'high',
      },
      { 'field:words': ' in my words ', 'field:about': 'abuse' },
      {
        kind: 'safety_example',
        source: { kind: 'case', escalationId },
        words: 'in my words',
        was: 'false_page',
        tier: 'high',
        about: 'abuse',
      },
    ],
    [
      'of a publish says why',
      { kind: 'flows_publish', lines: [{ label: 'nudge-housing-form', text: 'words changed' }], canPublish: true },
      { 'field:why': ' a clearer question ' },
      { kind: 'flows_publish', why: 'a clearer question' },
    ],
    [
      'of the way back says to which revision and why',
      { kind: 'flows_roll_back', revisions: [{ revision: 3, words: '3, Mon 9:12 am: a clearer question' }] },
      { 'field:to': '3', 'field:why': 'it confused people' },
      { kind: 'flows_roll_back', to: 3, why: 'it confused people' },
    ],
  ];
  it.each(cases)('%s', (_, modal, choices, submission) => {
    expect(readSubmission(submitted(modal, choices))).toEqual(good(submission));
  });
  it('is known for every modal that can be submitted', () => {
    const kinds = [...cases.map(([, modal]) => modal.kind), 'weekly_update', 'mentee_update'];
    expect([...new Set(kinds)].toSorted()).toEqual([...HANDLED_VIEWS].toSorted());
  });

  it.each(cases)('that was left empty names the input: %s', (_, modal) => {
    const view = { ...renderModal(modal), state: { values: {} } };
    const read = readSubmission(view);
    expect(read).toMatchObject({ ok: false });
    const ids = renderModal(modal).blocks.flatMap(({ block_id: blockId }) => blockId ?? []);
    for (const blockId of Object.keys(read?.ok === false ? read.errors : {})) expect(ids).toContain(blockId);
  });

  it('of what is not ours is null', () => {
    for (const view of [null, {}, { callback_id: 'loading', state: { values: {} } }, { callback_id: 'away' }]) {
      expect(readSubmission(view)).toBeNull();
    }
    const stranger = { callback_id: 'resolve_case', private_metadata: 'not JSON', state: { values: {} } };
    expect(readSubmission(stranger)).toBeNull();
  });
});

describe('errors of the app', () => {
  const view = renderModal({ kind: 'away', from: null, until: null });
  it('stand under the input of their field', () => {
    expect(errorsForView(view, { until: 'It ends before it begins.' })).toEqual({
      'field:until': 'It ends before it begins.',
    });
  });
  it('stand under the first input when their field has none, because Slack refuses an error that stands nowhere', () => {
    expect(errorsForView(view, { from: 'One.', whatever: 'Two.' })).toEqual({ 'field:from': 'One. Two.' });
  });
  it('are none in a view without an input', () => {
    expect(errorsForView(renderModal({ kind: 'word', title: 'Over', text: 'It is over.' }), { until: 'No.' })).toEqual(
      {},
    );
  });
});
