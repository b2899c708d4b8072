// The relay in the thread of a case: what a counselor writes there reaches the student or stays among the team, how each
// text fares, and what the student writes back.

import { describe, expect, it } from 'vitest';
import { rewriteInThread } from '../../src/app/case-thread.ts';
import { noticeRow } from '../../src/app/outbound-rows.ts';
import type { Outbound, StaffMessage } from '../../src/app/ports/messages.ts';
import type { SendOutcome } from '../../src/app/ports/senders.ts';
import type { ThreadMessage } from '../../src/app/ports/staff-room.ts';
import type { EscalationId } from '../../src/core/model/ids.ts';
import { importRows, VERA } from './import-rows.ts';
import { createWorld, MAYA, RENEE, TOMAS, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;
type RelayState = Extract<StaffMessage, { kind: 'relay_state' }>;

interface Scene {
  readonly world: World;
  readonly escalationId: EscalationId;
  /** Slack's `channel:ts` of the first card. */
  readonly card: string;
  /** A message in the thread; gives its Slack id. */
  readonly say: (slackUserId: string, text: string, change?: Partial<ThreadMessage>) => Promise<string>;
}

/** Slack's `channel:ts` of the so-manieth message that was written at this moment. */
const writtenAt = (at: number, count = 0) => `C0:${(at / 1_000).toFixed(3)}${String(count).padStart(3, '0')}`;

/** Maya wrote, and the card is in Slack. */
async function alerted(change?: Parameters<typeof createWorld>[0]): Promise<Scene> {
  const world = await createWorld(change);
  await world.text(MAYA, CRISIS);
  const [running] = await world.database.read((stores) => stores.escalations.unresolved());
  if (running === undefined) throw new Error('no case');
  const [root] = await world.database.read((stores) => stores.outbox.alertPosts(running.id));
  if (root?.providerId == null) throw new Error('no card');
  const card = root.providerId;
  let count = 0;
  const say: Scene['say'] = async (slackUserId, text, more = {}) => {
    count += 1;
    const externalId = writtenAt(world.clock.at, count);
    await world.receiveThreadMessage({ externalId, threadOf: card, slackUserId, text, fileCount: 0, ...more });
    await world.relay.drain();
    return more.externalId ?? externalId;
  };
  return { world, escalationId: running.id, card, say };
}

/** Renee has taken the conversation over. */
async function takenOver(change?: Parameters<typeof createWorld>[0]): Promise<Scene> {
  const scene = await alerted(change);
  await scene.world.act('U0RENEE', { kind: 'take_over', escalationId: scene.escalationId });
  return scene;
}

const toMaya = ({ world }: Scene): string[] => world.texts.filter(({ to }) => to === MAYA).map(({ body }) => body);

function states({ world }: Scene): RelayState[] {
  return world.posts.flatMap(({ message }) => (message.kind === 'relay_state' ? [message] : []));
}

/** New posts of the thread, in order, without the cards. */
function thread({ world }: Scene): string[] {
  return world.posts.flatMap(({ message, isUpdate }) => {
    if (isUpdate) return [];
    if (message.kind === 'case_text') return [`student: ${message.text}`];
    return message.kind === 'relay_state' ? [`${message.state}: ${message.text}`] : [];
  });
}

async function relayed({ world }: Scene, externalId: string): Promise<Outbound> {
  const row = await world.database.read((stores) => stores.outbox.byKey(`relay:${externalId}`));
  if (row === null) throw new Error('not relayed');
  return row;
}

const audited = ({ world }: Scene): Promise<string[]> =>
  world.database.read(async (stores) => (await stores.audit.recent({ limit: 50 })).map(({ action }) => action));

const stateOfCase = ({ world, escalationId }: Scene) =>
  world.database.read(async (stores) => (await stores.escalations.byId(escalationId))?.state);

describe('texts each way', () => {
  it('the taker writes to the student from the thread, and the answers stand there at once, in order', async () => {
    const scene = await takenOver();
    const { world, say } = scene;
    await say('U0RENEE', 'Hi Maya, I am here. Are you safe right now?');
    await world.text(MAYA, 'i guess');
    await say('U0RENEE', 'Is somebody with you?');
    await world.text(MAYA, 'my roommate');
    await say('U0RENEE', 'Good. I will call you in five minutes.');
    await world.text(MAYA, 'ok');
    expect(toMaya(scene).slice(1)).toEqual([
      'Renee: Hi Maya, I am here. Are you safe right now?',
      'Renee: Is somebody with you?',
      'Renee: Good. I will call you in five minutes.',
    ]);
    expect(thread(scene)).toEqual([
      `student: ${CRISIS}`,
      'queued: Renee: Hi Maya, I am here. Are you safe right now?',
      'student: i guess',
      'queued: Renee: Is somebody with you?',
      'student: my roommate',
      'queued: Renee: Good. I will call you in five minutes.',
      'student: ok',
    ]);
    expect(await audited(scene)).toEqual(['text_relayed', 'text_relayed', 'text_relayed', 'case_taken_over']);
  });

  it('CR-09, I7: everything stands in the thread of the first card, and nowhere else', async () => {
    const scene = await takenOver();
    await scene.say('U0RENEE', 'I am here.');
    await scene.world.text(MAYA, 'thx');
    const notes = scene.world.posts.filter(
      ({ message, isUpdate }) => !isUpdate && (message.kind === 'case_text' || message.kind === 'relay_state'),
    );
    expect(notes.map(({ to, threadTs, broadcast }) => ({ to, threadTs, broadcast }))).toEqual(
      notes.map(() => ({ to: 'counselors', threadTs: scene.card.split(':')[1], broadcast: false })),
    );
  });

  it('the text goes unsigned when the program wants it so', async () => {
    const scene = await takenOver((files) => {
      Object.assign(files['program.yaml'] as object, { sign_relayed_texts: false });
    });
    await scene.say('U0RENEE', 'I am here.');
    expect(toMaya(scene).at(-1)).toBe('I am here.');
  });

  it('an answer of the taker ends the wait of the student, and the bot says nothing in between', async () => {
    const scene = await takenOver();
    await scene.world.text(MAYA, 'are you there');
    expect((await stateOfCase(scene))?.unansweredSince).toBe(scene.world.clock.at);
    const before = toMaya(scene).length;
    await scene.world.pass(MINUTE);
    expect(toMaya(scene)).toHaveLength(before);
    await scene.say('U0RENEE', 'Yes, I am.');
    expect((await stateOfCase(scene))?.unansweredSince).toBeNull();
  });

  it('the screen reads on: distress in the hand-off is answered and raises the case, and its words stand in the thread', async () => {
    const scene = await takenOver();
    await scene.world.pass(11 * MINUTE);
    const cards = scene.world.posts.filter(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate).length;
    await scene.world.text(MAYA, 'i took all the pills');
    expect(toMaya(scene).at(-1)).toMatch(/988|911/);
    expect(thread(scene).at(-1)).toBe('student: i took all the pills');
    const after = scene.world.posts.filter(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate).length;
    expect(after).toBeGreaterThan(cards);
  });

  it('somebody who wrote in Slack is answered in Slack', async () => {
    const world = await createWorld();
    const dm = { source: 'slack', from: { kind: 'slack', slackUserId: 'U0DANI' } } as const;
    await world.text('', CRISIS, { ...dm, externalId: 'D0:1.0' });
    const [running] = await world.database.read((stores) => stores.escalations.unresolved());
    const [root] = running ? await world.database.read((stores) => stores.outbox.alertPosts(running.id)) : [];
    if (running === undefined || root?.providerId == null) throw new Error('no card');
    await world.act('U0RENEE', { kind: 'take_over', escalationId: running.id });
    const externalId = writtenAt(world.clock.at);
    const message = { externalId, threadOf: root.providerId, slackUserId: 'U0RENEE', fileCount: 0 };
    await world.receiveThreadMessage({ ...message, text: 'Dani, I am here.' });
    await world.relay.drain();
    const heard = world.posts.filter(({ to }) => to === 'U0DANI').map(({ message: said }) => said);
    expect(heard.at(-1)).toMatchObject({ kind: 'relayed_text', text: 'Renee: Dani, I am here.' });
    expect(world.posts.at(-1)).toMatchObject({ isUpdate: true, message: { state: 'delivered' } });
  });
});

describe('what stays among the team', () => {
  it('a message that begins with a remark stays whole: its next line is the likeliest to be one too', async () => {
    const scene = await takenOver();
    const before = toMaya(scene).length;
    await scene.say('U0RENEE', '\n// her aunt called\nshe was fine last week');
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)).toMatchObject({ state: 'internal', text: '' });
  });

  it.each(['Resolve', 'call', 'Details.', 'still on it', 'Re-open', 'release please'])(
    'the name of a button alone is no text to the student: %s',
    async (words) => {
      const scene = await takenOver();
      const before = toMaya(scene).length;
      await scene.say('U0RENEE', words);
      expect(toMaya(scene)).toHaveLength(before);
      expect(states(scene).at(-1)).toMatchObject({ state: 'internal', reason: expect.stringContaining('button') });
    },
  );

  it('"release" of somebody else takes the conversation from nobody', async () => {
    const scene = await takenOver();
    await scene.say('U0TOMAS', 'release');
    expect(await stateOfCase(scene)).toMatchObject({ status: 'handed_off' });
    expect(states(scene).at(-1)).toMatchObject({ reason: expect.stringContaining('only they can release it') });
  });

  it('a message of nothing is nothing', async () => {
    const scene = await takenOver();
    const before = states(scene).length;
    await scene.say('U0RENEE', '   ');
    expect(states(scene)).toHaveLength(before);
  });

  it('a line that starts with // is cut out; a message of nothing else stays whole', async () => {
    const scene = await takenOver();
    await scene.say('U0RENEE', 'I am here.\n // she sounds calmer\nCall me?');
    expect(toMaya(scene).at(-1)).toBe('Renee: I am here.\nCall me?');
    const before = toMaya(scene).length;
    await scene.say('U0RENEE', '// Tomas, can you phone her mother?');
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)).toMatchObject({ state: 'internal', text: '', reason: 'Internal: not sent.' });
    expect(await audited(scene)).toContain('remark_kept_internal');
  });

  it.each([
    '• // dont tell her',
    '- // dont tell her',
    '1. // dont tell her',
    '12) // dont tell her',
    '> // dont tell her',
    '&gt; // dont tell her',
    '> > - // dont tell her',
    '`// dont tell her`',
    '```// dont tell her```',
    '```\n// dont tell her\n```',
    '\u200b// dont tell her',
    '/\u200d/ dont tell her',
    '\ufeff\u00a0\u200c // dont tell her',
    '“// dont tell her”',
    '*_// dont tell her_*',
    '@here // dont tell her',
    '／／ dont tell her',
  ])('a remark stays whatever stands before its slashes: %j', async (remark) => {
    const scene = await takenOver();
    const before = toMaya(scene).length;
    await scene.say('U0RENEE', remark);
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)?.state).toBe('internal');
    await scene.say('U0RENEE', `I am here.\n${remark}`);
    expect(toMaya(scene).slice(before)).not.toContainEqual(expect.stringContaining('dont tell her'));
  });

  it('slashes within a line go out as they were written', async () => {
    const scene = await takenOver();
    const words = '1. see https://a.example/form\n- and/or 24/7 // ok\n> “hm”';
    await scene.say('U0RENEE', words);
    expect(toMaya(scene).at(-1)).toBe(`Renee: ${words}`);
  });

  it('a line of nothing but marks is read in a moment', async () => {
    const scene = await takenOver();
    const startedAt = performance.now();
    await scene.say('U0RENEE', `${'@a >1. '.repeat(400)}x`);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it("anybody else's message stays, and says who has the conversation", async () => {
    const scene = await takenOver();
    const before = toMaya(scene).length;
    await scene.say('U0TOMAS', 'I know her from last year.');
    await scene.say('U0NOBODY', 'hello?');
    expect(toMaya(scene)).toHaveLength(before);
    expect(
      states(scene)
        .slice(-2)
        .map(({ state, reason }) => `${state}: ${reason}`),
    ).toEqual([
      'internal: Internal: not sent. Renee has this conversation.',
      'internal: Internal: not sent. Renee has this conversation.',
    ]);
  });

  it('nothing goes out before somebody has taken over, also not from the one who acknowledged', async () => {
    const scene = await alerted();
    await scene.world.act('U0RENEE', { kind: 'acknowledge', escalationId: scene.escalationId });
    const before = toMaya(scene).length;
    scene.world.clock.at += MINUTE;
    await scene.say('U0RENEE', 'Hi Maya');
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)?.reason).toContain('Press Take over');
    expect((await stateOfCase(scene))?.lastActivityAt).toBe(scene.world.clock.at);
  });

  it('a mentor in the channel never writes to the student, nor does anything else', async () => {
    const scene = await alerted();
    await scene.say('U0DANI', 'take over');
    expect((await stateOfCase(scene))?.status).toBe('open');
    await scene.say('U0DANI', 'hey its me');
    expect(toMaya(scene)).toHaveLength(1);
    expect(states(scene).at(-1)).toMatchObject({ state: 'internal', reason: 'Internal: not sent.' });
  });

  it('after the end of the case nothing goes out', async () => {
    const scene = await takenOver();
    const { escalationId, world } = scene;
    await world.resolve('U0RENEE', {
      escalationId,
      outcome: 'safe',
      resumeAfterHours: 72,
      note: '',
    });
    const before = toMaya(scene).length;
    await scene.say('U0RENEE', 'One more thing');
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)?.reason).toContain('press Re-open');
  });

  it('a message in another thread, or twice the same one, does nothing', async () => {
    const scene = await takenOver();
    await scene.say('U0RENEE', 'elsewhere', { threadOf: 'C0:404' });
    expect(states(scene)).toEqual([]);
    const externalId = writtenAt(scene.world.clock.at, 950);
    await scene.say('U0RENEE', 'once', { externalId });
    await scene.say('U0RENEE', 'once', { externalId });
    expect(toMaya(scene).filter((text) => text.includes('once'))).toHaveLength(1);
    expect(states(scene).filter(({ state }) => state === 'queued')).toHaveLength(1);
  });
});

