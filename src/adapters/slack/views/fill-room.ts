// How much one screen of Slack holds (platforms SL-17): blocks, and letters in all of them together. Lists share the
// room, and each says what it could not show.

import type { KnownBlock } from '@slack/types';

/** Slack refuses a screen near 13,200 letters, though it does not say so. */
export const LETTERS = 10_000;
export const VIEW_BLOCKS = 100;
export const MESSAGE_BLOCKS = 50;
/** What a list may say below itself. */
const FOOT_BLOCKS = 2;
const FOOT_LETTERS = 400;

export interface Room {
  readonly blocks: number;
  readonly letters: number;
}

/** A list with what stands above it, and below it once it is known how many of its items are shown. */
export interface Listing {
  readonly head: readonly KnownBlock[];
  /** Each one block, or several that are shown together or not at all. */
  readonly items: readonly (KnownBlock | readonly KnownBlock[])[];
  readonly foot: (shown: number) => readonly KnownBlock[];
}

/** The letters of every text inside, options of menus included. */
export function countLetters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countLetters(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce<number>(
    (sum, [name, item]) => sum + (name === 'text' && typeof item === 'string' ? item.length : countLetters(item)),
    0,
  );
}

/** The lists one below the other. They take turns for the room, so that a long one does not push out a short one. */
export function fillRoom(listings: readonly Listing[], room: Room): KnownBlock[] {
  const shown = listings.map(() => 0);
  let blocks = room.blocks;
  let letters = room.letters;
  for (const { head } of listings) {
    blocks -= head.length + FOOT_BLOCKS;
    letters -= countLetters(head) + FOOT_LETTERS;
  }
  let waiting = listings.map((_, index) => index);
  while (waiting.length > 0) {
    waiting = waiting.filter((index) => {
      const item = listings[index]?.items[shown[index] ?? 0];
      const size = item === undefined ? 0 : countLetters(item);
      const parts = item === undefined ? 0 : [item].flat().length;
      if (item === undefined || blocks < parts || size > letters) return false;
      shown[index] = (shown[index] ?? 0) + 1;
      blocks -= parts;
      letters -= size;
      return true;
    });
  }
  return listings.flatMap(({ head, items, foot }, index) => {
    const count = shown[index] ?? 0;
    return [...head, ...items.slice(0, count).flat(), ...foot(count)];
  });
}
