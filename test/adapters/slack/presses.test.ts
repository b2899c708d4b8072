// Buttons and modals, over HTTP against the local Slack: what a press leads to in front of the person, and that it
// waits for the house only.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Modal } from '../../../src/app/ports/staff-room.ts';
import { asEscalationId, asMenteeId, asMentorPromptId } from '../../../src/core/model/ids.ts';
import type { HouseRequest } from '../../../src/rehearsal/wire/exchange.ts';
import { COUNSELOR_CHANNEL as COUNSELORS } from '../../support/vendors.ts';
import {
  DANA,
  type Door,
  MIKE,
  modalsOf,
  openDoor,
  postButton,
  press as pressIn,
  startSlack,
  WORD,
  wordsOf,
} from './doors.ts';

let slack: Awaited<ReturnType<typeof startSlack>>;
let vendors: Door['vendors'];
let door: Door;

beforeAll(async () => {
  slack = await startSlack('presses-test');
  vendors = slack.vendors;
});
afterAll(() => vendors.close());
beforeEach(async () => {
  vendors.slack.setDown(false);
  vendors.slack.clearScripts();
  door = await openDoor(slack);
});
afterEach(async () => {
  await door.settled();
  await door.close();
  for (let open = modalsOf(vendors).at(-1); open !== undefined; open = modalsOf(vendors).at(-1)) {
    vendors.slack.closeView(open.id);
  }
});

const press = (actionId: string, value?: string) => pressIn(vendors, actionId, value);
/** A press, its answer, and all that was drawn for it. */
async function pressAndWait(actionId: string, value?: string) {
  const answer = await door.knock(await press(actionId, value));
  await door.settled();
  return answer;
}
const promptId = asMentorPromptId('prompt-1');
const weekly = (revision: number, names = ['Maya']): Modal => ({
  kind: 'weekly_update',
  promptId,
  weekOn: '2026-11-15',
  isClosed: false,
  revision,
  rows: names.map((name, index) => ({
    menteeId: asMenteeId(`mentee-${index + 1}`),
    name,
    hint: '2 open tasks',
    reached: null,
    worried: false,
  })),
});
/** Dana chooses a mentee in her weekly update, to say more. */
function say(viewId: string): HouseRequest {
  const chosen = vendors.slack.choose({ userId: DANA, viewId, actionId: 'mentee_update', choice: 'prompt-1/mentee-1' });
  if (chosen === null) throw new Error('Slack keeps the choice to itself');
  return chosen;
}
const ephemeral = () => vendors.slack.state().ephemerals;

describe('an act', () => {
  it('is handed over with who pressed, and makes one deed of one press', async () => {
    expect((await pressAndWait('take_over', 'case-7')).status).toBe(200);
    const [[act, actor] = []] = door.callsOf('act');
    expect(act).toEqual({ kind: 'take_over', escalationId: 'case-7' });
    expect(actor).toMatchObject({ slackUserId: DANA, actKey: expect.stringMatching(/./) });
  });

  it('tells its word to the one who pressed, letter by letter, and to nobody else', async () => {
    door.answers.act = async () => ({ word: 'Renee *has* it <!here>.', modal: null, homeChanged: false });
    const before = vendors.slack.state().messages.length;
    await pressAndWait('acknowledge');
    expect(vendors.slack.state().messages).toHaveLength(before + 1);
    expect(ephemeral().at(-1)).toMatchObject({ userId: DANA, text: 'Renee *has* it &lt;!here&gt;.' });
    expect(JSON.stringify(ephemeral().at(-1))).toContain('"type":"plain_text","text":"Renee *has* it <!here>."');
  });

  it('SL-26: is done all the same when its word cannot be shown', async () => {
    door.answers.act = async () => ({ word: 'Renee has it.', modal: null, homeChanged: false });
    const pressed = await press('acknowledge');
    vendors.slack.setDown(true);
    expect((await door.knock(pressed)).status).toBe(200);
    await door.settled();
    expect(door.memory.events()).toEqual(['slack_word_not_shown']);
  });

  it('is answered before Slack has drawn anything', async () => {
    const slow = Promise.withResolvers<void>();
    door.answers.act = async () => ({ word: null, modal: null, homeChanged: true });
    door.answers.showHome = async () => {
      await slow.promise;
      return { mentor: null, counselor: null, staff: null, drawnAt: 0, timeZone: 'UTC' };
    };
    expect((await door.knock(await press('close_todo', 'todo-1'))).status).toBe(200);
    slow.resolve();
    await door.settled();
    expect(vendors.slack.state().views.some((view) => view.type === 'home' && view.userId === DANA)).toBe(true);
  });

  it.each([
    ['a value that is none of ours', 'acknowledge', 'not an id\n'],
    ['a name that no version had', 'some_button', 'x'],
  ])('SL-13: with %s is acknowledged, noted, and nothing is done', async (_, actionId, value) => {
    expect((await pressAndWait(actionId, value)).status).toBe(200);
    expect(door.calls).toEqual([]);
    expect(door.memory.events()).toEqual(['slack_action_unknown']);
  });
});

