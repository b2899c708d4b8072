// Whole conversations: `<flow>.<case>.yaml` holds who, what is texted and how the clock jumps, and the words, effects
// and end state that come of it. State goes through JSON between turns. `UPDATE=1` rewrites: review the diff.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { readFlowFolder } from '../../src/adapters/system/flow-files.ts';
import { advance } from '../../src/core/conversation/advance.ts';
import { startConversation } from '../../src/core/conversation/start-conversation.ts';
import type { CompiledFlow } from '../../src/core/flow/compiled-flow.ts';
import type { Conversation, ConversationFacts } from '../../src/core/model/conversation.ts';
import type { KeyedEffect } from '../../src/core/model/effect.ts';
import type { ConversationEvent } from '../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../src/core/model/ids.ts';

const here = new URL('.', import.meta.url);
const folder = readFlowFolder(new URL('../../flows', import.meta.url).pathname);
const files = readdirSync(here).filter((name) => name.endsWith('.yaml'));
const update = process.env.UPDATE !== undefined;

/** `+ 2 days` lets the clock run; a timer that becomes due on the way rings at its own time. Anything else is a text. */
interface Transcript {
  readonly about: string;
  readonly task: string;
  readonly language: 'en' | 'es';
  readonly mentor?: null;
  readonly start: string;
  readonly turns: readonly string[];
  readonly transcript?: readonly string[];
  readonly end?: unknown;
}

it('has no problem in any file', () => expect(folder.problems).toEqual([]));

it('covers every shipped flow in both languages, with every way an answer can go', () => {
  for (const flow of folder.flows) {
    for (const language of ['en', 'es']) {
      for (const way of ['done', 'not-yet', 'stuck', 'later', 'not-for-me', 'talk', 'no-reply', 'invalid']) {
        expect(files).toContain(`${flow.id}.${way}-${language}.yaml`);
      }
    }
  }
});

describe.each(files)('%s', (name) => {
  it('goes as written', () => {
    const document = parseDocument(readFileSync(new URL(name, here), 'utf8'));
    const written = document.toJS() as Transcript;
    const flow = folder.flows.find(({ id }) => id === name.split('.')[0]);
    if (flow === undefined) throw new Error(`no flow for ${name}`);
    const played = new Play(flow, written).run();
    if (!update) {
      expect(played).toEqual({ transcript: written.transcript, end: written.end });
      return;
    }
    document.set('transcript', document.createNode(played.transcript));
    document.set('end', document.createNode(played.end));
    writeFileSync(new URL(name, here), document.toString({ lineWidth: 0 }));
  });
});

class Play {
  readonly flow: CompiledFlow;
  readonly facts: ConversationFacts;
  readonly written: Transcript;
  readonly lines: string[] = [];
  readonly timers = new Map<'wait' | 'no_reply', number>();
  conversation: Conversation;
  now: number;

  constructor(flow: CompiledFlow, written: Transcript) {
    this.flow = flow;
    this.written = written;
    this.facts = factsOf(written);
    this.now = Date.parse(written.start);
    this.conversation = startConversation({
      id: asConversationId('c1'),
      menteeId: asMenteeId('m1'),
      flow,
      task: written.task,
    });
  }

  run(): { transcript: string[]; end: unknown } {
    this.advance({ kind: 'started' });
    for (const turn of this.written.turns) {
      if (turn.startsWith('+ ')) this.pass(turn);
      else {
        this.lines.push(`${this.clock()} mentee: ${turn}`);
        this.advance({ kind: 'reply_received', text: turn });
      }
    }
    const { status, step, version, variables } = this.conversation;
    return { transcript: this.lines, end: { status, step, version, variables } };
  }

  pass(turn: string): void {
    const [, count = '', unit = ''] = /^\+ (\d+) (hour|day)s?$/.exec(turn) ?? [];
    const until = this.now + Number(count) * (unit === 'day' ? 24 : 1) * 3_600_000;
    for (let due = this.nextTimer(until); due !== null; due = this.nextTimer(until)) {
      this.now = due.at;
      this.timers.delete(due.timer);
      this.lines.push(`${this.clock()} ${due.timer} timer rings`);
      this.advance({ kind: 'timer_due', timer: due.timer });
    }
    this.now = until;
  }

  nextTimer(until: number): { timer: 'wait' | 'no_reply'; at: number } | null {
    const due = [...this.timers].map(([timer, at]) => ({ timer, at })).filter(({ at }) => at <= until);
    return due.sort((a, b) => a.at - b.at)[0] ?? null;
  }

  advance(event: ConversationEvent): void {
    const { flow, facts, now } = this;
    const result = advance(this.conversation, event, { flow, wording: flow, facts, now });
    if (!result.ok) throw new Error(`${result.failure.step}: ${result.failure.reason}`);
    if (event.kind === 'reply_received' && !result.understood) this.lines.push(`${this.clock()} (not understood)`);
    for (const keyed of result.effects) this.show(keyed);
    this.conversation = JSON.parse(JSON.stringify(result.conversation)) as Conversation;
  }

  show({ effect }: KeyedEffect): void {
    const say = (words: string): number => this.lines.push(`${this.clock()} ${words}`);
    if (effect.kind === 'send_message') say(`bot: ${effect.text}`);
    else if (effect.kind === 'set_timer') {
      this.timers.set(effect.timer, effect.dueAt);
      say(`${effect.timer} timer set for ${this.clock(effect.dueAt)}`);
    } else if (effect.kind === 'clear_timer') this.timers.delete(effect.timer);
    else if (effect.kind === 'change_task')
      say(`task ${effect.task} is ${effect.status}${effect.againOn ? `, again on ${effect.againOn}` : ''}`);
    else if (effect.kind === 'tell_mentor') say(`mentor is told: ${effect.reason}`);
    else say(`case opened (${effect.tier}): ${effect.reason}`);
  }

  clock(at = this.now): string {
    const parts = new Intl.DateTimeFormat('sv-SE', {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: 'America/Los_Angeles',
    });
    return parts.format(at);
  }
}

function factsOf({ task, language, mentor }: Transcript): ConversationFacts {
  const definition = folder.tasks.find(({ key }) => key === task);
  if (definition === undefined) throw new Error(`no task ${task}`);
  return {
    program: { name: 'Bridge Program', phone: '(213) 555-0100' },
    mentee: {
      firstName: language === 'en' ? 'Maya' : 'Luz',
      language,
      timeZone: 'America/Los_Angeles',
      college: 'Cal State LA',
    },
    mentor: mentor === null ? null : { firstName: 'Ana' },
    task: {
      key: task,
      title: definition.title[language],
      status: 'not_started',
      deadlineOn: definition.deadline,
      link: definition.link,
    },
  };
}