describe('what was written before somebody held the conversation', () => {
  it('stays among the team when it arrives late, after the take over', async () => {
    const scene = await alerted();
    const { world, escalationId, say } = scene;
    world.clock.at += MINUTE;
    const externalId = writtenAt(world.clock.at, 1);
    world.clock.at += MINUTE;
    await world.act('U0RENEE', { kind: 'take_over', escalationId });
    const before = toMaya(scene).length;
    world.clock.at += 2 * MINUTE;
    await say('U0RENEE', 'I think she is exaggerating', { externalId });
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)).toMatchObject({
      state: 'internal',
      reason: 'Written before you took over: send it again if the student shall have it.',
    });
    expect(await audited(scene)).toContain('remark_kept_internal');
    await say('U0RENEE', 'I am here.');
    expect(toMaya(scene).at(-1)).toBe('Renee: I am here.');
  });

  it('goes out when it was written in the very millisecond of the take over, and not one before', async () => {
    const scene = await alerted();
    const { world, escalationId, say } = scene;
    world.clock.at += 123;
    await world.act('U0RENEE', { kind: 'take_over', escalationId });
    const before = toMaya(scene).length;
    await say('U0RENEE', 'too early', { externalId: `${writtenAt(world.clock.at - 1).slice(0, -3)}999` });
    expect(toMaya(scene)).toHaveLength(before);
    await say('U0RENEE', 'in time', { externalId: writtenAt(world.clock.at) });
    expect(toMaya(scene).at(-1)).toBe('Renee: in time');
  });

  it('stays also when it was written in an earlier hold of the same person', async () => {
    const scene = await takenOver();
    const { world, escalationId, say } = scene;
    const externalId = writtenAt(world.clock.at, 1);
    for (const kind of ['release', 'take_over'] as const) {
      world.clock.at += MINUTE;
      await world.act('U0RENEE', { kind, escalationId });
    }
    const before = toMaya(scene).length;
    await say('U0RENEE', 'from before', { externalId });
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)?.state).toBe('internal');
  });

  it('stays when nobody can say when it was written', async () => {
    const scene = await takenOver();
    const before = toMaya(scene).length;
    await scene.say('U0RENEE', 'when?', { externalId: 'C0:some-day' });
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)?.state).toBe('internal');
  });
});

