// Messages of the last days that did not leave, in words for staff. Those of a case keep their person to themselves:
// staff see that something failed, and counselors whom it concerns.

import type { PhoneHash } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import type { MessageClass } from '../core/model/message.ts';
import { findByPhone, firstNameOf, type Sender } from './find-sender.ts';
import { findPerson } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { StaffHome } from './ports/staff-room.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const SHOWN = 20;

/** The newest ones of seven days, and how many there are. */
export async function failedSends(
  stores: Stores,
  now: number,
): Promise<Pick<StaffHome, 'failedSends' | 'failedTotal'>> {
  const since = now - WEEK_MS;
  const shown: StaffHome['failedSends'][number][] = [];
  for (const row of await stores.outbox.failedSince(since, SHOWN)) {
    const why = await whyFailed(stores, row);
    shown.push({ to: await recipientOf(stores, row), what: whatWords(row.messageClass), why, at: row.createdAt });
  }
  return { failedSends: shown, failedTotal: await stores.outbox.countFailedSince(since) };
}

const OF_A_CASE: ReadonlySet<MessageClass> = new Set(['alert', 'case_note', 'safety_reply', 'human_text']);

async function recipientOf(stores: Stores, { recipient, messageClass }: Outbound): Promise<string> {
  switch (recipient.kind) {
    case 'slack_channel':
      return recipient.channel === 'counselors' ? "the counselors' channel" : 'the staff channel';
    case 'slack_user':
      return (await findPerson(stores, recipient.slackUserId)).name;
    case 'phone': {
      const sender = await findByPhone(stores, recipient.phoneHash);
      return OF_A_CASE.has(messageClass) ? roleOf(sender) : firstNameOf(sender);
    }
    default:
      return unreachable(recipient);
  }
}

function roleOf({ kind }: Sender): string {
  switch (kind) {
    case 'mentee':
      return 'a mentee';
    case 'mentor':
      return 'a mentor';
    case 'counselor':
      return 'a counselor';
    case 'staff':
      return 'one of staff';
    case 'unknown':
      return 'a number that is not on the roster';
    default:
      return unreachable(kind);
  }
}

function whatWords(messageClass: MessageClass): string {
  switch (messageClass) {
    case 'nudge':
      return 'a text that nobody asked for';
    case 'answer':
      return 'an answer to a text';
    case 'keyword_answer':
      return 'the answer to STOP, START or HELP';
    case 'notice':
      return 'a notice';
    case 'safety_reply':
    case 'human_text':
      return 'a text that the counselors look after';
    case 'alert':
    case 'case_note':
      return 'a message for the counselors';
    default:
      return unreachable(messageClass);
  }
}

async function whyFailed(stores: Stores, row: Outbound): Promise<string> {
  const known = row.recipient.kind === 'phone' ? await numberTrouble(stores, row.recipient.phoneHash) : null;
  if (known !== null) return known;
  const code = row.reason === undefined || row.reason === null ? '' : ` (${row.reason})`;
  switch (row.status) {
    case 'failed':
      return `was refused${code}`;
    case 'parked':
      return `failed too often and is not tried any more${code}`;
    case 'lost':
      return 'may not have arrived: nobody could find out';
    default:
      return `stands as ${row.status}`;
  }
}

/** What is known of the number by now says more than the refusal did. */
async function numberTrouble(stores: Stores, phoneHash: PhoneHash): Promise<string | null> {
  if ((await stores.consents.state(phoneHash)) === 'opted_out') return 'has stopped all texts';
  return (await stores.people.phoneProblem(phoneHash)) === null ? null : 'texts do not reach this number';
}
