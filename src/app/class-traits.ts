// What the relay needs to know of a message class besides its gates.

import type { MessageClass } from '../core/model/message.ts';

const URGENT: ReadonlySet<MessageClass> = new Set(['alert', 'case_note', 'safety_reply', 'human_text']);
const FOR_STAFF: ReadonlySet<MessageClass> = new Set(['alert', 'case_note', 'notice']);

/** Whether somebody in danger, or who looks after them, waits for it: tried for ever, and in Slack by the alerts' client. */
export function isUrgentClass(messageClass: MessageClass): boolean {
  return URGENT.has(messageClass);
}

/** Whether it is for staff or a mentor, so that no gate is asked. */
export function isStaffClass(messageClass: MessageClass): boolean {
  return FOR_STAFF.has(messageClass);
}
