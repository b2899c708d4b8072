// Something that a person of staff has to do: a row that stands until somebody closes it, and its post in the staff
// channel. Told once, and rewritten when it is done.

import { noticeRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound } from './ports/messages.ts';
import type { Todo } from './ports/staff-stores.ts';

export interface NewTodo {
  /** Unique for ever: the same key is the same thing to do. Opaque, as it stands in a button's value. */
  readonly key: string;
  /** Snake_case. */
  readonly kind: string;
  /** What is to be done, in a few words. */
  readonly title: string;
  /** Why, and how, in a sentence or two; may hold names. */
  readonly detail: string;
  readonly now: number;
}

/** Puts it on the list of staff and posts it. False when it was there already, closed or not. */
export async function addTodo(stores: Stores, { key, kind, title, detail, now }: NewTodo): Promise<boolean> {
  if (!(await stores.todos.add({ key, kind, title, detail, at: now }))) return false;
  const message = { kind: 'todo', todoKey: key, title, detail, closedBy: null } as const;
  await stores.outbox.add(todoRow(postKey(key), { kind: 'slack_post', message }, now), now);
  return true;
}

/** Ends it and has its post say so. False when somebody was first, or there is none of that key. */
export async function endTodo(
  stores: Stores,
  key: string,
  by: { readonly actorId: string; readonly name: string; readonly now: number },
): Promise<boolean> {
  if (!(await stores.todos.close(key, by.actorId, by.now))) return false;
  const todo = await stores.todos.byKey(key);
  const post = await stores.outbox.byKey(postKey(key));
  if (todo === null || post === null) return true;
  const message = { kind: 'todo', todoKey: key, title: todo.title, detail: todo.detail, closedBy: by.name } as const;
  const body = { kind: 'slack_update', ofOutboundId: post.id, message } as const;
  await stores.outbox.add(todoRow(`${postKey(key)}:closed`, body, by.now), by.now);
  return true;
}

/** More to-dos than this are never open at once in a program that looks at them. */
const OPEN_LIMIT = 500;

/** The open ones whose key begins so. */
export async function openTodosOf(stores: Stores, keyStart: string): Promise<Todo[]> {
  return (await stores.todos.open(OPEN_LIMIT)).filter(({ key }) => key.startsWith(keyStart));
}

function postKey(key: string): string {
  return `todo:${key}`;
}

function todoRow(key: string, body: NewOutbound['body'], now: number): NewOutbound {
  const recipient = { kind: 'slack_channel', channel: 'staff' } as const;
  return { ...noticeRow({ key, recipient, title: '', lines: [], now }), body };
}
