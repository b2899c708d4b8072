// Opens a case for a text in distress, or adds the text to the case that is open already; queues the locked reply.
// Runs in the outer part of a text's transaction: nothing that fails later can undo it.

import { asEscalationId, type Phone } from '../core/model/ids.ts';
import type { Tier } from '../core/model/message.ts';
import type { Mentee } from '../core/model/people.ts';
import { escalate, openEscalation } from '../core/safety/escalate.ts';
import { type EscalationTier, tierToOpen } from '../core/safety/escalation.ts';
import { applyEscalationEffects } from './apply-escalation.ts';
import type { Sender } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { onCallNow } from './on-call.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { InboundMessage } from './ports/messages.ts';

export interface Distress {
  readonly sender: Sender;
  readonly tier: Tier;
  readonly words: readonly string[];
  /** A flow's author asked for the case; else the screen did. */
  readonly askedByFlow: boolean;
  readonly now: number;
  /** Where it came from, when it is a text: the number, or the message of somebody in Slack. */
  readonly phone?: Phone | null;
  readonly message?: Pick<InboundMessage, 'from'>;
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
    readonly answered: string;
    readonly now: number;
  },
): Promise<Opened | null> {
  const { mentee, answered, ...found } = worry;
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
  const event = { kind: 'opened', at: now, tier, onCall } as const;
  const step = openEscalation(event);
  const id = asEscalationId(deps.ids.next());
  const escalation: Escalation = {
    id,
    caseCode: await freeCaseCode(stores, id),
    phoneHash: sender.phoneHash,
    menteeId: sender.kind === 'mentee' ? sender.mentee.id : null,
    version: 1,
    state: step.escalation,
    words,
    answered,
    contact: contactOf(distress),
  };
  await stores.escalations.insert(escalation, event, now);
  deps.log.warn('escalation_opened', { escalationId: id, tier });
  await applyEscalationEffects(deps, stores, escalation, step.effects, now);
  return escalation;
}

/** A further sign of distress. What changes nothing on the card, and moves nothing, leaves the case as it is. */
async function raise(deps: HouseDeps, stores: Stores, running: Escalation, distress: Distress): Promise<Escalation> {
  const { now, askedByFlow } = distress;
  // What a flow's author escalates counts as it would open a case.
  const tier = tierToOpen(distress.tier, askedByFlow) ?? distress.tier;
  const event = { kind: 'new_text', at: now, tier } as const;
  const step = escalate(running.state, event);
  const added = distress.words.filter((word) => !running.words.includes(word));
  if (step.escalation === running.state && step.effects.length === 0 && added.length === 0) return running;
  const escalation: Escalation = {
    ...running,
    version: running.version + 1,
    state: step.escalation,
    words: [...running.words, ...added],
    contact: running.contact ?? contactOf(distress),
  };
  if (!(await stores.escalations.advance(escalation, event, now))) {
    throw new Error('the case was changed by another writer, and its row was not held');
  }
  const shows = step.effects.some((effect) => effect.kind === 'update_alert');
  const effects = shows || added.length === 0 ? step.effects : [{ kind: 'update_alert' } as const, ...step.effects];
  await applyEscalationEffects(deps, stores, escalation, effects, now);
  return escalation;
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