describe('the thread of a case', () => {
  /** The posts in the counselors' channel that are about Maya's text that did not arrive. */
  const notArrived = ({ world }: Scene) =>
    world.posts.filter(({ message }) => message.kind === 'notice' && message.title.includes('did not arrive'));

  it('holds the notice that a text did not arrive, shown in the channel as well', async () => {
    const scene = await takenOver();
    scene.world.plan.sms.push({ kind: 'rejected', problem: 'unreachable', code: '30003' });
    await scene.say('U0RENEE', 'I am here.');
    expect(notArrived(scene)).toMatchObject([
      { to: 'counselors', threadTs: scene.card.split(':')[1], broadcast: true, isUpdate: false },
    ]);
  });

  it('is none beneath a notice of the channel: nothing that is written there is texted', async () => {
    const scene = await takenOver();
    const { world, escalationId, say } = scene;
    // As an earlier version left it: a post of its own that names the case.
    const notice = noticeRow({
      key: 'cannot-text:old',
      recipient: { kind: 'slack_channel', channel: 'counselors' },
      title: 'A text that a person wrote did not arrive (30003): phone this student.',
      lines: [],
      now: world.clock.at,
      escalationId,
    });
    await world.database.transact((stores) => stores.outbox.add(notice, world.clock.at));
    await world.relay.drain();
    const row = await world.database.read((stores) => stores.outbox.byKey('cannot-text:old'));
    if (row?.providerId == null) throw new Error('no notice');
    const before = toMaya(scene).length;
    await say('U0RENEE', 'Tomas, does anybody have her mother?', { threadOf: row.providerId });
    expect(toMaya(scene)).toHaveLength(before);
  });

  it('is one beneath a post of the case that stands by itself, because the card was lost', async () => {
    const scene = await takenOver();
    const { world, say } = scene;
    await world.text(MAYA, 'are you there');
    const shown = await world.database.read(async (stores) => {
      const rows = await stores.escalations.openOf(world.database.hashPhone(MAYA));
      return rows === null ? null : stores.inbox.recent(rows.phoneHash, 0, 1);
    });
    const row = await world.database.read((stores) => stores.outbox.byKey(`case-text:${shown?.[0]?.id}`));
    if (row?.providerId == null) throw new Error('her text is not shown');
    await say('U0RENEE', 'Yes, I am.', { threadOf: row.providerId });
    expect(toMaya(scene).at(-1)).toBe('Renee: Yes, I am.');
  });
});