describe('a press that asks for a modal', () => {
  it('SL-14: opens a skeleton while the house still reads, and fills it', async () => {
    const reading = Promise.withResolvers<Modal>();
    door.answers.openModal = () => reading.promise;
    const answering = door.knock(await press('case_details', 'case-1'));
    await expect.poll(() => modalsOf(vendors).length).toBe(1);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('"callback_id":"loading"');
    reading.resolve(WORD);
    expect((await answering).status).toBe(200);
    await door.settled();
    expect(modalsOf(vendors)).toHaveLength(1);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('This is over.');
    expect(door.callsOf('openModal')).toMatchObject([
      [{ kind: 'case_details', escalationId: 'case-1' }, { slackUserId: DANA }],
    ]);
  });

  it('is acknowledged while Slack hangs', async () => {
    const pressed = await press('worried', 'x');
    vendors.slack.script({ kind: 'hang_before_accept' }, { method: 'views.open' });
    const startedAt = Date.now();
    expect((await door.knock(pressed)).status).toBe(200);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    await door.settled();
    expect(door.callsOf('offerAgain')).toHaveLength(1);
  }, 20_000);

  it.each(['expired_trigger_id', 'invalid_trigger_id', 'ratelimited'])(
    'SL-14: whose opening Slack refuses with %s is offered again',
    async (error) => {
      vendors.slack.script({ kind: 'error', error }, { method: 'views.open' });
      expect((await pressAndWait('weekly_update', 'prompt-1')).status).toBe(200);
      expect(modalsOf(vendors)).toEqual([]);
      expect(door.callsOf('offerAgain')).toMatchObject([
        [{ kind: 'weekly_update', promptId: 'prompt-1' }, { slackUserId: DANA }],
      ]);
    },
  );

  it('SL-14: whose trigger is really over is offered again', async () => {
    const ts = await postButton(vendors, 'weekly_update', 'prompt-1');
    const pressed = vendors.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'weekly_update' });
    // The trigger is used up by another opening, as it would be by time.
    const form = new URLSearchParams(pressed.body);
    const stale = (form.get('payload') ?? '').replace(/"trigger_id":"[^"]+"/, '"trigger_id":"1.2.gone"');
    const body = new URLSearchParams({ payload: stale }).toString();
    expect((await door.knock(vendors.slack.sign({ type: 'form', body }))).status).toBe(200);
    await door.settled();
    expect(door.callsOf('offerAgain')).toHaveLength(1);
  });

  it('opens again from the button that offers it', async () => {
    door.answers.openModal = async () => weekly(0);
    await pressAndWait('open_again', 'weekly_update/prompt-1');
    expect(wordsOf(modalsOf(vendors)[0])).toContain('Maya');
    expect(door.callsOf('openModal')).toMatchObject([[{ kind: 'weekly_update', promptId: 'prompt-1' }, {}]]);
  });

  it('SL-15: opens one modal for a double click, before and after it was filled', async () => {
    const ts = await postButton(vendors, 'case_call', 'case-1');
    const click = () => vendors.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'case_call' });
    // Both clicks in one span of five seconds, whatever the clock says.
    await expect.poll(() => Date.now() % 5_000, { timeout: 6_000, interval: 20 }).toBeLessThan(3_500);
    await Promise.all([door.knock(click()), door.knock(click())]);
    await door.settled();
    await door.knock(click());
    await door.settled();
    expect(modalsOf(vendors)).toHaveLength(1);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('This is over.');
    expect(door.callsOf('offerAgain')).toEqual([]);
    expect(door.callsOf('openModal')).toHaveLength(3);
  });

  it('SL-20: fills a modal whose opening was lost on the way back', async () => {
    vendors.slack.script({ kind: 'accept_then_reset' }, { method: 'views.open' });
    await pressAndWait('away', 'x');
    expect(wordsOf(modalsOf(vendors)[0])).toContain('This is over.');
    expect(door.callsOf('offerAgain')).toEqual([]);
  });

  it('SL-07: says that it could not be read when the database is in trouble, and Slack is answered 503', async () => {
    door.answers.openModal = async () => {
      throw new Error('disk full');
    };
    expect((await pressAndWait('slot', 'x')).status).toBe(503);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('try again in a minute');
  });

  it('says so, too, when Slack takes the skeleton and not what belongs into it', async () => {
    vendors.slack.script({ kind: 'error', error: 'invalid_arguments' }, { method: 'views.update', times: 2 });
    expect((await pressAndWait('slot', 'x')).status).toBe(200);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('try again in a minute');
    expect(door.memory.events()).toEqual(['slack_view_not_shown']);
  });

  it('from inside a modal is pushed on top of it', async () => {
    door.answers.openModal = async () => weekly(0);
    await pressAndWait('weekly_update', 'prompt-1');
    const view = modalsOf(vendors)[0];
    if (view === undefined) throw new Error('no modal is open');
    door.answers.openModal = async () => WORD;
    expect((await door.knock(say(view.id))).status).toBe(200);
    await door.settled();
    expect(modalsOf(vendors).map((open) => open.previousId)).toEqual([null, view.id]);
  });

  it('SL-18: names the modal by opaque ids only', async () => {
    await pressAndWait('case_call', 'case-1');
    const name = JSON.parse(wordsOf(modalsOf(vendors)[0])).external_id;
    expect(name).toMatch(/^case_call:case-1:U0DANA0001:\d+$/);
  });
});

