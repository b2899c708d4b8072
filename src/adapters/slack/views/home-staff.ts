// The staff's part of App Home: what a person has to do, read or look into. A list that is empty is not shown; when all
// are, one sentence says so.

import type { KnownBlock } from '@slack/types';
import type { StaffHome } from '../../../app/ports/staff-room.ts';
import { ACT } from './action-ids.ts';
import { button, context, heading, section } from './elements.ts';
import type { Listing } from './fill-room.ts';
import { neededPage, readButton } from './staff-posts.ts';
import { clip, nameIn, oneLine } from './text.ts';
import { timeWords } from './times.ts';

/** As long as a text can be: a person is to read all of it. */
const TEXT_LIMIT = 1_700;
const LINE_LIMIT = 300;

export function staffListings(home: StaffHome, timeZone: string): Listing[] {
  const lists = [
    unread(home, timeZone),
    unprocessed(home, timeZone),
    todos(home, timeZone),
    failed(home, timeZone),
    unanswered(home),
  ].filter(({ items }) => items.length > 0);
  if (lists.length > 0) return lists;
  return [
    {
      head: [heading('For staff'), section('Nothing waits for you. Every text has been read.')],
      items: [],
      foot: () => [],
    },
  ];
}

function unread(home: StaffHome, timeZone: string): Listing {
  const total = Math.max(home.unreadTotal, home.unread.length);
  const ids = home.unread.map(({ inboundId }) => inboundId);
  return {
    head: [heading(`Texts to read (${total})`)],
    items: home.unread.map((text) => [
      section(
        `${nameIn(text.from)} · ${timeWords(text.at, timeZone)}\n${clip(text.text, TEXT_LIMIT)}`,
        button(ACT.markRead, 'Mark as read', { value: text.inboundId }),
      ),
      neededPage(text.inboundId),
    ]),
    foot: (shown) => [...(shown === 0 ? [] : [readButton(ids.slice(0, shown), total)]), ...hidden(total - shown)],
  };
}

function unprocessed(home: StaffHome, timeZone: string): Listing {
  return listing(
    'Texts that nothing has answered',
    home.unprocessed.map((text) =>
      section(`${nameIn(text.from)} · ${timeWords(text.at, timeZone)}\n${clip(text.text, TEXT_LIMIT)}`),
    ),
    home.unprocessed.length,
  );
}

function todos(home: StaffHome, timeZone: string): Listing {
  return listing(
    'To do',
    home.todos.map((todo) =>
      section(
        [
          `${oneLine(todo.title, LINE_LIMIT)} · ${timeWords(todo.at, timeZone)}`,
          ...(todo.detail.trim() === '' ? [] : [clip(todo.detail, 500)]),
        ].join('\n'),
        button(ACT.closeTodo, 'Done', { value: todo.todoKey }),
      ),
    ),
    home.todos.length,
  );
}

function failed(home: StaffHome, timeZone: string): Listing {
  return listing(
    'Messages that did not leave or arrive',
    home.failedSends.map((send) =>
      section(
        `To ${nameIn(send.to)} · ${timeWords(send.at, timeZone)}\n${oneLine(send.what, LINE_LIMIT)}: ${oneLine(send.why, LINE_LIMIT)}`,
      ),
    ),
    Math.max(home.failedTotal, home.failedSends.length),
  );
}

function unanswered(home: StaffHome): Listing {
  return listing(
    'Weekly updates that are not in',
    home.unanswered.map(({ name, answered, total, missesInARow }) => {
      const misses = missesInARow > 0 ? ` · ${missesInARow} missed in a row` : '';
      return context(`${nameIn(name)} · ${answered} of ${total}${misses}`);
    }),
    home.unanswered.length,
  );
}

function listing(title: string, items: readonly KnownBlock[], total: number): Listing {
  return { head: [heading(title)], items, foot: (shown) => hidden(total - shown) };
}

function hidden(count: number): KnownBlock[] {
  return count > 0 ? [context(`${count} more are not shown here.`)] : [];
}
