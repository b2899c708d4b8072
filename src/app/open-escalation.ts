// Opens a case for a text in distress, or adds the text to the case that is open already; queues the locked reply.
// Runs in the outer part of a text's transaction: nothing that fails later can undo it.

import { asEscalationId, type Phone } from '../core/model/ids.ts';
import type { Tier } from '../core/model/message.ts';
import type { Mentee } from '../core/model/people.ts';
import type { CaseTopic } from '../core/safety/case-about.ts';
import { escalate, openEscalation } from '../core/safety/escalate.ts';
import { type EscalationTier, tierToOpen } from '../core/safety/escalation.ts';
import { saysNow } from '../core/safety/urgency.ts';
import { staffNightEndsAt } from '../core/schedule/quiet-hours.ts';
import { applyEscalationEffects } from './apply-escalation.ts';
import type { Sender } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { ladderPolicyOf } from './ladder-policy.ts';
import { onCallNow, unreachableOf } from './on-call.ts';
import type { CaseOrigin, Escalation, Stores } from './ports/database.ts';
import type { InboundMessage } from './ports/messages.ts';
import { armReports, dutyBegins } from './report-duty.ts';

export interface Distress {
  readonly sender: Sender;
  readonly tier: Tier;
  readonly words: readonly string[];
  /** A flow's author asked for the case; else the screen did. */
  readonly askedByFlow: boolean;
  readonly now: number;
  /** Ids of the signals that fired in it. */
  readonly signals?: readonly string[];
  /** Of what it speaks. */
  readonly topics?: readonly CaseTopic[];
  /** Who raised it, when neither the screen nor a flow did. */
  readonly raisedBy?: CaseOrigin;
  /** Where it came from, when it is a text: the number, or the message of somebody in Slack. */
  readonly phone?: Phone | null;
  readonly message?: Pick<InboundMessage, 'from'> & Partial<Pick<InboundMessage, 'body'>>;
}

/** What was done: the case, and whether it was opened by this. */
export interface Opened {
  readonly escalation: Escalation;
  readonly isNew: boolean;
}

/** Opens or raises the one case of this sender. Null when the tier opens none. `answered` says how they were replied to. */
export async function openOrRaise(
  deps: HouseDeps,
  stores: Stores,
  distress: Distress,
  answered: string,
): Promise<Opened | null> {
  const running = await stores.escalations.openOf(distress.sender.phoneHash);
  if (running !== null) return { escalation: await raise(deps, stores, running, distress), isNew: false };
  const tier = tierToOpen(distress.tier, distress.askedByFlow);
  return tier === null ? null : { escalation: await open(deps, stores, distress, tier, answered), isNew: true };
}

/** A case for a mentee whom somebody else is worried about. `answered` says on the card what they were told, and by whom. */
export async function openForWorry(
  deps: HouseDeps,
  stores: Stores,
  worry: {
    readonly mentee: Mentee;
    readonly tier: EscalationTier;
    readonly words: readonly string[];
    readonly topics?: readonly CaseTopic[];
    readonly answered: string;
    readonly now: number;
  },
): Promise<Opened | null> {
  const { mentee, answered, ...given } = worry;
  const found = { ...given, raisedBy: 'worry' as const };
  const { phoneHash } = mentee;
  await stores.lockPerson(phoneHash);
  const sender: Sender = { kind: 'mentee', mentee, phoneHash };
  return openOrRaise(deps, stores, { ...found, sender, askedByFlow: false }, answered);
}

async function open(
  deps: HouseDeps,
  stores: Stores,
  distress: Distress,
  tier: EscalationTier,
  answered: string,
): Promise<Escalation> {
  const { sender, now, words } = distress;
  const onCall = (await onCallNow(stores, now)).map((counselor) => counselor.id);
  const { program } = deps.content.current();
  const policy = ladderPolicyOf(program);
  const event = {
    kind: 'opened',
    at: now,
    tier,
    onCall,
    isUrgent: isUrgent(distress),
    nightEndsAt: staffNightEndsAt(now, program.time_zone, policy.high),
    unreachable: await unreachableOf(stores, onCall),
    policy,
  } as const;
  const step = openEscalation(event);
  const id = asEscalationId(deps.ids.next());
  const menteeId = sender.kind === 'mentee' ? sender.mentee.id : null;
  const escalation: Escalation = {
    id,
    caseCode: await freeCaseCode(stores, id),
    phoneHash: sender.phoneHash,
    menteeId,
    version: 1,
    state: step.escalation,
    words,
    answered,
    contact: contactOf(distress),
    raisedBy: distress.raisedBy ?? (distress.askedByFlow ? 'flow' : undefined),
    signals: distress.signals ?? [],
    ...(await topicsAndDuty(stores, menteeId, null, distress)),
  };
  await stores.escalations.insert(escalation, event, now);
  await armReports(stores, escalation, now);
  deps.log.warn('escalation_opened', { escalationId: id, tier });
  await applyEscalationEffects(deps, stores, escalation, step.effects, now);
  return escalation;
}