describe('a press in a modal', () => {
  /** Dana's weekly update is open, and she presses in it. */
  async function openWeekly() {
    door.answers.openModal = async () => weekly(0);
    await pressAndWait('weekly_update', 'prompt-1');
    const view = modalsOf(vendors)[0];
    if (view === undefined) throw new Error('no modal is open');
    return view;
  }
  const sameForAll = (viewId: string): HouseRequest => {
    const chosen = vendors.slack.choose({ userId: DANA, viewId, actionId: 'same_for_all', choice: 'prompt-1/talked' });
    if (chosen === null) throw new Error('Slack keeps the choice to itself');
    return chosen;
  };
  const mine = () => modalsOf(vendors).map((view) => JSON.parse(wordsOf(view)));

  it('replaces what the modal shows', async () => {
    const view = await openWeekly();
    door.answers.act = async () => ({ word: null, modal: weekly(1, ['Maya', 'Leo']), homeChanged: false });
    const chosen = sameForAll(view.id);
    expect((await door.knock(chosen)).status).toBe(200);
    await door.settled();
    expect(wordsOf(modalsOf(vendors)[0])).toContain('Leo');
    expect(mine()[0].external_id).toMatch(/^weekly_update:prompt-1:/);
  });

  it('SL-15: reads anew and shows that, when the modal was changed meanwhile', async () => {
    const view = await openWeekly();
    const first = sameForAll(view.id);
    const second = sameForAll(view.id);
    let revision = 0;
    door.answers.act = async () => {
      revision += 1;
      return { word: null, modal: weekly(revision, [`pressed ${revision}`]), homeChanged: false };
    };
    door.answers.openModal = async () => weekly(9, ['read anew']);
    // Both know the hash of before; the second one comes too late with it.
    await Promise.all([door.knock(first), door.knock(second)]);
    await door.settled();
    expect(wordsOf(modalsOf(vendors)[0])).toContain('read anew');
    expect(door.callsOf('openModal')).toHaveLength(2);
  });

  it('is done all the same when the modal is gone', async () => {
    const view = await openWeekly();
    door.answers.act = async () => ({ word: 'x', modal: weekly(1), homeChanged: false });
    const chosen = sameForAll(view.id);
    vendors.slack.closeView(view.id);
    expect((await door.knock(chosen)).status).toBe(200);
    await door.settled();
    expect(modalsOf(vendors)).toEqual([]);
    expect(door.memory.events()).toEqual([]);
  });

  it('tries once more when Slack did not answer', async () => {
    const view = await openWeekly();
    door.answers.act = async () => ({ word: null, modal: weekly(1, ['Leo']), homeChanged: false });
    const chosen = sameForAll(view.id);
    vendors.slack.script({ kind: 'reset_before_accept' }, { method: 'views.update' });
    await door.knock(chosen);
    await door.settled();
    expect(wordsOf(modalsOf(vendors)[0])).toContain('Leo');
  });
});

