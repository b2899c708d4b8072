// A picture of the page as a small file: the same picture with at most 64 colours. The pages are flat, so that nobody
// sees the difference. Reads what Chromium writes: eight bits a sample, RGB or RGBA, not interlaced.

import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const COLOURS = 64;

/** The picture again, smaller. Throws when it is not the kind of PNG that Chromium writes. */
export function shrinkPng(png: Buffer): Buffer {
  const chunks = readChunks(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height, depth, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]];
  if (depth !== 8 || (kind !== 2 && kind !== 6) || header[12] !== 0) throw new Error('a PNG of another kind');
  const samples = kind === 6 ? 4 : 3;
  const rows = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const pixels = toColours(unfilter(inflateSync(rows), width * samples, samples), samples);
  const palette = toPalette(pixels);
  const indexed = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    for (let x = 0; x < width; x += 1) {
      indexed[row * (width + 1) + 1 + x] = palette.indexOf.get(pixels[row * width + x] ?? 0) ?? 0;
    }
  }
  const newHeader = Buffer.from(header);
  newHeader[9] = 3;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', newHeader),
    chunk('PLTE', Buffer.from(palette.colours.flatMap((colour) => partsOf(colour)))),
    chunk('IDAT', deflateSync(indexed, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function readChunks(png: Buffer) {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error('no PNG');
  const chunks: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Undoes the filter of each row, which its first byte names (PNG, 9.2). */
function unfilter(raw: Buffer, stride: number, samples: number): Buffer {
  const height = raw.length / (stride + 1);
  const plain = Buffer.alloc(height * stride);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = row * stride + x;
      const left = x < samples ? 0 : (plain[at - samples] ?? 0);
      const up = row === 0 ? 0 : (plain[at - stride] ?? 0);
      const corner = row === 0 || x < samples ? 0 : (plain[at - stride - samples] ?? 0);
      const value = raw[row * (stride + 1) + 1 + x] ?? 0;
      plain[at] = value + guess(filter, { left, up, corner });
    }
  }
  return plain;
}

function guess(filter: number, { left, up, corner }: { left: number; up: number; corner: number }): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return Math.floor((left + up) / 2);
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function toColours(plain: Buffer, samples: number): Uint32Array {
  const pixels = new Uint32Array(plain.length / samples);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = plain.readUIntBE(index * samples, 3);
  return pixels;
}

/** The colours used most; every other one is the nearest of them. */
function toPalette(pixels: Uint32Array) {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const all = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const colours = all.slice(0, COLOURS);
  return { colours, indexOf: new Map(all.map((colour) => [colour, nearest(colours, colour)])) };
}

function nearest(colours: readonly number[], wanted: number): number {
  const [red, green, blue] = partsOf(wanted);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, colour] of colours.entries()) {
    const [r, g, b] = partsOf(colour);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance >= least) continue;
    best = index;
    least = distance;
  }
  return best;
}

function partsOf(colour: number): [number, number, number] {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}