/** A further sign of distress. What changes nothing on the card, and moves nothing, leaves the case as it is. */
async function raise(deps: HouseDeps, stores: Stores, running: Escalation, distress: Distress): Promise<Escalation> {
  const { now, askedByFlow } = distress;
  // What a flow's author escalates counts as it would open a case.
  const tier = tierToOpen(distress.tier, askedByFlow) ?? distress.tier;
  const event = { kind: 'new_text', at: now, tier, isUrgent: isUrgent(distress) } as const;
  const step = escalate(running.state, event);
  const added = distress.words.filter((word) => !running.words.includes(word));
  const about = await topicsAndDuty(stores, running.menteeId, running, distress);
  const isNewTopic = about.topics.length > (running.topics?.length ?? 0);
  if (step.escalation === running.state && step.effects.length === 0 && added.length === 0 && !isNewTopic)
    return running;
  const escalation: Escalation = {
    ...running,
    ...about,
    version: running.version + 1,
    state: step.escalation,
    words: [...running.words, ...added],
    signals: [...new Set([...(running.signals ?? []), ...(distress.signals ?? [])])],
    contact: running.contact ?? contactOf(distress),
  };
  if (!(await stores.escalations.advance(escalation, event, now))) {
    throw new Error('the case was changed by another writer, and its row was not held');
  }
  if (about.dutySince !== (running.dutySince ?? null)) await armReports(stores, escalation, now);
  const shows = step.effects.some((effect) => effect.kind === 'update_alert');
  const isToShow = !shows && (added.length > 0 || isNewTopic);
  const effects = isToShow ? [{ kind: 'update_alert' } as const, ...step.effects] : step.effects;
  await applyEscalationEffects(deps, stores, escalation, effects, now);
  return escalation;
}

/** Of what the case speaks with this text, and since when somebody has to report it. */
async function topicsAndDuty(
  stores: Stores,
  menteeId: Escalation['menteeId'],
  running: Escalation | null,
  { topics = [], now }: Distress,
): Promise<{ readonly topics: readonly CaseTopic[]; readonly dutySince: number | null }> {
  const all = [...new Set([...(running?.topics ?? []), ...topics])];
  const since = running?.dutySince ?? (await dutyBegins(stores, { menteeId }, { topics: all, now }));
  return { topics: all, dutySince: since };
}

/** Whether their words, or what a mentor said of them, speak of tonight or now. */
function isUrgent({ message, words }: Distress): boolean {
  return saysNow([message?.body ?? '', ...words].join('\n'));
}

/** Where a counselor's text goes; null when nobody knows. */
function contactOf({ sender, phone, message }: Distress): Escalation['contact'] {
  if (sender.kind === 'mentee') return { kind: 'phone', phone: sender.mentee.phone };
  if (phone != null) return { kind: 'phone', phone };
  return message?.from.kind === 'slack' ? { kind: 'slack', slackUserId: message.from.slackUserId } : null;
}

/** Letters and digits that cannot be mistaken for each other when read aloud. */
const CODE_ALPHABET = 'ACDEFHJKMNPRTUVWXY3479';
const CODE_LENGTH = 4;
/** Tries before two open cases share a code after all; then their cards tell them apart. */
const CODE_TRIES = 8;

/** A short name that no open case has. A code that is taken never keeps a case from being opened. */
async function freeCaseCode(stores: Stores, id: string): Promise<string> {
  for (let attempt = 0; attempt < CODE_TRIES; attempt += 1) {
    const code = caseCodeOf(`${id}:${attempt}`);
    if ((await stores.escalations.byCaseCode(code)) === null) return code;
  }
  return caseCodeOf(id);
}

/** A short name for a case, from any text. */
function caseCodeOf(text: string): string {
  let rest = 0;
  for (const letter of text) rest = (rest * 31 + (letter.codePointAt(0) ?? 0)) % 4_294_967_291;
  let code = '';
  for (let place = 0; place < CODE_LENGTH; place += 1) {
    code += CODE_ALPHABET[rest % CODE_ALPHABET.length] ?? 'A';
    rest = Math.floor(rest / CODE_ALPHABET.length);
  }
  return code;
}
