// Where the weights of a feature stand: a table that only holds features that training has met more than once. A
// feature that it does not know weighs nothing, so that a strange word is no sign of anything.

/** Places of the table. */
export const NET_SLOTS = 170_000;
/** Neighbouring places that are tried before a feature is taken for unknown. */
const PROBES = 6;

/** A tag that tells features of one place apart; 0 marks an empty place. */
function tagOf(feature: number, slots: number): number {
  return Math.floor(feature / slots) & 255 || 1;
}

/** The place of a feature (a hash of 32 bits), or -1 when the table does not know it. One of 256 unknown ones is mistaken. */
export function findSlot(tags: Uint8Array, feature: number): number {
  const slots = tags.length;
  const tag = tagOf(feature, slots);
  const first = feature % slots;
  for (let probe = 0; probe < PROBES; probe += 1) {
    const slot = (first + probe) % slots;
    if (tags[slot] === tag) return slot;
    if (tags[slot] === 0) return -1;
  }
  return -1;
}

/** Gives a feature a place. False when its neighbourhood is full, or another feature is taken for it already. */
export function addSlot(tags: Uint8Array, feature: number): boolean {
  if (findSlot(tags, feature) >= 0) return false;
  const slots = tags.length;
  const first = feature % slots;
  for (let probe = 0; probe < PROBES; probe += 1) {
    const slot = (first + probe) % slots;
    if (tags[slot] !== 0) continue;
    tags[slot] = tagOf(feature, slots);
    return true;
  }
  return false;
}
