// A small flow, and all that a case of it is played in.

import type { CaseSurroundings } from '../../../src/core/conversation/play-case.ts';
import { compileFlow } from '../../../src/core/flow/compile.ts';
import type { FlowTestCase, FlowTestTurn } from '../../../src/core/flow/flow-test-schema.ts';
import { builtInReplies } from '../../../src/core/language/built-in-replies.ts';

const text = (en: string) => ({ en, es: `${en} (es)` });

/** Asks about the bill: yes, no and what cannot be read lead to one and the same step; silence leads to a case. */
export const billFlow = {
  flow: 'bill',
  about: 'Asks about the bill.',
  start: 'ask_bill',
  variables: { is_paid: 'yes_no' },
  steps: {
    ask_bill: {
      type: 'ask',
      text: text('{first_name}, is your {task} paid by {deadline}?'),
      answer: 'yes_no',
      save_as: 'is_paid',
      on: { yes: 'thank', no: 'thank' },
      also: { talk: 'thank' },
      invalid: { text: text('Yes or no?'), tries: 1, next: 'thank' },
      no_reply: { after: '2 days', next: 'mark' },
    },
    thank: { type: 'say', text: text('Thanks.'), next: 'look' },
    look: { type: 'branch', on: 'task_status', cases: [{ is: 'done', next: 'finish' }], else: 'mark' },
    mark: { type: 'task', status: 'stuck', next: 'tell' },
    tell: { type: 'tell_mentor', reason: 'Look at the bill.', next: 'open' },
    open: { type: 'escalate', tier: 'moderate', reason: 'The bill is open.', next: 'finish' },
    finish: { type: 'end' },
  },
};

/** What cases of a flow are played in: one task, one program. */
export function surroundings(source: unknown = billFlow): CaseSurroundings {
  const compiled = compileFlow(source);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const bill = { title: text('bill'), deadline: '2027-07-01', link: 'https://example.edu/bill', lead_days: 20 };
  return {
    flow: compiled.flow,
    tasks: [
      { ...bill, key: 'other', title: text('other'), flow: 'other' },
      { ...bill, key: 'bill', flow: compiled.flow.id },
    ],
    program: { name: 'Bridge Program', phone: '(213) 555-0100', time_zone: 'America/Los_Angeles' },
    replyBook: builtInReplies(),
  };
}

/** A case of these turns. */
export function caseOf(turns: FlowTestTurn[], rest: Partial<FlowTestCase> = {}): FlowTestCase {
  return { name: 'a case', turns, ...rest };
}