describe('an answer that did not arrive is none', () => {
  /** Renee has answered Maya, and Twilio or the carrier did this with it. */
  const answered = async (outcome: SendOutcome | null) => {
    const scene = await takenOver();
    await scene.world.text(MAYA, 'are you there');
    if (outcome !== null) scene.world.plan.sms.push(outcome);
    const externalId = await scene.say('U0RENEE', 'Yes, I am.');
    return { scene, externalId };
  };
  const pages = ({ world }: Scene) => world.texts.filter(({ to }) => to === RENEE || to === TOMAS).length;

  it('refused: the student waits again, and the team is paged ten minutes later', async () => {
    const { scene } = await answered({ kind: 'rejected', problem: 'unreachable', code: '30003' });
    const failedAt = scene.world.clock.at;
    expect(await stateOfCase(scene)).toMatchObject({ status: 'handed_off', unansweredSince: failedAt });
    const before = pages(scene);
    await scene.world.pass(10 * MINUTE - 1);
    expect(pages(scene)).toBe(before);
    await scene.world.pass(1);
    expect(pages(scene)).toBe(before + 1);
    const { database } = scene.world;
    const events = await database.read((stores) => stores.escalations.events(scene.escalationId));
    expect(events.map(({ event }) => event)).toContainEqual({ kind: 'answer_failed', at: failedAt });
  });

  it('undelivered: from the receipt on, once for each text', async () => {
    const { scene, externalId } = await answered(null);
    const { id, providerId } = await relayed(scene, externalId);
    expect((await stateOfCase(scene))?.unansweredSince).toBeNull();
    scene.world.clock.at += MINUTE;
    const failedAt = scene.world.clock.at;
    const receipt = { outboundId: id, providerId: providerId ?? '', problem: null, code: null, status: 'undelivered' };
    await scene.world.recordReceipt(receipt);
    expect((await stateOfCase(scene))?.unansweredSince).toBe(failedAt);
    // Somebody reaches her otherwise; the same receipt once more takes nothing back.
    await scene.say('U0RENEE', 'And again: I am here.');
    await scene.world.recordReceipt(receipt);
    expect((await stateOfCase(scene))?.unansweredSince).toBeNull();
  });

  it('lost: as soon as nobody can find it, not while it is looked for', async () => {
    const { scene } = await answered({ kind: 'unknown', code: '500' });
    expect((await stateOfCase(scene))?.unansweredSince).toBeNull();
    await scene.world.pass(9 * MINUTE);
    expect((await stateOfCase(scene))?.unansweredSince).not.toBeNull();
  });

  it('dropped by a gate at the last moment', async () => {
    const { scene } = await answered({ kind: 'not_sent', afterMs: 20_000, code: '20429' });
    expect((await stateOfCase(scene))?.unansweredSince).toBeNull();
    const { database, clock } = scene.world;
    const phoneHash = database.hashPhone(MAYA);
    await database.transact((stores) =>
      stores.consents.record({ phoneHash, state: 'opted_out', via: 'carrier', basis: '21610', at: clock.at }),
    );
    await scene.world.pass(MINUTE);
    expect(states(scene).at(-1)?.state).toBe('not_sent');
    expect((await stateOfCase(scene))?.unansweredSince).not.toBeNull();
  });

  it('moves nothing in a case that nobody holds any more', async () => {
    const { scene, externalId } = await answered(null);
    const { id, providerId } = await relayed(scene, externalId);
    await scene.world.act('U0RENEE', { kind: 'release', escalationId: scene.escalationId });
    const before = await stateOfCase(scene);
    const receipt = { outboundId: id, providerId: providerId ?? '', problem: null, code: null, status: 'undelivered' };
    await scene.world.recordReceipt(receipt);
    expect(await stateOfCase(scene)).toEqual(before);
  });
});

