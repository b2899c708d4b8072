// The phrases of a reply and what they say together: one family, and whether it is certain. It sees roles only; how a
// text is cut into sentences is read-answer's.

import { isEmoji } from './plain-reply.ts';
import type { Item, Role } from './reply-book.ts';
import { FAMILIES, type Family } from './reply-words.ts';
import { CERTAIN, LIKELY } from './settled.ts';

/** A family, taken at once or asked back. */
export interface Judged {
  readonly band: 'accept' | 'confirm';
  readonly family: Family;
}

/** Whether the sentences ask something, and whether a yes or a no was asked for. */
export interface Manner {
  readonly asks: boolean;
  readonly asksYesNo: boolean;
}

/** Roles that change nothing. */
export const HARMLESS: ReadonlySet<Role | null> = new Set(['small', 'polite', 'goodwill']);

/** Unknown words beside an answer up to which it is asked back. */
const MOST_UNKNOWN = 10;

/** "not", then what is done: not yet. Any other negation stays one, and weighs in `judge`. */
export function negated(items: readonly Item[]): readonly Item[] {
  const isBetween = ({ role }: Item): boolean => HARMLESS.has(role) || role === 'already';
  // "negative captain 🫡": a picture behind a no agrees with it.
  const isNo = items.some(({ role, phrase }) => (role === 'no' || role === 'not_yet') && !isEmoji(phrase));
  return items.map((item, at) => {
    if (isNo && item.role === 'yes' && isEmoji(item.phrase)) return { ...item, role: 'polite' };
    if (item.role === 'aftermath') return { ...item, role: 'stuck' };
    if (item.role === 'negation') {
      const next = items.slice(at + 1).find((one) => !isBetween(one));
      return { ...item, role: next?.role === 'done' ? 'small' : 'negation' };
    }
    if (item.role !== 'done') return item;
    const before = items.slice(0, at).findLast((one) => !isBetween(one));
    return before?.role === 'negation' ? { ...item, role: 'not_yet' } : item;
  });
}

/** What the items say, or null when nobody could tell. */
export function judge(items: readonly Item[], { asks, asksYesNo }: Manner): Judged | null {
  const has = (...roles: readonly (Role | null)[]): boolean => items.some(({ role }) => roles.includes(role));
  if (has('doubt')) return null;
  const isKnown = items.every(({ role }) => role !== null);
  const said = items.flatMap(({ role, isWeak }) =>
    isFamily(role) && role !== 'question' && (isKnown || !isWeak) ? [role] : [],
  );
  const settled = settle(said, has, asksYesNo);
  if (settled === null) return null;
  const isForPerson = ['stuck', 'talk'].includes(settled.family) || items.some((item) => item.isOpen);
  if ((asks || has('question')) && !isForPerson) return null;
  const isNegated = has('negation');
  if (isNegated && !NEGATED_STILL.has(settled.family)) return null;
  if (items.filter(({ role }) => role === null).length > MOST_UNKNOWN) return null;
  return { ...settled, band: isNegated ? 'confirm' : weaken(settled, items, new Set(said).size) };
}

/** Families that a "not" elsewhere in the reply leaves likely: "says my name does not match, im stuck". */
const NEGATED_STILL: ReadonlySet<Family> = new Set(['stuck', 'not_for_me', 'not_yet', 'no']);

function weaken(judged: Judged, items: readonly Item[], families: number): Judged['band'] {
  const unknown = items.filter(({ role }) => role === null).length;
  const isOpen = families === 1 && items.some((item) => item.isOpen);
  const isHedged =
    items.some(({ role }) => role === 'hedge' || role === 'leans_yes' || role === 'leans_no') &&
    !['stuck', 'talk', 'later'].includes(judged.family);
  const isKnown = unknown === 0 || isOpen;
  return judged.band === 'accept' && isKnown && !isHedged ? 'accept' : 'confirm';
}

type Has = (...roles: readonly (Role | null)[]) => boolean;

const accept = (family: Family): Judged => ({ band: 'accept', family });
const confirm = (family: Family): Judged => ({ band: 'confirm', family });

function settle(said: readonly Family[], has: Has, asksYesNo: boolean): Judged | null {
  const families = [...new Set(said)];
  const [first] = families;
  if (first === undefined) return settleUnsaid(has, asksYesNo);
  if (families.length > 1) return settleSeveral(said, has, asksYesNo);
  if (first === 'yes' && has('already')) return accept('done');
  if (first === 'no' && has('already')) return null;
  if (first === 'no' && has('when', 'ahead', 'excuse')) return asksYesNo ? confirm('no') : accept('later');
  if (first === 'yes' && has('ahead') && !asksYesNo) return confirm('later');
  if (first === 'yes' && has('when', 'ahead')) return confirm('yes');
  if (first === 'yes' && has('excuse') && !asksYesNo) return null;
  if (first === 'done' && has('ahead')) return confirm('later');
  const isRepeated = first === 'not_yet' && said.length > 1;
  return has('turn') && !isRepeated && HANGS.has(first) ? confirm(first) : accept(first);
}

/** Families that a "but" leaves only likely. */
const HANGS: ReadonlySet<Family> = new Set(['yes', 'no', 'done', 'not_yet']);

/** No family is named: a lean, a "ya", a day, or goodwill where a yes was hoped for. */
function settleUnsaid(has: Has, asksYesNo: boolean): Judged | null {
  if (has('leans_yes', 'leans_no') && (asksYesNo || !has('ahead', 'when'))) {
    return has('leans_yes') === has('leans_no') ? null : confirm(has('leans_yes') ? 'yes' : 'no');
  }
  if (has('already')) return has('ahead', 'turn') ? confirm('later') : accept('done');
  if (asksYesNo && has('goodwill') && !has(null, 'turn', 'hedge', 'negation')) return confirm('yes');
  return has('ahead') || (has('when', 'excuse') && !has(null)) ? accept('later') : null;
}

function settleSeveral(said: readonly Family[], has: Has, asksYesNo: boolean): Judged | null {
  const families = [...new Set(said)];
  if (asksYesNo) {
    const named = families.join('+');
    if (named === 'yes+stuck' || named === 'yes+later' || named === 'later+yes') return confirm('yes');
  }
  // "yeah no", "no pos si": what is said last is meant.
  const last = said.at(-1);
  const [first] = families;
  if (families.toSorted().join('+') === 'no+yes') {
    const meant = has('turn') ? first : last;
    return meant === undefined || has('hedge') ? null : confirm(meant);
  }
  const certain = CERTAIN[families.join('+')];
  if (certain !== undefined) {
    // "yes but later" says both: nobody should take either at once.
    const isTurned = has('turn') && (first === 'done' || (first === 'yes' && certain === 'later'));
    return isTurned ? confirm(certain) : accept(certain);
  }
  const likely = LIKELY[families.toSorted().join('+')];
  return likely === undefined ? null : confirm(likely);
}

/** Whether a role is an answer. */
export function isFamily(role: Role | null): role is Family {
  return FAMILIES.some((family) => family === role);
}
