// A drill: a marked test crisis through the screen, the card, the texts and the calls, to see that each still works (CR-10).
// No student is part of it: it has a case of its own, and its reply goes to the drill phone of the program or nowhere.

import { parsePhone } from '../core/language/phone.ts';
import { asPhone, type Phone } from '../core/model/ids.ts';
import { screen } from '../core/safety/screen.ts';
import { DRILL_NAME, drillMark } from './drill-mark.ts';
import { DRILL_MS, DRILL_TIMER } from './drill-timer.ts';
import type { HouseDeps } from './house-deps.ts';
import { openOrRaise } from './open-escalation.ts';
import type { Escalation, Stores } from './ports/database.ts';
import { raiseAlarm } from './raise-alarm.ts';

/** The alarm of a drill that went wrong; the operator hears of it. */
export const DRILL_FAILED = 'drill_failed';
/** What a student in danger might write: the screen has to find it. */
const DRILL_TEXT = 'i want to kill myself tonight';
/** The number that nobody has: a real text from the drill phone opens a case of its own. */
const NOBODY = asPhone('drill');

export type Started =
  | { readonly kind: 'started'; readonly caseCode: string }
  | { readonly kind: 'running'; readonly caseCode: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Opens the case of a drill; the relay and the ladder do the rest, as with every case. */
export async function startDrill(
  deps: HouseDeps,
  stores: Stores,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<Started> {
  const phoneHash = deps.hashPhone(NOBODY);
  await stores.lockPerson(phoneHash);
  const running = await stores.escalations.openOf(phoneHash);
  if (running !== null) return { kind: 'running', caseCode: running.caseCode };
  const phone = await drillPhone(deps, stores);
  if (phone === 'a_mentee') return fail(deps, stores, A_MENTEE, now);
  const escalation = await openDrill(deps, stores, phone !== null, now);
  if (escalation === null) return fail(deps, stores, NOT_HEARD, now);
  if (phone !== null) await sendReply(deps, stores, escalation, phone, now);
  await stores.timers.set({ kind: 'program', subject: escalation.id, name: DRILL_TIMER, dueAt: now + DRILL_MS });
  const subject = { subjectKind: 'case', subject: escalation.id } as const;
  await stores.audit.add({ at: now, actor: by, action: 'drill_started', ...subject, detail: {} });
  return { kind: 'started', caseCode: escalation.caseCode };
}

/** Its case, opened as that of every text in danger; null when the screen does not hear the words. */
async function openDrill(
  deps: HouseDeps,
  stores: Stores,
  isAnswered: boolean,
  now: number,
): Promise<Escalation | null> {
  const found = screen(deps.content.current().screen, { text: DRILL_TEXT });
  if (found.tier !== 'crisis') return null;
  const answered = isAnswered ? 'This is a drill: the drill phone got the marked reply.' : 'Nothing: this is a drill.';
  const distress = {
    sender: { kind: 'unknown', phoneHash: deps.hashPhone(NOBODY) },
    tier: found.tier,
    words: [DRILL_NAME, ...found.matched],
    signals: found.signals.map(({ id }) => id),
    askedByFlow: false,
    raisedBy: 'drill',
    phone: null,
    now,
  } as const;
  return (await openOrRaise(deps, stores, distress, answered))?.escalation ?? null;
}

const A_MENTEE = 'drill_phone in flows/program.yaml is a number of a student: no drill texts a student. Change it.';
const NOT_HEARD = 'The screen did not read the words of the drill as a crisis: look at the published signals now.';

/** An alarm in place of a drill. */
async function fail(deps: HouseDeps, stores: Stores, why: string, now: number): Promise<Started> {
  await raiseAlarm(deps.log, stores, { kind: DRILL_FAILED, subject: 'start', detail: `The drill failed. ${why}`, now });
  return { kind: 'refused', why };
}

/** Where the reply goes; null: the program has no drill phone, or it has opted out. */
async function drillPhone(deps: HouseDeps, stores: Stores): Promise<Phone | null | 'a_mentee'> {
  const { drill_phone: written } = deps.content.current().program;
  const read = written === null ? null : parsePhone(written);
  if (read === null || !read.ok) return null;
  const { phone } = read;
  const phoneHash = deps.hashPhone(phone);
  if ((await stores.people.menteeByPhone(phoneHash)) !== null) return 'a_mentee';
  return (await stores.consents.state(phoneHash)) === 'opted_out' ? null : phone;
}

async function sendReply(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  phone: Phone,
  now: number,
): Promise<void> {
  const text = `${drillMark(escalation)}${deps.content.current().replies.crisis.en}`;
  await stores.outbox.add(
    {
      key: `drill:${escalation.id}`,
      messageClass: 'safety_reply',
      recipient: { kind: 'phone', phone, phoneHash: deps.hashPhone(phone), menteeId: null, counselorId: null },
      body: { kind: 'sms', text },
      dueAt: now,
      escalationId: escalation.id,
      inReplyTo: null,
      isIntroduction: false,
      task: null,
      saidBy: null,
    },
    now,
  );
}