describe('somebody whose row comes with the next roster', () => {
  it('keeps the conversation that they took over before', async () => {
    const scene = await alerted();
    const { world, escalationId, say } = scene;
    await world.act('U0VERA', { kind: 'take_over', escalationId });
    await importRows(world, VERA);
    world.plan.sms.push({ kind: 'unknown', code: '500' });
    const externalId = await say('U0VERA', 'I am here.');
    expect(toMaya(scene).at(-1)).toBe('Vera: I am here.');
    expect((await stateOfCase(scene))?.lastActivityAt).toBe(world.clock.at);
    await world.pass(MINUTE);
    const { id } = await relayed(scene, externalId);
    expect(await world.act('U0VERA', { kind: 'resend', outboundId: id })).toMatchObject({ word: null });
  });
});

describe('a mentor who writes in the thread', () => {
  const casesOf = ({ world }: Scene) =>
    world.database.read(async (stores) =>
      (await stores.escalations.unresolved()).map(({ id, words }) => ({ id, words })),
    );

  it('and is in distress gets the locked reply and a case of their own', async () => {
    const scene = await takenOver();
    await scene.say('U0DANI', 'i want to kill myself');
    const own = (await casesOf(scene)).filter(({ id }) => id !== scene.escalationId);
    expect(own).toHaveLength(1);
    const heard = scene.world.posts.filter(({ to }) => to === 'U0DANI').map(({ message }) => JSON.stringify(message));
    expect(heard.at(-1)).toContain('988');
    expect(states(scene).at(-1)?.state).toBe('internal');
  });

  it('and tells of danger to the student adds it to the case, also one that was over', async () => {
    const scene = await takenOver();
    const before = (await casesOf(scene))[0]?.words.length ?? 0;
    await scene.say('U0DANI', 'she says that she took all the pills');
    const [running] = await casesOf(scene);
    expect(running?.id).toBe(scene.escalationId);
    expect(running?.words.length).toBeGreaterThan(before);
    expect(JSON.stringify(running?.words)).toContain('Dani Lopez (mentor)');
    const { escalationId } = scene;
    const end = { escalationId, outcome: 'safe', resumeAfterHours: 72, note: '' } as const;
    await scene.world.resolve('U0RENEE', end);
    expect(await casesOf(scene)).toEqual([]);
    await scene.say('U0DANI', 'again she says that she took all the pills');
    expect(await casesOf(scene)).toHaveLength(1);
  });

  it("and means nothing by it opens nothing; a counselor's words about the student are no new danger", async () => {
    const scene = await takenOver();
    const before = await casesOf(scene);
    await scene.say('U0DANI', 'let me know when i can help');
    await scene.say('U0TOMAS', 'she said that she took all the pills');
    expect(await casesOf(scene)).toEqual(before);
  });
});

