// Opens a case for a text in distress, or adds the text to the case that is open already; queues the locked reply.
// Runs in the outer part of a text's transaction: nothing that fails later can undo it.

import { asEscalationId } from '../core/model/ids.ts';
import type { Tier } from '../core/model/message.ts';
import { type EscalationTier, escalate, openEscalation, tierToOpen } from '../core/safety/escalation.ts';
import { applyEscalationEffects } from './apply-escalation.ts';
import type { Sender } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Escalation, Stores } from './ports/database.ts';

export interface Distress {
  readonly sender: Sender;
  readonly tier: Tier;
  readonly words: readonly string[];
  /** A flow's author asked for the case; else the screen did. */
  readonly askedByFlow: boolean;
  readonly now: number;
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

async function open(
  deps: HouseDeps,
  stores: Stores,
  distress: Distress,
  tier: EscalationTier,
  answered: string,
): Promise<Escalation> {
  const { sender, now, words } = distress;
  const onCall = (await stores.people.onCall()).map((counselor) => counselor.id);
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
  };
  await stores.escalations.insert(escalation, event, now);
  deps.log.warn('escalation_opened', { escalationId: id, tier });
  await applyEscalationEffects(deps, stores, escalation, step.effects, now);
  return escalation;
}

async function raise(deps: HouseDeps, stores: Stores, running: Escalation, distress: Distress): Promise<Escalation> {
  const event = { kind: 'new_text', at: distress.now, tier: distress.tier } as const;
  const step = escalate(running.state, event);
  const words = [...running.words, ...distress.words.filter((word) => !running.words.includes(word))];
  const escalation = { ...running, version: running.version + 1, state: step.escalation, words };
  if (!(await stores.escalations.advance(escalation, event, distress.now))) {
    throw new Error('the case was changed by another writer, and its row was not held');
  }
  await applyEscalationEffects(deps, stores, escalation, step.effects, distress.now);
  return escalation;
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
