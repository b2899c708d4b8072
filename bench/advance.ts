// The interpreter by itself: steps a second through a shipped flow, with the state kept as a value and with the state
// through JSON between two turns, as a stored conversation is; beside a loop that only walks, and how long a reply is read.

import { readFileSync } from 'node:fs';
import { readContent } from '../src/adapters/system/content-files.ts';
import { compileContent } from '../src/app/content.ts';
import { advance } from '../src/core/conversation/advance.ts';
import { startConversation } from '../src/core/conversation/start-conversation.ts';
import type { CompiledFlow } from '../src/core/flow/compiled-flow.ts';
import type { ReplyBook } from '../src/core/language/reply-book.ts';
import { EXPECTATIONS, understand } from '../src/core/language/understand.ts';
import type { Conversation, ConversationFacts } from '../src/core/model/conversation.ts';
import type { ConversationEvent } from '../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../src/core/model/ids.ts';
import { median, percentile, ratios, show, table } from './figures.ts';

const ROUNDS = 5;
const CONVERSATIONS = 5_000;
const NOW = 1_813_000_000_000;
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
/** What mentees really type, as the tests of reading have it: one reply a line. */
const REPLIES = new URL('../test/core/language/replies.table.jsonl', import.meta.url);

export interface AdvanceReport {
  /** Steps that one conversation runs through: entered, or resumed by an event. */
  readonly stepsEach: number;
  /** Steps a second, a round. */
  readonly walked: readonly number[];
  readonly asValue: readonly number[];
  readonly throughJson: readonly number[];
  /** Microseconds a reply. */
  readonly understood: { readonly replies: number; readonly p50: number; readonly p99: number };
}

export function measureAdvance(flows: string): AdvanceReport {
  const read = readContent(flows, { runExamples: false });
  if (!read.ok) throw new Error(`the flows have mistakes: ${JSON.stringify(read.problems[0])}`);
  const content = compileContent(0, read.files);
  const flow = content.flows.get(FLOW);
  if (flow === undefined) throw new Error(`there is no flow ${FLOW}`);
  const path = pathThrough(flow);
  const perSecond = (run: () => void): number => (CONVERSATIONS * path.length) / (timed(run) / 1_000);
  const rounds: { walked: number; asValue: number; throughJson: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    rounds.push({
      walked: perSecond(() => walkPlainly(flow, path)),
      asValue: perSecond(() => converse(flow, (conversation) => conversation)),
      throughJson: perSecond(() =>
        converse(flow, (conversation) => JSON.parse(JSON.stringify(conversation)) as Conversation),
      ),
    });
  }
  // The first round warms up.
  const kept = rounds.slice(1);
  return {
    stepsEach: path.length,
    walked: kept.map(({ walked }) => walked),
    asValue: kept.map(({ asValue }) => asValue),
    throughJson: kept.map(({ throughJson }) => throughJson),
    understood: readReplies(content.replyBook),
  };
}

function timed(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

function begin(flow: CompiledFlow, count: number): Conversation {
  const id = asConversationId(`conversation-${count}`);
  return startConversation({ id, menteeId: asMenteeId('mentee'), flow, task: 'task' });
}

function takeAll(
  flow: CompiledFlow,
  start: Conversation,
  { keep, watch }: { keep: (conversation: Conversation) => Conversation; watch?: (step: string) => void },
): Conversation {
  let conversation = start;
  const context = { flow, wording: flow, facts: FACTS, now: NOW };
  const watched = watch === undefined ? context : { ...context, watch: ({ step }: { step: string }) => watch(step) };
  for (const event of EVENTS) {
    const result = advance(keep(conversation), event, watched);
    if (!result.ok || !result.understood) throw new Error(`the flow did not take ${JSON.stringify(event)}`);
    conversation = result.conversation;
  }
  return conversation;
}

function converse(flow: CompiledFlow, keep: (conversation: Conversation) => Conversation): void {
  for (let count = 0; count < CONVERSATIONS; count += 1) takeAll(flow, begin(flow, count), { keep });
}

/** The steps that one conversation runs through, in order. */
function pathThrough(flow: CompiledFlow): readonly string[] {
  const path: string[] = [];
  takeAll(flow, begin(flow, 0), { keep: (conversation) => conversation, watch: (step) => path.push(step) });
  return path;
}

/** The plainest loop there can be: the same steps, looked up one by one, and a new state for each. Nothing is read or said. */
function walkPlainly(flow: CompiledFlow, path: readonly string[]): void {
  for (let count = 0; count < CONVERSATIONS; count += 1) {
    let conversation = begin(flow, count);
    for (const step of path) {
      if (flow.steps[step] === undefined) throw new Error(`there is no step ${step}`);
      conversation = { ...conversation, step, version: conversation.version + 1 };
    }
    if (conversation.version !== path.length) throw new Error('the walk was not walked');
  }
}

/** Every reply of the tests, one by one; the first time through warms up. */
function readReplies(book: ReplyBook): AdvanceReport['understood'] {
  const asked = readFileSync(REPLIES, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { text: string; expects: string; language: 'en' | 'es' })
    .flatMap(({ text, expects, language }) => {
      const expected = EXPECTATIONS.find((one) => one === expects);
      return expected === undefined ? [] : [{ text, expects: expected, language, today: () => '2027-06-01' }];
    });
  for (const one of asked) understand(book, one);
  const micros = asked.map((one) => timed(() => understand(book, one)) * 1_000);
  return { replies: micros.length, p50: percentile(micros, 0.5), p99: percentile(micros, 0.99) };
}

export function printAdvance({ stepsEach, walked, asValue, throughJson, understood }: AdvanceReport): string {
  const row = (name: string, figures: readonly number[]) => [
    name,
    show(median(figures)),
    show((median(figures) / stepsEach) * EVENTS.length),
    show(1_000_000 / median(figures)),
    show(median(ratios(figures, walked))),
  ];
  const steps = table(
    [
      `the interpreter alone, ${stepsEach} steps in ${EVENTS.length} events`,
      'steps/s',
      'events/s',
      'µs a step',
      'ratio',
    ],
    [row('a loop that only walks', walked), row('state as a value', asValue), row('state through JSON', throughJson)],
  );
  const replies = table(
    ['understand', 'replies', 'p50 µs', 'p99 µs'],
    [['what mentees type', show(understood.replies), show(understood.p50), show(understood.p99)]],
  );
  return `${steps}\n\n${replies}`;
}
