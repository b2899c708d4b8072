// The interpreter by itself: events a second through a shipped flow, with the state kept as a value and with the state
// through JSON between two turns, as a stored conversation is.

import { readContent } from '../src/adapters/system/content-files.ts';
import { compileContent } from '../src/app/content.ts';
import { advance } from '../src/core/conversation/advance.ts';
import { startConversation } from '../src/core/conversation/start-conversation.ts';
import type { CompiledFlow } from '../src/core/flow/compiled-flow.ts';
import type { Conversation, ConversationFacts } from '../src/core/model/conversation.ts';
import type { ConversationEvent } from '../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../src/core/model/ids.ts';
import { median, ratios, show, table } from './figures.ts';

const ROUNDS = 5;
const CONVERSATIONS = 5_000;
const FLOW = 'nudge-fafsa-corrections';
const EVENTS: readonly ConversationEvent[] = [
  { kind: 'started' },
  ...['Later', 'Friday', 'done'].map((text) => ({ kind: 'reply_received' as const, text })),
];
const FACTS: ConversationFacts = {
  program: { name: 'Bridge Program', phone: '(213) 555-0100' },
  mentee: { firstName: 'Maya', language: 'en', timeZone: 'America/Los_Angeles', college: 'Cal State LA' },
  mentor: { firstName: 'Dani' },
  task: {
    key: 'task',
    title: 'FAFSA corrections',
    status: 'not_started',
    deadlineOn: '2027-07-15',
    link: 'https://example.edu/aid',
  },
};

export interface AdvanceReport {
  readonly asValue: readonly number[];
  readonly throughJson: readonly number[];
}

export function measureAdvance(flows: string): AdvanceReport {
  const read = readContent(flows, { runExamples: false });
  if (!read.ok) throw new Error(`the flows have mistakes: ${JSON.stringify(read.problems[0])}`);
  const flow = compileContent(0, read.files).flows.get(FLOW);
  if (flow === undefined) throw new Error(`there is no flow ${FLOW}`);
  const asValue: number[] = [];
  const throughJson: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const value = eventsPerSecond(flow, (conversation) => conversation);
    const json = eventsPerSecond(flow, (conversation) => JSON.parse(JSON.stringify(conversation)) as Conversation);
    // The first round warms up.
    if (round > 0) asValue.push(value);
    if (round > 0) throughJson.push(json);
  }
  return { asValue, throughJson };
}

function eventsPerSecond(flow: CompiledFlow, keep: (conversation: Conversation) => Conversation): number {
  const began = performance.now();
  for (let count = 0; count < CONVERSATIONS; count += 1) {
    const id = asConversationId(`conversation-${count}`);
    let conversation = startConversation({ id, menteeId: asMenteeId('mentee'), flow, task: 'task' });
    for (const event of EVENTS) {
      const result = advance(keep(conversation), event, { flow, wording: flow, facts: FACTS, now: 1_813_000_000_000 });
      if (!result.ok || !result.understood) throw new Error(`the flow did not take ${JSON.stringify(event)}`);
      conversation = result.conversation;
    }
  }
  return ((CONVERSATIONS * EVENTS.length) / (performance.now() - began)) * 1_000;
}

export function printAdvance({ asValue, throughJson }: AdvanceReport): string {
  const row = (name: string, figures: readonly number[]) => [
    name,
    show(median(figures)),
    show(1_000_000 / median(figures)),
    show(median(ratios(figures, asValue))),
  ];
  return table(
    ['the interpreter alone', 'events/s', 'µs each', 'ratio'],
    [row('state as a value', asValue), row('state through JSON', throughJson)],
  );
}
