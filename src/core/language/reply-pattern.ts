// The lines of flows/replies: "i (just|already)? <SENT> (it|them)" is written out as every phrase it stands for.
// Phrases, not regular expressions: what is read stays a look-up, and no line can make a reply slow to read.

/** Most phrases that one line may stand for. More is a mistake: the line says too much at once. */
const MOST_PHRASES = 4000;

/** The phrases of a line, or what is wrong with it. */
export type Expanded = { readonly phrases: readonly string[] } | { readonly failure: string };

type Slots = ReadonlyMap<string, readonly string[]>;

/** Writes a line out. Slots hold phrases that are already written out. */
export function expandLine(line: string, slots: Slots): Expanded {
  const parts = line.match(/\([^()]*\)\??|<[A-Z0-9_]+>\??|[^\s()<>]+|[()<>]/g) ?? [];
  let phrases: readonly string[] = [''];
  for (const part of parts) {
    const choices = choicesOf(part, slots);
    if ('failure' in choices) return choices;
    phrases = phrases.flatMap((begun) => choices.phrases.map((next) => `${begun} ${next}`.trim()));
    if (phrases.length > MOST_PHRASES) return { failure: `"${line}" stands for more than ${MOST_PHRASES} phrases` };
  }
  const said = [...new Set(phrases)].filter((phrase) => phrase !== '');
  return said.length > 0 ? { phrases: said } : { failure: 'this line is empty' };
}

function choicesOf(part: string, slots: Slots): Expanded {
  const isOptional = part.length > 1 && part.endsWith('?');
  const bare = isOptional ? part.slice(0, -1) : part;
  const none = isOptional ? [''] : [];
  if (bare.startsWith('(') && bare.endsWith(')') && bare.length > 2) {
    return { phrases: [...bare.slice(1, -1).split('|'), ...none].map((choice) => choice.trim()) };
  }
  if (bare.startsWith('<') && bare.length > 2) {
    const phrases = slots.get(bare.slice(1, -1));
    return phrases === undefined ? { failure: `there is no slot ${bare}` } : { phrases: [...phrases, ...none] };
  }
  if (/[()<>|]/.test(bare)) return { failure: `"${bare}" stands alone; brackets come in pairs` };
  return { phrases: [bare, ...none] };
}

/** Writes all slots out, in order; a slot may use those above it. */
export function expandSlots(written: Readonly<Record<string, readonly string[]>>): {
  readonly slots: Slots;
  readonly failures: readonly { name: string; index: number; failure: string }[];
} {
  const slots = new Map<string, readonly string[]>();
  const failures: { name: string; index: number; failure: string }[] = [];
  for (const [name, lines] of Object.entries(written)) {
    const phrases = lines.flatMap((line, index) => {
      const expanded = expandLine(line, slots);
      if (!('failure' in expanded)) return expanded.phrases;
      failures.push({ name, index, failure: expanded.failure });
      return [];
    });
    slots.set(name, phrases);
  }
  return { slots, failures };
}
