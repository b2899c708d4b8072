// What the screen says of one text, with everything it is read together with: the last texts, the day's other ones, and
// what its sender was asked last. Reads only; what follows from it is receive-message's.

import { caseTopicsOf, tierOf } from '../core/safety/case-about.ts';
import { type HeardAnswer, hearSafetyAnswer } from '../core/safety/safety-question.ts';
import { ASKING, type ScreenInput, type Screening, screen } from '../core/safety/screen.ts';
import type { CompiledScreen } from '../core/safety/screen-compiler.ts';
import { readTextSafety } from '../core/safety/text-safety.ts';
import { askedLast } from './asked-last.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores } from './ports/database.ts';
import type { Received } from './received.ts';

/** How far back earlier texts are read together with a new one: danger can be spread over several (4 of 2 hours). */
const PREVIOUS_WINDOW_MS = 2 * 3_600_000;
const PREVIOUS_LIMIT = 4;
const DAY_MS = 24 * 3_600_000;

/** The screening of a stored text. */
export async function screenText(deps: HouseDeps, stores: Stores, received: Received): Promise<Screening> {
  const { message, sender, inboundId, now } = received;
  const { screen: compiled } = deps.content.current();
  const recent = await stores.inbox.recent(sender.phoneHash, now - PREVIOUS_WINDOW_MS, PREVIOUS_LIMIT + 1);
  const question = await askedLast(stores, received);
  // A "n" to "is it safe to text you?" is that answer, and not the "and" of what they told before.
  const isAnswer = question === 'texting' && readTextSafety(message.body) !== null;
  const previous = isAnswer ? [] : recent.filter((text) => text.id !== inboundId).map((text) => text.body);
  const answer = hearSafetyAnswer(question, message.body);
  const input: ScreenInput = {
    text: message.body,
    previous,
    afterSafetyQuestion: answer.afterSafetyQuestion,
  };
  const first = screen(compiled, input);
  const screening = first.tier === 'moderate' ? await readWithTheDay(compiled, stores, received, input) : first;
  return settle(compiled, withAnswer(screening, answer, message.body));
}

/** The screen on a text by itself. */
export function screenAlone(compiled: CompiledScreen, text: string): Screening {
  return settle(compiled, screen(compiled, { text }));
}

/** What is for counselors alone is never a moderate text: its notices would show the words to others. */
function settle(compiled: CompiledScreen, screening: Screening): Screening {
  const tier = tierOf(screening, caseTopicsOf(compiled, screening));
  return tier === screening.tier ? screening : { ...screening, tier, kind: 'immigration' };
}

/** "No" to "are you safe?" is a crisis, though no word of it says so. */
function withAnswer(screening: Screening, { isNotSafe }: HeardAnswer, text: string): Screening {
  if (!isNotSafe || screening.tier === 'crisis') return screening;
  const signal = { id: 'no-after-safety-question', category: 'safety-answer' };
  return {
    ...screening,
    tier: 'crisis',
    kind: 'self',
    matched: [text.trim(), ...screening.matched],
    signals: [signal, ...screening.signals],
  };
}

/** A second moderate text within a day is a high one: what the day's texts were is asked only when it matters. */
async function readWithTheDay(
  compiled: CompiledScreen,
  stores: Stores,
  { sender, now }: Received,
  input: ScreenInput,
): Promise<Screening> {
  const asking = new Set(
    compiled.signals
      .map(({ definition }) => definition)
      .filter(isAsking)
      .map(({ id }) => id),
  );
  const moderate = await stores.inbox.signalsSince(sender.phoneHash, 'moderate', now - DAY_MS);
  const isSecond = moderate.some((ids) => ids.some((id) => !asking.has(id)));
  return screen(compiled, { ...input, recentTiers: isSecond ? ['moderate'] : [] });
}

function isAsking({ category }: { readonly category: string }): boolean {
  return category === ASKING;
}
