// The identity of a flow's structure: a 128-bit FNV-1a hash of canonical JSON. It tells structures apart; it is not a
// security hash, and nothing may rely on it against somebody who wants a collision.

import { asStructureHash, type StructureHash } from '../model/ids.ts';

const MASK = (1n << 128n) - 1n;
const OFFSET = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x0000000001000000000000000000013bn;

/** Hash of plain data as 32 hex digits. The order of keys does not matter, the order of lists does. */
export function hashStructure(structure: unknown): StructureHash {
  const text = canonical(structure);
  let hash = OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    hash = ((hash ^ BigInt(code & 0xff)) * PRIME) & MASK;
    hash = ((hash ^ BigInt(code >> 8)) * PRIME) & MASK;
  }
  return asStructureHash(hash.toString(16).padStart(32, '0'));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.join(',')}}`;
}
