// The bytes of a net's file: base64 to bytes, and bytes to weights. It knows nothing of what they weigh.

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Steps of a weight to either side; a weight is the square of its step. */
const STEPS = 7;

/** Two weights of each byte. */
export function readWeights(bytes: Uint8Array): Int8Array {
  const weights = new Int8Array(bytes.length * 2);
  for (let at = 0; at < weights.length; at += 1) {
    const byte = bytes[at >> 1] ?? 0;
    const step = (at % 2 === 0 ? byte >> 4 : byte & 15) - STEPS;
    weights[at] = step * Math.abs(step);
  }
  return weights;
}

/** Base64 to bytes; core has no Buffer. */
export function unpack(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let at = 0; at < BASE64.length; at += 1) values[BASE64.charCodeAt(at)] = at;
  const length = Math.floor((text.replace(/=+$/, '').length * 3) / 4);
  const bytes = new Uint8Array(length);
  const sixBits = (at: number): number => values[text.charCodeAt(at) & 127] ?? 0;
  for (let at = 0, out = 0; out < length; at += 4, out += 3) {
    const row = (sixBits(at) << 18) | (sixBits(at + 1) << 12) | (sixBits(at + 2) << 6) | sixBits(at + 3);
    // What falls behind the end of the bytes is dropped.
    bytes[out] = row >> 16;
    bytes[out + 1] = row >> 8;
    bytes[out + 2] = row;
  }
  return bytes;
}
