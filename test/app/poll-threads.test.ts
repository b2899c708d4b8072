// Slack's events may not come: what is written in a case's thread or to the bot is found by looking, and counts once.

import { describe, expect, it } from 'vitest';
import { createPollThreads } from '../../src/app/poll-threads.ts';
import type { InboundMessage } from '../../src/app/ports/messages.ts';
import type { ThreadMessage } from '../../src/app/ports/staff-room.ts';
import { asMenteeId, asMentorPromptId } from '../../src/core/model/ids.ts';
import { createWorld, LUIS, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;

interface Slack {
  thread: ThreadMessage[] | null;
  direct: InboundMessage[];
  readonly asked: { readonly what: string; readonly since: number }[];
}

/** A workspace whose messages are read only by looking. */
function polled(world: World) {
  const slack: Slack = { thread: [], direct: [], asked: [] };
  const poll = createPollThreads({
    ...world,
    receiveMessage: world.receive,
    slackReader: {
      threadMessages: async (what, since) => {
        slack.asked.push({ what, since });
        return slack.thread;
      },
      directMessages: async (what, since) => {
        slack.asked.push({ what, since });
        return slack.direct;
      },
    },
  });
  const look = async () => {
    await poll();
    await world.relay.drain();
  };
  return { slack, look };
}

const externalIdAt = (at: number) => `C0:${(at / 1_000).toFixed(6)}`;

/** Renee has taken Maya's case over; gives the card's `channel:ts`. */
async function takenOver(world: World): Promise<string> {
  await world.text(MAYA, CRISIS);
  const [running] = await world.database.read((stores) => stores.escalations.unresolved());
  if (running === undefined) throw new Error('no case');
  const [root] = await world.database.read((stores) => stores.outbox.alertPosts(running.id));
  if (root?.providerId == null) throw new Error('no card');
  await world.act('U0RENEE', { kind: 'take_over', escalationId: running.id });
  return root.providerId;
}

const alarms = (world: World): Promise<string[]> =>
  world.database.read(async (stores) => (await stores.house.alarms()).map(({ kind }) => kind));

describe('SL-12: the poll', () => {
  it('asks nothing while no case and no prompt waits, else every five minutes', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    await look();
    expect(slack.asked).toEqual([]);
    const card = await takenOver(world);
    const openedAt = world.clock.at;
    for (let minute = 0; minute < 11; minute += 1) {
      await look();
      world.clock.at += MINUTE;
    }
    expect(slack.asked.map(({ what }) => what)).toEqual([card, card, card]);
    expect(slack.asked[0]?.since).toBe(openedAt);
  });

  it('brings what no event brought, once, and staff hear that events do not come, once', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    const threadOf = await takenOver(world);
    const text = 'I am here.';
    const message = { threadOf, slackUserId: 'U0RENEE', fileCount: 0 };
    slack.thread = [{ ...message, externalId: externalIdAt(world.clock.at), text }];
    world.clock.at += 3 * MINUTE;
    await look();
    expect(world.texts.at(-1)).toMatchObject({ to: MAYA, body: `Renee: ${text}` });
    expect(await alarms(world)).toEqual(['slack_events_missing']);
    slack.thread.push({ ...message, externalId: externalIdAt(world.clock.at), text: 'Still here.' });
    world.clock.at += 5 * MINUTE;
    await look();
    world.clock.at += 5 * MINUTE;
    await look();
    expect(world.texts.filter(({ body }) => body.includes('here.'))).toHaveLength(2);
    expect(JSON.stringify(world.posts).match(/Alarm: slack events missing/g)).toHaveLength(1);
    expect(JSON.stringify(world.logged)).not.toContain(text);
  });

  it('reads beneath each card that stands by itself: the answer to the first was lost, and people wrote under the next', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    world.plan.slack = [{ kind: 'unknown', code: 'timeout' }];
    await world.text(MAYA, CRISIS);
    world.clock.at += 10 * MINUTE;
    await world.text(MAYA, CRISIS);
    const alone = world.posts.filter(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate);
    expect(alone.map(({ threadTs }) => threadTs)).toEqual([null, null]);
    world.plan.find = { kind: 'found', providerId: 'C0:1.000100', status: 'posted' };
    await world.checkUnknown();
    await world.relay.drain();
    await look();
    const cards = await world.database.read(async (stores) => {
      const [running] = await stores.escalations.unresolved();
      return running === undefined ? [] : stores.outbox.alertPosts(running.id);
    });
    expect(cards).toHaveLength(2);
    expect(slack.asked.map(({ what }) => what)).toEqual(cards.map(({ providerId }) => providerId));
    // A card in the thread of the first one is no root: it is not read once more.
    world.plan.find = { kind: 'absent' };
    await world.pass(5 * MINUTE);
    slack.asked.length = 0;
    await look();
    expect(slack.asked).toHaveLength(2);
  });

  it('is no alarm for a message that is only just written, nor for one that an event brought', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    const threadOf = await takenOver(world);
    const message = { threadOf, slackUserId: 'U0RENEE', fileCount: 0 };
    const known = { ...message, externalId: externalIdAt(world.clock.at), text: 'first words' };
    await world.receiveThreadMessage(known);
    world.clock.at += 3 * MINUTE;
    slack.thread = [known, { ...message, externalId: externalIdAt(world.clock.at), text: 'second words' }];
    await look();
    expect(await alarms(world)).toEqual([]);
    expect(world.texts.filter(({ body }) => /(?:first|second) words/.test(body))).toHaveLength(2);
  });

  it('the alarm ends when events come again', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    const threadOf = await takenOver(world);
    const message = { threadOf, slackUserId: 'U0RENEE', fileCount: 0 };
    slack.thread = [{ ...message, externalId: externalIdAt(world.clock.at), text: 'late' }];
    world.clock.at += 3 * MINUTE;
    await look();
    world.clock.at += 5 * MINUTE;
    await look();
    expect(await alarms(world)).toEqual(['slack_events_missing']);
    const brought = { ...message, externalId: externalIdAt(world.clock.at), text: 'in time' };
    await world.receiveThreadMessage(brought);
    slack.thread.push(brought);
    world.clock.at += 5 * MINUTE;
    await look();
    expect(await alarms(world)).toEqual([]);
  });

  it('reads from where it left off, and again from there when Slack could not be asked', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    await takenOver(world);
    world.clock.at += 60 * MINUTE;
    await look();
    const first = world.clock.at;
    slack.thread = null;
    world.clock.at += 60 * MINUTE;
    await look();
    world.clock.at += 60 * MINUTE;
    await look();
    const since = slack.asked.map((ask) => ask.since);
    expect(since[1]).toBe(first - 10 * MINUTE);
    expect(since[2]).toBe(since[1]);
  });

  it('a Slack that cannot be asked about one case is asked about the next one a minute later, not at once', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    await world.text(MAYA, CRISIS);
    await world.text(LUIS, CRISIS);
    slack.thread = null;
    await look();
    expect(slack.asked).toHaveLength(1);
    world.clock.at += MINUTE;
    await look();
    expect(new Set(slack.asked.map(({ what }) => what)).size).toBe(2);
    world.clock.at += MINUTE;
    await look();
    expect(slack.asked).toHaveLength(2);
  });

  it('reads the direct messages of a mentor whose update is waited for', async () => {
    const world = await createWorld();
    const { slack, look } = polled(world);
    const mentor = await world.database.read((stores) => stores.people.mentorBySlackUser('U0DANI'));
    if (mentor === null) throw new Error('no mentor');
    const promptedAt = world.clock.at;
    await world.database.transact((stores) =>
      stores.prompts.insert({
        id: asMentorPromptId('p1'),
        mentorId: mentor.id,
        weekOn: '2027-06-06',
        summaryOn: '2027-06-10',
        channel: 'slack',
        menteeIds: [asMenteeId('m1')],
        promptedAt,
        stage: 'prompted',
        status: 'open',
        answeredAt: null,
      }),
    );
    slack.direct = [
      {
        source: 'slack',
        externalId: `D0:${(promptedAt / 1_000).toFixed(6)}`,
        from: { kind: 'slack', slackUserId: 'U0DANI' },
        body: 'i want to die',
        media: [],
        vendorKeyword: null,
      },
    ];
    world.clock.at += 3 * MINUTE;
    await look();
    expect(slack.asked).toEqual([{ what: 'U0DANI', since: promptedAt }]);
    expect(await world.database.read((stores) => stores.escalations.unresolved())).toHaveLength(1);
    expect(await alarms(world)).toEqual(['slack_events_missing']);
  });
});
