// "Done" on a to-do of staff. The first press wins; whoever comes later hears who was first.

import { endTodo } from './add-todo.ts';
import { DONE, type Doing, say } from './doing.ts';
import { nameOfActor } from './person.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';

export async function closeTodo(doing: Doing<Extract<StaffAct, { kind: 'close_todo' }>>): Promise<ActResult> {
  const { stores, what, person, now } = doing;
  const { actorId, name } = person;
  if (person.staff === null && person.counselor === null)
    return say('Only staff and counselors of the roster can close this.');
  const todo = await stores.todos.byKey(what.todoKey);
  if (todo === null) return { ...say('This is not on the list any more.'), homeChanged: true };
  if (!(await endTodo(stores, todo.key, { actorId, name, now }))) {
    const first = todo.closedBy === null ? 'Somebody' : await nameOfActor(stores, todo.closedBy);
    return { ...say(`${first} has closed this already.`), homeChanged: true };
  }
  const detail = { kind: todo.kind };
  await stores.audit.add({
    at: now,
    actor: actorId,
    action: 'todo_closed',
    subjectKind: 'todo',
    subject: todo.key,
    detail,
  });
  return { ...DONE, homeChanged: true };
}