describe('App Home', () => {
  const homeOf = (userId: string) =>
    vendors.slack.state().views.find((view) => view.type === 'home' && view.userId === userId);

  it('is drawn when it is opened, after the event was answered', async () => {
    const reading = Promise.withResolvers<void>();
    const { showHome } = door.answers;
    door.answers.showHome = () => reading.promise.then(showHome);
    expect((await door.knock(vendors.slack.openHome(MIKE))).status).toBe(200);
    reading.resolve();
    await door.settled();
    expect(homeOf(MIKE)).toBeDefined();
    expect(door.callsOf('showHome')).toEqual([[MIKE]]);
  });

  it('is not drawn when the messages are opened', async () => {
    await door.knock(
      vendors.slack.event({ type: 'app_home_opened', user: MIKE, channel: 'D1', tab: 'messages', event_ts: '1.2' }),
    );
    await door.settled();
    expect(door.calls).toEqual([]);
  });

  it('shows the newest of two drawings, however long each took', async () => {
    const first = Promise.withResolvers<void>();
    let drawings = 0;
    door.answers.showHome = async () => {
      drawings += 1;
      const mine = drawings;
      if (mine === 1) await first.promise;
      return { mentor: null, counselor: null, staff: null, drawnAt: mine * 3_600_000, timeZone: 'UTC' };
    };
    await door.knock(vendors.slack.openHome(MIKE));
    await door.knock(vendors.slack.openHome(MIKE));
    first.resolve();
    await door.settled();
    expect(wordsOf(homeOf(MIKE))).toContain('2:00');
  });

  it('that cannot be drawn is noted, and nothing more', async () => {
    vendors.slack.script({ kind: '500' }, { method: 'views.publish' });
    expect((await door.knock(vendors.slack.openHome(MIKE))).status).toBe(200);
    await door.settled();
    expect(door.memory.events()).toEqual(['slack_home_not_drawn']);
    door.answers.showHome = async () => {
      throw new Error('disk full');
    };
    expect((await door.knock(vendors.slack.openHome(MIKE))).status).toBe(200);
    await door.settled();
    expect(door.memory.events()).toEqual(['slack_home_not_drawn', 'slack_background_failed']);
  });
});

