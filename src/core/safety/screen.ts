// The distress screen: how grave a text is, which words say so, and of what they speak. Pure, local and explainable.
// Any doubt is settled upward: context may lower a word, a joke or a "jk" never silences one.

import { graverTier, isGraver, type Tier } from '../model/message.ts';
import type { Language } from '../model/people.ts';
import { EXAMPLE, hearFalsePage, hearMissed } from './example-hearing.ts';
import { hearSecondNet, leanOfNets } from './net-hearing.ts';
import type { NetReading } from './net-verdict.ts';
import type { CompiledScreen } from './screen-compiler.ts';
import { answersYes, type Finding, type Found, findAll, type Signal } from './screen-findings.ts';
import { type PlacedReading, quote, writtenIn } from './screen-reading.ts';
import type { Kind } from './signal-schema.ts';

/** What the screen says about a text. */
export interface Screening {
  readonly tier: Tier;
  /** The words that fired, as they were typed, in the order of the text. */
  readonly matched: readonly string[];
  /** The signals that fired, the gravest first. */
  readonly signals: readonly Signal[];
  /** Of what the gravest signal speaks; null when nothing fired. */
  readonly kind: Kind | null;
  /** The language that the gravest signal was written in; null when nothing fired. */
  readonly language: Language | null;
}

/** A text to be read. */
export interface ScreenInput {
  readonly text: string;
  /** Earlier texts of the same person within the last hours, oldest first. They are read together with the new one. */
  readonly previous?: readonly string[];
  /** Tiers that this person's texts of the last day were given, but for asking for a person. A second moderate is a high. */
  readonly recentTiers?: readonly Tier[];
  /** Whether the last thing the person was asked is whether they are safe. Then a "yes" or "a little" is a crisis. */
  readonly afterSafetyQuestion?: boolean;
}

/** Earlier texts that are read along; older ones are left out. */
export const PREVIOUS_LIMIT = 20;
/** The id and category of what the second net found. */
export const SECOND_NET = 'second-net';
const REPEATED = 'distress-again';

/** Reads one text. Deterministic, linear in its length, a fraction of a millisecond at 160 characters. */
export function screen(compiled: CompiledScreen, input: ScreenInput): Screening {
  const texts = [...(input.previous ?? []).slice(-PREVIOUS_LIMIT), input.text];
  const found = findAll(compiled, texts);
  const findings = [...found.current, ...believed(compiled, found)];
  if (input.afterSafetyQuestion === true) findings.push(...answersYes(compiled, found.reading));
  findings.push(...taught(compiled, found.reading));
  const known = { tier: gravest(findings), earlier: gravest(found.earlier), isTopic: found.context.isTopic() };
  const heard = hearSecondNet(compiled, found.reading, known);
  if (heard.current !== null) findings.push(findingOfNet(compiled, heard.current, findings, found.reading));
  const before = [...(input.recentTiers ?? []), gravest(found.earlier.filter(isHeavy)), heard.earlier];
  const isHeavyAgain = gravest(findings) === 'moderate' && findings.some(isHeavy);
  if (isHeavyAgain && before.some((tier) => tier !== 'none')) findings.push(repeated(findings));
  return report(lowerFalsePage(compiled, findings, found.reading), found.reading, texts);
}

/** Hints that a net leans to as well, as grave as it lets them be. */
function believed(compiled: CompiledScreen, { hints, context, reading }: Found): readonly Finding[] {
  if (hints.length === 0) return [];
  const lean = leanOfNets(compiled, reading, context.isTopic());
  if (lean === 'none') return [];
  return hints.map((hint) => (isGraver(hint.tier, lean) ? { ...hint, tier: lean } : hint));
}

/** What a counselor's examples of missed texts find. */
function taught(compiled: CompiledScreen, reading: PlacedReading): Finding[] {
  return hearMissed(compiled, reading).map(({ id, tier, kind, span }) => ({
    signal: { id, category: EXAMPLE },
    kind,
    language: writtenIn('en', [span], reading, compiled),
    tier,
    spans: [span],
  }));
}

/** Findings that no line of the files made by itself. */
const INFERRED: ReadonlySet<string> = new Set([SECOND_NET, REPEATED]);

/**
 * A text like one that a counselor called a false page is moderate, unless an explicit signal calls it a crisis. What
 * earlier texts have begun is left as it is: the example is about one text.
 */
function lowerFalsePage(compiled: CompiledScreen, findings: readonly Finding[], reading: PlacedReading): Finding[] {
  const isExplicit = findings.some(({ tier, signal }) => tier === 'crisis' && !INFERRED.has(signal.id));
  const heard = isExplicit || !isGraver(gravest(findings), 'moderate') ? null : hearFalsePage(compiled, reading);
  if (heard === null) return [...findings];
  const lowered = findings.map((finding): Finding => {
    const isOfThisText = finding.spans.every(({ start }) => start >= reading.current);
    return isOfThisText && isGraver(finding.tier, 'moderate') ? { ...finding, tier: 'moderate' } : finding;
  });
  const [first] = lowered;
  const signal = { id: heard.id, category: EXAMPLE };
  return first === undefined ? lowered : [...lowered, { ...first, signal, tier: 'moderate', spans: [heard.span] }];
}

/** Who asks for a person twice wants a person, and is in no more danger than before. */
export const ASKING = 'asking-human';

function isHeavy({ signal }: Finding): boolean {
  return signal.category !== ASKING;
}

function gravest(findings: readonly { readonly tier: Tier }[]): Tier {
  return findings.reduce<Tier>((tier, finding) => graverTier(tier, finding.tier), 'none');
}

/** What the net adds. Its reply follows the signals that spoke; where none did, its own guess. */
function findingOfNet(
  compiled: CompiledScreen,
  heard: NetReading,
  findings: readonly Finding[],
  reading: PlacedReading,
): Finding {
  const beside = findings.find((finding) => finding.kind !== 'self' && finding.kind !== 'not_going');
  const whole = [{ start: reading.current, end: reading.words.length }];
  return {
    signal: { id: SECOND_NET, category: SECOND_NET },
    kind: heard.tier === 'crisis' && beside?.kind === 'immigration' ? heard.kind : (beside?.kind ?? heard.kind),
    language: writtenIn('en', whole, reading, compiled),
    tier: heard.tier,
    spans: heard.spans,
  };
}

/** Two texts of moderate distress within a day are read as one of high. */
function repeated(findings: readonly Finding[]): Finding {
  const last = findings.find((finding) => finding.tier === 'moderate');
  return {
    signal: { id: REPEATED, category: 'repeated' },
    kind: last?.kind ?? 'self',
    language: last?.language ?? 'en',
    tier: 'high',
    spans: last?.spans ?? [],
  };
}

const KIND_ORDER: readonly Kind[] = ['self', 'threat_to_others', 'abuse', 'someone_else', 'immigration', 'not_going'];

function report(findings: readonly Finding[], reading: PlacedReading, texts: readonly string[]): Screening {
  const sorted = findings.toSorted((a, b) => {
    if (a.tier !== b.tier) return isGraver(a.tier, b.tier) ? -1 : 1;
    return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
  });
  const tier = gravest(sorted);
  const signals = [...new Map(sorted.map((finding) => [finding.signal.id, finding.signal])).values()];
  const grave = sorted.filter((finding) => finding.tier === tier);
  return {
    tier,
    matched: quote(
      grave.flatMap((finding) => finding.spans),
      reading,
      texts,
    ),
    signals,
    kind: sorted[0]?.kind ?? null,
    language: sorted[0]?.language ?? null,
  };
}
