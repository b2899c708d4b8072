// What a mentee still has to finish, in words for mentors and staff.

import { formatDate } from '../core/language/format-date.ts';
import { localDateOf } from '../core/model/local-time.ts';
import type { Mentee } from '../core/model/people.ts';
import { isClosed } from '../core/model/task.ts';
import type { Content } from './content.ts';
import type { Stores } from './ports/database.ts';

/** Open tasks, the nearest deadline first: "Housing form, by Friday, May 1". The mentee's own local day counts. */
export async function openTaskWords(stores: Stores, content: Content, mentee: Mentee, now: number): Promise<string[]> {
  const today = localDateOf(now, mentee.timeZone);
  const open = (await stores.tasks.of(mentee.id)).flatMap(({ task, status }) => {
    const definition = content.tasks.get(task);
    return definition === undefined || isClosed(status) ? [] : [{ ...definition, isStuck: status === 'stuck' }];
  });
  return open
    .toSorted((a, b) => (a.deadline === b.deadline ? 0 : a.deadline < b.deadline ? -1 : 1))
    .map(({ title, deadline, isStuck }) => {
      const day = formatDate(deadline, 'en');
      const by = deadline < today ? `was due ${day}` : `by ${day}`;
      return `${capital(title.en)}, ${by}${isStuck ? ' (stuck)' : ''}`;
    });
}

/** Titles are written to stand within a sentence; here each begins a line. */
function capital(title: string): string {
  return `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`;
}