describe('words that do what a button does (SL-12)', () => {
  it('ack, take over and release, with the words of whoever was first', async () => {
    const scene = await alerted();
    await scene.say('U0TOMAS', 'Ack.');
    expect(await stateOfCase(scene)).toMatchObject({ status: 'acknowledged' });
    await scene.say('U0RENEE', 'acknowledge');
    expect(states(scene).at(-1)?.reason).toContain('Tomas');
    await scene.say('U0RENEE', ' Take Over ');
    expect(await stateOfCase(scene)).toMatchObject({ status: 'handed_off' });
    await scene.say('U0RENEE', 'release');
    expect(await stateOfCase(scene)).toMatchObject({ released: true });
    expect(toMaya(scene)).toHaveLength(1);
    expect((await audited(scene)).sort()).toEqual(['case_acknowledged', 'case_released', 'case_taken_over']);
  });
});

describe('a STOP in the middle of a case', () => {
  it('is said in the thread and the channel at once, and so is a START', async () => {
    const { world } = await takenOver();
    const notices = () =>
      world.posts.flatMap(({ message, broadcast }) => (message.kind === 'notice' && broadcast ? [message.title] : []));
    await world.text(MAYA, 'STOP');
    expect(notices()).toEqual(['They have opted out: nothing can be texted']);
    await world.text(MAYA, 'START');
    expect(notices()).toEqual([
      'They have opted out: nothing can be texted',
      'They have come back with START: texts reach them again',
    ]);
  });
});

describe('what cannot be texted', () => {
  it('a file is refused with a word why; the words beside it still go', async () => {
    const scene = await takenOver();
    await scene.say('U0RENEE', 'See the map', { fileCount: 1 });
    expect(toMaya(scene).at(-1)).toBe('Renee: See the map');
    expect(states(scene).map(({ state, reason }) => `${state}: ${reason}`)).toEqual([
      'queued: The file was not sent: texts carry words only.',
      'sent: The file was not sent: texts carry words only.',
    ]);
    const before = toMaya(scene).length;
    await scene.say('U0RENEE', '', { fileCount: 2 });
    expect(toMaya(scene)).toHaveLength(before);
    expect(states(scene).at(-1)).toMatchObject({ state: 'internal', reason: expect.stringContaining('words only') });
  });

  it('more than one text can hold is not sent, and says how long it may be', async () => {
    const scene = await takenOver();
    await scene.say('U0RENEE', 'a'.repeat(1_594));
    expect(states(scene).at(-1)).toMatchObject({
      state: 'not_sent',
      reason: expect.stringContaining('1,593 characters'),
    });
    await scene.say('U0RENEE', 'a'.repeat(1_593));
    expect(toMaya(scene).at(-1)).toHaveLength(1_600);
  });

  it('nothing goes to somebody who has opted out, or to a number that cannot be texted', async () => {
    const scene = await takenOver();
    await scene.world.text(MAYA, 'STOP');
    expect(thread(scene).at(-1)).toBe('student: STOP');
    const before = toMaya(scene).length;
    await scene.say('U0RENEE', 'Please call me');
    expect(states(scene).at(-1)).toMatchObject({
      state: 'not_sent',
      reason: 'This student has opted out: phone, cannot text.',
    });
    await scene.world.text(MAYA, 'START');
    await scene.world.database.transact((stores) =>
      stores.people.setPhoneProblem(scene.world.database.hashPhone(MAYA), '30005', scene.world.clock.at),
    );
    await scene.say('U0RENEE', 'Please call me');
    expect(states(scene).at(-1)).toMatchObject({ state: 'not_sent', reason: expect.stringContaining('phone') });
    expect(toMaya(scene).filter((text) => text.includes('Please call me'))).toEqual([]);
    expect(toMaya(scene).length - before).toBe(1);
  });

  it('a STOP that comes before the text has left drops it, and the thread says so', async () => {
    const scene = await takenOver();
    scene.world.plan.sms.push({ kind: 'not_sent', afterMs: 20_000, code: '20429' });
    await scene.say('U0RENEE', 'I am here.');
    expect(states(scene).map(({ state }) => state)).toEqual(['queued']);
    await scene.world.text(MAYA, 'STOP');
    await scene.world.pass(MINUTE);
    expect(states(scene).at(-1)).toMatchObject({ state: 'not_sent', reason: expect.stringContaining('opted out') });
    expect(toMaya(scene).filter((text) => text.includes('I am here.'))).toHaveLength(1);
  });
});