describe('a modal that was submitted', () => {
  const resolve: Modal = {
    kind: 'resolve_case',
    escalationId: asEscalationId('case-1'),
    caseCode: 'K7QX',
    firstName: 'Maya',
    tier: 'crisis',
    resumeAfterHours: 72,
    seen: '4.1',
  };
  async function openResolve() {
    door.answers.openModal = async () => resolve;
    await pressAndWait('resolve', 'case-1');
    const view = modalsOf(vendors)[0];
    if (view === undefined) throw new Error('no modal is open');
    return view;
  }
  const entries = { 'field:outcome': { value: 'safe' }, 'field:note': { value: 'She is with her aunt.' } };
  async function submit(viewId: string) {
    const { outcome } = optionsOf(viewId);
    const delivery = await vendors.post(
      vendors.slack.submit(viewId, { ...entries, 'field:outcome': { value: outcome } }),
    );
    await door.settled();
    return delivery;
  }
  /** The first outcome that the modal offers. */
  function optionsOf(viewId: string): { outcome: string } {
    const view = modalsOf(vendors).find((open) => open.id === viewId);
    const found = /"value":"([a-z_]+)"/.exec(wordsOf(view));
    return { outcome: found?.[1] ?? '' };
  }

  it('is stored, and closes', async () => {
    const view = await openResolve();
    expect(await submit(view.id)).toMatchObject({ kind: 'answered', status: 200 });
    expect(modalsOf(vendors)).toEqual([]);
    const [[submission, actor] = []] = door.callsOf('submitModal');
    expect(submission).toMatchObject({
      kind: 'resolve_case',
      escalationId: 'case-1',
      resumeAfterHours: 72,
      note: 'She is with her aunt.',
    });
    expect(actor).toEqual({ slackUserId: DANA, actKey: expect.stringMatching(new RegExp(`^${view.id}:[\\w-]{43}$`)) });
    expect(door.callsOf('showHome')).toEqual([[DANA]]);
  });

  it('shows what is wrong under its inputs, and stays open', async () => {
    const view = await openResolve();
    door.answers.submitModal = async () => ({ kind: 'errors', errors: { note: 'Say a little more.' } });
    await submit(view.id);
    expect(modalsOf(vendors)[0]).toMatchObject({ errors: { 'field:note': 'Say a little more.' }, trouble: null });
  });

  it('shows something else in its place', async () => {
    const view = await openResolve();
    door.answers.submitModal = async () => ({ kind: 'show', modal: WORD });
    await submit(view.id);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('This is over.');
  });

  it('that lay on another closes, and the one beneath is drawn anew', async () => {
    door.answers.openModal = async () => weekly(0);
    await pressAndWait('weekly_update', 'prompt-1');
    const beneath = modalsOf(vendors)[0];
    if (beneath === undefined) throw new Error('no modal is open');
    door.answers.openModal = async () => ({
      kind: 'mentee_update',
      promptId,
      menteeId: asMenteeId('mentee-1'),
      firstName: 'Maya',
      update: null,
      lastMode: null,
      tasks: [],
    });
    await door.knock(say(beneath.id));
    await door.settled();
    const top = modalsOf(vendors)[1];
    if (top === undefined) throw new Error('no modal was pushed');
    door.answers.submitModal = async () => ({ kind: 'close_and_redraw', beneath: weekly(1, ['Maya, answered']) });
    await vendors.post(vendors.slack.submit(top.id, { 'field:reached': { value: 'talked' } }));
    await door.settled();
    expect(modalsOf(vendors).map(({ id }) => id)).toEqual([beneath.id]);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('Maya, answered');
  });

  it('SL-03: is one deed when Slack sends it twice', async () => {
    const view = await openResolve();
    const request = vendors.slack.submit(view.id, { 'field:outcome': { value: optionsOf(view.id).outcome } });
    await door.knock(request);
    await door.knock(request);
    const keys = door.callsOf('submitModal').map(([, actor]) => JSON.stringify(actor));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('SL-03: is another deed when its answer was lost and the person adds words', async () => {
    const view = await openResolve();
    const { outcome } = optionsOf(view.id);
    for (const note of ['She is safe.', 'She is safe. Her aunt has her.'])
      await door.knock(
        vendors.slack.submit(view.id, { 'field:outcome': { value: outcome }, 'field:note': { value: note } }),
      );
    const keys = door.callsOf('submitModal').map(([, actor]) => JSON.stringify(actor));
    expect(new Set(keys).size).toBe(2);
    expect(keys.join(' ')).not.toContain('aunt');
  });

  it('SL-07: that cannot be stored stays open with what was entered', async () => {
    const view = await openResolve();
    door.answers.submitModal = async () => {
      throw new Error('disk full');
    };
    expect(await submit(view.id)).toMatchObject({ status: 503 });
    expect(modalsOf(vendors)[0]?.trouble).not.toBeNull();
  });

  it('SL-13: of an older version says that nothing was saved', async () => {
    const view = await openResolve();
    const request = vendors.slack.submit(view.id, { 'field:outcome': { value: optionsOf(view.id).outcome } });
    const form = new URLSearchParams(request.body);
    const payload = (form.get('payload') ?? '').replace('"callback_id":"resolve_case"', '"callback_id":"older_modal"');
    const body = new URLSearchParams({ payload }).toString();
    const older = vendors.slack.sign({ type: 'form', body });
    await vendors.post(older);
    expect(wordsOf(modalsOf(vendors)[0])).toContain('Nothing was saved');
    expect(door.callsOf('submitModal')).toEqual([]);
    expect(door.memory.events()).toEqual(['slack_view_unknown']);
  });

  it('that is closed without it is nobody’s deed', async () => {
    const view = await openResolve();
    const closed = {
      type: 'view_closed',
      team: { id: 'T0REHEARSAL' },
      user: { id: DANA },
      view: { id: view.id, callback_id: 'resolve_case' },
    };
    const body = new URLSearchParams({ payload: JSON.stringify(closed) }).toString();
    expect((await door.knock(vendors.slack.sign({ type: 'form', body }))).status).toBe(200);
    expect(door.callsOf('submitModal')).toEqual([]);
  });
});

describe('/icehouse', () => {
  const type = (command: string, text = 'oncall') =>
    vendors.slack.command({ userId: DANA, channel: COUNSELORS, command, text });

  it('is answered to the one who typed it', async () => {
    await vendors.post(type('/icehouse'));
    expect(ephemeral().at(-1)).toMatchObject({ userId: DANA });
    expect(JSON.stringify(ephemeral().at(-1))).toContain('Dana Reyes');
    expect(door.callsOf('answerCommand')).toMatchObject([
      [{ slackUserId: DANA, text: 'oncall', actKey: expect.stringMatching(/./) }],
    ]);
  });

  it('SL-13: is the only command that is known', async () => {
    const answer = await door.knock(type('/other'));
    expect(answer.status).toBe(200);
    expect(door.calls).toEqual([]);
  });
});
