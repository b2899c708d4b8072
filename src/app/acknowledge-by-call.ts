// A counselor who was phoned about a case pressed a key: 1 takes the case. What they hear names the case and never a
// student.

import type { OutboundId } from '../core/model/ids.ts';
import { acknowledgeFor } from './acknowledge-by-text.ts';
import { noteAnswersByText } from './ask-holder.ts';
import { drillMark } from './drill-mark.ts';
import type { HouseDeps } from './house-deps.ts';
import { hasLeft } from './person.ts';
import type { Database, Stores } from './ports/database.ts';

export interface CallPress {
  /** The call, by the row that it was made for. */
  readonly outboundId: OutboundId;
  /** What was pressed; empty when nothing was. */
  readonly digits: string;
}

/** What is said next, and whether a key is waited for once more. */
export interface CallAnswer {
  readonly words: string;
  readonly asksAgain: boolean;
}

export type AcknowledgeByCall = (press: CallPress) => Promise<CallAnswer>;

const TAKES = '1';
const OVER: CallAnswer = { words: 'This alert is over. Goodbye.', asksAgain: false };

/** Resolves after the commit. Rejects only when the database fails. */
export function createAcknowledgeByCall(
  deps: HouseDeps & { readonly database: Database; readonly wake: () => void },
): AcknowledgeByCall {
  return async (press) => {
    const answer = await deps.database.transact((stores) => answerPress(deps, stores, press));
    deps.wake();
    return answer;
  };
}

/** Twilio's signature says that the key is real; whose phone rang stands in the row that made it ring (CR-06). */
async function answerPress(deps: HouseDeps, stores: Stores, { outboundId, digits }: CallPress): Promise<CallAnswer> {
  const row = await stores.outbox.byId(outboundId);
  if (row?.body.kind !== 'call' || row.recipient.kind !== 'phone' || row.escalationId === null) return OVER;
  const { counselorId } = row.recipient;
  const counselor = counselorId === null ? null : await stores.people.counselor(counselorId);
  // Whoever was deactivated has left (SL-24): their key must not stop the paging.
  if (counselor === null || (await hasLeft(stores, counselor))) return OVER;
  const escalation = await stores.escalations.byId(row.escalationId);
  if (escalation === null || escalation.state.status === 'resolved') return OVER;
  if (digits.trim() !== TAKES) return { words: row.body.text, asksAgain: true };
  const now = deps.clock.now();
  const said = await acknowledgeFor(deps, stores, escalation, { counselor, now, via: 'call' });
  const words = `${drillMark(escalation)}${said}`;
  await noteAnswersByText(stores, escalation, counselor.id, now);
  return { words: words.replaceAll(escalation.caseCode, [...escalation.caseCode].join(', ')), asksAgain: false };
}