describe('how each text fares', () => {
  it('shows sent, then delivered, and nothing twice', async () => {
    const scene = await takenOver();
    const { world } = scene;
    const { id: outboundId, providerId } = await relayed(scene, await scene.say('U0RENEE', 'I am here.'));
    const receipt = { outboundId, providerId: providerId ?? '', problem: null, code: null };
    for (const status of ['sent', 'delivered', 'delivered', 'sent']) {
      await world.recordReceipt({ ...receipt, status });
      await world.relay.drain();
    }
    expect(states(scene).map(({ state }) => state)).toEqual(['queued', 'sent', 'delivered']);
    const shown = world.posts.filter(({ message }) => message.kind === 'relay_state');
    expect(new Set(shown.filter(({ isUpdate }) => isUpdate).map(({ to }) => to)).size).toBe(1);
  });

  it('does not show an older state after a newer one', async () => {
    const scene = await takenOver();
    const { world } = scene;
    const update = { text: 'Renee: I am here.', reason: '', resend: null, kind: 'relay_state' } as const;
    const externalId = await scene.say('U0RENEE', 'I am here.');
    const { id, providerId } = await relayed(scene, externalId);
    await world.recordReceipt({
      outboundId: id,
      providerId: providerId ?? '',
      status: 'delivered',
      problem: null,
      code: null,
    });
    await world.relay.drain();
    const [post] = await world.database.read(async (stores) => [
      await stores.outbox.byKey(`relay-state:${externalId}`),
    ]);
    if (post == null) throw new Error('no state');
    await world.database.transact((stores) =>
      rewriteInThread(stores, { key: 'late', post, message: { ...update, state: 'sent' }, now: world.clock.at }),
    );
    await world.relay.drain();
    expect(states(scene).at(-1)?.state).toBe('delivered');
  });

  it.each([
    ['bad_number', '30005', 'cannot reach this number', false],
    ['unreachable', '30003', 'off or out of reach', true],
    ['filtered', '30007', 'carrier', true],
  ] as const)('%s: not delivered, why, and to phone', async (problem, code, why, mayTryAgain) => {
    const scene = await takenOver();
    const { id, providerId } = await relayed(scene, await scene.say('U0RENEE', 'I am here.'));
    const receipt = { outboundId: id, providerId: providerId ?? '', status: 'undelivered', problem, code };
    await scene.world.recordReceipt(receipt);
    await scene.world.relay.drain();
    expect(states(scene).at(-1)).toMatchObject({
      state: 'not_delivered',
      reason: expect.stringContaining(why),
      resend: mayTryAgain ? id : null,
    });
    expect(states(scene).at(-1)?.reason).toMatch(/phone this student/i);
  });

  it('a text that Twilio refuses at once is shown as not delivered', async () => {
    const scene = await takenOver();
    scene.world.plan.sms.push({ kind: 'rejected', problem: 'unreachable', code: '30003' });
    await scene.say('U0RENEE', 'I am here.');
    expect(states(scene).map(({ state }) => state)).toEqual(['queued', 'not_delivered']);
  });

  it('one that may have arrived is for the person to decide; Send again is done once', async () => {
    const scene = await takenOver();
    const { world } = scene;
    world.plan.sms.push({ kind: 'unknown', code: '500' });
    const { id } = await relayed(scene, await scene.say('U0RENEE', 'I am here.'));
    await world.pass(MINUTE);
    expect(states(scene).at(-1)).toMatchObject({ state: 'unknown', resend: id });
    expect(toMaya(scene).filter((text) => text.includes('I am here.'))).toHaveLength(1);
    expect(await world.act('U0NOBODY', { kind: 'resend', outboundId: id })).toMatchObject({
      word: expect.stringContaining('Only the counselors'),
    });
    expect(await world.act('U0RENEE', { kind: 'resend', outboundId: id })).toMatchObject({ word: null });
    expect(await world.act('U0TOMAS', { kind: 'resend', outboundId: id })).toMatchObject({
      word: 'It was sent again already.',
    });
    expect(toMaya(scene).filter((text) => text === 'Renee: I am here.')).toHaveLength(2);
    expect(
      states(scene)
        .map(({ state, reason, resend }) => ({ state, reason, resend }))
        .slice(-3),
    ).toEqual(
      expect.arrayContaining([
        { state: 'queued', reason: 'Sent again.', resend: null },
        { state: 'unknown', reason: expect.stringContaining('Sent again by Renee Okafor.'), resend: null },
        { state: 'sent', reason: 'Sent again.', resend: null },
      ]),
    );
    expect(await audited(scene)).toContain('text_resent');
  });

  it('one that turns out to have arrived needs no second sending', async () => {
    const scene = await takenOver();
    const { world } = scene;
    world.plan.sms.push({ kind: 'unknown', code: '500' });
    const { id } = await relayed(scene, await scene.say('U0RENEE', 'I am here.'));
    await world.pass(MINUTE);
    await world.recordReceipt({ outboundId: id, providerId: 'SMlate', status: 'delivered', problem: null, code: null });
    await world.relay.drain();
    expect(states(scene).at(-1)).toMatchObject({ state: 'delivered', resend: null });
    await world.act('U0RENEE', { kind: 'resend', outboundId: id });
    expect(toMaya(scene).filter((text) => text.includes('I am here.'))).toHaveLength(1);
  });
});

describe('a message that is changed afterwards', () => {
  it.each(['edited', 'deleted'] as const)(
    '%s: the thread says that the student has the first wording, once',
    async (kind) => {
      const scene = await takenOver();
      const externalId = await scene.say('U0RENEE', 'I am here.');
      const change = { externalId, threadOf: scene.card, slackUserId: 'U0RENEE', kind, actKey: 'e1' } as const;
      await scene.world.noteThreadChange(change);
      await scene.world.noteThreadChange(change);
      await scene.world.relay.drain();
      expect(states(scene).filter(({ state }) => state === 'already_sent')).toEqual([
        expect.objectContaining({
          text: 'Renee: I am here.',
          reason: 'Already sent: the student has the first wording.',
        }),
      ]);
      expect(toMaya(scene).filter((text) => text.includes('I am here.'))).toHaveLength(1);
    },
  );

  it.each([
    [{ kind: 'rejected', problem: 'unreachable', code: '30003' }, 'not_delivered', 'did not arrive'],
    [{ kind: 'unknown', code: '500' }, 'unknown', 'may have the first wording'],
    [{ kind: 'not_sent', afterMs: 20_000, code: '20429' }, 'already_sent', 'goes out in its first wording'],
  ] as const)('%j: nobody is told that the student has what they may not have', async (outcome, state, reason) => {
    const scene = await takenOver();
    scene.world.plan.sms.push(outcome);
    const externalId = await scene.say('U0RENEE', 'I am here.');
    const change = { externalId, threadOf: scene.card, slackUserId: 'U0RENEE', kind: 'edited', actKey: 'e1' } as const;
    await scene.world.noteThreadChange(change);
    await scene.world.relay.drain();
    expect(states(scene).at(-1)).toMatchObject({ state, reason: expect.stringContaining(reason), resend: null });
    expect(states(scene).at(-1)?.reason).not.toContain('the student has the first');
  });

  it('what was never texted may be changed in peace', async () => {
    const scene = await takenOver();
    const externalId = await scene.say('U0RENEE', '// a remark');
    await scene.world.noteThreadChange({
      externalId,
      threadOf: scene.card,
      slackUserId: 'U0RENEE',
      kind: 'edited',
      actKey: 'e2',
    });
    await scene.world.relay.drain();
    expect(states(scene).map(({ state }) => state)).toEqual(['internal']);
  });
});

describe('the thread when Slack stumbles', () => {
  it('a note waits for the card, so that the thread keeps its order', async () => {
    const world = await createWorld();
    world.plan.slack.push({ kind: 'not_sent', afterMs: 2_000, code: 'ratelimited' });
    await world.text(MAYA, CRISIS);
    await world.text(MAYA, 'please');
    expect(world.posts.filter(({ message }) => message.kind === 'case_text')).toEqual([]);
    await world.pass(MINUTE);
    const kinds = world.posts.slice(1).filter(({ isUpdate, to }) => to === 'counselors' && !isUpdate);
    expect(kinds.map(({ message }) => message.kind)).toEqual(['alert', 'case_text', 'case_text']);
    expect(kinds.map(({ threadTs }) => threadTs !== null)).toEqual([false, true, true]);
  });

  it('SL-20: a note waits while nobody knows whether the card is there, and stands beneath it once it is found', async () => {
    const world = await createWorld();
    world.plan.slack.push({ kind: 'unknown', code: '500' });
    await world.text(MAYA, CRISIS);
    const inChannel = world.posts.filter(({ to }) => to === 'counselors');
    expect(inChannel.map(({ message }) => message.kind)).toEqual(['alert']);
    world.plan.find = { kind: 'found', providerId: 'C0:77', status: 'posted' };
    await world.pass(2 * MINUTE);
    expect(world.posts.filter(({ isUpdate, to }) => to === 'counselors' && !isUpdate).slice(1)).toMatchObject([
      { message: { kind: 'case_text', text: CRISIS }, threadTs: '77', broadcast: false },
    ]);
  });

  it('an alert does not wait for the card in whose thread it belongs', async () => {
    const world = await createWorld();
    world.plan.slack.push({ kind: 'unknown', code: '500' });
    await world.text(MAYA, CRISIS);
    world.clock.at += 5 * MINUTE;
    await world.runDue();
    await world.relay.drain();
    expect(world.posts.filter(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate)).toMatchObject([
      { threadTs: null },
      { threadTs: null },
    ]);
  });

  it('a card that was given up leaves its notes to the card that stands in its place', async () => {
    const world = await createWorld();
    for (let index = 0; index < 400; index += 1)
      world.plan.slack.push({ kind: 'not_sent', afterMs: null, code: 'ECONNREFUSED' });
    await world.text(MAYA, CRISIS);
    await world.pass(30 * MINUTE);
    const tried = world.posts.length;
    world.plan.slack.length = 0;
    await world.pass(2 * MINUTE);
    const posted = world.posts.slice(tried).filter(({ to, isUpdate }) => to === 'counselors' && !isUpdate);
    expect(posted.map(({ message, threadTs }) => [message.kind, threadTs !== null])).toEqual([
      ['alert', false],
      ['case_text', true],
      // That everybody was tried, that the student was told that nobody has come yet, and, once, that a round was in vain.
      ['notice', true],
      ['notice', true],
      ['notice', true],
    ]);
  });
});
